from hashlib import sha256

import pytest

from peyman.case.check import check
from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Hand
from peyman.case.load import load
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from peyman.errors import PeymanError
from peyman.ledger import derive, read_case_file, verify
from peyman.ledger.keeping.store import Store
from peyman.ledger.keeping.transaction import Disk
from tests.builders import HOME, PACT, REPORT_EN, START, nonce, opened, source_body
from tests.case.small import told
from tests.ledger.builders import nothing_seen

NOON = read_instant("2022-01-05T12:00:00Z")
NOTE = Draft("note", "reported", "2022-01-05", None, (), {"text": "x"})


def act(*acts, known_as="reported", cites=()):
    return Draft("act", known_as, "2022-01-05", None, cites, {"acts": list(acts)})


def request(by="XA", **said):
    ask = {"under": "pact", "act": "help.request", "by": by, "to": "pact/council"}
    return {**ask, "subject": by, **said}


def source(text=REPORT_EN):
    data = text.encode()
    files = {f"sources/{sha256(data).hexdigest()}": data}
    return Draft(
        "source", "documented", "2022-01-05", None, (), source_body(text)
    ), files


def digest(folder):
    """One digest over every path and every byte of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    said = [
        f"{p.relative_to(folder)} {sha256(p.read_bytes()).hexdigest()}" for p in files
    ]
    return sha256("\n".join(said).encode()).hexdigest()


def key_of(office):
    return derive("a test", office)


def hand_of(office, hand):
    return Hand(office, key_of(office), hand.log_key)


def add_key(door, hand, office, at=NOON):
    public = key_of(office).public
    body = {
        "do": "add",
        "office": office,
        "key": public.fingerprint,
        "public": public.text,
        "alg": "ed25519",
    }
    draft = Draft("key", "documented", "2022-01-05", None, (), body)
    return door.enter(draft, hand, nonce(f"key {office}"), at)


def refused(door, *args, **how):
    with pytest.raises(PeymanError) as caught:
        door.enter(*args, **how)
    return [caught.value.problem, caught.value.authority, caught.value.remedy]


@pytest.fixture(params=["live", "reconstructed"])
def kept(request):
    return request.param


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "case"


def test_what_passes_the_door_is_in_the_case_on_disk(folder, kept):
    door, hand = opened(folder, kept)
    draft, files = source()
    first = door.enter(draft, hand, nonce(1), NOON, files)
    second = door.enter(NOTE, hand, nonce(2), NOON + 1)
    assert (first.receipt.index, second.receipt.index) == (1, 2)
    case = load(read_case_file(folder)).case
    assert case.entries == door.case.entries == second.case.entries
    assert case.texts == door.case.texts == {first.entry.commitment: REPORT_EN}
    assert [e.entered_from for e in case.entries] == 3 * [
        "assumed" if kept == "reconstructed" else None
    ]
    report = verify(read_case_file(folder))
    assert (report.genuine, report.whole, report.size) == (True, True, 3)


def test_the_door_answers_with_what_every_charter_finds(folder):
    door, hand = opened(folder)
    said = {"to": ["XB", "XC"], "grounds": {"attack": "asserted"}}
    answer = door.enter(act(request(**said)), hand, nonce(1), NOON)
    ((charter, verdict),) = answer.verdicts()
    assert (charter, verdict.doing.id, verdict.has_effect) == ("pact", "e1/1", True)
    assert [f.code for f in verdict.findings] == ["form"]


def test_two_acts_under_two_charters_pass_as_one_entry(folder):
    door, hand = opened(folder)
    alarm = {"under": "home", "act": "alarm.raise", "by": "home/watch"}
    answer = door.enter(act(request(), alarm), hand, nonce(1), NOON)
    assert [(name, v.doing.id) for name, v in answer.verdicts()] == [
        ("pact", "e1/1"),
        ("home", "e1/2"),
    ]
    found = told(answer.reading())
    assert [(m["id"], m["charter"]) for m in found["matters"]] == [
        ("e1/1", "pact"),
        ("e1/2", "home"),
    ]


def test_an_act_without_effect_is_entered_with_its_reason(folder):
    door, hand = opened(folder)
    answer = door.enter(act(request(to="home/head")), hand, nonce(1), NOON)
    ((_, verdict),) = answer.verdicts()
    assert verdict.has_effect is False
    assert verdict.codes == {"wrong addressee"}
    assert door.case.size == 2


def test_what_is_refused_changes_nothing_on_disk(folder, kept):
    door, hand = opened(folder, kept)
    door.enter(NOTE, hand, nonce(1), NOON)
    before, case = digest(folder), door.case
    stranger = hand_of("pact/chair", hand)
    for problem, args in (
        ("There is no member QQ in pact.", (act(request("QQ")), hand, nonce(2), NOON)),
        (
            "e2 (note) cannot be entered. It is signed with a key that the log did not know:"
            f" {stranger.key.public.fingerprint[:16]}…",
            (NOTE, stranger, nonce(2), NOON),
        ),
        (
            "e2 (note) cannot be entered. It has the nonce of e1.",
            (NOTE._replace(body={"text": "y"}), hand, nonce(1), NOON),
        ),
        (
            "e2 (note) cannot be entered. It was entered at 2022-01-05T11:59:59Z, before the"
            " entry that stands ahead of it, at 2022-01-05T12:00:00Z.",
            (NOTE, hand, nonce(2), NOON - 1),
        ),
        (
            "This is not the log key of demo.peyman/test.",
            (NOTE, Hand(hand.office, hand.key, hand.key), nonce(2), NOON),
        ),
    ):
        assert refused(door, *args)[0] == problem
        assert digest(folder) == before
        assert door.case == case
    assert door.enter(NOTE, hand, nonce(2), NOON).receipt.index == 2


def test_a_clock_behind_the_last_entry_is_refused_and_never_moved_on(folder):
    door, hand = opened(folder, "live")
    early = read_instant(START) - 1
    draft = NOTE._replace(at="2022-01-04")
    problem, authority, _ = refused(door, draft, hand, nonce(1), early)
    assert problem == (
        "e1 (note) cannot be entered. It was entered at 2022-01-04T23:59:59Z, before the"
        " entry that stands ahead of it, at 2022-01-05T00:00:00Z."
    )
    assert authority == "docs/record.md, section 2"


def test_an_office_that_no_charter_knows_does_not_sign(folder):
    door, hand = opened(folder, "live")
    assert refused(door, NOTE, hand_of("pact/chairman", hand), nonce(1), NOON) == [
        "pact/chairman signs, and pact knows no such office.",
        "the offices of pact: chair, council, world",
        "Sign as an office that the charter knows, or as the registrar.",
    ]


def test_an_office_signs_its_own_act_once_its_key_is_entered(folder):
    door, hand = opened(folder, "live")
    performed = act(request(), known_as="performed")
    assert refused(door, performed, hand, nonce(1), NOON)[0] == (
        "peyman/registrar signs an act that XA performs."
    )
    mine = hand_of("XA", hand)
    assert refused(door, performed, mine, nonce(1), NOON)[0].startswith(
        "e1 (act) cannot be entered. It is signed with a key that the log did not know"
    )
    add_key(door, hand, "XA")
    answer = door.enter(performed, mine, nonce(1), NOON + 5)
    assert (answer.entry.at, answer.entry.signer) == ((NOON + 5, NOON + 5), "XA")
    assert verify(read_case_file(folder)).genuine


def test_two_doors_of_one_case_see_what_the_other_let_in(folder):
    first, hand = opened(folder)
    second = Door(Store.open(folder))
    first.enter(NOTE, hand, nonce(1), NOON)
    answer = second.enter(act(request()), hand, nonce(2), NOON)
    assert answer.entry.name == "e2"
    assert [e.kind for e in answer.case.entries] == ["open", "note", "act"]
    assert first.enter(NOTE, hand, nonce(3), NOON).entry.name == "e3"


def test_a_charter_that_was_adopted_is_the_one_by_which_the_next_act_is_judged(folder):
    door, hand = opened(folder)
    data = PACT + b'\n[help.thank]\nart = "P 2"\nby = "member"\nwhile = "request"\n'
    files = {"pact-2.toml": sha256(data).hexdigest()}
    body: dict[str, object] = {"charters": [{"id": "pact", "files": files}]}
    adopt = Draft("adopt", "documented", "2022-01-05", None, (), body)
    door.enter(act(request()), hand, nonce(1), NOON)
    opener = door.case.entries[1].commitment
    thank = {"under": "pact", "act": "help.thank", "by": "XB", "matter": f"{opener}/1"}
    assert refused(door, act(thank, cites=(opener,)), hand, nonce(2), NOON)[0] == (
        "There is no act help.thank in pact. The nearest known is help.withdraw."
    )
    door.enter(adopt, hand, nonce(3), NOON, {"charters/pact-2.toml": data})
    answer = door.enter(act(thank, cites=(opener,)), hand, nonce(4), NOON)
    assert [v.has_effect for _, v in answer.verdicts()] == [True]


def adopt_charter(door, hand, data, at=NOON, path="pact-2.toml"):
    name = path.partition("-")[0].partition(".")[0]
    files = {path: sha256(data).hexdigest()}
    body: dict[str, object] = {"charters": [{"id": name, "files": files}]}
    draft = Draft("adopt", "documented", "2022-01-05", None, (), body)
    return door.enter(draft, hand, nonce(path), at, {f"charters/{path}": data})


def test_each_time_is_read_by_the_charters_that_were_listed_by_then(folder):
    door, hand = opened(folder, charters={"pact": PACT})
    door.enter(act(request()), hand, nonce(1), NOON)
    new = PACT.replace(b'Pact of the Cape"', b'New Pact"', 1)
    adopt_charter(door, hand, new, at=NOON + 60)
    adopt_charter(door, hand, HOME, NOON + 120, "home.toml")
    case = load(read_case_file(folder)).case
    assert case.charters == door.case.charters
    assert [
        {
            name: one.title
            for name, one in read_case(case, NOON, known).case.charters.items()
        }
        for known in (NOON, NOON + 60, NOON + 120)
    ] == [
        {"pact": "Pact of the Cape"},
        {"pact": "New Pact"},
        {"pact": "New Pact", "home": case.charters["home"].title},
    ]
    assert list(read_case(case, known_at=NOON).charters) == ["pact"]
    assert check(read_case_file(folder)).faults == ()


def test_an_entry_is_checked_by_the_charters_of_its_own_time(folder):
    door, hand = opened(folder, charters={"pact": PACT})
    asked = door.enter(act(request()), hand, nonce(1), NOON).entry.commitment
    back = request(act="help.take_back", matter=f"{asked}/1")
    del back["subject"]
    door.enter(act(back, cites=(asked,)), hand, nonce(2), NOON)
    without = PACT[: PACT.index(b"[help.take_back]")]
    adopt_charter(door, hand, without)
    assert check(read_case_file(folder)).faults == ()
    problem, *_ = refused(door, act(back, cites=(asked,)), hand, nonce(5), NOON)
    assert problem.startswith("There is no act help.take_back in pact.")


def test_an_entry_with_which_the_case_cannot_be_read_is_refused(folder):
    """Each term of its own can be reckoned; together they end beyond the calendar."""
    door, hand = opened(folder)
    asked = door.enter(act(request()), hand, nonce(0), NOON).entry.commitment
    said = {"under": "pact", "by": "pact/council", "matter": f"{asked}/1"}
    votes = {"XA": "yes", "XB": "yes", "XC": "yes"}
    grant = {**said, "states": {"term": "900 years"}, "ballots": votes}
    draft = act({**grant, "act": "help.mandate"}, cites=(asked,))
    door.enter(draft, hand, nonce(1), NOON)
    longer = act({**grant, "act": "help.prolong"}, cites=(asked,))
    for n in range(2, 9):
        door.enter(longer, hand, nonce(n), NOON)
    before, case = digest(folder), door.case
    problem, *_ = refused(door, longer, hand, nonce(9), NOON)
    assert problem.endswith("ends beyond the calendar.")
    assert (digest(folder), door.case) == (before, case)
    door.enter(NOTE, hand, nonce(10), NOON)
    assert check(read_case_file(folder)).faults == ()


@pytest.mark.parametrize("data", [b"title = 1\n", b"\xff", b"not toml"])
def test_a_charter_that_cannot_be_read_is_not_adopted(folder, data):
    door, hand = opened(folder)
    before, case = digest(folder), door.case
    with pytest.raises(PeymanError):
        adopt_charter(door, hand, data)
    assert (digest(folder), door.case) == (before, case)
    door.enter(NOTE, hand, nonce(9), NOON)


def test_a_language_that_is_not_ours_is_not_adopted(folder):
    door, hand = opened(folder)
    before = digest(folder)
    draft = Draft("adopt", "documented", "2022-01-05", None, (), {"language": "2"})
    assert refused(door, draft, hand, nonce(1), NOON)[0] == (
        "The charters of demo.peyman/test are in version 2 of the language."
    )
    assert digest(folder) == before
    door.enter(NOTE, hand, nonce(9), NOON)


class Full(Disk):
    """A disk that is full after some writes."""

    def __init__(self, room):
        self.room = room

    def write(self, path, data):
        if self.room == 0:
            raise OSError(28, "No space left on device")
        self.room -= 1
        super().write(path, data)


@pytest.mark.parametrize("room", range(4))
def test_a_disk_that_is_full_loses_nothing_that_was_acknowledged(folder, room):
    door, hand = opened(folder, "live")
    door.enter(NOTE, hand, nonce(1), NOON)
    acknowledged = door.case.entries
    full = Door(Store.open(folder, Full(room), nothing_seen))
    assert refused(full, act(request()), hand, nonce(2), NOON) == [
        "The disk failed (No space left on device): the entry is not acknowledged.",
        "docs/record.md, section 2",
        "Make room, then enter the same again: it never enters twice.",
    ]
    assert full.case.entries == acknowledged
    again = Door(Store.open(folder, guard=nothing_seen))
    assert again.case.entries == acknowledged
    again.enter(act(request()), hand, nonce(2), NOON)
    report = verify(read_case_file(folder))
    assert (report.genuine, report.whole, report.size) == (True, True, 3)
    assert read_case(again.case).case.size == 3
