"""The three statements of an append, in SQL: Django takes longer to write them than they run.

They go to the driver as they stand, past Django's cursor, which would rewrite each of them
and look three times whether anybody listens; PostgreSQL reads each once a connection and
is then told its values alone. Errors become Django's all the same. Everything else about
these tables goes through their models.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

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
_COPY = f"COPY {_ENTRIES} FROM STDIN (FORMAT BINARY)"
_COPIED = ("int8", "int4", "varchar", "varchar", "bytea")
_ADD_AND_ADVANCE = f"WITH added AS ({_ADD}) {_ADVANCE}"

Row = tuple[Any, ...]


def lock(slug: str) -> CaseRecord:
    """Read the row of a case, and hold it locked until the transaction ends.

    SQLite has one writer at a time, and no other lock.

    Raises:
        CaseRecord.DoesNotExist: If there is none.
    """
    db = _database()
    row = _run(db, _LOCK if _is_sqlite(db) else _LOCK_ROW, (slug,)).fetchone()
    if row is None:
        raise CaseRecord.DoesNotExist(f"no case {slug}")
    return CaseRecord.from_db(db.alias, _COLUMNS, row)


def enter(
    record: CaseRecord, first: int, entries: Iterable[tuple[Leaf, bytes]]
) -> None:
    """Keep entries with their envelopes, from a place on, and the head that a record has now."""
    rows: list[Row] = [
        (record.pk, index, leaf.commitment, leaf.entered, envelope)
        for index, (leaf, envelope) in enumerate(entries, first)
    ]
    head = (record.size, record.root, record.checkpoint, record.pk)
    db = _database()
    if _is_sqlite(db):
        with db.wrap_database_errors:
            db.connection.executemany(_for_sqlite(_ADD), rows)
        _run(db, _ADVANCE, head)
    elif len(rows) == 1:
        # Each statement is a way to the server and back.
        _run(db, _ADD_AND_ADVANCE, (*rows[0], *head))
    else:
        with db.wrap_database_errors, _cursor(db).copy(_COPY) as copy:
            copy.set_types(_COPIED)
            for row in rows:
                copy.write_row(row)
        _run(db, _ADVANCE, head)


def _database() -> Any:
    """This thread's connection itself: what stands for it looks for it at every word."""
    return connections[DEFAULT_DB_ALIAS]


def _is_sqlite(db: Any) -> bool:
    return bool(db.vendor == "sqlite")


def _run(db: Any, statement: str, values: Row) -> Any:
    """Run one statement on the driver's connection; give its cursor."""
    with db.wrap_database_errors:
        if _is_sqlite(db):
            return db.connection.execute(_for_sqlite(statement), values)
        return _cursor(db).execute(statement, values)


@cache
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")


def _cursor(db: Any) -> Any:
    """Make a cursor of the driver's own kind: Django's writes values into the statement."""
    from psycopg import Cursor

    return Cursor(db.connection)
