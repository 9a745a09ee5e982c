"""Peyman's own settings, and beside them the peers that are measured in the same process."""

from peyman.web.settings import *  # noqa: F403
from peyman.web.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "simple_history", "auditlog", "bench"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
