"""The plan of a case: what is needed, who gives what, what stays open and why; and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.case.planning.generation import generation
from peyman.case.planning.plan import assignment_of
from peyman.case.planning.planned import planned
from peyman.exchange.plan import plan_sheets, template_of
from peyman.exchange.workbook import write_workbook
from peyman.web.draw.forces.filling import draw_filling
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.plans.solving import at_once

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@case_page
def board(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Requirement lines, pledges, and the one beside the other."""
    return page.render("web/generation.html", kept(page, "plan", lambda: _made(page)))


@case_page
def template(request: HttpRequest, page: CasePage) -> HttpResponse:
    """A workbook with the lines, pledges and serials of the case, to be filled in offline."""
    return _workbook(page, "template", write_workbook(template_of(page.reading)))


@case_page
def plan_file(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The plan as a workbook, with the transport request of every pledge."""
    plan = kept(page, "whole plan", lambda: planned(page.reading, at_once))
    title = page.case.title.get("en", page.case.origin)
    return _workbook(page, "plan", write_workbook(plan_sheets(plan, title)))


def _made(page: CasePage) -> dict[str, Any]:
    plan = assignment_of(generation(page.reading))
    language = drawn_in(page)
    return {
        "plan": plan,
        "drawing": draw_filling(plan["lines"], plan["assignment"], language)
        if plan["lines"]
        else None,
        "board": [(line, _cells(plan, line["line"])) for line in plan["lines"]],
        "objectives": [one for one in plan["objectives"] if plan["lines"]],
    }


def _cells(plan: dict[str, Any], line: str) -> list[tuple[Any, Any]]:
    """The pledges beside one line, each with what it could give and what it gives."""
    cells = {one["pledge"]: one for one in plan["board"] if one["line"] == line}
    return [(offer, cells[offer["pledge"]]) for offer in plan["offers"]]


def _workbook(page: CasePage, name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=_XLSX)
    file_name = f"{page.record.slug}-{name}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


routes = [
    path("cases/<slug:slug>/plan/", board, name="generation"),
    path("cases/<slug:slug>/plan/template.xlsx", template, name="plan-template"),
    path("cases/<slug:slug>/plan/plan.xlsx", plan_file, name="plan-file"),
]
