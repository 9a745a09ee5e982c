"""A case whose entries pass one by one comes to the answer of one that is read whole."""

from dataclasses import replace

import pytest

from peyman.case.check import check
from peyman.case.load import load
from peyman.case.passing import Passing
from peyman.ledger import read_case_file, withhold
from peyman.ledger.files.casefile import opened_case_file
from peyman.ledger.verifying.verify import examine
from tests.ledger.builders import ANALYST, REGISTRAR, START, Draft, changed
from tests.ledger.long import long_case
from tests.test_house import ROOT

CHARTERS = {"csto": {"csto.toml": (ROOT / "charters" / "csto.toml").read_bytes()}}
CASES = sorted(path.parent for path in (ROOT / "cases").glob("*/case.toml"))


def drafted(*bodies):
    """A case of a few entries of the analyst: each its kind, its body and what it cites."""
    draft = Draft(
        "demo.peyman/few", offices=(REGISTRAR, ANALYST), charters=dict(CHARTERS)
    )
    draft.add("open", draft.opening, at=START)
    for kind, body in bodies:
        named = [one for one in (body.get("entry"), body.get("claim")) if one]
        draft.add(kind, body, by=ANALYST, known_as="documented", cites=named)
    return draft.forge()


def passed(case_file):
    """What `verify` finds when each entry passes, what it finds of all, and the log."""
    passing = Passing(case_file)

    def step(log, is_well):
        if is_well:
            passing.take(log)

    found = examine(case_file, signatures=False, step=step)
    assert found.log is not None
    return found.report, passing.end(found.log), found.log


def same(case_file):
    plain = examine(case_file, signatures=False)
    report, said, _ = passed(case_file)
    assert report == plain.report
    assert report.genuine
    assert said == check(case_file, plain.log)
    return said


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_worked_case_is_judged_the_same(path):
    assert not same(read_case_file(path)).faults
    with opened_case_file(path) as held:
        assert not same(held).faults


def test_a_part_of_a_case_is_judged_the_same():
    whole = read_case_file(ROOT / "cases" / "kazakhstan-2022")
    claims = [one.index for one in load(whole).case.entries if one.kind == "claim"]
    assert not same(withhold(whole, claims[-2:])).faults


@pytest.mark.parametrize(
    ("bodies", "problem"),
    [
        (
            [("note", {"text": 7})],
            "In the entry of the kind note, text = 7 is not text.",
        ),
        ([("note", {"text": "a"}), ("claim", {})], "lacks source"),
        ([("ballot", {"matter": "x"})], "is not a matter, ENTRY/n."),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_whole(bodies, problem):
    [fault] = same(drafted(*bodies)).faults
    assert problem in fault.problem.replace("`", "")


def test_a_note_that_was_forgotten_is_still_known_by_its_kind_and_its_signer():
    note = drafted(("note", {"text": "a"}))
    name = load(note).case.entries[1].commitment
    grade = {"claim": name, "status": "deleted", "reason": "r"}
    [fault] = same(drafted(("note", {"text": "a"}), ("grade", grade))).faults
    assert fault.problem == f"{name[:16]}… is no claim of this record."
    correct = {"entry": name, "reason": "r"}
    assert not same(drafted(("note", {"text": "a"}), ("correct", correct))).faults


def test_of_a_note_nothing_is_left_but_what_rules_ask():
    report, said, log = passed(long_case(20, CHARTERS))
    assert report.genuine
    assert not said.faults
    notes = [log.payloads[index] for index in range(1, 20)]
    assert {(one.nonce, len(one.body)) for one in notes} == {("", 0)}
    assert len({id(one) for one in notes}) == 1


def test_a_file_that_is_not_genuine_passes_no_further_than_the_first_fault():
    sound = long_case(20, CHARTERS)
    path = "envelopes/000007.json"
    broken = changed(sound, path, sound.files[path][:-1])
    told = []
    found = examine(broken, step=lambda log, is_well: told.append((log.size, is_well)))
    assert told == [(n, n <= 7) for n in range(1, 21)]
    assert replace(found.report, faults=()) != found.report
