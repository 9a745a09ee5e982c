"""Acting: choose what to enter, fill it in, be told what it would do, enter it, the receipt.

Each step is a page; without scripts all of it works. What is confirmed is signed, so that
what is entered is what was shown, and a form that is sent twice enters once.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from peyman.case.draft import Draft
from peyman.errors import PeymanError
from peyman.web.access import may_enter
from peyman.web.forms.acts import ActForm, text_of
from peyman.web.forms.ballots import BallotForm, decided_in
from peyman.web.forms.entries import ClaimForm, GradeForm, NoteForm
from peyman.web.forms.entry import EntryForm
from peyman.web.forms.foretold import Foretold, Told, foretell, told_of
from peyman.web.forms.guard import kept, typed
from peyman.web.forms.once import enter_once, sign, size_when_shown
from peyman.web.models import Membership
from peyman.web.readings import Held, held
from peyman.web.views import naming
from peyman.web.views.articles import sayings
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.votes import Vote, cited_by, vote_of, votes_in

FORMS: Mapping[str, type[EntryForm]] = {
    "act": ActForm,
    "ballot": BallotForm,
    "claim": ClaimForm,
    "grade": GradeForm,
    "note": NoteForm,
}
_LINKS = (
    ("ballot", gettext_lazy("Cast a ballot")),
    ("claim", gettext_lazy("Enter a claim")),
    ("grade", gettext_lazy("Grade a claim")),
    ("note", gettext_lazy("Enter a note")),
)
_ORDER = ("late", "must", "may_be_late", "may")


class Offer(NamedTuple):
    """An act that may be entered, with a link to its form."""

    listed: str
    act: str
    by: str
    url: str
    articles: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    due: Mapping[str, str] | None = None
    is_own: bool = False


class Question(NamedTuple):
    """An act that may be put to the vote now, with a link to the form of a ballot."""

    act: str
    label: str
    url: str
    vote: Vote | None


@case_page
def choose(request: HttpRequest, page: CasePage) -> HttpResponse:
    """What the office may or must do now, first; any other act behind."""
    membership = _member(page)
    now = held(page.record)
    offers = _offers(page, now, membership.office)
    is_own = [one for one in offers if one.is_own]
    told = {
        "office": membership.office,
        "own": is_own,
        "others": [one for one in offers if not one.is_own],
        "votes": _votes(page, now) if may_enter(membership, "ballot") else [],
        "every": _every(page, now),
        "links": [
            (reverse("enter-kind", args=(page.record.slug, kind)), label)
            for kind, label in _LINKS
            if may_enter(membership, kind)
        ],
        "is_analyst": membership.role == Membership.Role.ANALYST,
    }
    return page.render("web/enter/choose.html", told)


@kept
@case_page
def enter_kind(request: HttpRequest, page: CasePage, kind: str) -> HttpResponse:
    """The form of a kind of entry: fill in, confirm, enter."""
    membership = _member(page)
    if kind not in FORMS or not may_enter(membership, kind):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = FORMS[kind](page, sent, request.GET)
    if sent is None or sent.get("step") == "change":
        return _ask(page, form, kind)
    if not form.is_valid():
        return _ask(page, form, kind, status=422)
    draft = form.draft()
    try:
        if sent.get("step") == "enter":
            return _enter(page, form, kind, draft, sent)
        return _confirm(page, form, kind, draft)
    except PeymanError as error:
        return _ask(page, form, kind, error, status=422)


def _ask(
    page: CasePage,
    form: EntryForm,
    kind: str,
    error: PeymanError | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {"form": form, "kind": kind, "error": error}
    return page.render("web/enter/form.html", told, status=status)


def _confirm(
    page: CasePage, form: EntryForm, kind: str, draft: Draft, *, expired: bool = False
) -> HttpResponse:
    foretold = foretell(page.record, draft, form.office)
    decision = _vote(page, foretold)
    told = {
        "form": form,
        "kind": kind,
        "rows": _filled(form),
        "foretold": foretold,
        "decision": decision,
        "articles": sayings(
            page, [*_cited(*foretold.told), *cited_by([decision] if decision else [])]
        ),
        "typed": typed(page.request),
        "token": sign(_user(page), page.record.slug, page.record.size, draft),
        "expired": expired,
    }
    return page.render("web/enter/confirm.html", told, status=422 if expired else 200)


def _vote(page: CasePage, foretold: Foretold) -> Vote | None:
    return vote_of(foretold.vote, page.record.size) if foretold.vote else None


def _enter(
    page: CasePage, form: EntryForm, kind: str, draft: Draft, sent: QueryDict
) -> HttpResponse:
    slug = page.record.slug
    size = size_when_shown(sent.get("token", ""), _user(page), slug, draft)
    if size is None:
        return _confirm(page, form, kind, draft, expired=True)
    index = enter_once(slug, draft, form.office, size)
    return redirect("receipt", slug, index)


@case_page
def receipt(request: HttpRequest, page: CasePage, index: int) -> HttpResponse:
    """That an entry was taken in, where it stands, and what the charters find on it."""
    _member(page)
    entry = next((e for e in page.case.entries if e.index == index), None)
    if entry is None:
        raise Http404
    reading = held(page.record).reading
    told: list[Told] = [
        told_of(name, verdict)
        for name, charter in reading.charters.items()
        for verdict in charter.state.verdicts
        if verdict.doing.entry == entry.name
    ]
    named = {"entry": entry, "told": told, "articles": sayings(page, _cited(*told))}
    return page.render("web/enter/receipt.html", named)


def _cited(*told: Told) -> list[tuple[str, str]]:
    return [
        (one.charter, article)
        for one in told
        for finding in one.findings
        for article in finding.articles
    ]


def _member(page: CasePage) -> Membership:
    if page.membership is None:
        raise Http404
    return page.membership


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


def _offers(page: CasePage, now: Held, office: str) -> list[Offer]:
    """The rows of the standing as offers: the office's own first, what is late before."""
    told = now.standing
    found = [
        _offer(page, office, listed, row, matter["id"])
        for listed in _ORDER
        for matter in told["matters"]
        for row in matter[listed]
    ]
    found += [_offer(page, office, "may", row, "") for row in told["may_open"]]
    return sorted(found, key=lambda one: not one.is_own)


def _offer(page: CasePage, office: str, listed: str, row: Any, matter: str) -> Offer:
    asked = {"act": row["act"], "by": row["by"], "matter": matter}
    return Offer(
        listed,
        row["act"],
        row["by"],
        _address(page, "act", asked),
        tuple(row["article"]),
        tuple(row.get("to", ())),
        row.get("due"),
        is_own=row["by"] == office,
    )


def _votes(page: CasePage, now: Held) -> list[Question]:
    """What a vote may decide now, and what goes on; the rest is behind the form's list."""
    going_on = {(one.matter, one.act): one for one in votes_in(now.reading)}
    may = {
        (matter["id"], row["act"])
        for matter in now.standing["matters"]
        for row in matter["may"]
    }
    found = []
    for matter, charter, act in decided_in(now):
        key = (matter.id, f"{charter.id}.{act.name}")
        if key in may or key in going_on:
            asked = {"matter": key[0], "act": key[1]}
            url = _address(page, "ballot", asked)
            found.append(Question(key[1], matter.label, url, going_on.get(key)))
    return found


def _every(page: CasePage, now: Held) -> list[tuple[str, list[Offer]]]:
    """Every act of every charter of the case, for what is not foreseen now."""
    found = []
    for name, charter in now.case.charters.items():
        text = text_of(now, charter)
        acts = [one for one in charter.names if one in text.acts]
        offers = [
            Offer("may", f"{name}.{one}", "", _address(page, "act", {"act": full}))
            for one in acts
            if (full := f"{name}.{one}") and not text.acts[one][""].is_by_time
        ]
        found.append((naming.charter(name, charter.title), offers))
    return found


def _address(page: CasePage, kind: str, asked: Mapping[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"{reverse('enter-kind', args=(page.record.slug, kind))}?{query.urlencode()}"


routes = [
    path("cases/<slug:slug>/enter/", choose, name="enter"),
    path("cases/<slug:slug>/enter/<slug:kind>/", enter_kind, name="enter-kind"),
    path("cases/<slug:slug>/receipt/<int:index>/", receipt, name="receipt"),
]
