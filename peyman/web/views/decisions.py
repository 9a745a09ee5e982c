"""Each decided act: its tally in words or that no ballots are known, basis, both readings.

Before them the votes under way, which nobody has decided yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.case.reading import CharterReading
from peyman.charter.doing import Verdict
from peyman.charter.judging.bench import Bench, count, voters
from peyman.charter.judging.law import law_on
from peyman.charter.moment import day_of, show_moment
from peyman.charter.order import in_order
from peyman.charter.tally import Outcome
from peyman.web.draw.drawing import Drawing
from peyman.web.draw.tally import Vote, draw_tally
from peyman.web.records.readings import held
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import drawn_in, kept
from peyman.web.views.standing import OWED, grouped
from peyman.web.views.telling.articles import cited_in, sayings
from peyman.web.views.telling.sentences import said
from peyman.web.views.votes import cited_by, votes_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided act.

    Attributes:
        id: The act, `e83/1`; `matter` is the act that opened its matter.
        outcome: `adopted`, `rejected`, `open` or `not shown`.
        ballots: Member to ballot; None where none are known.
        cast: Member to the entry of its ballot, where ballots are entries of their own.
        hangs: Rows of the standing that stand only if it counts.
        otherwise: Rows that would stand if it did not.
    """

    id: str
    charter: str
    matter: str | None
    act: str
    by: str
    at: str
    rule: str
    organ: str
    carry: str
    outcome: str
    sums: tuple[str, ...]
    ballots: Mapping[str, str] | None
    cast: Mapping[str, str]
    announced_by: str | None
    basis: tuple[str, ...] | None
    grounds: Mapping[str, str]
    states: Mapping[str, Any]
    words: Mapping[str, str]
    known_as: str
    has_effect: bool
    is_contested: bool
    findings: tuple[Row, ...]
    hangs: tuple[Row, ...]
    otherwise: tuple[Row, ...]
    drawing: Drawing

    @property
    def has_ballots(self) -> bool:
        """Whether any ballots are known."""
        return self.ballots is not None

    @property
    def votes(self) -> list[tuple[str, str, str]]:
        """Member, ballot, and the entry of the ballot if it is one of its own."""
        said = sorted((self.ballots or {}).items())
        return [(member, vote, self.cast.get(member, "")) for member, vote in said]


def decisions_of(page: CasePage) -> list[Decision]:
    """Every act that an organ decided, in the order of law."""
    return kept(page, "decisions-of", lambda: list(_decisions(page)))


def _decisions(page: CasePage) -> Iterable[Decision]:
    for name, charter in page.reading.charters.items():
        for verdict in charter.state.verdicts:
            doing = verdict.doing
            law = page.reading.case.charters[name]
            text = law.on(day_of(doing.law_at, law.zone))
            act = text.act(doing.act, doing.form)
            if act is not None and act.decide:
                yield _decision(page, name, charter, verdict)


def _decision(
    page: CasePage, name: str, charter: CharterReading, verdict: Verdict
) -> Decision:
    doing = verdict.doing
    law = page.reading.case.charters[name]
    day = day_of(doing.law_at, law.zone)
    text = law.on(day)
    act = text.act(doing.act, doing.form)
    rule = text.rules[(act.decide if act else None) or ""]
    state = charter.state
    if any("." in word for word in rule.without):
        # Who was under a sanction then, not now.
        then = held(page.record, doing.law_at, page.reading.known_at)
        state = then.reading.charters[name].state
    matter = charter.state.matters.get(verdict.matter or "")
    bench = Bench(law_on(law, day), state, in_order([doing]), 0, charter.holds)
    tally = count(bench, doing, rule, matter)
    entry = doing.entry
    vote = Vote(
        roll=voters(bench, doing, rule, matter),
        ballots=doing.ballots,
        cast=doing.cast,
        outcome=str(tally.outcome),
        sums=tuple(map(said, tally.sums))
        if tally.outcome is not Outcome.NOT_SHOWN
        else (),
        announced_by=doing.announced_by,
        entry=entry,
    )
    matters = page.standing["matters"]
    return Decision(
        id=doing.id,
        charter=name,
        matter=verdict.matter,
        act=f"{name}.{doing.act}",
        by=doing.by or f"{name}/{rule.organ}",
        at=show_moment(doing.at),
        rule=rule.name,
        organ=f"{name}/{rule.organ}",
        carry=rule.carry,
        outcome=str(tally.outcome),
        sums=tally.sums,
        ballots=doing.ballots,
        cast=doing.cast,
        announced_by=doing.announced_by,
        basis=doing.basis,
        grounds={f"{name}/{g}": said for g, said in doing.grounds.items()},
        states=doing.states,
        words=doing.words,
        known_as=doing.known_as,
        has_effect=verdict.has_effect,
        is_contested=verdict.is_contested,
        findings=tuple(
            one for m in matters for one in m["findings"] if one["entry"] == doing.id
        ),
        hangs=tuple(_hanging(matters, entry)),
        otherwise=tuple(
            grouped(
                row for m in matters for row in m["otherwise"] if entry in row["if_not"]
            )
        ),
        drawing=draw_tally(vote, drawn_in(page), id_=f"tally-{doing.entry}-{doing.n}"),
    )


def _hanging(matters: Iterable[Row], entry: str) -> Iterable[Row]:
    rows = (
        {**row, "list": listed, "charter": m["charter"]}
        for m in matters
        for listed in (*OWED, "may")
        for row in m[listed]
        if entry in row.get("only_if", ())
    )
    return grouped(rows)


@case_page
def decisions(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The decisions of the case."""
    return page.render(
        "web/decisions.html", kept(page, "decisions", lambda: _told(page))
    )


def _told(page: CasePage) -> dict[str, Any]:
    found, votes = decisions_of(page), votes_of(page)
    cited = cited_by(votes) + [
        one
        for decision in found
        for one in (
            *cited_in(decision.charter, decision.findings, decision.otherwise),
            *((decision.charter, name) for name in decision.basis or ()),
        )
    ]
    return {
        "decisions": found,
        "votes": votes,
        "articles": sayings(page, cited),
    }


routes = [path("cases/<slug:slug>/decisions/", decisions, name="decisions")]
