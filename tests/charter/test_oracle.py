"""The kernel against a slow interpreter that knows only the text of the language.

Both read the same random charters and traces; every finding, every effect and every row of
a standing must be the same, in the base reading and with each contested entry turned.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyman.charter.doing import CONTESTED
from peyman.charter.kernel import fold
from peyman.charter.moment import ALWAYS, Due, Moment
from peyman.charter.read import read_charter
from tests.charter.comparing import LISTS, by_kernel, differences
from tests.charter.random_charters import random_charter, shifted
from tests.charter.random_traces import end_of, random_holds, random_trace

WEEK = 7 * 86400


def disagreements(rng, charter):
    """What the two say differently of one random trace, in any of its readings."""
    doings = random_trace(rng, charter)
    until, holds = end_of(rng, charter, doings), random_holds(rng)
    found = differences(charter, doings, until, holds=holds)
    verdicts, _ = by_kernel(charter, doings, until, holds=holds)
    for name, _, codes, _ in verdicts:
        if not found and CONTESTED & set(codes):
            turned = frozenset({name.partition("/")[0]})
            found = differences(charter, doings, until, holds=holds, turned=turned)
    return found


def in_bulk(seeds, traces):
    """The first disagreement of many seeds, with the charter that shows it."""
    for seed in seeds:
        rng = random.Random(seed)
        charter, source = random_charter(rng)
        for trace in range(traces):
            if found := disagreements(rng, charter):
                return seed, trace, source, found
    return None


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.randoms(use_true_random=False))
def test_the_kernel_and_the_slow_interpreter_agree(rng):
    charter, source = random_charter(rng)
    assert disagreements(rng, charter) == [], source


def test_the_two_agree_on_thousands_of_traces():
    assert in_bulk(range(350), 8) is None


@pytest.mark.soak
def test_the_two_agree_on_tens_of_thousands_of_traces():
    assert in_bulk(range(10_000, 15_000), 10) is None


def test_the_random_traces_reach_every_finding():
    reached: set[str] = set()
    effects = set()
    for seed in range(250):
        rng = random.Random(seed)
        charter, _ = random_charter(rng)
        for _ in range(4):
            doings = random_trace(rng, charter)
            until, holds = end_of(rng, charter, doings), random_holds(rng)
            for verdict in fold(charter, doings, until, holds=holds).verdicts:
                reached |= verdict.codes
                effects.add((verdict.has_effect, verdict.doing.by == "time"))
    assert reached == {
        *("no provision", "no such matter", "no power", "wrong addressee"),
        *(
            "too early",
            "too late",
            "not open",
            "not carried",
            "form",
            "basis",
            "ground",
        ),
        *("ground not named", "mode", "unspecified", "excess", "late", "stranger"),
        *("not shown", "contested office", "version unsure", "entered too late"),
        "contested key",
        *("own case", "differs", "not read", "unchecked"),
        *("may be too early", "may be too late", "may be not open"),
        *("unmet limit", "disputed limit"),
    }
    assert effects == {(True, False), (False, False), (True, True)}


def test_folding_twice_gives_the_same():
    for seed in range(40):
        rng = random.Random(seed)
        charter, _ = random_charter(rng)
        doings = random_trace(rng, charter)
        until = end_of(rng, charter, doings)
        first = by_kernel(charter, doings, until)
        assert first == by_kernel(charter, doings, until)


# ------------------------------------------------- moving everything by whole weeks


def later(value, weeks):
    """A moment, a due day or a stated day, moved by whole weeks."""
    if isinstance(value, Moment | Due):
        return type(value)(
            *(one if one <= ALWAYS else one + weeks * WEEK for one in value)
        )
    if isinstance(value, int) and value > 10**6:
        return value + weeks * WEEK
    if isinstance(value, str) and value[:2] == "20":
        day = date.fromisoformat(value[:10]) + timedelta(weeks=weeks)
        return f"{day}{value[10:]}"
    return value


def moved(doing, weeks):
    return replace(
        doing,
        at=later(doing.at, weeks),
        entered=later(doing.entered, weeks),
        received=later(doing.received, weeks),
        ripens=later(doing.ripens, weeks),
        states={fact: later(value, weeks) for fact, value in doings_states(doing)},
    )


def doings_states(doing):
    """What it states; a month is not always as long as another, four weeks are."""
    for fact, value in doing.states.items():
        yield fact, "4 weeks" if value == "1 month" else value


@pytest.mark.parametrize("weeks", [1, 5])
def test_moving_everything_by_whole_weeks_moves_only_the_days(weeks):
    for seed in range(150):
        rng = random.Random(seed)
        _, source = random_charter(rng)
        source = source.replace("1 month", "4 weeks")
        source = shifted(source, 0, zone="Asia/Almaty")
        here = read_charter(source.encode(), id="x", name="x.toml")
        there = shifted(source, weeks, zone="Asia/Almaty")
        there = read_charter(there.encode(), id="x", name="x.toml")
        doings = random_trace(rng, here)
        until = end_of(rng, here, doings)
        verdicts, standing = by_kernel(here, [moved(d, 0) for d in doings], until)
        moved_doings = [moved(doing, weeks) for doing in doings]
        again = by_kernel(there, moved_doings, until + weeks * WEEK)
        assert again == (verdicts, rows_later(standing, weeks))


def rows_later(standing, weeks):
    return {
        matter: {
            name: {(*row[:3], later(row[3], weeks)) for row in rows[name]}
            for name in LISTS
        }
        for matter, rows in standing.items()
    }
