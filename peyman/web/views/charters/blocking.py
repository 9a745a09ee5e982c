"""Who blocks what in a charter, and what else verification finds, told as short stories."""

from dataclasses import dataclass

from django.http import HttpResponse

from peyman.charter.verification.report import Decision, Stop
from peyman.web.views.charters.law import LawPage, law_page, routes_of
from peyman.web.views.charters.telling import Lines, Telling


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided under one rule, with how few it is blocked, and how it is decided."""

    decision: Decision
    rule: Lines

    @property
    def alone(self) -> tuple[str, ...]:
        """Who can block alone; nobody where everybody can, for then it says so."""
        block = self.decision.block
        return block.alone if len(block.alone) < block.roll else ()

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Whose no defeats it, whoever else votes how."""
        rules = self.decision.block.rules
        return tuple(dict.fromkeys(one for rule in rules for one in rule.veto))

    @property
    def is_by_any(self) -> bool:
        """Whether any one member blocks it."""
        block = self.decision.block
        return bool(block.roll) and len(block.alone) >= block.roll


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stops when an organ never meets: kinds of matter, by name, and what in each."""

    organ: str
    stops: tuple[tuple[str, Stop], ...]


def stopped(telling: Telling, stops: tuple[Stop, ...]) -> list[Stopped]:
    """The organs, each with what stops without it; one without which nothing stops, too."""
    return [
        Stopped(
            telling.actor(organ.partition("/")[2]),
            tuple(
                (telling.kind_name(one.kind), one)
                for one in stops
                if one.organ == organ
            ),
        )
        for organ in dict.fromkeys(one.organ for one in stops)
    ]


@law_page
def blocks(page: LawPage) -> HttpResponse:
    """Who can block what, which ways lead out, what stops, and what is found."""
    report, telling = page.report, Telling(page.charter, page.text)
    rules = page.text.rules
    return page.render(
        "web/charters/blocks.html",
        {
            "report": report,
            "found": sorted(report.found, key=lambda one: one.known is not None),
            "decisions": [
                Decided(one, telling.rule(rules[one.block.rule.name]))
                for one in report.decisions
            ],
            "ways": sorted(report.ways, key=lambda one: one.is_free),
            "stopped": stopped(telling, report.stops),
        },
    )


routes = routes_of(blocks, "charter-blocks", "blocks/")
