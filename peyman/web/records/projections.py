"""The rows that lists and the search need: dropped and refilled from the record.

Nothing is decided here and nothing is known here alone. `refresh` is called in the
transaction that appends; `rebuild` does the same for every case, and comes to the same.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from peyman.case.boards.claims import grades_of
from peyman.case.load import load
from peyman.case.model import Case, Entry
from peyman.charter.moment import ALWAYS
from peyman.ledger.files.settings import read_settings
from peyman.picture.reading.fold import fold
from peyman.web.models import CaseRecord, CaseRow, ClaimRow, EntryRow
from peyman.web.records.store import DbStore

_UNSEARCHED = frozenset({"digest", "key", "public", "alg", "proposal"})
"""Fields of bodies that hold no words."""


def searchable(text: str) -> str:
    """How a text is kept for the search, and how a search is asked.

    >>> searchable("Нападёт ") == searchable("нападет")
    True
    """
    return fold(text).text.casefold().strip()


@transaction.atomic
def rebuild() -> int:
    """Drop every projection and refill it from the record; say of how many cases."""
    for rows in (ClaimRow, EntryRow, CaseRow):
        rows.objects.all().delete()
    records = CaseRecord.objects.order_by("pk")
    for record in records:
        refresh(record)
    return len(records)


@transaction.atomic
def refresh(record: CaseRecord, case: Case | None = None) -> None:
    """Drop the rows of one case and fill them again.

    Args:
        record: The case's record.
        case: The case as the record has it, where the caller has read it.
    """
    read = case or load(DbStore(record).case_file()).case
    ClaimRow.objects.filter(case=record).delete()
    EntryRow.objects.filter(case=record).delete()
    CaseRow.objects.filter(case=record).delete()
    _case_row(record, read).save(force_insert=True)
    EntryRow.objects.bulk_create(_entry_row(record, e, read) for e in read.entries)
    ClaimRow.objects.bulk_create(_claim_rows(record, read))


def _case_row(record: CaseRecord, case: Case) -> CaseRow:
    data = record.files.get(path="case.toml").data
    begun = [e.at.lo for e in case.entries if e.kind == "act" and e.at.lo > ALWAYS]
    english = next(iter(case.title.values()))
    return CaseRow(
        case=record,
        title_en=case.title.get("en", english),
        title_fa=case.title.get("fa", ""),
        title_ru=case.title.get("ru", ""),
        zone=case.zone,
        kept=case.kept,
        register=read_settings(bytes(data)).register or "",
        charters=list(case.charters),
        size=case.size,
        first_at=min(begun, default=None),
        last_entered=case.last_entered,
    )


def _entry_row(record: CaseRecord, entry: Entry, case: Case) -> EntryRow:
    words = [*_words(entry.body), case.texts.get(entry.commitment, "")]
    return EntryRow(
        case=record,
        index=entry.index,
        kind=entry.kind,
        known_as=entry.known_as,
        at_lo=entry.at.lo if entry.at.lo > ALWAYS else None,
        at_hi=entry.at.hi if entry.at.lo > ALWAYS else None,
        entered=entry.entered,
        signer=entry.signer,
        words=searchable("\n".join(filter(None, words))),
    )


def _words(value: object) -> Iterator[str]:
    """Every text in a body, names of fields left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name not in _UNSEARCHED:
                yield from _words(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _words(one)


def _claim_rows(record: CaseRecord, case: Case) -> Iterator[ClaimRow]:
    known = case.by_commitment()
    graded = {one.claim: one.status for one in grades_of(case.entries)}
    for entry in case.entries:
        if entry.kind != "claim":
            continue
        body = entry.body
        source = known.get(str(body["source"]))
        speakers = body["speakers"]
        yield ClaimRow(
            case=record,
            index=entry.index,
            source=source.index if source else None,
            form=str(body.get("form", "")),
            type=str(body.get("type", "")),
            speaker=str(speakers[-1]) if isinstance(speakers, list) else "",
            status=graded.get(entry.commitment) or "",
        )
