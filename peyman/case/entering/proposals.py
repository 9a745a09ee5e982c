"""From what a report proposes to what a case enters: claims, and one draft act each.

A proposed request, decision or session carries one draft act, `reported`. Which act of which
charter it is follows from the charters' own structure, never from a list of names: the
decision is the act that sets up a mandate, the request opens its matter, and a session is
what its chair convenes. Source: docs/record.md, section 6; docs/charter-language.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from peyman.case.entering.draft import Draft
from peyman.case.entering.drafted import DRAFTS, grounds_of
from peyman.case.model import Case, Entry
from peyman.picture.model import Proposal

DRAFTED = ("request", "session", "decision")
"""Types that carry a draft act, in the order in which these are entered."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where proposals become entries: the case, the source, all that it proposes.

    Attributes:
        source: The entry of the report.
        accepted: Proposal id to the claim entry that accepted it.
        offices: Office of a speaker to all offices that the report gives the same one.
    """

    case: Case
    source: Entry
    proposals: Sequence[Proposal]
    accepted: Mapping[str, Entry]
    offices: Mapping[str, tuple[str, ...]]

    def claims(self) -> tuple[Proposal, ...]:
        """The proposals that were accepted, in the order of the report."""
        return tuple(one for one in self.proposals if one.id in self.accepted)


def proposal_name(source: str, start: int, end: int, kind: str) -> str:
    """What a proposal is called in a record, where a digest of a source may not stand.

    Args:
        source: The commitment of its source entry.
        start: Where its characters begin.
        end: Where they end.
        kind: Its type; empty where it has none.
    """
    return sha256(f"{source}:{start}:{end}:{kind}".encode()).hexdigest()[:12]


def name_in(source: Entry, proposal: Proposal) -> str:
    """What a proposal of a source entry is called in the record."""
    span = proposal.span
    return proposal_name(source.commitment, span.start, span.end, proposal.type or "")


def claim_of(site: Site, proposal: Proposal) -> Draft:
    """The claim entry of an accepted proposal."""
    body: dict[str, object] = {
        "source": site.source.commitment,
        "span": proposal.span.as_json(),
        "says": proposal.span.text,
        "speakers": list(proposal.speakers),
        "form": proposal.form,
        "places": list(proposal.places),
        "time": _without_none(proposal.time.as_json()),
        "proposal": name_in(site.source, proposal),
    }
    if proposal.type:
        body["type"] = proposal.type
    body |= _meaning(site, proposal)
    at = proposal.time.value or "unknown"
    return Draft("claim", "reported", at, None, (site.source.commitment,), body)


def act_of(site: Site, kind: str) -> Draft | None:
    """The draft act of an accepted request, session or decision; None if there is none.

    Of several claims that tell of the same act, the one that tells most is drafted, and
    all of them are cited. Where the record has the act already, nothing is drafted.
    """
    told = [
        proposal
        for proposal in site.proposals
        if proposal.type == kind and proposal.id in site.accepted and proposal.detail
    ]
    if not told:
        return None
    made = DRAFTS[kind](site.case, site.claims(), _merged(site, told))
    if made is None or not made.acts or _is_there(site.case, made.acts):
        return None
    at, acts = made
    cites = [site.accepted[proposal.id].commitment for proposal in told]
    cites += [str(act["matter"]).partition("/")[0] for act in acts if "matter" in act]
    return Draft(
        "act", "reported", at, None, tuple(dict.fromkeys(cites)), {"acts": acts}
    )


def _meaning(site: Site, proposal: Proposal) -> dict[str, object]:
    """What a claim speaks to, beside its words: a ground, an office, a facility."""
    detail = proposal.detail
    found: dict[str, object] = {}
    grounds = {
        f"{charter.id}/{name}": "for"
        for charter in site.case.charters.values()
        for name in grounds_of(site.case, charter, (proposal,))
    }
    if grounds:
        found["grounds"] = grounds
    office, holder = detail.get("office"), detail.get("holder")
    if isinstance(office, str) and isinstance(holder, str):
        found["office"] = {"office": office, "holder": holder}
    place, status = detail.get("facility"), detail.get("status")
    if isinstance(place, str) and isinstance(status, str):
        found["facility"] = {"place": place, "status": status}
    count = detail.get("count")
    if isinstance(count, Mapping) and isinstance(count.get("value"), int):
        item = str(count.get("item", "counted"))
        figure = {"item": f"{item} {status or 'counted'}", "value": count["value"]}
        scope = {"scope": "about"} if count.get("approx") else {}
        found["figures"] = [{**figure, "unit": item, **scope}]
    return found


def _merged(site: Site, told: Sequence[Proposal]) -> Mapping[str, Any]:
    """What several claims tell of one act; of two that differ the later stands."""
    found: dict[str, Any] = {}
    for proposal in told:
        found |= {k: v for k, v in proposal.detail.items() if v not in (None, [], "")}
        if proposal.time.value:
            found["at"] = proposal.time.value
        if proposal.speaker_ids and proposal.speaker_ids[-1]:
            found["speaker"] = proposal.speaker_ids[-1]
            found["announced_by"] = _in_a_charter(site, proposal.speaker_ids[-1])
    return found


def _in_a_charter(site: Site, speaker: str) -> str:
    """Of the offices that one speaker has, that which a charter of the case knows."""
    for office in site.offices.get(speaker, ()):
        if office.partition("/")[0] in site.case.charters:
            return office
    return speaker


def _is_there(case: Case, acts: Sequence[Mapping[str, Any]]) -> bool:
    wanted = (acts[0]["under"], acts[0]["act"])
    return any(
        (act["under"], act["act"]) == wanted
        for entry in case.entries
        if entry.kind == "act"
        for act in _list(entry.body["acts"])
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _without_none(value: Mapping[str, object]) -> dict[str, object]:
    return {name: one for name, one in value.items() if one is not None}
