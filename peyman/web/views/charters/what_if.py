"""What if: how the standing of a case would differ if somebody did something.

The web form of `peyman ask CASE --if`. It is asked with GET and changes nothing, so that an
answer has an address. A sentence may be written, or put together from lists.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.case.asking.supposing import Supposed, suppose
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.charters.telling import Telling
from peyman.web.views.telling import naming
from peyman.web.views.telling.articles import cited_in, sayings

BALLOTS = ("yes", "no", "abstain", "present", "absent")
LONGEST = 300
"""How long a sentence may be, in letters."""


class Choice(NamedTuple):
    """One line of a list: what goes into the sentence, and what it is called."""

    value: str
    label: str


class Choices(NamedTuple):
    """The lists from which a sentence is put together, each in groups."""

    who: list[tuple[str, list[Choice]]]
    acts: list[tuple[str, list[Choice]]]
    decisions: list[tuple[str, list[Choice]]]
    matters: list[Choice]


def choices(page: CasePage) -> Choices:
    """What may stand in a sentence on this case at this moment."""
    who, acts, decisions, matters = [], [], [], []
    for id_, read in page.reading.charters.items():
        charter = page.case.charters[id_]
        text = read.state.text
        telling = Telling(charter, text)
        called = naming.charter(id_, charter.title)
        bodies = [(one, f"{id_}/{one}") for one in (*text.organs, *text.offices)]
        states = [Choice(one, naming.actor(one)) for one in charter.members]
        offices = [Choice(full, telling.actor(one)) for one, full in bodies]
        who.append((called, [*states, *offices]))
        named = [
            (Choice(f"{id_}.{name}", _act(telling, name)), forms[""].decide)
            for name, forms in text.acts.items()
        ]
        acts.append((called, [one for one, _rule in named]))
        decisions.append((called, [one for one, rule in named if rule]))
        matters += [
            Choice(one.id, f"{telling.kind_name(one.kind)} ({one.id})")
            for one in read.state.matters.values()
        ]
    return Choices(who, acts, decisions, matters)


def _act(telling: Telling, name: str) -> str:
    kind = telling.kind_name(name.partition(".")[0])
    return f"{kind}: {telling.act_name(name)}"


def sentence(request: HttpRequest) -> str:
    """What is supposed: the sentence as written, else put together from the lists."""
    get = request.GET.get
    written = get("if", "").strip()
    if written or not (get("who") and get("does")):
        return written[:LONGEST]
    clauses = (("on", "on"), ("in", "in"), ("at", "when"))
    asked = ((word, get(name, "").strip()) for word, name in clauses)
    said = " ".join(f"{word} {value}" for word, value in asked if value)
    return f"{get('who')} {get('does')} {said}".strip()[:LONGEST]


@case_page
def what_if(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The form, and the answer where something is supposed."""
    said = sentence(request)
    told: dict[str, Any] = {"said": said, "choices": choices(page), "ballots": BALLOTS}
    get = request.GET.get
    told |= {name: get(name, "") for name in ("who", "does", "on", "when")}
    told["in_matter"] = get("in", "")
    status = 200
    if said:
        try:
            answer = suppose(page.case, said, page.clocks.at, page.clocks.known_at)
            told |= _answered(page, answer)
        except PeymanError as error:
            told["error"], status = error, 400
    return page.render("web/charters/what_if.html", told, status=status)


def _answered(page: CasePage, answer: Supposed) -> dict[str, Any]:
    findings = list(_findings(answer))
    cited = [
        one for row in findings for one in cited_in(row["act"].partition(".")[0], [row])
    ]
    cited += [
        (one.act.partition(".")[0], name)
        for one in answer.changes
        for name in one.articles
    ]
    return {
        "answer": answer,
        "at": show(answer.after.at),
        "findings": findings,
        "comes": [one for one in answer.changes if one.comes],
        "goes": [one for one in answer.changes if not one.comes],
        "articles": sayings(page, cited),
    }


def _findings(answer: Supposed) -> Iterator[dict[str, Any]]:
    """What the charters would remark, as rows of a standing."""
    for charter, verdict in answer.verdicts:
        for finding in verdict.findings:
            yield {
                "act": f"{charter}.{verdict.doing.act}",
                "entry": "",
                "finding": finding.code,
                "article": list(finding.articles),
                "checked": finding.checked,
                "text": finding.text,
                "effect": verdict.has_effect,
            }


routes = [path("cases/<slug:slug>/standing/if/", what_if, name="what-if")]
