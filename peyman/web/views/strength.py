"""The force: who is on the ground, what was pledged, what moved, figures with corrections."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.draw.series import draw_series
from peyman.web.draw.statements import statements_of
from peyman.web.draw.strength import draw_strength
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept


@case_page
def strength(request: HttpRequest, page: CasePage) -> HttpResponse:
    """What is told of the force."""
    return page.render("web/strength.html", kept(page, "strength", lambda: _told(page)))


def _told(page: CasePage) -> dict[str, Any]:
    told, language = page.standing, drawn_in(page)
    figures, force = told["world"]["figures"], told["force"]
    seen = [one for one in page.reading.entries if one.at.lo <= page.reading.at]
    statements = statements_of(seen, figures)
    serials = force["serials"]
    drawing = draw_strength(statements, serials, language) if seen else None
    return {
        "force": force,
        "has_any": bool(statements or serials),
        "drawing": drawing if statements or serials else None,
        "series": [
            (figure, draw_series(figure, language, id_=f"series-{n}"))
            for n, figure in enumerate(figures, 1)
        ],
    }


routes = [path("cases/<slug:slug>/strength/", strength, name="strength")]
