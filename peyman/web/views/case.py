"""The first page of a case: the key message, and what happened day by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from peyman.case.model import Entry
from peyman.web.draw.times.happenings import Happening, happenings
from peyman.web.draw.times.timeline import Timeline, draw_timeline
from peyman.web.telling import written
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.decisions import Decision, decisions_of
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.record.entries import told
from peyman.web.views.telling import naming
from peyman.web.witnessing import witnesses

Row = Mapping[str, Any]

_TOLD = ("act", "measure", "status", "serial", "force")
"""Kinds of happenings that the list tells; of the others it says how many there are."""
_MOST = 3
"""How many owed rows the key message names."""


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """What is asked, what is decided, what is owed now.

    Attributes:
        matter: The matter of which it tells.
        decision: What was decided in it, the mandate before others; None if nothing was.
        mandate: What the decision set up.
        owed: What is owed in any matter, the most pressing first.
        overdue: Past its day in any matter.
        n_owed: How many duties there are; `has_more_owed` if `owed` has not all of them.
    """

    matter: Row | None
    decision: Decision | None
    mandate: Row | None
    owed: tuple[Row, ...]
    overdue: tuple[Row, ...]
    n_owed: int
    n_overdue: int
    has_more_owed: bool
    has_more_overdue: bool


def key_message(page: CasePage) -> KeyMessage:
    """The key message of a case, made from its standing."""
    told = page.standing
    mandates = told["mandates"]
    mandate = mandates[0] if mandates else None
    matters = told["matters"]
    about = {mandate["matter"]} if mandate else set()
    matter = next((m for m in matters if m["id"] in about), None)
    matter = matter or next((m for m in matters if m["subject"]), None)
    matter = matter or next(iter(matters), None)
    decided = [
        one for one in decisions_of(page) if matter and one.matter == matter["id"]
    ]
    of_mandate = [one for one in decided if mandate and one.id == mandate["id"]]
    owed = _in_brief(row for m in matters for row in m["must"])
    late = _in_brief(row for m in matters for row in m["late"])
    return KeyMessage(
        matter,
        next(iter(of_mandate or decided), None),
        mandate,
        tuple(owed[:_MOST]),
        tuple(late[:_MOST]),
        sum(row["n"] for row in owed),
        sum(row["n"] for row in late),
        len(owed) > _MOST,
        len(late) > _MOST,
    )


def _in_brief(rows: Iterable[Row]) -> list[Row]:
    """Owed rows in the order of their days; those of one act and day are one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    far = "9999"
    for row in sorted(
        rows, key=lambda one: one["due"]["latest"] if one["due"] else far
    ):
        key = (row["act"], row["by"])
        new = {**row, "actors": [row["by"]], "n": 0, "because": ""}
        one = found.setdefault(key, new)
        one["n"] += 1
        one["because"] = f"{one['because']} {row['because']}"
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the list: what it tells, and how many claims and grades besides."""

    label: str
    told: tuple[Happening, ...]
    besides: int


def days_of(timeline: Timeline) -> list[Day]:
    """The days of the list; one of which nothing is told is left out."""
    days = [
        Day(
            day.label if day.day is None else written.day(day.day, naming.language()),
            tuple(one for one in day.happenings if one.kind in _TOLD),
            sum(one.kind in ("claim", "grade", "gone") for one in day.happenings),
        )
        for day in timeline.days
    ]
    dated = [day for day, of in zip(days, timeline.days, strict=True) if of.day]
    rest = [day for day, of in zip(days, timeline.days, strict=True) if not of.day]
    return [day for day in (*dated, *rest) if day.told or day.besides]


def _timeline(page: CasePage) -> Timeline:
    shown = [one for one in page.reading.entries if one.at.lo <= page.reading.at]
    lines = {entry.name: entry for entry in shown}
    happened = [_said(one, lines[one.entry]) for one in happenings(shown)]
    return draw_timeline(happened, drawn_in(page))


def _said(one: Happening, entry: Entry) -> Happening:
    line = told(entry)
    return replace(one, text=line.text, lang=line.lang)


@case_page
def case(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The case at a glance."""
    made = kept(page, "case", lambda: _made(page))
    told = witnesses.told(page.record)
    head = request.build_absolute_uri(reverse("log-head", args=(page.record.slug,)))
    log = {"witnessed": told, "log_address": head.removesuffix("/checkpoint")}
    return page.render("web/case_page.html", {**made, **log})


def _made(page: CasePage) -> dict[str, Any]:
    timeline = _timeline(page)
    return {
        "key": key_message(page),
        "timeline": timeline.drawing,
        "days": days_of(timeline),
    }


routes = [path("cases/<slug:slug>/", case, name="case")]
