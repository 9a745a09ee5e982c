"""The force: who is on the ground, what was pledged, what moved, figures with corrections."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.draw.forces.series import draw_series
from peyman.web.draw.forces.statements import statements_of
from peyman.web.draw.forces.strength import draw_strength
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept

Names = list[str]
"""Names of entries."""


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
        "conflicts": list(_conflicts(force)),
        "totals": [(row, _summed(force, row)) for row in force["totals"]],
        "has_any": bool(statements or serials),
        "drawing": drawing if statements or serials else None,
        "series": [
            (figure, draw_series(figure, language, id_=f"series-{n}"))
            for n, figure in enumerate(figures, 1)
        ],
    }


def _conflicts(force: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, Names]]]]:
    """Members whose pledges disagree: each number, and the entries that tell it."""
    for member, numbers in force["conflicts"].items():
        own = [row for row in force["pledges"] if row["member"] == member]
        yield (
            member,
            [(n, [row["entry"] for row in own if row["people"] == n]) for n in numbers],
        )


def _summed(force: dict[str, Any], total: dict[str, Any]) -> Names:
    """The entries of the movements that one sum is made of."""
    of = (total["direction"], total["state"])
    rows = force["serials"]
    return [row["entry"] for row in rows if (row["direction"], row["state"]) == of]


routes = [path("cases/<slug:slug>/strength/", strength, name="strength")]
