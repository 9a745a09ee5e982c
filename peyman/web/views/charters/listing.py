"""The list of charters: those that come with Peyman, and those that cases carry."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from peyman.web.entrance.access import cases_of
from peyman.web.models import CaseRecord
from peyman.web.views.charters.law import Law, carried_by, read_day, shipped


@dataclass(frozen=True, slots=True)
class Listed:
    """A charter in the list.

    Attributes:
        url: The address of its page.
        members: Who is bound by any of its texts today.
        since: The first day on which anybody was; None if it does not say.
        changes: How often its text changed.
        checked: How many articles were read how surely: text, secondary, memory.
        cases: The cases that carry this very file.
    """

    id: str
    title: str
    url: str
    members: tuple[str, ...]
    since: date | None
    changes: int
    n_acts: int
    checked: tuple[tuple[str, int], ...]
    cases: tuple[CaseRecord, ...]


def _listed(law: Law, url: str, cases: list[CaseRecord]) -> Listed:
    charter = law.charter
    today = read_day("", charter)
    text = charter.on(today)
    bound = {m for letter in charter.parties for m in charter.bound_by(letter, today)}
    begun = [
        first
        for party in charter.parties.values()
        for spans in party.values()
        for first, _last in spans
    ]
    counts = Counter(one.checked for one in text.articles.values())
    return Listed(
        charter.id,
        charter.title,
        url,
        tuple(sorted(bound)),
        min(begun, default=None),
        len(charter.versions) - 1,
        len(text.acts),
        tuple((how, counts[how]) for how in ("text", "secondary", "memory")),
        tuple(cases),
    )


def charters(request: HttpRequest) -> HttpResponse:
    """The charters that the one who asks may read."""
    holders: dict[tuple[str, str], list[CaseRecord]] = {}
    laws: dict[tuple[str, str], Law] = {}
    for record in sorted(cases_of(request.user), key=lambda one: one.slug):
        for law in carried_by(record):
            key = (law.charter.id, law.digest)
            holders.setdefault(key, []).append(record)
            laws[key] = law
    ours = [
        _listed(
            law,
            reverse("charter", args=(law.charter.id,)),
            holders.pop((law.charter.id, law.digest), []),
        )
        for law in shipped()
    ]
    theirs = [
        _listed(laws[key], reverse("case-charter", args=(cases[0].slug, key[0])), cases)
        for key, cases in sorted(holders.items())
    ]
    told = {"ours": ours, "theirs": theirs}
    return render(request, "web/charters/list.html", told)


routes = [path("charters/", charters, name="charters")]
