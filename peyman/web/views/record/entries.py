"""The record itself: a list that can be searched, and what a line says of an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode

from peyman.case.model import Entry
from peyman.force.reports.told import amount_of
from peyman.web.models import EntryRow
from peyman.web.records.projections import searchable
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.telling import naming

_A_PAGE = 60
_LONGEST = 200
_TEXTS = (
    "says",
    "text",
    "what",
    "title",
    "reason",
    "serial",
    "line",
    "status",
    "office",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what an entry says: in the page's language, or as it was written.

    Attributes:
        lang: Of what was written; empty where the words are ours.
    """

    entry: Entry
    text: str
    lang: str = ""


def told(entry: Entry) -> Told:
    """One line of what an entry says."""
    body = entry.body
    acts = body.get("acts")
    if isinstance(acts, list):
        said = "; ".join(
            f"{naming.act(one['under'] + '.' + one['act'])} ({naming.actor(one['by'])})"
            for one in acts
            if isinstance(one, Mapping)
        )
        return Told(entry, said)
    if "place" in body and "status" in body:
        place = naming.place(str(body["place"]))
        return Told(entry, f"{place}: {body['status']}", "en")
    if entry.kind in ("pledge", "strength"):
        return Told(entry, f"{naming.actor(str(body['member']))}: {_people(body)}")
    if entry.kind == "hold":
        office, holder = str(body["office"]), str(body["holder"])
        return Told(entry, f"{naming.actor(office)}: {naming.actor(holder)}")
    if entry.kind == "serial":
        way = [naming.place(str(body[end])) for end in ("from", "to")]
        arrow = "←" if naming.language() == "fa" else "→"
        return Told(entry, f"{body['serial']}: {way[0]} {arrow} {way[1]}")
    text = next((str(body[name]) for name in _TEXTS if body.get(name)), "")
    return Told(entry, text, str(body.get("language", "en")))


def _people(body: Mapping[str, Any]) -> str:
    return naming.amount(str(amount_of(body, "people")))


@case_page
def entries(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Every entry known at the page's moment, or those of a kind or with some words."""
    kind, typed = request.GET.get("kind", ""), request.GET.get("words", "")[:_LONGEST]
    known = EntryRow.objects.filter(
        case=page.record, entered__lte=page.reading.known_at
    )
    kinds = known.order_by().values("kind").annotate(n=Count("id")).order_by("-n")
    asked = Q(kind=kind) if kind else Q()
    for word in searchable(typed).split():
        asked &= Q(words__contains=word)
    found = known.filter(asked).values_list("index", flat=True)
    leaf = Paginator(list(found), _A_PAGE).get_page(request.GET.get("page"))
    here = {entry.index: entry for entry in page.reading.entries}
    return page.render(
        "web/entries.html",
        {
            "rows": [told(here[index]) for index in leaf if index in here],
            "leaf": leaf,
            "kinds": kinds,
            "kind": kind,
            "typed": typed,
            "filters": urlencode({"kind": kind, "words": typed}),
        },
    )


routes = [
    path("cases/<slug:slug>/entries/", entries, name="entries"),
]
