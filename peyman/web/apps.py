"""The one app."""

from django.apps import AppConfig
from django.db.models import BigAutoField


class WebConfig(AppConfig):
    """`peyman.web`, under the label `web`."""

    name = "peyman.web"
    label = "web"
    default_auto_field = f"{BigAutoField.__module__}.{BigAutoField.__name__}"
