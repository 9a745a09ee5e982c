from pathlib import Path

import pytest

from peyman.case.load import load
from peyman.case.planning.fleet import fields_at
from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement, stranded
from peyman.case.reading import read_case
from peyman.force.problem import problem_json, read_problem
from peyman.force.tables import airfields
from peyman.ledger.files.casefile import read_case_file
from tests.case.small import record
from tests.case.test_generation import NEED, PLEDGE

ROOT = Path(__file__).parents[2]


def problem(made, direction="in"):
    reading = read_case(made.case)
    return movement(reading, generation(reading), direction)


def small(**more):
    """A line in Almaty and a pledge of two hundred people with four aircraft."""
    made = record().add("n", "requirement", **{**NEED, "place": "almaty"})
    told = {"people": {"value": 200}, "tonnes": 150, "vehicles": {"value": 10}}
    body = {**PLEDGE, **told, "from": "ivanovo-severny", "lift": {"Il-76": 4}}
    return made.add("p", "pledge", **{**body, **more})


@pytest.fixture(scope="module")
def founding():
    reading = read_case(load(read_case_file(ROOT / "cases" / "kazakhstan-2022")).case)
    made = generation(reading)
    return {way: movement(reading, made, way) for way in ("in", "out")}


def test_a_unit_becomes_loads_of_people_vehicles_and_stores_of_its_own_weight():
    found = {load.kind: load for load in problem(small()).loads}
    assert {kind: (load.pieces, load.piece_kg) for kind, load in found.items()} == {
        "passengers": (200, 120),
        "vehicles": (10, 11_000),
        "cargo": (16, 1000),
    }
    assert {load.origin for load in found.values()} == {"ivanovo-severny"}
    assert {load.destinations for load in found.values()} == {
        ("almaty-airport", "zhetygen")
    }


def test_the_aircraft_that_a_pledge_brings_stand_at_its_airfield():
    tails = problem(small()).tails
    assert [(tail.type, tail.base) for tail in tails] == [
        ("Il-76MD", "ivanovo-severny")
    ] * 4


def test_a_unit_is_loaded_when_it_is_ready_and_due_when_its_line_is():
    made = record().add(
        "n", "requirement", **{**NEED, "place": "almaty", "required": "2022-01-09"}
    )
    told = {"people": {"value": 200}, "from": "kant", "ready": "2022-01-07T00:00Z"}
    made.add("p", "pledge", **{**PLEDGE, **told})
    found = problem(made)
    (first, *_) = found.loads
    assert found.epoch == "2022-01-05T03:00:00Z"
    assert (first.ald, first.rdd) == (45 * 60, 111 * 60)


def test_negative_time_is_never_planned_with_a_pledge_that_was_long_ready():
    assert {load.ald for load in problem(small(ready="2021-01-01")).loads} == {0}


def test_the_way_home_is_the_way_there_turned_round():
    found = problem(small(), "out")
    assert {load.origin for load in found.loads} == {"almaty-airport", "zhetygen"}
    assert {load.destinations for load in found.loads} == {("ivanovo-severny",)}
    people = sum(load.pieces for load in found.loads if load.kind == "passengers")
    assert people == 200


def test_a_unit_from_nowhere_is_named_and_the_rest_is_planned():
    made = small()
    made.add("q", "pledge", **{**PLEDGE, "member": "XC", "people": {"value": 250}})
    made.add("m", "requirement", **{**NEED, "line": "More", "priority": 2})
    reading = read_case(made.case)
    plan = generation(reading)
    assert {share.offer.member for share in plan.assignment.shares} == {"XB", "XC"}
    assert {str(said) for _, said in stranded(reading, plan)} == {
        "No airfield is known from which XC leaves."
    }
    assert {load.member for load in problem(made).loads} == {"XB"}


def test_a_case_without_an_assignment_has_nothing_to_move():
    assert problem(record()).loads == ()


def test_an_airfield_of_a_country_is_one_that_the_case_names():
    assert len(fields_at("kz", ())) > 2
    assert set(fields_at("kz", ())) < set(airfields())
    made = small(**{"from": "kant"})
    entries = made.case.entries
    assert fields_at("kg", entries) == ("kant",)
    assert fields_at("almaty", entries) == ("almaty-airport", "zhetygen")


def test_the_founding_force_leaves_from_where_its_serials_left(founding):
    ways = {(load.member, load.origin) for load in founding["in"].loads}
    assert {origin for member, origin in ways if member == "RU"} == {
        "chkalovsky",
        "ivanovo-severny",
        "ulyanovsk-vostochny",
    }
    assert {("KG", "kant"), ("BY", "machulishchi")} < ways


def test_the_founding_fleet_is_the_one_that_was_told(founding):
    types = [tail.type for tail in founding["in"].tails]
    assert (types.count("Il-76MD"), types.count("An-124")) == (70, 5)
    bases = {tail.base for tail in founding["in"].tails if tail.type == "An-124"}
    assert bases == {"chkalovsky", "ulyanovsk-vostochny"}


def test_nobody_is_lost_between_the_assignment_and_the_movement(founding):
    for way in ("in", "out"):
        loads = founding[way].loads
        people = sum(load.pieces for load in loads if load.kind == "passengers")
        assert people == 1480 + 100 + 100 + 150 + 200


def test_kyrgyzstan_may_go_by_road_and_back(founding):
    assert {r.id for r in founding["in"].routes} == {
        "road kant almaty-airport",
        "road kant zhetygen",
    }
    assert {r.destination for r in founding["out"].routes} == {"kant"}


def test_every_ramp_and_every_figure_from_memory_is_said_to_be_so(founding):
    said = " ".join(founding["in"].assumptions)
    for field in founding["in"].airfields:
        assert field.id in said
    assert "Of the Il-76MD, these figures are from memory or assumed: payload_t" in said


def test_the_founding_withdrawal_begins_on_the_day_of_its_first_serial(founding):
    assert founding["out"].epoch == "2022-01-12T18:00:00Z"


@pytest.mark.parametrize("way", ["in", "out"])
def test_a_problem_is_plain_data_that_can_be_read_again(founding, way):
    assert read_problem(problem_json(founding[way])) == founding[way]
