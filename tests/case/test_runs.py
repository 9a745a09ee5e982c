"""Entries that are taken in a run get the answer that they get one by one."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peyman.case.check import Checked
from peyman.case.entering.admit import FORGOTTEN, asks_nothing_more, question
from peyman.case.load import begun, entry_at, load
from peyman.case.passing import Passing
from peyman.errors import PeymanError
from peyman.ledger import derive, make_case_file, open_envelope, seal
from peyman.ledger.entries.entry import Seen
from peyman.ledger.entries.payloads import is_remembered
from peyman.ledger.entries.readers import Readers
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.leaf import Leaf
from peyman.ledger.verifying import verify
from tests.ledger.builders import ANALYST, REGISTRAR, START, Draft
from tests.test_house import ROOT

CHARTERS = {"csto": {"csto.toml": (ROOT / "charters" / "csto.toml").read_bytes()}}
STRANGER = derive("a", "stranger")
ODD: tuple[dict[str, Any], ...] = (
    {"again": True},
    {"nonce": "ab" * 32},
    {"seen": Seen(0)},
    {"seen": Seen(2, "ab" * 32)},
    {"seen": Seen(900, "ab" * 32)},
    {"entered": "2022-01-05T19:00:00Z"},
    {"entered": "2022-01-05T21:00:00Z"},
    {"origin": "demo.peyman/other"},
    {"entered_from": None},
    {"entered_from": "source"},
    {"known_as": "performed"},
    {"known_as": "performed", "at": "2022-01-03"},
    {"known_as": "reported", "zone": "Europe/Moscow"},
    {"at": "unknown"},
    {"at": "2022-01-07"},
    {"at": "2022-01-01/2022-01-09"},
    {"zone": "Nowhere/City"},
    {"zone": "Nowhere/City", "at": "2022-01-05T10:00:00Z"},
    {"body": {"text": 7}},
    {"body": {}},
    {"body": {"text": "a", "more": "b"}},
    {"body": {"text": "یک «خط»\nو دیگر 😀"}},
    {"kind": "ballot", "body": {"matter": "x"}},
    {"by": REGISTRAR},
    {"key": STRANGER},
    {"by": REGISTRAR, "is_forged": True},
    {"is_forged": True},
    {"is_citing": True},
    {"is_gone": True},
    {"is_cut": True},
)
"""What may be different of a note; most of it is wrong."""


def drafted(changes):
    """A case of `open` and of one note for each of these changes."""
    draft = Draft("demo.peyman/few", offices=(REGISTRAR, ANALYST), charters=CHARTERS)
    draft.add("open", draft.opening, at=START)
    gone, cut = [], []
    for number, change in enumerate(changes):
        now = {"by": ANALYST, "known_as": "documented", "kind": "note", **change}
        gone += [draft.size] * now.pop("is_gone", False)
        cut += [draft.size] * now.pop("is_cut", False)
        is_forged, entered = now.pop("is_forged", False), now.pop("entered", None)
        if now.pop("again", False):
            draft.add_envelope(draft.entries[-1][0])
            continue
        if now.pop("is_citing", False):
            now["cites"] = [open_envelope(draft.entries[0][0]).commitment]
        body = now.pop("body", {"text": f"A note: {number}."})
        data = seal(
            draft.payload(now.pop("kind"), body, **now),
            now.get("key") or draft.keys[now["by"]],
        )
        other = draft.entries[0][0] if is_forged else data
        data = data.split(b'"sig":"')[0] + b'"sig":"' + other.split(b'"sig":"')[1]
        draft.add_envelope(data, entered)
    sound = draft.forge()
    files = {
        n: sound.files[n] for n in sound.files if n not in map(envelope_path, gone)
    }
    files |= {envelope_path(n): sound.files[envelope_path(n)][:-1] for n in cut}
    return make_case_file("few", files)


def verified(case_file, signatures, readers=None):
    """What `peyman verify` finds, what the log then knows, and how often it was told."""
    passing, told = Passing(case_file), []

    def step(log, is_well):
        told.append((log.size, is_well))
        if is_well:
            passing.take(log)

    found = verify.examine(case_file, signatures=signatures, readers=readers, step=step)
    said = None
    if found.log is not None and found.report.genuine:
        said = passing.end(found.log)
    return (found.report, said, known(found.log)), told


def known(log):
    """What later entries ask of a log."""
    if log is None:
        return None
    kept = [(n, log.payloads[n].kind, log.payloads[n].signer) for n in log.payloads]
    return kept, len(log.payloads), log.entered, log.size, {**log.places}


@pytest.fixture(scope="module", params=[0, 1], ids=["here", "beside"])
def readers(request):
    """One process, or none, which reads ahead of a case however short it is."""
    with (
        pytest.MonkeyPatch.context() as patched,
        Readers(request.param, asks_nothing_more) as made,
    ):
        patched.setattr(verify, "WORTH_IT", 1)
        yield made


def test_a_run_is_told_of_once_and_nothing_is_left_of_its_words(readers):
    case_file = drafted([{}] * 300)
    alone, told = verified(case_file, True)
    together, less = verified(case_file, True, readers)
    assert together == alone
    assert len(told) == 301
    assert less == [(1, True), (129, True), (257, True), (301, True)]
    log = verify.examine(case_file, readers=readers).log
    assert log is not None
    assert len({id(log.payloads[n]) for n in range(1, 301)}) == 1
    assert all(is_remembered(log.payloads[n]) for n in range(1, 301))


@pytest.mark.parametrize("change", ODD, ids=str)
@pytest.mark.parametrize("signatures", [True, False])
def test_what_is_odd_of_one_is_told_as_it_is_one_by_one(readers, change, signatures):
    case_file = drafted([{}, {}, change, {}, {"nonce": "ab" * 32}, {}])
    together, _ = verified(case_file, signatures, readers)
    alone, _ = verified(case_file, signatures)
    assert together == alone


@settings(max_examples=60)
@given(
    st.lists(st.just({}) | st.sampled_from(ODD), max_size=12),
    st.booleans(),
)
@example([{"nonce": "ab" * 32}] * 3, True)
def test_whatever_is_odd_is_told_as_it_is_one_by_one(readers, changes, signatures):
    case_file = drafted(changes)
    together, _ = verified(case_file, signatures, readers)
    alone, _ = verified(case_file, signatures)
    assert together == alone


def test_a_case_that_is_sound_is_not_read_twice_and_ends_with_its_last_note(
    readers, monkeypatch
):
    case_file = drafted([{}, {"entered": "2022-01-05T21:00:00Z"}, {"is_gone": True}])
    ended = []

    def folded(case, asked):
        ended.append(case)
        return Checked()

    monkeypatch.setattr("peyman.case.passing.check", None)
    monkeypatch.setattr("peyman.case.passing.folded", folded)
    verified(case_file, True, readers)
    [case] = ended
    assert [one.index for one in case.entries] == [0, 2]
    assert case.entries[-1] == load(case_file).case.entries[-1]


def test_without_an_entry_to_open_it_nothing_is_taken_in_a_run(readers):
    sound = drafted([{}] * 4)
    files = dict(sound.files)
    del files[envelope_path(0)]
    case_file = make_case_file("few", files)
    assert verified(case_file, True, readers)[0] == verified(case_file, True)[0]


@pytest.mark.parametrize(
    "entered", ["2022-01-04T00:00:00Z", START, "2022-01-07T00:00:00Z"]
)
@pytest.mark.parametrize("change", [{}, *ODD], ids=str)
def test_of_a_note_as_much_is_asked_as_at_the_door(change, entered):
    if change.keys() & {"is_gone", "is_cut"}:
        return
    case_file = drafted([change])
    log = verify.examine(case_file).log
    assert log is not None
    case = begun(case_file, log.settings, log.size)
    payload = open_envelope(case_file.files[envelope_path(1)]).payload
    is_sound = True
    try:
        question(case, entry_at(case, payload, 1, Leaf("0" * 64, entered)), {})
    except PeymanError:
        is_sound = False
    asked = asks_nothing_more(case.zone, payload, entered)
    assert asked == (is_sound and payload.kind in FORGOTTEN)
