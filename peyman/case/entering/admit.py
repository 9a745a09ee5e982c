"""Who may enter what: the questions asked at the one door before anything is appended.

Refused is what is malformed, names what does not exist, or is signed for an office that the
signer does not hold. What a charter finds wrong with an act is no refusal: it is entered
with its findings. Source: docs/record.md, sections 1 to 4.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from peyman.case.doings import doings_of, read_during
from peyman.case.entering.acts import check_acts, check_ballot, check_correct
from peyman.case.entering.bodies import check_body
from peyman.case.entering.proposals import proposal_name
from peyman.case.model import Case, Entry
from peyman.case.names import check_actor, check_kind, check_places, refuse, unknown
from peyman.charter.moment import read_instant, read_moment, show, zone_of
from peyman.charter.order import in_order
from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Payload
from peyman.saying import say

FORGOTTEN = frozenset({"note"})
"""Kinds of which no charter, no tally and no board asks more than that they were entered."""

_TWO_CLOCKS = "docs/record.md, section 4: two clocks"


def admit(case: Case, entry: Entry) -> None:
    """Ask of an entry all that can be asked before it is appended to its case.

    Raises:
        PeymanError: With what is wrong, by which authority, and what to do next.
    """
    question(case, entry, case.by_commitment())
    if entry.kind in ("act", "correct"):
        check_order(replace(case, entries=(*case.entries, entry)))


def question(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Ask of an entry all that can be asked without folding the case.

    Args:
        case: The case; in a partial one nothing is concluded from absence.
        entry: The entry.
        known: Commitment to entry, of those that the entry may name.

    Raises:
        PeymanError: As for `admit`.
    """
    check_body(entry.kind, entry.body)
    _time(entry)
    if not case.is_partial:
        _cites(entry, known)
    _named_is_cited(entry)
    check = _CHECKS.get(entry.kind)
    if check is not None:
        check(case, entry, known)
    _performed_when(entry)


def asks_nothing_more(zone: str, payload: Payload, entered: str) -> bool:
    """Whether an entry is one whose words no reading asks, and `question` finds it sound.

    False says nothing. Only of a note that cites nothing can this be told without its case.

    Args:
        zone: Of the case.
        payload: What the entry says.
        entered: When the record had it, `…Z`.
    """
    if payload.kind not in FORGOTTEN or payload.cites:
        return False
    try:
        check_body(payload.kind, payload.body)
        zone_of(payload.zone or zone)
        said, at = _said(payload.at, payload.zone or zone), _instant(entered)
    except PeymanError:
        return False
    is_when = payload.known_as != "performed" or at <= max(said.lo, said.hi - 1)
    return said.lo <= at and is_when


# Many entries of a case are of one second, or of one day.
_instant = lru_cache(maxsize=1024)(read_instant)
_said = lru_cache(maxsize=1024)(read_moment)


def check_order(case: Case) -> None:
    """Ask whether the acts of a case can be put in the order of law.

    Raises:
        PeymanError: If times and citations contradict each other.
    """
    for name in case.charters:
        in_order(doings_of(case, name, (*case.registers.get(name, ()), *case.entries)))


def _time(entry: Entry) -> None:
    zone_of(entry.zone)
    if entry.at.lo > entry.entered:
        raise refuse(
            say(
                "The entry says {words}, which is after it is entered, {at}.",
                words=entry.stated_at,
                at=show(entry.entered),
            ),
            _TWO_CLOCKS,
            say("Correct `at`; what is planned is stated in the body, not in `at`."),
        )


def _performed_when(entry: Entry) -> None:
    if entry.known_as == "performed":
        said = read_moment(entry.stated_at, entry.zone)
        if not said.lo <= entry.entered <= max(said.lo, said.hi - 1):
            raise refuse(
                say(
                    "A performed entry says {words}, and is performed when it is entered, {at}.",
                    words=entry.stated_at,
                    at=show(entry.entered),
                ),
                _TWO_CLOCKS,
                say(
                    "Leave `at` out, or enter it as documented or reported. If another"
                    " machine signed it, set its clock right, and sign it again there."
                ),
            )


def _cites(entry: Entry, known: Mapping[str, Entry]) -> None:
    for commitment in entry.cites:
        if commitment not in known:
            raise refuse(
                say(
                    "The entry cites {words}…, which is not in this record.",
                    words=commitment[:16],
                ),
                say("docs/record.md, section 1: each citation is an earlier leaf"),
                say(
                    "Cite an entry that `peyman show` lists, or enter its source first."
                ),
            )


def _named_is_cited(entry: Entry) -> None:
    for field, named in _named(entry):
        if named not in entry.cites:
            raise refuse(
                say(
                    "The entry names {words}… as its {field_code} and does not cite it.",
                    words=named[:16],
                    field_code=field,
                ),
                say("docs/record.md, section 1: what a body names is cited"),
                say(
                    "Add it to `cites`; a {field_code} given by its label is cited by itself.",
                    field_code=field,
                ),
            )


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every entry that a body names, each with the word that names it."""
    for field in ("source", "claim", "entry", "successor", "revises"):
        named = entry.body.get(field)
        if isinstance(named, str):
            yield field, named
    if entry.kind == "status":
        yield from (("claim", str(one)) for one in _list(entry.body["claims"]))
    for told in (entry.body, *_list(entry.body.get("acts"))):
        if "matter" in told:
            yield "matter", str(told["matter"]).partition("/")[0]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _claim(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    source = known.get(str(entry.body["source"]))
    if source is None and case.is_partial:
        return
    if source is None or source.kind != "source":
        raise refuse(
            say("The claim names a source that is not in this record."),
            say("docs/record.md, section 3: a claim cites the source entry"),
            say("Enter the source first, and cite its entry."),
        )
    _span(case, source, entry.body.get("span"))
    _proposal(source, entry)
    check_places(entry.body.get("places"))
    facility = entry.body.get("facility")
    check_places([facility["place"]] if isinstance(facility, Mapping) else None)
    office = entry.body.get("office")
    for actor in office.values() if isinstance(office, Mapping) else ():
        check_actor(case, str(actor))
    grounds = entry.body.get("grounds")
    for ground in grounds if isinstance(grounds, Mapping) else ():
        charter_id, _, name = str(ground).partition("/")
        charter = case.charters.get(charter_id)
        names = {n for t in charter.versions for n in t.grounds} if charter else set()
        if name not in names:
            raise unknown("ground", str(ground), names, charter_id)


def _span(case: Case, source: Entry, span: object) -> None:
    text = case.texts.get(source.commitment)
    if not isinstance(span, Mapping) or text is None:
        return
    if text[span["start"] : span["end"]] != span["text"]:
        raise refuse(
            say(
                "Characters {n} to {end_n} of {entry} do not say {words}.",
                n=span["start"],
                end_n=span["end"],
                entry=source.name,
                words=repr(str(span["text"])[:40]),
            ),
            say(
                "docs/record.md, section 3: a span is the exact characters of its source"
            ),
            say("Count code points from 0, end exclusive, over the whole text."),
        )


def _proposal(source: Entry, entry: Entry) -> None:
    """A proposal's name is that of its own source, characters and type."""
    said, span = entry.body.get("proposal"), entry.body.get("span")
    if said is None:
        return
    kind = str(entry.body.get("type", ""))
    known = isinstance(span, Mapping) and proposal_name(
        source.commitment, span["start"], span["end"], kind
    )
    if said != known:
        raise refuse(
            say(
                "The claim says that it accepts the proposal {words}, and is not it.",
                words=str(said)[:16],
            ),
            say("docs/record.md, section 6: what a proposal is called"),
            say("Leave `proposal` out, or accept it with `peyman accept`."),
        )


def _grade(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    check_kind(case, known, str(entry.body["claim"]), "claim")


def _status(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    check_places([entry.body["place"]])
    claims = entry.body["claims"]
    for claim in claims if isinstance(claims, list) else ():
        check_kind(case, known, str(claim), "claim")


def _stands(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Where a force, a measure or a need is: in a place that is known."""
    named = [entry.body.get(field) for field in ("place", "at_place", "from", "to")]
    check_places([place for place in named if place is not None])


def _measure(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """A measure is told of anybody: a government that no charter names takes them too."""
    check_places(entry.body.get("where"))


def _hold(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    check_actor(case, str(entry.body["office"]))
    check_actor(case, str(entry.body["holder"]))
    read_during(str(entry.body["during"]), entry.zone)


_CHECKS = {
    "act": check_acts,
    "claim": _claim,
    "grade": _grade,
    "status": _status,
    "ballot": check_ballot,
    "measure": _measure,
    "requirement": _stands,
    "pledge": _stands,
    "serial": _stands,
    "strength": _stands,
    "hold": _hold,
    "correct": check_correct,
}
