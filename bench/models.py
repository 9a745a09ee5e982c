"""Tables of the peers of the record: what they keep of a text that somebody wrote."""

from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords


class PlainNote(models.Model):
    """A row, and nothing that remembers it."""

    text = models.TextField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.text


class HistoryNote(models.Model):
    """A row of which django-simple-history keeps every state."""

    text = models.TextField()
    history = HistoricalRecords()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.text


class AuditedNote(models.Model):
    """A row of which django-auditlog keeps every change."""

    text = models.TextField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.text


auditlog.register(AuditedNote)
