"""Search on for a better plan: the bound closes while one looks, and the best is kept when one stops.

What is found is no plan in force, and nothing is entered: the page of the next plan shows it, to be
proposed or approved.
"""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import Direction, movement
from peyman.case.tracking.kept_plan import in_force
from peyman.case.tracking.replanned import replanned
from peyman.errors import PeymanError
from peyman.force.plan import Plan
from peyman.force.problem import Problem
from peyman.web.draw.drawing import Drawing
from peyman.web.draw.plans.closing import At, draw_closing
from peyman.web.searches import runs
from peyman.web.searches.told import Step
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in
from peyman.web.views.plans.solving import at_once, may_work, now_of

_MOST_AT = 2**40


class _Form(forms.Form):
    """From when is planned, and for how long is searched."""

    since = forms.IntegerField(min_value=0, max_value=_MOST_AT, required=False)
    seconds = forms.TypedChoiceField(
        choices=[(one, one) for one in runs.SECONDS], coerce=int, required=False
    )


@case_page
def search_in(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Search on for the movement in."""
    return _answer(request, page, "in")


@case_page
def search_out(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Search on for the movement home."""
    return _answer(request, page, "out")


def _answer(request: HttpRequest, page: CasePage, way: Direction) -> HttpResponse:
    form = _Form(request.GET if request.method != "POST" else request.POST)
    form.is_valid()
    at = form.cleaned_data.get("since") or now_of(page)
    problem = _problem(page, way, at)
    if request.method != "POST":
        return _show(page, way, at, problem)
    if problem is None or not may_work(page):
        raise Http404
    if request.POST.get("step") == "stop":
        runs.stop(problem)
    elif not runs.start(problem, form.cleaned_data.get("seconds") or runs.SECONDS[0]):
        raise PeymanError(
            _("Another search is running on this server: it runs one at a time."),
            authority=_("this server: pages go before searches"),
            remedy=_("Wait until it has ended, at most ten minutes, and begin again."),
        )
    return redirect(_address(page, way, at))


def _address(page: CasePage, way: Direction, at: int) -> str:
    url = page.url(f"search-{way}")
    return f"{url}{'&' if '?' in url else '?'}since={at}"


def _show(
    page: CasePage, way: Direction, at: int, problem: Problem | None
) -> HttpResponse:
    run = runs.run_of(problem) if problem else None
    told = {
        "direction": way,
        "at": at,
        "here": _address(page, way, at),
        "run": run,
        "now": run.steps[-1] if run and run.steps else None,
        "spent": round(run.steps[-1].at) if run and run.steps else 0,
        "drawing": _drawn(page, run.steps) if run and run.steps else None,
        "seconds": runs.SECONDS,
        "may_work": may_work(page),
    }
    is_part = page.request.headers.get("HX-Request") == "true"
    template = "web/parts/search.html" if is_part else "web/searching.html"
    return page.render(template, told)


def _drawn(page: CasePage, steps: tuple[Step, ...]) -> Drawing:
    told = [At(one.at, {goal.name: goal.gap for goal in one.goals}) for one in steps]
    return draw_closing(told, drawn_in(page))


def _problem(page: CasePage, way: Direction, at: int) -> Problem | None:
    """What is searched: all that is to be moved, or what remains of the plan in force."""
    reading = page.reading
    was = in_force(reading, way)
    if was is None:
        problem = movement(reading, generation(reading), way)
        return problem if problem.loads else None
    remains: list[Problem] = []

    def hear(problem: Problem) -> Plan:
        remains.append(problem)
        return at_once(problem)

    replanned(reading, was, at, hear)
    return remains[0] if remains else None


routes = [
    path("cases/<slug:slug>/plan/in/search/", search_in, name="search-in"),
    path("cases/<slug:slug>/plan/home/search/", search_out, name="search-out"),
]
