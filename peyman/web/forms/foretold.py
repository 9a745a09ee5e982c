"""What an entry would do: told before it is confirmed, and again with its receipt.

Who votes sees the ballots cast so far with its own, and what they would come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from peyman.case.reading import LISTS, Reading, read_case
from peyman.case.standing import standing
from peyman.case.votes import OpenVote, open_votes
from peyman.charter.doing import Finding, Verdict
from peyman.web import record
from peyman.web.forms.once import Meant
from peyman.web.models import CaseRecord
from peyman.web.readings import case_of

Key = tuple[str, str, str, str]


class Told(NamedTuple):
    """What a charter finds on one act."""

    charter: str
    act: str
    has_effect: bool
    findings: tuple[Finding, ...]


class Change(NamedTuple):
    """Rows of one act that come into a list of the standing, or go from it."""

    comes: bool
    listed: str
    act: str
    by: tuple[str, ...]
    articles: tuple[str, ...]
    due: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Foretold:
    """What an entry would do.

    Attributes:
        vote: The vote on which a ballot is cast, with this ballot.
    """

    told: tuple[Told, ...]
    changes: tuple[Change, ...]
    vote: OpenVote | None = None


def foretell(kept: CaseRecord, meant: Meant, office: str) -> Foretold:
    """Try what is meant, and say what it would do; nothing is kept.

    Raises:
        PeymanError: If it would be refused.
    """
    with record.trial(kept.slug, office) as desk:
        first, last = meant.enter(desk)
    after, name = last.reading(), first.entry.name
    before = read_case(case_of(kept), after.at)
    cast = (vote for vote in open_votes(after) if name in vote.doing.cast.values())
    return Foretold(
        told_on(after, name), changes_between(before, after), next(cast, None)
    )


def told_on(reading: Reading, name: str) -> tuple[Told, ...]:
    """What the charters find on the acts of an entry."""
    return tuple(
        told_of(charter_id, verdict)
        for charter_id, charter in reading.charters.items()
        for verdict in charter.state.verdicts
        if verdict.doing.entry == name
    )


def told_of(charter: str, verdict: Verdict) -> Told:
    """What a charter found, as a page says it."""
    act = f"{charter}.{verdict.doing.act}"
    return Told(charter, act, verdict.has_effect, verdict.findings)


def changes_between(before: Reading, after: Reading) -> tuple[Change, ...]:
    """The rows that come into the lists of the standing, and those that go from them."""
    old, new = _rows(standing(before)), _rows(standing(after))
    came = _grouped({k: row for k, row in new.items() if k not in old}, comes=True)
    went = _grouped({k: row for k, row in old.items() if k not in new}, comes=False)
    return (*came, *went)


def _rows(told: Mapping[str, Any]) -> dict[Key, Mapping[str, Any]]:
    return {
        (matter["id"], listed, row["act"], row["by"]): row
        for matter in told["matters"]
        for listed in LISTS
        for row in matter[listed]
    }


def _grouped(rows: Mapping[Key, Mapping[str, Any]], *, comes: bool) -> list[Change]:
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for (matter, listed, act, _by), row in rows.items():
        groups.setdefault((listed, matter, act), []).append(row)
    order = {name: place for place, name in enumerate(("late", "must", "in_force"))}
    return [
        Change(
            comes,
            listed,
            act,
            tuple(row["by"] for row in group),
            tuple(group[0]["article"]),
            group[0].get("due"),
        )
        for (listed, _, act), group in sorted(
            groups.items(), key=lambda one: order.get(one[0][0], len(order))
        )
    ]
