"""The three statements of an append, in SQL: Django takes longer to write them than they run.

Everything else about these tables goes through their models.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from peyman.ledger.leaf import Leaf
from peyman.web.models import CaseRecord, EntryRecord

_COLUMNS = tuple(one.attname for one in CaseRecord._meta.concrete_fields)
_CASES = CaseRecord._meta.db_table
_LOCK = f"SELECT {', '.join(_COLUMNS)} FROM {_CASES} WHERE slug = %s"  # noqa: S608
_ADVANCE = f"UPDATE {_CASES} SET size = %s, root = %s, checkpoint = %s WHERE id = %s"  # noqa: S608
_ENTRIES = (
    f'{EntryRecord._meta.db_table} (case_id, "index", commitment, entered, envelope)'
)
_ADD = f"INSERT INTO {_ENTRIES} VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
_COPY = f"COPY {_ENTRIES} FROM STDIN"


def lock(slug: str) -> CaseRecord:
    """Read the row of a case, and hold it locked until the transaction ends.

    SQLite has one writer at a time, and no other lock.

    Raises:
        CaseRecord.DoesNotExist: If there is none.
    """
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(_LOCK if is_sqlite else f"{_LOCK} FOR UPDATE", (slug,))
        row = cursor.fetchone()
    if row is None:
        raise CaseRecord.DoesNotExist(f"no case {slug}")
    return CaseRecord.from_db(connection.alias, _COLUMNS, row)


def advance(record: CaseRecord) -> None:
    """Keep the head that a record has now."""
    values: tuple[Any, ...] = (
        record.size,
        record.root,
        record.checkpoint,
        record.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, values)


def add(record: CaseRecord, first: int, entries: Iterable[tuple[Leaf, bytes]]) -> None:
    """Keep entries with their envelopes, from a place on."""
    rows: list[tuple[Any, ...]] = [
        (record.pk, index, leaf.commitment, leaf.entered, envelope)
        for index, (leaf, envelope) in enumerate(entries, first)
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" or len(rows) == 1:
            cursor.executemany(_ADD, rows)
            return
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
