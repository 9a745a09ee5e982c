"""The mandates: clock, tasks, what is unspecified and what is not shown, words of the source."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.draw.times.clock import deadlines_of, draw_clock
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.telling.articles import sayings

_OPEN = ("unspecified", "not shown")


@case_page
def mandate(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Every mandate that took effect, in force or not."""
    return page.render("web/mandate.html", kept(page, "mandate", lambda: _told(page)))


def _told(page: CasePage) -> dict[str, Any]:
    told = page.standing
    cited = [(m["charter"], name) for m in told["mandates"] for name in m["basis"]]
    return {
        "mandates": [_mandate(page, one) for one in told["mandates"]],
        "articles": sayings(page, cited),
    }


def _mandate(page: CasePage, mandate: dict[str, Any]) -> dict[str, Any]:
    told = page.standing
    matters = [m for m in told["matters"] if m["id"] == mandate["matter"]]
    due = deadlines_of(matters)
    id_ = f"clock-{mandate['id'].replace('/', '-').replace(':', '-')}"
    fixed = {
        name: value
        for name, value in mandate["facts"].items()
        if value not in _OPEN and name not in ("tasks", "basis")
    }
    return {
        **mandate,
        "fixed": fixed,
        "drawing": draw_clock(mandate, due, told["at"], drawn_in(page), id_=id_),
    }


routes = [path("cases/<slug:slug>/mandate/", mandate, name="mandate")]
