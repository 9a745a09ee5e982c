"""The next plan of a movement beside the one in force: what it would change, and who approves it.

What is shown is a plan that was proposed, or the plan in force made again from now, or the first one
where none is in force. An analyst proposes, an office of a charter approves: each after a
confirmation, by which exactly what was shown is entered.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import Direction, movement
from peyman.case.tracking.kept_plan import (
    Kept,
    approval_draft,
    held_as,
    in_force,
    kept_plans,
    may_approve,
    source_draft,
    write_kept,
)
from peyman.case.tracking.replanned import changes_of, replanned
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.force.checking import check
from peyman.web.entrance.access import may_enter
from peyman.web.forms.parts.fields import Words
from peyman.web.forms.parts.guard import kept
from peyman.web.forms.parts.once import LASTS_S
from peyman.web.records import record
from peyman.web.searches import runs
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.plans.solving import at_once, best_known, now_of

_SALT = "peyman.web.views.plans.next_plan"
_MOST_AT = 2**40


class _Form(forms.Form):
    """Which plan is meant, and why."""

    use_required_attribute = False
    plan = forms.RegexField(r"e\d{1,9}", required=False, widget=forms.HiddenInput)
    at = forms.IntegerField(
        min_value=0, max_value=_MOST_AT, required=False, widget=forms.HiddenInput
    )
    reason = Words(
        required=False, longest=1000, label=gettext_lazy("Why (if you want to say it)")
    )


@dataclass(frozen=True, slots=True)
class _Next:
    """A plan that could be in force next.

    Attributes:
        name: The entry that keeps it; empty where it was made now.
        at: From when it was made again, in seconds since 1970.
        told: What happened since the plan in force was.
        refusals: What the checker finds wrong with it.
        is_searched: Whether somebody searched for it, longer than a page takes.
    """

    kept: Kept
    name: str
    at: int
    told: tuple[Any, ...] = ()
    refusals: tuple[str, ...] = ()
    is_searched: bool = False

    @property
    def data(self) -> bytes:
        """The bytes that the record would keep."""
        return write_kept(self.kept.direction, self.kept.problem, self.kept.plan)


@kept
@case_page
def next_in(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The next plan of the way there."""
    return _answer(request, page, "in")


@kept
@case_page
def next_out(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The next plan of the way home."""
    return _answer(request, page, "out")


def _answer(request: HttpRequest, page: CasePage, way: Direction) -> HttpResponse:
    if request.method != "POST":
        told = request.GET
        asked = _Form({"plan": told.get("plan", ""), "at": told.get("since", "")})
        is_known = asked.is_valid()
        name = asked.cleaned_data["plan"] if is_known else "?"
        at = asked.cleaned_data.get("at") or now_of(page)
        return _show(page, _Form({"plan": name}), _found(page, way, name, at))
    if _does(page) is None:
        raise Http404
    form = _Form(request.POST)
    form.is_valid()
    at, name = form.cleaned_data.get("at"), form.cleaned_data.get("plan", "?")
    found = _found(page, way, name, at or now_of(page))
    try:
        return _taken(page, form, found, request.POST)
    except PeymanError as error:
        return _show(page, form, found, error=error)


def _taken(page: CasePage, form: _Form, found: _Next, sent: QueryDict) -> HttpResponse:
    step = sent.get("step", "")
    if not form.is_valid() or step == "change":
        return _show(page, form, found)
    if found.refusals:
        raise PeymanError(
            _("The checker does not allow this plan, so nobody can approve it."),
            authority=_("docs/force.md: the rules that a plan is checked by"),
            remedy=_("See what it finds, below, and decide that first."),
        )
    reason = form.cleaned_data["reason"]
    if step != "enter":
        return _show(page, form, found, confirms=_token(page, found, reason))
    size = _size_when_shown(sent.get("token", ""), page, found, reason)
    if size is None:
        token = _token(page, found, reason)
        return _show(page, form, found, confirms=token, expired=True)
    return redirect("receipt", page.record.slug, _enter(page, found, reason, size))


def _found(page: CasePage, way: Direction, name: str, at: int) -> _Next:
    """The plan that is meant: one of the record by its entry, else the one made now."""
    reading = page.reading
    if name:
        for one in kept_plans(reading):
            if one.entry.name == name and one.kept.direction == way:
                return _Next(one.kept, name, at)
        raise Http404
    was = in_force(reading, way)
    if was is not None:
        made = replanned(reading, was, at, best_known)
        return _Next(made.kept, "", at, made.told, made.refusals)
    problem = movement(reading, generation(reading), way)
    searched = runs.found(problem)
    plan = searched or at_once(problem)
    wrong = tuple(one.says for one in check(problem, plan))
    is_searched = searched is not None
    return _Next(Kept(way, problem, plan), "", at, (), wrong, is_searched)


def _show(
    page: CasePage,
    form: _Form,
    found: _Next,
    *,
    error: PeymanError | None = None,
    confirms: str = "",
    expired: bool = False,
) -> HttpResponse:
    way = found.kept.direction
    was = in_force(page.reading, way)
    changes = changes_of(was.kept if was else None, found.kept)
    told = {
        "form": form,
        "error": error,
        "direction": way,
        "was": was,
        "found": found,
        "at": show(found.at),
        "changes": changes,
        "is_same": was is not None and not _is_changed(changes),
        "has_any": bool(changes["serials"]),
        "proposals": [p for p in kept_plans(page.reading) if p.kept.direction == way],
        "does": _does(page) if not page.clocks.query else None,
        "office": page.membership.office if page.membership else "",
        "token": confirms,
        "expired": expired,
    }
    is_refused = bool(error or expired or form.errors)
    return page.render("web/enter/next_plan.html", told, 422 if is_refused else 200)


def _is_changed(changes: dict[str, Any]) -> bool:
    return any(n for change, n in changes["counts"].items() if change != "kept")


def _does(page: CasePage) -> str | None:
    """What the one who asks may do with a plan: approve it, propose it, or nothing."""
    member = page.membership
    if member is None:
        return None
    if may_approve(page.case, member.office) and may_enter(member, "note"):
        return "approve"
    return "propose" if may_enter(member, "source") else None


def _meant(page: CasePage, found: _Next, reason: str) -> dict[str, object]:
    return {
        "user": int(page.request.user.pk or 0),
        "slug": page.record.slug,
        "plan": sha256(found.data).hexdigest(),
        "at": found.at,
        "reason": reason,
    }


def _token(page: CasePage, found: _Next, reason: str) -> str:
    told = {**_meant(page, found, reason), "size": page.record.size}
    return signing.dumps(told, salt=_SALT)


def _size_when_shown(
    token: str, page: CasePage, found: _Next, reason: str
) -> int | None:
    """How far the record had grown when just this was shown to just this person."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    size = told.pop("size")
    return int(size) if told == _meant(page, found, reason) else None


def _enter(page: CasePage, found: _Next, reason: str, size: int) -> int:
    """Keep the plan, and, for an office that may, put it in force; each once.

    Returns:
        The index of the last entry that it comes to.
    """
    office, data, at = page.member.office, found.data, show(found.at)
    with record.desk(page.record.slug, office) as held:
        here = held_as(held.door.case.entries, data)
        if here is None:
            files = {f"sources/{sha256(data).hexdigest()}": data}
            here = held.enter(source_draft(data, office, at), files).entry
        if _does(page) != "approve":
            return here.index
        draft = approval_draft(here.commitment, at, reason)
        for entry in held.door.case.entries:
            is_it = (entry.signer, entry.cites, entry.body) == (
                office,
                draft.cites,
                draft.body,
            )
            if entry.index >= size and is_it:
                return entry.index
        return held.enter(draft).entry.index


def next_url(page: CasePage, way: Direction) -> str:
    """The address of the next plan of a movement."""
    return reverse(f"next-{way}", args=(page.record.slug,))


routes = [
    path("cases/<slug:slug>/plan/in/next/", next_in, name="next-in"),
    path("cases/<slug:slug>/plan/home/next/", next_out, name="next-out"),
]
