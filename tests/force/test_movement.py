from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.moment import Moment
from peyman.force.reports.movement import serials, totals
from peyman.force.reports.told import Amount, Told

COUNTS = st.none() | st.integers(0, 90)


def move(entry="e1", at=0, **more):
    body = {
        "serial": entry,
        "mode": "air",
        "member": "XA",
        "from": "chkalovsky",
        "to": "almaty",
        "direction": "in",
        "state": "reported",
        **more,
    }
    body = {name: value for name, value in body.items() if value is not None}
    return Told(entry, Moment(at, at), body)


MOVES = st.lists(
    st.builds(
        move,
        at=st.integers(0, 5),
        flights=COUNTS,
        aircraft=COUNTS,
        direction=st.sampled_from(["in", "out"]),
        state=st.sampled_from(["planned", "reported"]),
    ),
    max_size=8,
)


def sums(told):
    """Totals by direction and state: serials, flights, aircraft, silent."""
    return {(t.direction, t.state): astuple(t)[2:] for t in totals(serials(told))}


def test_flights_and_aircraft_are_never_mixed():
    told = [
        move(flights=12),
        move(aircraft=75),
        move(flights=3, aircraft=2, types={"Il-76": 2}),
        move(),
    ]
    (total,) = totals(serials(told))
    assert (total.flights, total.aircraft) == (15, 77)
    assert (total.serials, total.silent) == (4, 1)


def test_the_number_of_each_type_is_kept_and_counted_as_nothing_else():
    (row,) = serials([move(types={"Il-76": 15, "An-124": 2})])
    assert row.types == {"Il-76": 15, "An-124": 2}
    assert (row.flights, row.aircraft) == (None, None)
    assert sums([move(types={"Il-76": 15})]) == {("in", "reported"): (1, 0, 0, 1)}


def test_none_flown_is_a_statement_and_not_silence():
    assert sums([move(flights=0)]) == {("in", "reported"): (1, 0, 0, 0)}


def test_planned_and_reported_in_and_out_are_summed_apart():
    told = [
        move(flights=1),
        move(flights=2, state="planned"),
        move(flights=4, direction="out"),
        move(flights=8, direction="out", state="planned"),
    ]
    assert [(t.direction, t.state, t.flights) for t in totals(serials(told))] == [
        ("in", "planned", 2),
        ("in", "reported", 1),
        ("out", "planned", 8),
        ("out", "reported", 4),
    ]


def test_serials_stand_by_time_and_at_one_time_in_the_order_of_the_record():
    told = [move("e1", 9), move("e2", 3), move("e3", 9), move("e4", 1)]
    assert [row.entry for row in serials(told)] == ["e4", "e2", "e1", "e3"]


def test_a_serial_says_who_moved_what_from_where_to_where():
    body = {"people": {"value": 150}, "vehicles": {"low": 5}, "mode": "rail"}
    (row,) = serials([move("e7", 3, **body)])
    assert (row.serial, row.mode, row.member) == ("e7", "rail", "XA")
    assert (row.origin, row.destination) == ("chkalovsky", "almaty")
    assert (row.people, row.vehicles) == (Amount(150, 150), Amount(5, None))


@given(MOVES, MOVES)
def test_the_totals_of_two_lists_together_are_the_sums_of_theirs(first, second):
    apart = [sums(first), sums(second)]
    added: dict[tuple[str, str], tuple[int, ...]] = {}
    for one in apart:
        for key, numbers in one.items():
            old = added.get(key, (0, 0, 0, 0))
            added[key] = tuple(a + b for a, b in zip(old, numbers, strict=True))
    assert sums(first + second) == added


@given(MOVES.flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_the_order_in_which_serials_are_told_changes_no_total(both):
    told, shuffled = both
    assert totals(serials(told)) == totals(serials(shuffled))


@given(MOVES, st.integers(1, 90))
def test_more_aircraft_are_no_more_flights(told, more):
    before, after = sums(told), sums([*told, move(aircraft=more)])
    flights = {key: numbers[1] for key, numbers in after.items() if numbers[1]}
    assert flights == {key: n[1] for key, n in before.items() if n[1]}
