"""Claims beside the words of their sources, with who says that who says it, and grades."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode

from peyman.case.model import Entry
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import kept

_A_PAGE = 15
"""Sources on a page."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A claim as the page tells it.

    Attributes:
        grades: Its grades in the order of the record; the last word of each kind holds.
        corrected: Entries that corrected it.
    """

    entry: Entry
    grade: str
    status: str
    grades: tuple[Entry, ...]
    corrected: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a source's text between two ends of spans.

    Attributes:
        begins: Claims whose words begin here; `within` has all whose words it is of.
    """

    text: str
    within: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A source with its claims; `pieces` is empty where its text is not here."""

    source: Entry | None
    pieces: tuple[Piece, ...]
    claims: tuple[Graded, ...]


def pieces_of(text: str, spans: Sequence[tuple[str, int, int]]) -> Iterator[Piece]:
    """Cut a text at the ends of spans, which may overlap.

    Args:
        text: The text, whose characters the spans count.
        spans: Name, first character, and the one after the last.
    """
    size = len(text)
    kept_ = [(n, max(a, 0), min(b, size)) for n, a, b in spans if a < min(b, size)]
    cuts = sorted({0, size, *(c for _, a, b in kept_ for c in (a, b))})
    for start, end in pairwise(cuts):
        yield Piece(
            text[start:end],
            tuple(name for name, a, b in kept_ if a <= start and end <= b),
            tuple(name for name, a, _ in kept_ if a == start),
            tuple(name for name, _, b in kept_ if b == end),
        )


def told_of(page: CasePage) -> list[Told]:
    """Every source that claims were made of, in the order of the record."""
    return kept(page, "claims", lambda: list(_told(page)))


def _told(page: CasePage) -> Iterator[Told]:
    seen = [one for one in page.reading.entries if one.at.lo <= page.reading.at]
    known = {one.commitment: one for one in page.reading.entries}
    graded = _by_claim(seen, "grade", "claim")
    corrected = _by_claim(seen, "correct", "entry")
    claims: dict[str, list[Graded]] = {}
    for one in seen:
        if one.kind == "claim":
            grades = graded.get(one.commitment, ())
            fixed = corrected.get(one.commitment, ())
            claims.setdefault(str(one.body["source"]), []).append(
                _graded(one, tuple(grades), tuple(fixed))
            )
    for commitment, of in claims.items():
        text = page.case.texts.get(commitment, "")
        spans = [span for one in of for span in span_of(one.entry)]
        pieces = tuple(pieces_of(text, spans))
        yield Told(known.get(commitment), pieces, tuple(of))


def _by_claim(
    entries: Iterable[Entry], kind: str, names: str
) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in entries:
        if one.kind == kind:
            found.setdefault(str(one.body[names]), []).append(one)
    return found


def _graded(
    claim: Entry, grades: tuple[Entry, ...], corrected: tuple[Entry, ...]
) -> Graded:
    last: dict[str, object] = {}
    for one in grades:
        last |= {k: v for k, v in one.body.items() if v is not None}
    grade = f"{last.get('reliability', '')}{last.get('credibility', '')}"
    status = str(last.get("status", "held"))
    return Graded(claim, grade, status, grades, corrected)


def span_of(claim: Entry) -> list[tuple[str, int, int]]:
    """The span of a claim with its name, as `pieces_of` takes it; none if it has none."""
    span: Any = claim.body.get("span")
    if not isinstance(span, Mapping):
        return []
    return [(claim.name, int(span["start"]), int(span["end"]))]


@case_page
def claims(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The claims of the case, source by source, all or those of a type or status."""
    asked = {name: request.GET.get(name, "") for name in ("type", "status", "speaker")}
    everything = told_of(page)
    every = [one for told in everything for one in told.claims]
    found = [told for told in everything if any(_fits(c, asked) for c in told.claims)]
    leaf = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    return page.render(
        "web/claims.html",
        {
            "leaf": leaf,
            "n_claims": sum(_fits(one, asked) for one in every),
            "n_all": len(every),
            "types": sorted({str(one.entry.body.get("type", "")) for one in every}),
            "statuses": sorted({one.status for one in every}),
            "speakers": sorted({_innermost(one) for one in every}),
            "asked": asked,
            "filters": urlencode(asked),
        },
    )


def _innermost(one: Graded) -> str:
    speakers = one.entry.body["speakers"]
    return str(speakers[-1]) if isinstance(speakers, list) and speakers else ""


def _fits(one: Graded, asked: Mapping[str, str]) -> bool:
    has = {
        "type": str(one.entry.body.get("type", "")),
        "status": one.status,
        "speaker": _innermost(one),
    }
    return all(not want or has[name] == want for name, want in asked.items())


routes = [path("cases/<slug:slug>/claims/", claims, name="claims")]
