from itertools import pairwise

import pytest

from peyman.force.tables import FIGURES, aircraft, airfields, type_of
from peyman.picture.places import places


@pytest.mark.parametrize("one", aircraft().values(), ids=str)
def test_every_figure_of_an_aircraft_has_a_source_and_says_how_sure_it_is(one):
    assert set(one.sources) == set(FIGURES)
    for source in one.sources.values():
        assert source.words
        assert source.checked in ("text", "memory", "assumption")


@pytest.mark.parametrize("one", aircraft().values(), ids=str)
def test_the_farther_an_aircraft_flies_the_less_it_carries(one):
    assert all(near[0] < far[0] for near, far in pairwise(one.payload_t))
    carried = [one.carries_t(km) for km in range(0, 16_000, 250)]
    assert all(near >= far for near, far in pairwise(carried))
    assert carried[0] > 0
    assert carried[-1] == 0


def test_every_airfield_is_a_place_of_the_list_and_has_a_runway():
    assert airfields().keys() <= places().keys()
    assert all(one.runway_m > 1000 for one in airfields().values())


def test_a_ramp_is_an_assumption_and_says_so():
    for one in airfields().values():
        assert {one.sources[of].checked for of in ("working", "parking")} == {
            "assumption"
        }
        assert one.working <= one.parking


def test_the_fields_of_the_founding_case_are_there():
    needed = {"zhetygen", "almaty-airport", "chkalovsky", "ivanovo-severny"}
    needed |= {"ulyanovsk-vostochny", "orenburg", "gyumri", "erebuni", "machulishchi"}
    assert needed | {"ayni", "kant", "nur-sultan-airport"} <= airfields().keys()


def test_a_type_is_found_by_the_names_that_reports_use():
    ilyushin = aircraft()["Il-76MD"]
    assert [type_of(name) for name in ("Il-76", "il-76md", "Ил-76")] == [ilyushin] * 3
    assert type_of("B737") is aircraft()["Boeing 737"]
    assert type_of("a kite") is None
