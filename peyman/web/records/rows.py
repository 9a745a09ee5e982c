"""The three statements of an append, in SQL: Django takes longer to write them than they run.

They go to the driver as they stand, past Django's cursor, which would rewrite each of them
and look three times whether anybody listens. Errors become Django's all the same.
Everything else about these tables goes through their models.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from peyman.ledger.log.leaf import Leaf
from peyman.web.models import CaseRecord, EntryRecord

_COLUMNS = tuple(one.attname for one in CaseRecord._meta.concrete_fields)
_CASES = CaseRecord._meta.db_table
_LOCK = f"SELECT {', '.join(_COLUMNS)} FROM {_CASES} WHERE slug = %s"  # noqa: S608
_LOCK_ROW = f"{_LOCK} FOR UPDATE"
_ADVANCE = f"UPDATE {_CASES} SET size = %s, root = %s, checkpoint = %s WHERE id = %s"  # noqa: S608
_ENTRIES = (
    f'{EntryRecord._meta.db_table} (case_id, "index", commitment, entered, envelope)'
)
_ADD = f"INSERT INTO {_ENTRIES} VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
_COPY = f"COPY {_ENTRIES} FROM STDIN"
_ADD_AND_ADVANCE = f"WITH added AS ({_ADD}) {_ADVANCE}"

Row = tuple[Any, ...]


def lock(slug: str) -> CaseRecord:
    """Read the row of a case, and hold it locked until the transaction ends.

    SQLite has one writer at a time, and no other lock.

    Raises:
        CaseRecord.DoesNotExist: If there is none.
    """
    statement = _LOCK if connection.vendor == "sqlite" else _LOCK_ROW
    row = _run(statement, (slug,)).fetchone()
    if row is None:
        raise CaseRecord.DoesNotExist(f"no case {slug}")
    return CaseRecord.from_db(connection.alias, _COLUMNS, row)


def enter(
    record: CaseRecord, first: int, entries: Iterable[tuple[Leaf, bytes]]
) -> None:
    """Keep entries with their envelopes, from a place on, and the head that a record has now."""
    rows: list[Row] = [
        (record.pk, index, leaf.commitment, leaf.entered, envelope)
        for index, (leaf, envelope) in enumerate(entries, first)
    ]
    head = (record.size, record.root, record.checkpoint, record.pk)
    if connection.vendor == "sqlite":
        _run_each(_ADD, rows)
        _run(_ADVANCE, head)
    elif len(rows) == 1:
        # Each statement is a way to the server and back.
        _run(_ADD_AND_ADVANCE, (*rows[0], *head))
    else:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
        _run(_ADVANCE, head)


def _run(statement: str, values: Row) -> Any:
    """Run one statement on the driver's connection; give its cursor."""
    with connection.wrap_database_errors:
        cursor = connection.connection.cursor()
        return cursor.execute(_as_the_driver_has_it(statement), values)


def _run_each(statement: str, rows: list[Row]) -> None:
    with connection.wrap_database_errors:
        connection.connection.executemany(_as_the_driver_has_it(statement), rows)


def _as_the_driver_has_it(statement: str) -> str:
    return statement.replace("%s", "?") if connection.vendor == "sqlite" else statement
