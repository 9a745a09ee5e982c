"""Whatever the door lets in is genuine, whole or filtered, and one at a time or at once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import (
    ALWAYS_HERE,
    Seen,
    commitment,
    derive,
    open_envelope,
    publish,
    seal,
    verify,
    withhold,
    write_folder,
)
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.build import take_checked
from peyman.ledger.keeping.store import Store
from tests.ledger.broken import key_body
from tests.ledger.builders import ANALYST, COUNCIL, REGISTRAR, SEED, Draft
from tests.ledger.disks import QuickDisk
from tests.ledger.undone import erase_body

OFFICES = (REGISTRAR, ANALYST, COUNCIL)
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("note", "claim", "act", "source", "correct", "erase", "second"),
                *("release", "add", "rotate", "revoke", "adopt", "early"),
            )
        ),
        st.sampled_from(OFFICES),
        st.integers(0, 30),
    ),
    max_size=16,
)


class Keeper:
    """Tries every operation at the door; what is refused leaves no trace."""

    def __init__(self):
        self.draft = Draft()
        self.log = Log(self.draft.settings, {})
        self.refused = 0
        self.enter("open", self.draft.opening, REGISTRAR)

    def enter(self, kind, body, office, **more):
        key = more.get("key") or self.draft.keys[office]
        envelope = seal(self.draft.payload(kind, body, by=office, **more), key)
        try:
            take_checked(self.log, open_envelope(envelope), self.draft.entered)
        except PeymanError:
            self.refused += 1
            return
        self.draft.add_envelope(envelope)

    def named(self, number):
        return commitment(self.draft.entries[number % self.draft.size][0])

    def kind(self, number):
        return open_envelope(
            self.draft.entries[number % self.draft.size][0]
        ).payload.kind

    def do(self, operation, office, number):
        getattr(self, f"do_{operation}")(office, number)

    def do_note(self, office, number):
        self.enter("note", {"text": "n"}, office, cites=(self.named(number),))

    def do_claim(self, office, number):
        self.enter("claim", {"says": "x"}, office, cites=(self.named(number),))

    def do_act(self, office, number):
        self.enter("act", {"acts": []}, office)

    def do_early(self, office, number):
        self.enter("act", {"acts": []}, office, seen=Seen())

    def do_source(self, office, number):
        data = str(number).encode()
        path = f"sources/{commitment(data)}"
        is_new = path not in self.draft.files
        before = self.draft.size
        body = {
            "digest": commitment(data),
            "bytes": len(data),
            "media_type": "text/plain",
            "language": "zxx",
            "published": "unknown",
            "title": "t",
            "publisher": "p",
            "author": "a",
            "abstract": False,
        }
        self.enter("source", body, office)
        if is_new and self.draft.size > before:
            self.draft.files[path] = data

    def do_correct(self, office, number):
        self.enter("correct", {"entry": self.named(number), "reason": "r"}, office)

    def do_erase(self, office, number):
        body = erase_body([self.named(number)], [self.kind(number)])
        if body["kinds"][0] in ("source", "claim", "note"):
            self.enter("erase", body, office)

    def do_second(self, office, number):
        for envelope, _ in tuple(self.draft.entries):
            payload = open_envelope(envelope).payload
            if payload.kind == "erase":
                cites = (commitment(envelope),)
                self.enter("erase", dict(payload.body), office, cites=cites)

    def do_release(self, office, number):
        size = self.draft.size
        kinds = [self.kind(index) for index in range(size)]
        indexes = [
            index
            for index in range(size)
            if index not in self.log.erased
            and (kinds[index] in ALWAYS_HERE or (index * 7 + number) % 3)
        ]
        left = {kinds[index] for index in range(size) if index not in indexes}
        body = {"size": size, "indexes": indexes}
        hidden = sorted(left - ALWAYS_HERE)
        self.enter("release", {**body, "kinds_not_shown": hidden}, office)

    def do_add(self, office, number):
        self.enter("key", key_body("add", office, derive(SEED, str(number))), REGISTRAR)

    def do_rotate(self, office, number):
        key = derive(SEED, str(number))
        before = self.draft.size
        self.enter("key", key_body("rotate", office, key), office)
        if self.draft.size > before:
            self.draft.keys[office] = key

    def do_revoke(self, office, number):
        key = self.draft.keys[office]
        since = number % self.draft.size
        self.enter("key", key_body("revoke", office, key, since=since), REGISTRAR)

    def do_adopt(self, office, number):
        self.enter("adopt", {"tzdata": f"2026.{number}"}, office)


def kept_by(operations):
    keeper = Keeper()
    for operation in operations:
        keeper.do(*operation)
    return keeper


@given(OPERATIONS, st.sets(st.integers(0, 20)))
def test_what_the_door_lets_in_is_genuine_whole_or_filtered(operations, withheld):
    keeper = kept_by(operations)
    built = keeper.draft.build()
    report = verify(built)
    assert report.genuine
    assert report.whole is (not keeper.log.erased)
    chosen = {
        index
        for index in withheld
        if index < keeper.draft.size
        and index not in keeper.log.erased
        and keeper.kind(index) not in ALWAYS_HERE
    }
    copy = verify(withhold(built, chosen))
    assert list(copy.all_faults()) == []
    assert copy.withheld == tuple(sorted(chosen))
    assert copy.erased == report.erased


@given(OPERATIONS)
def test_what_is_released_is_genuine_as_a_public_file(operations):
    keeper = kept_by([*operations, ("release", REGISTRAR, 1)])
    if keeper.log.releases:
        assert list(verify(publish(keeper.draft.build())).all_faults()) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(operations=OPERATIONS)
def test_one_at_a_time_gives_the_bytes_of_all_at_once(operations, tmp_path_factory):
    draft = kept_by(operations).draft
    folder = tmp_path_factory.mktemp("case") / "case"
    opening = Draft()
    opening.entries = draft.entries[:1]
    write_folder(opening.build(), folder, QuickDisk())
    store = Store.open(folder, QuickDisk())
    for envelope, entered in draft.entries[1:]:
        payload = open_envelope(envelope).payload
        path = f"sources/{payload.body.get('digest')}"
        brought = {path: draft.files[path]} if payload.kind == "source" else None
        store.append(envelope, entered, draft.log_key, brought)
    assert store.case_file().files == draft.build().files
