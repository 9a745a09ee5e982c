"""Acting: choose what to enter, fill it in, be told what it would do, enter it, the receipt.

Each step is a page; without scripts all of it works. What is confirmed is signed, so that
what is entered is what was shown, and a form that is sent twice enters once.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path

from peyman.errors import PeymanError
from peyman.web.entrance.access import may_enter
from peyman.web.forms.acting.acts import ActForm
from peyman.web.forms.acting.ballots import BallotForm
from peyman.web.forms.acting.taking_back import TakeBackForm
from peyman.web.forms.parts.entry import EntryForm
from peyman.web.forms.parts.foretold import Told, foretell, told_on
from peyman.web.forms.parts.guard import kept, typed
from peyman.web.forms.parts.once import Meant, enter_once, sign, size_when_shown
from peyman.web.forms.telling.claims import ClaimForm
from peyman.web.forms.telling.entries import GradeForm, NoteForm
from peyman.web.forms.telling.force import RequirementForm, StrengthForm
from peyman.web.forms.telling.movements import SerialForm
from peyman.web.forms.telling.pledges import PledgeForm
from peyman.web.forms.telling.situation import MeasureForm, StatusForm
from peyman.web.records.readings import held
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.entering.keys import is_signed_here
from peyman.web.views.record.entries import told
from peyman.web.views.record.entry import corrected_of
from peyman.web.views.telling.articles import sayings
from peyman.web.views.telling.follows import correction_url
from peyman.web.views.votes import cited_by, vote_of

FORMS: Mapping[str, type[EntryForm]] = {
    "act": ActForm,
    "ballot": BallotForm,
    "claim": ClaimForm,
    "correct": TakeBackForm,
    "grade": GradeForm,
    "measure": MeasureForm,
    "note": NoteForm,
    "pledge": PledgeForm,
    "requirement": RequirementForm,
    "serial": SerialForm,
    "status": StatusForm,
    "strength": StrengthForm,
}
"""Kind of entry to its form; a source has a page of its own, `peyman.web.views.entering.report`."""


@kept
@case_page
def enter_kind(request: HttpRequest, page: CasePage, kind: str) -> HttpResponse:
    """The form of a kind of entry: fill in, confirm, enter."""
    if kind not in FORMS or not may_enter(page.member, kind):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = FORMS[kind](page, sent, request.GET)
    if form.corrects and not may_enter(page.member, "correct"):
        raise Http404
    if sent is None or sent.get("step") == "change":
        return _ask(page, form, kind)
    if not form.is_valid():
        return _ask(page, form, kind, status=422)
    meant = Meant(form.whole_draft(), form.correction())
    try:
        if sent.get("step") == "enter":
            return _enter(page, form, meant, sent)
        return _confirm(page, form, meant)
    except PeymanError as error:
        return _ask(page, form, kind, error, status=422)


def _ask(
    page: CasePage,
    form: EntryForm,
    kind: str,
    error: PeymanError | None = None,
    status: int = 200,
) -> HttpResponse:
    old = form.corrects
    context = {
        "form": form,
        "error": error,
        "old": told(old) if old else None,
        "instead": correction_url(page, old) if old and kind == "correct" else "",
    }
    return page.render("web/enter/form.html", context, status=status)


def _confirm(
    page: CasePage, form: EntryForm, meant: Meant, *, expired: bool = False
) -> HttpResponse:
    foretold = foretell(page.record, meant, form.office)
    vote = vote_of(foretold.vote, page.record.size) if foretold.vote else None
    cited = [*_cited(*foretold.told), *cited_by([vote] if vote else [])]
    context = {
        "form": form,
        "old": told(form.corrects) if form.corrects else None,
        "rows": _filled(form),
        "foretold": foretold,
        "decision": vote,
        "articles": sayings(page, cited),
        "typed": typed(page.request),
        "token": sign(_user(page), page.record.slug, page.record.size, meant),
        "expired": expired,
    }
    return page.render(
        "web/enter/confirm.html", context, status=422 if expired else 200
    )


def _enter(
    page: CasePage, form: EntryForm, meant: Meant, sent: QueryDict
) -> HttpResponse:
    slug = page.record.slug
    size = size_when_shown(sent.get("token", ""), _user(page), slug, meant)
    if size is None:
        return _confirm(page, form, meant, expired=True)
    index = enter_once(slug, meant, form.office, size)
    return redirect("receipt", slug, index)


@case_page
def receipt(request: HttpRequest, page: CasePage, index: int) -> HttpResponse:
    """That an entry was taken in, where it stands, and what the charters find on it."""
    _ = page.member
    entry = next((e for e in page.case.entries if e.index == index), None)
    if entry is None:
        raise Http404
    found = told_on(held(page.record).reading, entry.name)
    context = {
        "entry": entry,
        "told": found,
        "corrected": corrected_of(page, entry),
        "is_signed_here": is_signed_here(page, entry),
        "articles": sayings(page, _cited(*found)),
    }
    return page.render("web/enter/receipt.html", context)


def _cited(*told: Told) -> list[tuple[str, str]]:
    return [
        (one.charter, article)
        for one in told
        for finding in one.findings
        for article in finding.articles
    ]


def _user(page: CasePage) -> int:
    return int(page.request.user.pk or 0)


def _filled(form: EntryForm) -> list[tuple[object, str]]:
    """What was filled in, as it will be read: choices by their words."""
    return [
        (field.label, _shown(field, form.data.getlist(field.html_name)))  # type: ignore[attr-defined]
        for field in form
        if not field.is_hidden and any(form.data.getlist(field.html_name))  # type: ignore[attr-defined]
    ]


def _shown(field: Any, values: list[str]) -> str:
    choices = {str(key): str(said) for key, said in getattr(field.field, "choices", ())}
    return "\n".join(choices.get(one, one) for one in values)


routes = [
    path("cases/<slug:slug>/enter/<slug:kind>/", enter_kind, name="enter-kind"),
    path("cases/<slug:slug>/receipt/<int:index>/", receipt, name="receipt"),
]
