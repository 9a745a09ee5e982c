"""The one door for writing: what goes into a case in the database goes through here.

`enter` takes a draft through `peyman.case.enter.Door` in one transaction under a lock on
the case, and refills the projections of the case in the same. `desk` does so for several
drafts at once. `trial` asks the same door and keeps nothing: what a person is told
before a confirmation is what would be found after it. `take_in` begins a case.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import OperationalError, transaction

from peyman.case.draft import Draft
from peyman.case.enter import Door, Entered, Hand
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger.casefile import CaseFile, envelope_path
from peyman.ledger.keys import Key, key_path, load_key, save_key
from peyman.ledger.note import read_checkpoint
from peyman.ledger.rules import Log
from peyman.ledger.strict import refuse
from peyman.ledger.verify import examine
from peyman.saying import say
from peyman.web import projections, rows, sequencer
from peyman.web.models import CaseRecord, EntryRecord, FileRecord
from peyman.web.store import BOUND, DbStore


@contextmanager
def at_the_door(slug: str, *, remembers: bool = True) -> Iterator[DbStore]:
    """Hold the lock of a case for one transaction; others wait outside, in line.

    PostgreSQL locks the row of the case; SQLite, whose transactions begin IMMEDIATE, has
    one writer at a time, and `peyman.web.sequencer.turn` the line.

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

    def __init__(self, door: Door, office: str) -> None:
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
        self._hand = Hand(office, key_of(office), key_of(case.origin))

    def enter(self, draft: Draft, files: Mapping[str, bytes] | None = None) -> Entered:
        """Take a draft through the door, signed for the office, by this server's clock.

        What is performed here is performed now, whatever the draft says.
        """
        # A clock that was set back makes no entry earlier than the one before it.
        now = max(int(time.time()), self.door.case.last_entered)
        if draft.known_as == "performed":
            draft = draft._replace(at=show(now))
        return self.door.enter(draft, self._hand, nonce(), now, files)


@contextmanager
def desk(slug: str, office: str) -> Iterator[Desk]:
    """Enter several drafts into a case as one: all of them, or none.

    Whether the person who asks may sign for the office is asked in `peyman.web.access`.

    Args:
        slug: The case.
        office: Who signs, by the server's key of it.

    Raises:
        PeymanError: If an entry is refused; then nothing is changed.
    """
    with at_the_door(slug) as store:
        held = Desk(Door(store), office)
        yield held
        projections.refresh(store.record, held.door.case)


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


class _Unsaid(Exception):
    """Ends a transaction whose entries were only tried."""


@contextmanager
def trial(slug: str, office: str) -> Iterator[Desk]:
    """A desk of which nothing is kept: it answers what `desk` would, then forgets.

    Raises:
        PeymanError: If an entry would be refused.
    """
    with suppress(_Unsaid), at_the_door(slug, remembers=False) as store:
        yield Desk(Door(store), office)
        raise _Unsaid


def nonce(_label: str = "") -> str:
    """A new nonce from chance, 32 bytes in hex."""
    return os.urandom(32).hex()


def key_of(name: str, *, make: bool = False) -> Key:
    """The server's key of an office, or of a log by its origin.

    Raises:
        PeymanError: If there is none, and `make` is not said.
    """
    if make and not key_path(settings.KEYS, name).exists():
        save_key(settings.KEYS, name, Key(os.urandom(32)))
    return load_key(settings.KEYS, name)


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
    head, _ = read_checkpoint(case_file.files["checkpoint"])
    record = CaseRecord.objects.create(
        slug=slug,
        origin=origin,
        size=head.size,
        root=head.root.hex(),
        checkpoint=case_file.files["checkpoint"],
        is_public=is_public,
    )
    _keep_rows(record, case_file, found.log)
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
