"""One entry with all that hangs on it: what it says, where it stands, its thread."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from peyman.case.asking.thread import Strand, sources_of, thread
from peyman.case.doings import corrections
from peyman.case.model import Entry
from peyman.force.reports.told import amount_of
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.claims import Piece, pieces_of, span_of
from peyman.web.views.entering.keys import is_signed_here
from peyman.web.views.record.entries import told
from peyman.web.views.telling import naming
from peyman.web.views.telling.articles import sayings
from peyman.web.views.telling.follows import steps_from
from peyman.web.views.telling.threads import Over, Step, mandates_over, steps_of

_AMOUNT = {"value", "low", "high"}


class Fact(NamedTuple):
    """One field of an entry's body, for the page: `value` is a text or more facts."""

    name: str
    value: Any
    is_many: bool = False


class Corrected(NamedTuple):
    """What became of an entry by correction, by names for people; empty where nothing did.

    Attributes:
        by: The entry that corrected it, and which other stands in its place.
        stands_for: The entry in whose place it stands, since which correction.
    """

    by: str
    successor: str
    stands_for: str
    since: str


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
    itself, *steps = steps_of(page, strand)
    over = mandates_over(page, found)
    remarks = _findings(page, found.name)
    return page.render(
        "web/entry.html",
        {
            "entry": found,
            "told": told(found),
            "facts": _facts(page, found),
            "itself": itself,
            "steps": steps,
            "over": over,
            "missing": strand.missing,
            "sources": _sources(page, strand, over),
            "cited_by": [told(one) for one in known if found.commitment in one.cites],
            "findings": remarks,
            "articles": sayings(page, _cited(remarks, itself, over)),
            "neighbours": (index - 1, index + 1),
            "pieces": _pieces(page, found),
            "follows": steps_from(page, found),
            "corrected": corrected_of(page, found),
            "is_signed_here": is_signed_here(page, found),
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


def corrected_of(page: CasePage, entry: Entry) -> Corrected:
    """What corrected an entry, or which other it stands for, as far as it was known."""
    names = {one.commitment: one.name for one in page.reading.entries}
    fixed = corrections(page.reading.entries)
    by = fixed.get(entry.commitment)
    old = next((c for c, e in fixed.items() if _successor(e) == entry.commitment), "")
    return Corrected(
        by=by.name if by else "",
        successor=names.get(_successor(by), "") if by else "",
        stands_for=names.get(old, ""),
        since=fixed[old].name if old else "",
    )


def _successor(correct: Entry) -> str:
    return str(correct.body.get("successor", ""))


def _sources(page: CasePage, strand: Strand, over: Iterable[Over]) -> list[Entry]:
    """The sources at the ends of its thread, and of the mandates that are derived."""
    ends = [strand]
    ends += [thread(page.case, one.under.entry) for one in over if one.steps]
    found = [source for end in ends for source in sources_of(end)]
    return list({source.commitment: source for source in found}.values())


def _pieces(page: CasePage, source: Entry) -> list[Piece]:
    """The text of a source, cut where the words of claims begin and end."""
    text = page.case.texts.get(source.commitment)
    claims = (one for one in page.reading.entries if one.kind == "claim")
    own = (one for one in claims if one.body["source"] == source.commitment)
    spans = [span for one in own for span in span_of(one)]
    return list(pieces_of(text, spans)) if text else []


def _cited(
    findings: Iterable[Mapping[str, Any]], itself: Step, over: Iterable[Over]
) -> list[tuple[str, str]]:
    """Charter and article of everything that the page names."""
    found = [
        (row["act"].partition(".")[0], a) for row in findings for a in row["article"]
    ]
    found += [(one.under.charter, a) for one in over for a in one.row["basis"]]
    found += [(one.charter, a) for one in itself.decisions for a in one.basis or ()]
    return found


def _findings(page: CasePage, name: str) -> list[Mapping[str, Any]]:
    standing = page.standing
    lists = [*(m["findings"] for m in standing["matters"]), standing["without_effect"]]
    return [row for rows in lists for row in rows if row["entry"].split("/")[0] == name]


def _facts(page: CasePage, entry: Entry) -> list[Fact]:
    """A body as names and values; commitments become the names of their entries.

    The words that a claim quotes are shown where they stand, not here.
    """
    names = {one.commitment: one.name for one in page.reading.by_name().values()}

    def of(value: object) -> tuple[Any, bool]:
        if isinstance(value, Mapping) and value and value.keys() <= _AMOUNT:
            return naming.amount(str(amount_of({"n": value}, "n"))), False
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

    body = entry.body.items()
    return [Fact(name, *of(value)) for name, value in body if name != "span"]


routes = [
    path("cases/<slug:slug>/entries/<int:index>/", entry, name="entry"),
    path(
        "cases/<slug:slug>/entries/<slug:log>/<int:index>/",
        entry,
        name="register-entry",
    ),
]
