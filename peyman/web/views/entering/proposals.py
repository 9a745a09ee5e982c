"""What the reports of a case propose: each beside its words, to accept or to reject.

Accepting enters a claim, and the draft act that it carries. Rejecting enters nothing: it is
kept for the session, so that what was looked at is not looked at twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyman.case.entering.accept import accept
from peyman.case.entering.proposals import name_in
from peyman.case.model import Entry
from peyman.picture.model import Proposal
from peyman.picture.read import read_report
from peyman.picture.source import receive
from peyman.web.entrance.access import may_enter
from peyman.web.forms.parts.guard import kept
from peyman.web.models import Membership
from peyman.web.records import record
from peyman.web.views.base import CasePage, case_page


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal, and what became of it.

    Attributes:
        state: `open`, `accepted` or `rejected`.
        entry: The claim that accepted it.
    """

    proposal: Proposal
    state: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a report; `of` are the proposals that stand on it, `begins` those it begins."""

    text: str
    of: tuple[Offered, ...]
    begins: tuple[Offered, ...]

    @property
    def state(self) -> str:
        """An open proposal is shown before one that was dealt with."""
        states = {one.state for one in self.of}
        return next(s for s in ("open", "accepted", "rejected") if s in states)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report with its proposals."""

    source: Entry
    pieces: tuple[Piece, ...]
    offered: tuple[Offered, ...]


@kept
@case_page
def proposals(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The reports of a case beside what they propose."""
    member = page.membership
    if member is None or not may_enter(member, "claim"):
        raise Http404
    if request.method == "POST":
        return _deal(request, page, member)
    sheets = tuple(_sheets(page, _rejected(request, page)))
    left = sum(one.state == "open" for sheet in sheets for one in sheet.offered)
    told = {"sheets": sheets, "left": left}
    return page.render("web/enter/proposals.html", told)


def _deal(request: HttpRequest, page: CasePage, member: Membership) -> HttpResponse:
    rejected = _rejected(request, page)
    name = request.POST.get("id", "")
    does = request.POST.get("do")
    at = f"#p-{name}" if name else ""
    if does == "reject":
        _keep(request, page, rejected | {name})
    elif does == "restore":
        _keep(request, page, rejected - {name})
    elif does == "accept":
        _accept(request, page, member, (name,))
    elif does == "all":
        _accept(request, page, member, _open_ids(page, rejected))
    else:
        raise Http404
    answer = redirect("proposals", page.record.slug)
    answer["Location"] += at
    return answer


def _accept(
    request: HttpRequest, page: CasePage, member: Membership, names: tuple[str, ...]
) -> None:
    """Enter these as one: all of them, or none.

    Raises:
        PeymanError: If one is no proposal, or is refused.
    """
    with record.desk(page.record.slug, member.office) as desk:
        entered = [one.entry for one in accept(desk.door, names, desk.enter)]
    acts = [one.name for one in entered if one.kind == "act"]
    said = ngettext(
        "%(n)s entry was made.", "%(n)s entries were made.", len(entered)
    ) % {"n": len(entered)}
    if acts:
        said += " " + _("Draft acts among them: %(acts)s.") % {"acts": ", ".join(acts)}
    messages.success(request, said)


def _open_ids(page: CasePage, rejected: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        one.proposal.id
        for sheet in _sheets(page, rejected)
        for one in sheet.offered
        if one.state == "open"
    )


def _rejected(request: HttpRequest, page: CasePage) -> frozenset[str]:
    return frozenset(request.session.get(f"rejected {page.record.slug}", ()))


def _keep(request: HttpRequest, page: CasePage, names: frozenset[str]) -> None:
    known = {one.proposal.id for s in _sheets(page, frozenset()) for one in s.offered}
    request.session[f"rejected {page.record.slug}"] = sorted(names & known)


def _sheets(page: CasePage, rejected: frozenset[str]) -> Iterator[Sheet]:
    """Every report of the case, read again: the same bytes give the same proposals."""
    accepted = {
        str(entry.body["proposal"]): entry
        for entry in page.case.entries
        if entry.kind == "claim" and "proposal" in entry.body
    }
    for source in page.case.entries:
        text = page.case.texts.get(source.commitment)
        if source.kind != "source" or source.body["abstract"] or text is None:
            continue
        published = str(source.body["published"])
        known = None if published == "unknown" else published
        offered = []
        for one in read_report(receive(text.encode(), known)).claims:
            entry = accepted.get(name_in(source, one))
            state = "rejected" if one.id in rejected else "open"
            offered.append(Offered(one, "accepted" if entry else state, entry))
        yield Sheet(source, tuple(_pieces(text, offered)), tuple(offered))


def _pieces(text: str, offered: list[Offered]) -> Iterator[Piece]:
    """Cut a text where proposals begin and end: spans may lie over each other."""
    spans = [one.proposal.span for one in offered]
    cuts = {0, len(text)} | {s.start for s in spans} | {s.end for s in spans}
    for start, end in pairwise(sorted(cuts)):
        of = [
            o for o in offered if o.proposal.span.start <= start < o.proposal.span.end
        ]
        begins = [one for one in of if one.proposal.span.start == start]
        yield Piece(text[start:end], tuple(of), tuple(begins))


routes = [path("cases/<slug:slug>/proposals/", proposals, name="proposals")]
