"""What a case comes to, kept in memory for the next page: a case changes only as it grows.

A case is known by its root, so what is kept here is never stale, and needs no telling
when something was entered. Nothing here may be changed by whoever gets it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from peyman.case.boards.standing import standing
from peyman.case.load import load
from peyman.case.model import Case
from peyman.case.reading import Reading, read_case
from peyman.web.models import CaseRecord
from peyman.web.records.store import DbStore

_CASES, _MOMENTS = 16, 48
"""How many cases, and how many readings of them, are kept in memory."""


@dataclass(frozen=True)
class Held:
    """A case as of a moment, folded once, and its standing written once."""

    reading: Reading

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.reading.case

    @cached_property
    def standing(self) -> dict[str, Any]:
        """The plain data of `peyman show --json`. Not to be changed."""
        return standing(self.reading)


def case_of(record: CaseRecord) -> Case:
    """The case of a record."""
    return _case(record.pk, record.size, record.root)


def held(
    record: CaseRecord, at: int | None = None, known_at: int | None = None
) -> Held:
    """A case on its two clocks; without them, as of the last entry.

    Raises:
        PeymanError: If its acts cannot be put in order.
    """
    return _held(record.pk, record.size, record.root, at, known_at)


@lru_cache(_CASES)
def _case(pk: int, size: int, root: str) -> Case:
    record = CaseRecord.objects.get(pk=pk)
    return load(DbStore(record).case_file()).case


@lru_cache(_MOMENTS)
def _held(pk: int, size: int, root: str, at: int | None, known_at: int | None) -> Held:
    return Held(read_case(_case(pk, size, root), at, known_at))
