"""The audit, the kernel and the slow interpreter say the same of random cases of a log."""

import random
from pathlib import Path

import pytest

from peyman.charter.conformance.runs.automaton import Automaton
from peyman.charter.conformance.runs.course import Course
from peyman.charter.conformance.runs.lockstep import (
    AT_FAULT,
    CONFORMS,
    UNSURE,
    Lockstep,
)
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.law import Law
from peyman.charter.moment import read_instant
from peyman.charter.read import load_charter
from tests.charter.conformance.logs import (
    JUDGED,
    by_audit,
    by_hand,
    by_kernel,
    doings,
    is_comparable,
    part_of,
    random_case,
)
from tests.charter.random_charters import random_charter

CHARTERS = sorted((Path(__file__).parents[3] / "charters").glob("*.toml"))
LATER = read_instant("2022-08-09T00:00Z")


def comparable_charter(rng):
    charter, _ = random_charter(rng)
    while not is_comparable(charter):
        charter, _ = random_charter(rng)
    return charter


def cases_of(rng, charter, many):
    found = (list(random_case(rng, charter)) for _ in range(many))
    return [case for case in found if case]


@pytest.mark.parametrize("seed", range(150))
def test_audit_kernel_and_slow_interpreter_agree(seed):
    rng = random.Random(seed)
    charter = comparable_charter(rng)
    automaton = Automaton(Law(charter))
    for events in cases_of(rng, charter, 4):
        given = doings(charter, events)
        by_log = by_audit(charter, events, automaton)
        assert by_log == by_kernel(charter, given)
        assert by_log == by_hand(charter, given)


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_they_agree_on_the_charters_that_come_with_peyman(path):
    charter = load_charter(path)
    automaton = Automaton(Law(charter))
    rng = random.Random(1)
    for events in cases_of(rng, charter, 60):
        given = doings(charter, events)
        assert by_audit(charter, events, automaton) == by_kernel(charter, given)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10_000, 12_000))
def test_they_agree_on_many_more(seed):
    test_audit_kernel_and_slow_interpreter_agree(seed)


def test_random_cases_reach_every_fault_that_is_compared():
    reached = set()
    for seed in range(60):
        rng = random.Random(seed)
        charter = comparable_charter(rng)
        for events in cases_of(rng, charter, 4):
            codes, never = by_audit(charter, events)
            reached |= set().union(*codes.values()) | (
                {"never met"} if never else set()
            )
    assert reached == JUDGED | {"never met"}


@pytest.mark.parametrize("at", [None, LATER], ids=["over", "open"])
@pytest.mark.parametrize("seed", range(40))
def test_many_cases_at_once_have_the_verdicts_of_each_alone(seed, at):
    rng = random.Random(seed)
    charter, _ = random_charter(rng)
    cases = cases_of(rng, charter, 40)
    automaton = Automaton(Law(charter))
    verdicts = Lockstep(automaton).verdicts(part_of(cases), at).tolist()
    for case, verdict in zip(cases, verdicts, strict=True):
        is_wrong = any(Course(automaton, Calendar(charter)).run(case, at))
        assert verdict in (UNSURE, AT_FAULT if is_wrong else CONFORMS)


def test_most_cases_need_no_second_look():
    found = []
    for seed in range(40):
        rng = random.Random(seed)
        charter, _ = random_charter(rng)
        cases = cases_of(rng, charter, 40)
        over = Lockstep(Automaton(Law(charter)))
        found += over.verdicts(part_of(cases)).tolist()
    assert {CONFORMS, AT_FAULT, UNSURE} == set(found)
    assert found.count(UNSURE) < len(found) / 10


def test_parts_share_what_was_worked_out_before():
    rng = random.Random(5)
    charter, _ = random_charter(rng)
    cases = cases_of(rng, charter, 60)
    whole = Lockstep(Automaton(Law(charter))).verdicts(part_of(cases)).tolist()
    over = Lockstep(Automaton(Law(charter)))
    halves = [over.verdicts(part_of(half)) for half in (cases[:30], cases[30:])]
    assert [one for half in halves for one in half.tolist()] == whole
