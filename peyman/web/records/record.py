"""The one door for writing: what goes into a case in the database goes through here.

`enter` takes a draft through `peyman.case.entering.enter.Door` in one transaction under a lock on
the case, and refills the projections of the case in the same. `desk` does so for several
drafts at once. `trial` asks the same door and keeps nothing: what a person is told
before a confirmation is what would be found after it. `take_in` begins a case.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from django.db import OperationalError, transaction

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Entered, Hand
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import open_envelope
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile, envelope_path
from peyman.ledger.log.note import read_checkpoint
from peyman.ledger.strict import refuse
from peyman.ledger.verifying.verify import examine
from peyman.saying import say
from peyman.web.entrance.access import may_submit
from peyman.web.models import CaseRecord, EntryRecord, FileRecord, Membership
from peyman.web.records import projections, rows, sequencer
from peyman.web.records.keys import kept_of, key_for, key_of
from peyman.web.records.store import BOUND, DbStore


@contextmanager
def at_the_door(slug: str, *, remembers: bool = True) -> Iterator[DbStore]:
    """Hold the lock of a case for one transaction; others wait outside, in line.

    PostgreSQL locks the row of the case; SQLite, whose transactions begin IMMEDIATE, has
    one writer at a time, and `peyman.web.records.sequencer.turn` the line.

    Args:
        slug: The case.
        remembers: Whether what is entered will be kept, and so may be remembered.

    Raises:
        PeymanError: If the database has no room, or fails: then nothing is changed.
    """
    try:
        with sequencer.turn(slug), transaction.atomic():
            record = rows.lock(slug)
            store = DbStore(record, sequencer.take(record) if remembers else None)
            yield store
            if remembers and (log := store.remembered) is not None:
                transaction.on_commit(lambda: sequencer.keep(record, log))
    except OperationalError as error:
        raise PeymanError(
            say(
                "The database failed ({words}): the entry is not acknowledged.",
                words=str(error).strip(),
            ),
            authority=say(
                "docs/record.md, section 2: a receipt is for what is durable"
            ),
            remedy=say("See that it has room and runs, then enter the same again."),
        ) from error


class Desk:
    """A door held open for one office: what `desk` and `trial` give."""

    def __init__(self, store: DbStore, office: str) -> None:
        door = Door(store)
        case = door.case
        if case.is_reconstructed:
            raise PeymanError(
                say(
                    "{words} was reconstructed from reports, and is read here, not kept.",
                    words=case.origin,
                ),
                authority=say(
                    "docs/record.md, section 4: in a live case the log's clock says"
                ),
                remedy=say("Act in a case that is kept live."),
            )
        self.door = door
        self.office = office
        store.guard(store.log)

    def enter(self, draft: Draft, files: Mapping[str, bytes] | None = None) -> Entered:
        """Take a draft through the door, signed for the office, by this server's clock.

        What is performed here is performed now, whatever the draft says.
        """
        now = self._now()
        if draft.known_as == "performed":
            draft = draft._replace(at=show(now))
        origin = self.door.case.origin
        key = key_for(self.office, self.door.store.log.keyring)
        hand = Hand(self.office, key, key_of(origin))
        return self.door.enter(draft, hand, nonce(), now, files)

    def submit(
        self, envelope: bytes, files: Mapping[str, bytes] | None = None
    ) -> Entered:
        """Take in what the office signed on a machine of its own.

        Raises:
            PeymanError: If another office signed it, or it is refused.
        """
        signer = open_envelope(envelope).payload.signer.office
        if signer != self.office:
            raise PeymanError(
                say(
                    "It is signed for {actor}, and you act here for {other_actor}.",
                    actor=signer,
                    other_actor=self.office,
                ),
                authority=say("docs/record.md, section 1: the signer enters"),
                remedy=say("Submit it from an account of that office."),
            )
        log_key = key_of(self.door.case.origin)
        return self.door.submit(envelope, log_key, self._now(), files)

    def _now(self) -> int:
        now, last = int(time.time()), self.door.case.last_entered
        if now < last:
            raise PeymanError(
                say(
                    "The clock of this server says {at}, which is before the last entry,"
                    " {last_at}.",
                    at=show(now),
                    last_at=show(last),
                ),
                authority=say(
                    "docs/record.md, section 2: the log's clock never runs back"
                ),
                remedy=say("Set the clock right, or wait until it is past that hour."),
            )
        return now


@contextmanager
def desk(slug: str, office: str) -> Iterator[Desk]:
    """Enter several drafts into a case as one: all of them, or none.

    Whether the person who asks may sign for the office is asked in `peyman.web.entrance.access`.

    Args:
        slug: The case.
        office: Who signs, by the server's key of it.

    Raises:
        PeymanError: If an entry is refused; then nothing is changed.
    """
    with at_the_door(slug) as store, desk_at(store, office) as held:
        yield held


@contextmanager
def desk_at(store: DbStore, office: str) -> Iterator[Desk]:
    """Enter several drafts at a door that `at_the_door` holds open, as `desk` does."""
    held = Desk(store, office)
    yield held
    projections.refresh(store.record, held.door.case)
    head, log, kept = (
        bytes(store.record.checkpoint),
        store.log,
        kept_of(store.record.origin),
    )
    transaction.on_commit(lambda: kept.see(head, log.settings.log_key))
    if log.erased:
        transaction.on_commit(lambda: kept.see_erased(log))


def enter(
    slug: str,
    draft: Draft,
    office: str,
    files: Mapping[str, bytes] | None = None,
) -> Entered:
    """Enter a draft into a case, signed for an office.

    Args:
        slug: The case.
        draft: What is entered.
        office: Who signs, by the server's key of it.
        files: The bytes of a source, by their path in the case file.

    Raises:
        PeymanError: If it is refused; then nothing is changed.
    """
    with desk(slug, office) as held:
        return held.enter(draft, files)


def submit(
    slug: str,
    envelope: bytes,
    member: Membership,
    files: Mapping[str, bytes] | None = None,
) -> Entered:
    """Enter into a case what an office signed on a machine of its own.

    Args:
        slug: The case.
        envelope: What was signed.
        member: In what role, and for which office, the one acts who hands it in.
        files: The bytes of a source, by their path in the case file.

    Raises:
        PeymanError: If it is refused; then nothing is changed.
    """
    kind = open_envelope(envelope).payload.kind
    if not may_submit(member, kind):
        raise PeymanError(
            say(
                "{actor} may not enter `{kind_words}` here.",
                actor=member.office,
                kind_words=kind,
            ),
            authority=say("the roles of this case"),
            remedy=say("Let an account enter it whose role allows it."),
        )
    with desk(slug, member.office) as held:
        return held.submit(envelope, files)


class _Unsaid(Exception):
    """Ends a transaction whose entries were only tried."""


@contextmanager
def trial(slug: str, office: str) -> Iterator[Desk]:
    """A desk of which nothing is kept: it answers what `desk` would, then forgets.

    Raises:
        PeymanError: If an entry would be refused.
    """
    with suppress(_Unsaid), at_the_door(slug, remembers=False) as store:
        yield Desk(store, office)
        raise _Unsaid


def nonce(_label: str = "") -> str:
    """A new nonce from chance, 32 bytes in hex."""
    return os.urandom(32).hex()


@transaction.atomic
def take_in(case_file: CaseFile, slug: str, *, is_public: bool) -> CaseRecord:
    """Keep a whole case file, bit for bit, as it was made elsewhere.

    Raises:
        PeymanError: If it is not genuine, not whole, or here already.
    """
    found = examine(case_file)
    for fault in found.report.all_faults():
        raise PeymanError(
            f"{case_file.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Verify it, and ask the sender for a sound copy.",
        )
    if found.log is None or found.report.withheld:
        raise refuse(f"{case_file.name} withholds entries.", 6, "Ask for the whole.")
    origin = found.log.settings.origin
    if CaseRecord.objects.filter(origin=origin).exists():
        raise refuse(f"{origin} is kept here already.", 6, "Enter into that case.")
    record = CaseRecord.objects.create(slug=slug, origin=origin, is_public=is_public)
    if not found.log.settings.is_reconstructed:
        head, log_key = case_file.files["checkpoint"], found.log.settings.log_key
        transaction.on_commit(lambda: kept_of(origin).see(head, log_key))
    return _keep(record, case_file, found.log)


@transaction.atomic
def take_over(record: CaseRecord, case_file: CaseFile) -> CaseRecord:
    """Put a longer copy of a case in its place; who acts in it stays.

    Whether it is genuine and continues what is here, the caller has asked.
    """
    record.entries.all().delete()
    record.files.all().delete()
    log = examine(case_file, signatures=False).log
    if log is None:
        raise AssertionError("a genuine case has a log")
    return _keep(record, case_file, log)


def _keep(record: CaseRecord, case_file: CaseFile, log: Log) -> CaseRecord:
    head, _ = read_checkpoint(case_file.files["checkpoint"])
    record.size, record.root = head.size, head.root.hex()
    record.checkpoint = case_file.files["checkpoint"]
    record.save()
    _keep_rows(record, case_file, log)
    projections.refresh(record)
    return record


def _keep_rows(record: CaseRecord, case_file: CaseFile, log: Log) -> None:
    files = case_file.files
    EntryRecord.objects.bulk_create(
        EntryRecord(
            case=record,
            index=index,
            commitment=leaf.commitment,
            entered=leaf.entered,
            envelope=files.get(envelope_path(index)),
        )
        for index, leaf in enumerate(log.leaves)
        if leaf is not None
    )
    FileRecord.objects.bulk_create(
        FileRecord(case=record, path=path, data=data)
        for path, data in files.items()
        if path == "case.toml" or path.split("/")[0] in BOUND
    )
