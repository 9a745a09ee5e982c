"""Make a seeded log of many cases: walk charters at random, and disturb some of the cases.

A walk does what the charter allows: at each step one of the rows that somebody may do
now, drawn at random, then whatever is still owed. A disturbed case lost a row, has two in the
wrong order, or has one that does not belong there.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from peyman.charter.conformance.runs.automaton import NOBODY, Automaton
from peyman.charter.conformance.steps.law import Law, Row, member_of
from peyman.charter.model import Act, Charter
from peyman.charter.moment import start_of
from peyman.charter.verification.voting import last_day

DISTURBED = 0.4

Choice = tuple[Row, int, str | None]
"""A row, the number of what the charter hears in it, and the member for whom it is."""


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks of one kind of matter of a charter.

    Attributes:
        openers: Rows that begin a matter; `others`: every other row.
        once: Acts that a case does at most once.
        steps: How many rows a walk has, before it does what is owed.
    """

    automaton: Automaton
    openers: Sequence[Choice]
    others: Sequence[Choice]
    once: frozenset[str]
    steps: tuple[int, int]


def walker(
    charter: Charter,
    kind: str,
    *,
    steps: tuple[int, int] = (10, 28),
    once: frozenset[str] = frozenset(),
    with_actors: bool = True,
) -> Walker:
    """Prepare to walk a kind of matter, as the charter reads on its last day."""
    automaton = Automaton(Law(charter))
    day = last_day(charter)
    era = automaton.law.era_of(start_of(day, charter.zone))
    openers: list[Choice] = []
    others: list[Choice] = []
    for name, forms in charter.on(day).acts.items():
        act = forms[""]
        if name.startswith(f"{kind}.") and not act.is_by_time:
            rows = _rows(charter, act) if with_actors else [Row(name)]
            into = openers if act.opens is True else others
            into += [(row, automaton.hear(row, era), member_of(row)) for row in rows]
    return Walker(automaton, openers, others, once, steps)


def _rows(charter: Charter, act: Act) -> Iterator[Row]:
    to = tuple(f"{charter.id}/{name}" for name in act.to[:1])
    letter, day = next(iter(charter.parties)), last_day(charter)
    for word in act.by:
        if word == "outside":
            yield Row(act.name, "un/secretariat", to=to)
        elif word == "subject" or word.endswith("member"):
            for member in charter.bound_by(letter, day):
                yield Row(act.name, member, to=to)
        else:
            yield Row(act.name, f"{charter.id}/{word}", to=to)


class _Walk:
    """One case under way."""

    def __init__(self, over: Walker) -> None:
        self.over = over
        self.state = 0
        self.numbers: dict[str, int] = {}
        self.rows: list[Row] = []

    def take(self, choice: Choice) -> bool:
        """Do this if it is lawful; whether it was."""
        row, heard, member = choice
        automaton, numbers = self.over.automaton, self.numbers
        who = NOBODY
        if not automaton.heard[heard].tells_members:
            member = None
        if member is not None:
            who = numbers.get(member, len(numbers))
        step = automaton.steps[automaton.take(self.state, heard, who, NOBODY)]
        is_again = row.act in self.over.once and any(
            row.act == one.act for one in self.rows
        )
        if step.is_wrong or step.is_too_much or is_again:
            return False
        if member is not None:
            numbers.setdefault(member, who)
        self.state = step.then
        self.rows.append(row)
        return True

    @property
    def owed(self) -> frozenset[str]:
        """Acts that are owed still."""
        known = self.over.automaton.known[self.state]
        return frozenset(duty.act for duty in known.owed)


def walk(rng: random.Random, over: Walker) -> list[Row]:
    """One lawful case, as far as there is anything to do in it."""
    one = _Walk(over)
    one.take(rng.choice(over.openers))
    for _ in range(rng.randint(*over.steps)):
        for _ in range(12):
            if one.take(rng.choice(over.others)):
                break
    for _ in range(12):
        owed = [choice for choice in over.others if choice[0].act in one.owed]
        if not owed:
            break
        rng.shuffle(owed)
        any(one.take(choice) for choice in owed)
    return one.rows


def disturbed(rng: random.Random, over: Walker, rows: list[Row]) -> list[Row]:
    """A case with a few rows lost, in the other order, or out of place."""
    for _ in range(rng.randint(1, 4)):
        if len(rows) > 1:
            rows = _disturbed_once(rng, over, rows)
    return rows


def _disturbed_once(rng: random.Random, over: Walker, rows: list[Row]) -> list[Row]:
    rows, place = rows[:], rng.randrange(len(rows))
    kind = rng.choice(["lost", "swapped", "out of place"])
    if kind == "lost":
        del rows[place]
    elif kind == "swapped":
        other = rng.randrange(len(rows))
        rows[place], rows[other] = rows[other], rows[place]
    else:
        row, *_ = rng.choice(over.others)
        if row.act not in over.once:
            rows.insert(place, row)
    return rows


def make_log(
    seed: int, walkers: Sequence[Walker], cases: int, *, with_actors: bool = True
) -> pa.Table:
    """A log of so many cases, as a table with the columns that docs/audit.md names."""
    rng = random.Random(seed)
    columns: dict[str, list[object]] = {"case": [], "act": [], "time": []}
    if with_actors:
        columns |= {"actor": [], "to": []}
    for number in range(cases):
        over = rng.choice(walkers)
        rows = walk(rng, over)
        if rng.random() < DISTURBED:
            rows = disturbed(rng, over, rows)
        charter = over.automaton.law.charter
        at = start_of(last_day(charter), charter.zone) + rng.randrange(300 * 86_400)
        for row in rows:
            columns["case"].append(f"case-{number:07}")
            columns["act"].append(row.act)
            columns["time"].append(at)
            if with_actors:
                columns["actor"].append(row.actor)
                columns["to"].append(" ".join(row.to) or None)
            at += rng.randint(60, 1200)
    times = pa.array(columns.pop("time"), pa.timestamp("s", "UTC"))
    plain = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table({**plain, "time": times})
