"""Every address. Pages stand under their language; a group of pages brings its routes."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.views.generic import RedirectView

from peyman.web.views import (
    account,
    case,
    cases,
    choose,
    claims,
    decisions,
    download,
    enter,
    entries,
    entry,
    generation,
    grounds,
    live,
    mandate,
    mapping,
    movement,
    proposals,
    report,
    standing,
    strength,
    upload,
)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="cases"), name="root"),
    *i18n_patterns(
        *case.routes,
        *cases.routes,
        *live.routes,
        *account.routes,
        *standing.routes,
        *grounds.routes,
        *decisions.routes,
        *mandate.routes,
        *claims.routes,
        *mapping.routes,
        *strength.routes,
        *generation.routes,
        *movement.routes,
        *entries.routes,
        *entry.routes,
        *download.routes,
        *choose.routes,
        *report.routes,
        *enter.routes,
        *proposals.routes,
        *upload.routes,
    ),
]

handler400 = "peyman.web.views.errors.bad_request"
handler404 = "peyman.web.views.errors.not_found"
