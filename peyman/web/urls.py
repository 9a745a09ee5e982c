"""Every address. Pages stand under their language; a group of pages brings its routes."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.views.generic import RedirectView

from peyman.web.views import (
    account,
    case,
    cases,
    claims,
    decisions,
    grounds,
    mandate,
    standing,
)
from peyman.web.views.charters import blocking, comparing, listing, picture, what_if
from peyman.web.views.charters import text as charter_text
from peyman.web.views.entering import (
    attachment,
    choose,
    enter,
    keys,
    proposals,
    report,
    upload,
)
from peyman.web.views.forces import filled, generation, mapping, strength
from peyman.web.views.plans import holding, movement, next_plan, searching
from peyman.web.views.record import api, download, entries, entry, live, log, verifier

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="cases"), name="root"),
    *log.routes,
    *api.routes,
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
        *next_plan.routes,
        *holding.routes,
        *searching.routes,
        *filled.routes,
        *entries.routes,
        *entry.routes,
        *download.routes,
        *choose.routes,
        *attachment.routes,
        *report.routes,
        *enter.routes,
        *proposals.routes,
        *upload.routes,
        *verifier.routes,
        *keys.routes,
        *listing.routes,
        *comparing.routes,
        *charter_text.routes,
        *picture.routes,
        *blocking.routes,
        *what_if.routes,
    ),
]

handler400 = "peyman.web.views.errors.bad_request"
handler404 = "peyman.web.views.errors.not_found"
