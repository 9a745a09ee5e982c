"""What somebody may enter now: acts that are open, votes, and forms of other entries."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from peyman.web.entrance.access import may_enter
from peyman.web.forms.acting.acts import text_of
from peyman.web.forms.acting.ballots import decided_in
from peyman.web.models import Membership
from peyman.web.records.readings import Held, held
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.telling import naming
from peyman.web.views.telling.follows import Step, form_url
from peyman.web.views.votes import Vote, votes_in

GROUPS = (
    (
        gettext_lazy("Reports and claims"),
        (
            ("source", gettext_lazy("Add a report")),
            ("claim", gettext_lazy("Enter a claim")),
            ("grade", gettext_lazy("Grade a claim")),
        ),
    ),
    (
        gettext_lazy("The situation"),
        (
            ("status", gettext_lazy("Status of a place")),
            ("measure", gettext_lazy("A measure")),
        ),
    ),
    (
        gettext_lazy("The force"),
        (
            ("requirement", gettext_lazy("A requirement")),
            ("pledge", gettext_lazy("A pledge")),
            ("serial", gettext_lazy("A movement")),
            ("strength", gettext_lazy("A strength")),
        ),
    ),
    (
        gettext_lazy("Anything else"),
        (
            ("ballot", gettext_lazy("A ballot")),
            ("note", gettext_lazy("A note")),
        ),
    ),
)
"""The forms of entries that are no acts, by what they are about."""

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
    membership = page.member
    now = held(page.record)
    offers = _offers(page, now, membership.office)
    is_own = [one for one in offers if one.is_own]
    told = {
        "office": membership.office,
        "own": is_own,
        "others": [one for one in offers if not one.is_own],
        "votes": _votes(page, now) if may_enter(membership, "ballot") else [],
        "every": _every(page, now),
        "groups": _groups(page, membership),
    }
    return page.render("web/enter/choose.html", told)


def _groups(page: CasePage, membership: Membership) -> list[tuple[object, list[Step]]]:
    """The forms that a role may fill in; a group of which it may none is left out."""
    found = [
        (
            about,
            [
                Step(label, _door(page, k))
                for k, label in kinds
                if may_enter(membership, k)
            ],
        )
        for about, kinds in GROUPS
    ]
    return [(about, steps) for about, steps in found if steps]


def _door(page: CasePage, kind: str) -> str:
    if kind == "source":
        return reverse("add-report", args=(page.record.slug,))
    return form_url(page, kind)


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
    url = form_url(page, "act", act=row["act"], by=row["by"], matter=matter)
    return Offer(
        listed,
        row["act"],
        row["by"],
        url,
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
            url = form_url(page, "ballot", matter=key[0], act=key[1])
            found.append(Question(key[1], matter.label, url, going_on.get(key)))
    return found


def _every(page: CasePage, now: Held) -> list[tuple[str, list[Offer]]]:
    """Every act of every charter of the case, for what is not foreseen now."""
    found = []
    for name, charter in now.case.charters.items():
        text = text_of(now, charter)
        acts = [one for one in charter.names if one in text.acts]
        offers = [
            Offer("may", f"{name}.{one}", "", form_url(page, "act", act=full))
            for one in acts
            if (full := f"{name}.{one}") and not text.acts[one][""].is_by_time
        ]
        found.append((naming.charter(name, charter.title), offers))
    return found


routes = [path("cases/<slug:slug>/enter/", choose, name="enter")]
