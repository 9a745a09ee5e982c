from dataclasses import replace

import pytest

from peyman.case.entering.draft import Draft
from peyman.case.load import load
from peyman.case.reading import read_case
from peyman.ledger import read_case_file
from tests.builders import nonce, opened
from tests.case.small import DAY, MANDATE, REQUEST, Record, name_of, told
from tests.case.test_doings import ballot
from tests.case.test_enter import NOON, act, add_key, hand_of, key_of, request


def contested(record, *labels):
    """The case as it is once the keys of these entries are revoked back to them."""
    gone = {name_of(label) for label in labels}
    entries = tuple(
        replace(entry, is_contested=entry.commitment in gone)
        for entry in record.case.entries
    )
    return replace(record.case, entries=entries)


def findings(case):
    state = read_case(case).charters["pact"].state
    return [
        (v.doing.id, v.has_effect, f.text)
        for v in state.verdicts
        for f in v.findings
        if f.code == "contested key"
    ]


def test_what_a_revoked_key_signed_counts_and_is_read_without_it_too():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    case = contested(record, "m")
    said = "signed with a key that was later revoked back to it"
    assert findings(case) == [("e1/1", True, said)]
    (matter,) = told(read_case(case))["matters"]
    (row,) = [r for r in matter["may"] if "deploy" in r["act"] and r["by"] == "XB"]
    assert row["only_if"] == ["e1"]
    assert [row["act"] for row in matter["otherwise"]] == ["pact.help.consult"] * len(
        matter["otherwise"]
    )
    assert {one["finding"] for one in matter["contested"]} == {"contested key"}
    assert findings(record.case) == []


def test_a_decision_on_a_contested_ballot_is_contested():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    for member in ("XA", "XB", "XC"):
        ballot(record, member, member, "yes")
    record.act("m", {k: v for k, v in MANDATE.items() if k != "ballots"}, **DAY)
    assert findings(contested(record, "XB")) == [
        ("e4/1", True, "rests on e2, signed with a key that was later revoked")
    ]


@pytest.mark.parametrize(("since", "is_contested"), [(2, True), (3, False)])
def test_a_key_is_contested_from_the_index_to_which_it_was_revoked(
    tmp_path, since, is_contested
):
    door, hand = opened(tmp_path / "case", "live")
    add_key(door, hand, "XA")
    mine = hand_of("XA", hand)
    door.enter(act(request(), known_as="performed"), mine, nonce(1), NOON)
    body = {
        "do": "revoke",
        "office": "XA",
        "key": key_of("XA").public.fingerprint,
        "alg": "ed25519",
        "since": since,
    }
    draft = Draft("key", "documented", "2022-01-05", None, (), body)
    door.enter(draft, hand, nonce(2), NOON)
    for case in (door.case, load(read_case_file(tmp_path / "case")).case):
        found = [one.is_contested for one in case.entries]
        assert found == [False, False, is_contested, False]
        assert bool(findings(case)) is is_contested
