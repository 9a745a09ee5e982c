"""The map: what is said of places, and what moved, at a moment that a slider moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.charter.moment import show
from peyman.picture.places import places
from peyman.web.draw.drawing import Step
from peyman.web.draw.maps.map import draw_map
from peyman.web.records.readings import held
from peyman.web.telling import written
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.telling import naming

_TOWNS = 8
"""How many towns of the member concerned are named for orientation."""


@case_page
def case_map(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The map of the case, as of the page's moment."""
    return page.render("web/map.html", kept(page, "map", lambda: _made(page)))


def _made(page: CasePage) -> dict[str, Any]:
    # All that the slider may come to is drawn; the page's moment is what is shown of it.
    whole = held(page.record, None, page.clocks.known_at).standing
    now = show(page.reading.at)
    latest = max(whole["at"], now)
    if latest != whole["at"]:
        whole = page.standing
    drawing = draw_map(whole, drawn_in(page), at=now, towns=_towns(whole))
    steps = list(drawing.steps)
    if now not in [step.at for step in steps]:
        said = written.until(page.reading.at, page.zone, naming.language())
        steps = sorted([*steps, Step(now, said)])
    return {
        "drawing": drawing,
        "places": drawing.tables[:1],
        "moves": drawing.tables[1:],
        "steps": steps,
        "now": now,
    }


def _towns(standing: dict[str, Any]) -> list[str]:
    subject = next((m["subject"] for m in standing["matters"] if m["subject"]), None)
    cities = (one for one in places().values() if one.kind == "city")
    return [one.id for one in cities if one.member == subject][:_TOWNS]


routes = [path("cases/<slug:slug>/map/", case_map, name="map")]
