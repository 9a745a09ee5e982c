"""The record itself: a list that can be searched, and one entry with all that hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode

from peyman.case.model import Entry
from peyman.case.thread import Strand, sources_of, thread, walk
from peyman.force.told import amount_of
from peyman.web.models import EntryRow
from peyman.web.projections import searchable
from peyman.web.views import naming
from peyman.web.views.base import CasePage, case_page

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


class Fact(NamedTuple):
    """One field of an entry's body, for the page: `value` is a text or more facts."""

    name: str
    value: Any
    is_many: bool = False


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


@case_page
def entry(
    request: HttpRequest, page: CasePage, index: int, log: str = ""
) -> HttpResponse:
    """One entry: what it says, where it stands, what it rests on and what rests on it."""
    found = page.reading.by_name().get(f"{log}:e{index}" if log else f"e{index}")
    if found is None:
        return _not_here(page, index, log)
    known = page.reading.by_name().values()
    strand = thread(page.case, found)
    steps = [(depth, one, told(one.entry)) for depth, one in walk(strand)]
    return page.render(
        "web/entry.html",
        {
            "entry": found,
            "told": told(found),
            "facts": _facts(page, found.body),
            "steps": steps[1:],
            "missing": strand.missing,
            "sources": [_source(page, one) for one in sources_of(strand)],
            "cited_by": [told(one) for one in known if found.commitment in one.cites],
            "findings": _findings(page, found.name),
            "neighbours": (index - 1, index + 1),
            "text": page.case.texts.get(found.commitment),
            "words": _words(strand),
        },
    )


def _not_here(page: CasePage, index: int, log: str) -> HttpResponse:
    """An entry that is withheld, erased, or not known by then; any other is no page."""
    if log or not 0 <= index < page.record.size:
        raise Http404
    why = "erased" if index in page.case.erased else "withheld"
    if index in {one.index for one in page.case.entries}:
        why = "later"
    context = {"index": index, "why": why}
    return page.render("web/entry_absent.html", context, status=404)


def _words(strand: Strand) -> list[tuple[Entry, str]]:
    """The exact words of sources at the ends of a thread, each claim once."""
    return [
        (one.entry, one.span)
        for _, one in walk(strand)
        if one.span and not one.is_repeated
    ]


def _source(page: CasePage, source: Entry) -> dict[str, object]:
    return {"entry": source, "has_text": source.commitment in page.case.texts}


def _findings(page: CasePage, name: str) -> list[Mapping[str, Any]]:
    standing = page.standing
    lists = [*(m["findings"] for m in standing["matters"]), standing["without_effect"]]
    return [row for rows in lists for row in rows if row["entry"].split("/")[0] == name]


def _facts(page: CasePage, body: Mapping[str, Any]) -> list[Fact]:
    """A body as names and values; commitments become the names of their entries."""
    names = {one.commitment: one.name for one in page.reading.by_name().values()}

    def of(value: object) -> tuple[Any, bool]:
        if isinstance(value, Mapping):
            return [Fact(str(k), *of(v)) for k, v in value.items()], True
        if isinstance(value, list) and any(isinstance(v, Mapping) for v in value):
            return [Fact(str(n), *of(v)) for n, v in enumerate(value, 1)], True
        if isinstance(value, list):
            return [of(v)[0] for v in value], False
        text = str(value)
        commitment, slash, rest = text.partition("/")
        if commitment in names:
            return f"{names[commitment]}{slash}{rest}", False
        return value, False

    return [Fact(name, *of(value)) for name, value in body.items()]


routes = [
    path("cases/<slug:slug>/entries/", entries, name="entries"),
    path("cases/<slug:slug>/entries/<int:index>/", entry, name="entry"),
    path(
        "cases/<slug:slug>/entries/<slug:log>/<int:index>/",
        entry,
        name="register-entry",
    ),
]
