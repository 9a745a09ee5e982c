"""A movement of a case as it is planned: over time, on the map, and what it comes to.

What a page shows is found at once; whoever wants the proven bound asks `peyman plan`.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.case.planning.generation import generation
from peyman.case.planning.moved import on_the_map
from peyman.case.planning.moving import Direction
from peyman.case.planning.planned import moved
from peyman.charter.moment import show
from peyman.web.draw.maps.map import draw_map
from peyman.web.draw.plans.buildup import draw_buildup
from peyman.web.draw.plans.gantt import draw_by_aircraft, draw_by_airfield
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.plans.solving import at_once


@case_page
def movement_in(request: HttpRequest, page: CasePage) -> HttpResponse:
    """How what is assigned gets there."""
    return _rendered(page, "in")


@case_page
def movement_out(request: HttpRequest, page: CasePage) -> HttpResponse:
    """How it goes home."""
    return _rendered(page, "out")


def _rendered(page: CasePage, direction: Direction) -> HttpResponse:
    made = kept(page, f"movement {direction}", lambda: _made(page, direction))
    return page.render("web/movement.html", {**made, "direction": direction})


def _made(page: CasePage, direction: Direction) -> dict[str, Any]:
    plan = moved(page.reading, generation(page.reading), direction, at_once)
    language = drawn_in(page)
    found: dict[str, Any] = {
        "plan": plan,
        "reported": any(
            one[state]["serials"]
            for one in plan["days"]
            for state in ("announced", "reported")
        ),
        "days": [
            (language.day(date.fromisoformat(one["day"])), one) for one in plan["days"]
        ],
        "loaded": sum(bool(one["parts"]) for one in plan["serials"]),
    }
    if not plan["serials"]:
        return found
    rows = on_the_map(plan["serials"], direction)
    force = {**page.standing["force"], "serials": rows}
    shown = {**page.standing, "force": force, "at": plan["until"]}
    found["map"] = draw_map(
        shown, language, at=plan["closure"] or show(page.reading.at)
    )
    found["aircraft"] = draw_by_aircraft(plan["serials"], language)
    found["airfield"] = draw_by_airfield(plan["serials"], language)
    if plan["strength"]:
        found["buildup"] = draw_buildup(plan["strength"], language)
    return found


routes = [
    path("cases/<slug:slug>/plan/in/", movement_in, name="movement-in"),
    path("cases/<slug:slug>/plan/home/", movement_out, name="movement-out"),
]
