"""Draft acts from what a report tells of a request, a session, a decision.

What a report does not say is left open: `unspecified` is a value. Nothing is filled in from
what is known elsewhere, and no ballot is ever invented.
Source: docs/record.md, section 6.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from peyman.case.model import Case, Entry
from peyman.charter.model import Act, Charter, Text
from peyman.charter.moment import ALWAYS, day_of, show
from peyman.picture.model import Proposal

_GROUNDS = {
    "threat": ("threat", "threatened"),
    "aggression": ("armed_attack", "aggression_by_a_state"),
    "attack": ("armed_attack", "aggression_by_a_state"),
}
"""A word of a report to the names that charters give such a ground."""

_ASKED_ABROAD = "abroad.ask"
"""The act by which a state's own law knows that its head asks others for help."""

Told = Mapping[str, Any]


class Made(NamedTuple):
    """A draft act: when, and the acts of its entry under one charter or several."""

    at: str
    acts: list[dict[str, Any]]


def grounds_of(
    case: Case, charter: Charter, claims: Sequence[Proposal]
) -> tuple[str, ...]:
    """The grounds of a charter, as of the last entry, that claims speak for."""
    known = _text(case, charter).grounds
    found: dict[str, None] = {}
    for claim in claims:
        if claim.type == "ground" and not claim.detail.get("negated"):
            names = _GROUNDS.get(str(claim.detail.get("word")), ())
            found |= dict.fromkeys(name for name in names if name in known)
    return tuple(found)


def _request(case: Case, claims: Sequence[Proposal], told: Told) -> Made | None:
    """A request opens the matter of the act that sets up a mandate."""
    found = _mandate(case)
    if found is None or not told.get("member"):
        return None
    charter, mandate = found
    text = _text(case, charter)
    opening = next(a for a in _acts(text) if a.kind == mandate.kind and a.opens)
    member, by = str(told["member"]), str(told.get("by") or told["member"])
    act: dict[str, Any] = {
        "under": charter.id,
        "act": opening.name,
        "by": by,
        "member": member,
        "subject": member,
        "to": _addressees(case, charter, mandate, member, str(told.get("to", ""))),
    }
    own = [claim for claim in claims if by in claim.speaker_ids]
    grounds = [name for name in grounds_of(case, charter, own) if name in opening.on]
    if grounds:
        act["grounds"] = dict.fromkeys(grounds, "asserted")
    acts = [{name: value for name, value in act.items() if value}]
    acts += _asked_at_home(case, by, told)
    return Made(str(told.get("at") or "unknown"), acts)


def _addressees(
    case: Case, charter: Charter, mandate: Act, member: str, to: str
) -> list[str]:
    """Whom a request names: an organ, or each of the heads who sit in it."""
    text = _text(case, charter)
    rule = text.rules.get(mandate.decide or "")
    organ = text.organs.get(rule.organ) if rule else None
    if to == "council" and organ is not None:
        return [f"{charter.id}/{organ.name}"]
    if to in ("heads", "members", "partners") and organ and organ.parties_to:
        day = day_of(case.last_entered, charter.zone)
        seats = charter.bound_by(organ.parties_to, day)
        return [seat for seat in seats if seat != member]
    return [to] if "/" in to else []


def _asked_at_home(case: Case, by: str, told: Told) -> Iterator[dict[str, Any]]:
    """The same words are an act of the requester's own law, where a charter knows it."""
    home, _, office = by.partition("/")
    charter = case.charters.get(home)
    if charter is None:
        return
    act = _text(case, charter).act(_ASKED_ABROAD)
    if act is not None and act.opens and office in act.by:
        states = {
            "of whom": told.get("to_words") or told.get("to") or "unspecified",
            "under which treaty": told.get("treaty_words") or "unspecified",
            "what": told.get("content") or "unspecified",
        }
        yield {"under": home, "act": act.name, "by": by, "states": states}


def _session(case: Case, claims: Sequence[Proposal], told: Told) -> Made | None:
    """A session is convened by the chair of its organ."""
    home, _, name = str(told.get("organ", "")).partition("/")
    charter = case.charters.get(home)
    if charter is None:
        return None
    text = _text(case, charter)
    organ = text.organs.get(name)
    if organ is None or organ.chair is None:
        return None
    found = [a for a in _acts(text) if a.opens and organ.chair in a.by]
    if not found:
        return None
    agenda = [c.span.text for c in claims if c.type == "agenda"][:1]
    act: dict[str, Any] = {
        "under": home,
        "act": found[0].name,
        "by": f"{home}/{organ.chair}",
    }
    states = dict.fromkeys(found[0].fixes, "unspecified") | (
        {"agenda": agenda} if agenda else {}
    )
    if states:
        act["states"] = states
    if told.get("chair"):
        act["holder"] = str(told["chair"])
    return Made(str(told.get("at") or "unknown"), [act])


def _decision(case: Case, claims: Sequence[Proposal], told: Told) -> Made | None:
    """A decision known by its announcement: what it leaves open stays open."""
    found = _mandate(case)
    if found is None:
        return None
    charter, mandate = found
    opened = _opened(case, charter, mandate)
    if opened is None:
        return None
    text = _text(case, charter)
    speaker = str(told.get("speaker") or "")
    own = [claim for claim in claims if speaker in claim.speaker_ids]
    rule = text.rules[mandate.decide or ""]
    act: dict[str, Any] = {
        "under": charter.id,
        "act": mandate.name,
        "matter": f"{opened.commitment}/1",
        "by": f"{charter.id}/{rule.organ}",
        "basis": _basis(text, mandate, told),
        "grounds": dict.fromkeys(
            (n for n in grounds_of(case, charter, own) if n in mandate.on), "asserted"
        ),
        "states": _stated(mandate, own),
    }
    if told.get("announced_by"):
        act["announced_by"] = str(told["announced_by"])
    acts = [{name: value for name, value in act.items() if value}]
    return Made(_between(opened.at.lo, case.last_entered), acts)


def _between(first: int, last: int) -> str:
    """A moment that is known only to lie between two others, the first perhaps unknown."""
    if first <= ALWAYS:
        return "unknown"
    return f"{show(first)}/{show(last)}" if first < last else show(last)


def _stated(mandate: Act, claims: Sequence[Proposal]) -> dict[str, Any]:
    """The facts of a mandate: its purpose as tasks, its limit as the words of the term."""
    states: dict[str, Any] = dict.fromkeys(mandate.fixes, "unspecified")
    for claim in claims:
        if claim.type == "purpose" and "tasks" in states:
            states["tasks"] = [claim.span.text]
        if claim.type == "limit" and "term" in states:
            states["term"] = {"value": "unspecified", "words": claim.span.text}
    return states


def _basis(text: Text, mandate: Act, told: Told) -> list[str]:
    """Articles that the decision names, where the charter's act may rest on them."""
    named = [
        f"{one.get('treaty', letter)} {one.get('article')}"
        for one in told.get("basis", [])
        for letter in {name.partition(" ")[0] for name in mandate.art}
    ]
    return [name for name in mandate.art if name in text.articles and name in named]


def _mandate(case: Case) -> tuple[Charter, Act] | None:
    """The act that sets up a mandate, and its charter; the first that has one."""
    for charter in case.charters.values():
        for act in _acts(_text(case, charter)):
            if act.mandate:
                return charter, act
    return None


def _opened(case: Case, charter: Charter, mandate: Act) -> Entry | None:
    """The last entry whose first act opened a matter of the mandate's kind."""
    for entry in reversed(case.entries):
        acts = entry.body.get("acts") if entry.kind == "act" else None
        first = acts[0] if isinstance(acts, list) and acts else {}
        is_opening = first.get("under") == charter.id and "matter" not in first
        if is_opening and str(first["act"]).startswith(f"{mandate.kind}."):
            return entry
    return None


def _text(case: Case, charter: Charter) -> Text:
    return charter.on(day_of(case.last_entered, charter.zone))


def _acts(text: Text) -> Iterator[Act]:
    return (forms[""] for forms in text.acts.values())


DRAFTS: Mapping[str, Callable[[Case, Sequence[Proposal], Told], Made | None]] = {
    "request": _request,
    "session": _session,
    "decision": _decision,
}
"""Type of a proposal to what makes its draft act."""
