"""Will it hold? The plan of a movement carried out many times with breakdowns, weather and late loads.

A few replications are made for whoever looks; a thousand for who has a part in the case, or for
`peyman plan --disturb`. The seeds are fixed, so that everybody who looks sees the same.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.case.planning.moving import Direction
from peyman.force.live.disturbed import Risks, outlook_json, replicate, seeds
from peyman.force.problem import instant
from peyman.web.draw.plans.closures import draw_closures
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.plans.solving import may_work, plan_now

_FEW, _MANY = 100, 1000
_MOST_SERIALS = 300_000
"""Serials carried out for one page, which is some ten seconds."""
_SHOWN = 8


@case_page
def holds_in(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Whether the movement in holds."""
    return _rendered(page, "in")


@case_page
def holds_out(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Whether the movement home holds."""
    return _rendered(page, "out")


def _rendered(page: CasePage, way: Direction) -> HttpResponse:
    is_many = page.request.GET.get("times") == str(_MANY)
    count = _MANY if is_many and may_work(page) else _FEW
    made = kept(page, f"holds {way} {count}", lambda: _made(page, way, count))
    told = {"direction": way, "few": _FEW, "many": _MANY, "may_work": may_work(page)}
    return page.render("web/holding.html", {**made, **told})


def _made(page: CasePage, way: Direction, count: int) -> dict[str, Any]:
    was = plan_now(page.reading, way)
    problem, plan, risks = was.problem, was.plan, Risks()
    serials = len(plan.flights) + len(plan.convoys)
    if not serials:
        return {}
    count = max(1, min(count, _MOST_SERIALS // serials))
    outcomes = [replicate(problem, plan, risks, seed) for seed in seeds(0, count)]
    told = outlook_json(problem, plan, risks, outcomes)
    closures = [instant(problem, one.closure) for one in outcomes]
    drawing = draw_closures(
        closures, told["closure"], told["undisturbed"], drawn_in(page)
    )
    return {
        "outlook": told,
        "drivers": told["drivers"][:_SHOWN],
        "others": sum(one["replications"] for one in told["drivers"][_SHOWN:]),
        "drawing": drawing,
    }


routes = [
    path("cases/<slug:slug>/plan/in/holds/", holds_in, name="holds-in"),
    path("cases/<slug:slug>/plan/home/holds/", holds_out, name="holds-out"),
]
