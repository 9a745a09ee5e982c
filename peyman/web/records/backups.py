"""Back up the logs of the database, and bring them back: what `peyman backup` asks here.

A backup is a case file: the record itself. Accounts and roles are the installation's, and
are backed up with the database; keys never go with either.
"""

from collections.abc import Iterator

from django.db import transaction

from peyman.case.entering.draft import Draft
from peyman.errors import PeymanError
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.files.settings import LIVE
from peyman.ledger.keeping.restoring import Backup, refuse_older
from peyman.ledger.witnesses.heads import LostEntries, loss_text
from peyman.web.models import CaseRecord
from peyman.web.records import record
from peyman.web.records.keys import kept_of
from peyman.web.records.store import DbStore


def live_cases() -> Iterator[tuple[str, CaseFile]]:
    """Give the case file of every case that is kept live here, each at one moment."""
    slugs = CaseRecord.objects.filter(row__kept=LIVE).values_list("slug", flat=True)
    for slug in sorted(slugs):
        with record.at_the_door(slug) as store:
            case_file = store.case_file()
        yield slug, case_file


@transaction.atomic
def restore(backup: Backup, slug: str) -> int:
    """Take a case in from a backup, or bring one that is here up to it.

    Returns:
        How many entries it has now.

    Raises:
        PeymanError: If what is here is newer, or another history.
    """
    origin = backup.log.settings.origin
    here = CaseRecord.objects.filter(origin=origin).first()
    if here is None:
        return record.take_in(backup.case_file, slug, is_public=False).size
    refuse_older(backup.log, DbStore(here).log)
    return record.take_over(here, backup.case_file).size


def go_on(slug: str, reason: str) -> int:
    """Go on with a case that lost entries, because a person decided so.

    The decision is kept when the note that says so is durable, and not before.

    Returns:
        The index of the note.

    Raises:
        PeymanError: If nothing is lost, the log is another than was seen, or the note
            cannot be entered: then nothing is decided.
    """
    with record.at_the_door(slug) as store:
        origin, log = store.record.origin, store.log
        kept = kept_of(origin)
        try:
            kept.check(log)
        except LostEntries as error:
            lost, size = error.sightings, log.size
        else:
            raise PeymanError(
                f"Nothing that this server has seen of {origin} is lost.",
                authority="docs/record.md, section 9",
                remedy="Enter as ever: there is nothing to decide.",
            )
        # Before the new head is seen: one that is lost would hide it.
        transaction.on_commit(lambda: kept.give_up(size, lost, reason))
        store.guard = kept.despite(lost)
        text = loss_text(size, lost, reason)
        draft = Draft("note", "performed", "unknown", None, (), {"text": text})
        with record.desk_at(store, log.settings.registrar) as held:
            entered = held.enter(draft)
    return entered.receipt.index
