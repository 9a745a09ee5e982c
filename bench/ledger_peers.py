"""What others keep of the same text, one by one and many at once, in the same database.

None of them signs, none makes a tree over what it keeps, none can prove to a stranger that
nothing was changed or taken out; `bench.ledger` says so beside each figure.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from simple_history.utils import bulk_create_with_history

from bench.models import AuditedNote, HistoryNote, PlainNote

Keep = Callable[[Sequence[str]], object]


class Said(Aggregate):  # type: ignore[misc, unused-ignore]  # measured only
    """A text as an aggregate of one event."""

    def __init__(self, text: str) -> None:
        self.text = text


def peers(folder: Path) -> dict[str, tuple[Keep, Keep]]:
    """Each peer by name: how it keeps texts one by one, and as one."""
    application: Application[Any] = Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(folder / "eventsourcing.sqlite3"),
        }
    )

    def events_alone(texts: Sequence[str]) -> None:
        for text in texts:
            application.save(Said(text=text))

    def events_together(texts: Sequence[str]) -> None:
        application.save(*(Said(text=text) for text in texts))

    def plain_together(texts: Sequence[str]) -> None:
        PlainNote._default_manager.bulk_create([PlainNote(text=text) for text in texts])

    def history_together(texts: Sequence[str]) -> None:
        notes = [HistoryNote(text=text) for text in texts]
        bulk_create_with_history(notes, HistoryNote)

    def audited_together(texts: Sequence[str]) -> None:
        # Its own bulk_create would leave no trace: it listens for each row that is saved.
        with transaction.atomic():
            _each(AuditedNote, texts)

    return {
        "Django alone": (lambda texts: _each(PlainNote, texts), plain_together),
        "eventsourcing": (events_alone, events_together),
        "django-simple-history": (
            lambda texts: _each(HistoryNote, texts),
            history_together,
        ),
        "django-auditlog": (lambda texts: _each(AuditedNote, texts), audited_together),
    }


def _each(
    model: type[PlainNote] | type[HistoryNote] | type[AuditedNote],
    texts: Sequence[str],
) -> None:
    for text in texts:
        model._default_manager.create(text=text)
