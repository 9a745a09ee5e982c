"""Who may enter an act, a ballot or a correction, and what such an entry may name.

Source: docs/record.md, sections 1 and 3.
"""

import re
from collections.abc import Iterator, Mapping

from peyman.case.model import Case, Entry
from peyman.case.names import (
    Body,
    check_actor,
    check_matter,
    check_names_of_law,
    refuse,
    unknown,
)
from peyman.charter.model import Charter
from peyman.charter.moment import after_span, is_span, read_instant, read_moment, show
from peyman.saying import say

_LAST = read_instant("2999-12-31T00:00Z")
_SPAN = re.compile(r"[0-9]+ (hour|day|working day|week|month|year)s?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T\S*)?(/\S*)?")
_SECTION_1 = "docs/record.md, section 1: only the office that acts signs its act"


def check_acts(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Ask of an act entry who signs it, and whether what it names is there.

    Raises:
        PeymanError: With what is wrong.
    """
    acts = entry.body["acts"]
    for act in acts if isinstance(acts, list) else ():
        if entry.known_as == "performed":
            _performed(case, entry, act)
        charter = case.charters.get(str(act["under"]))
        if charter is None:
            raise unknown("charter", str(act["under"]), case.charters, "this case")
        if act["act"] not in charter.names:
            raise unknown("act", str(act["act"]), charter.names, charter.id)
        if "matter" in act and _always_opens(charter, str(act["act"])):
            raise refuse(
                say(
                    "{words} opens a matter, and names {other_words}….",
                    words=act["act"],
                    other_words=str(act["matter"])[:16],
                ),
                say("docs/charter-language.md, section 2: `opens`"),
                say("Leave `matter` out, or do another act in that matter."),
            )
        check_matter(case, str(act.get("matter", "")), known)
        check_names_of_law(charter, act)
        for actor in _actors(act):
            check_actor(case, actor)
        for fact, value in _facts(act):
            _reckon(charter, entry, fact, value)


def _performed(case: Case, entry: Entry, act: Body) -> None:
    if act.get("by") != entry.signer:
        raise refuse(
            say(
                "{actor} signs an act that {other_actor} performs.",
                actor=entry.signer,
                other_actor=act.get("by"),
            ),
            _SECTION_1,
            say("Sign as that office, or enter the act as documented or reported."),
        )
    if "ballots" in act and not case.is_reconstructed:
        raise refuse(
            say(
                "{actor} performs {words} and lists its ballots itself.",
                actor=entry.signer,
                words=act["act"],
            ),
            say(
                "docs/record.md, section 3: an act gathers the ballots that were entered"
            ),
            say(
                "Leave `ballots` out: each member enters its own ballot before the act."
            ),
        )


def _always_opens(charter: Charter, name: str) -> bool:
    known = [text.act(name) for text in charter.versions]
    return all(act.opens is True for act in known if act is not None)


def _actors(act: Body) -> list[str]:
    to = act.get("to", [])
    addressees = to if isinstance(to, list) else [to]
    named = [act.get("by"), act.get("holder"), act.get("announced_by"), *addressees]
    return [str(one) for one in named if one is not None]


def _facts(act: Body) -> Iterator[tuple[str, str]]:
    states = act.get("states")
    for fact, said in states.items() if isinstance(states, Mapping) else ():
        value = said.get("value") if isinstance(said, Mapping) else said
        if isinstance(value, str):
            yield fact, value


def _reckon(charter: Charter, entry: Entry, fact: str, value: str) -> None:
    """Refuse a term that looks like a span or a date and can never fall due."""
    if _DATE.fullmatch(value):
        read_moment(value, charter.zone)
    if not _SPAN.fullmatch(value):
        return
    start = entry.entered
    if not is_span(value) or after_span(start, value, charter.zone) > _LAST:
        raise refuse(
            say(
                "{code} = {value_words} from {at} ends beyond the calendar.",
                code=fact,
                value_words=repr(value),
                at=show(start),
            ),
            say("docs/charter-language.md, section 7: spans"),
            say("State a shorter span, of at most four digits, or a date."),
        )


def check_ballot(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Ask of a ballot who casts it, in which matter, on which act.

    Raises:
        PeymanError: With what is wrong.
    """
    member = str(entry.body["member"])
    own = (member, f"{member.lower()}/")
    is_own = entry.signer == own[0] or entry.signer.startswith(own[1])
    if entry.known_as == "performed" and not is_own:
        raise refuse(
            say(
                "{actor} signs a ballot that {other_actor} casts.",
                actor=entry.signer,
                other_actor=member,
            ),
            _SECTION_1,
            say(
                "Sign as {other_actor}, or enter the ballot as documented or reported.",
                other_actor=member,
            ),
        )
    matter = str(entry.body["matter"])
    check_matter(case, matter, known)
    commitment, _, n = matter.partition("/")
    opened = known.get(commitment)
    acts = opened.body.get("acts") if opened else None
    if not isinstance(acts, list):
        return
    act = acts[int(n) - 1]
    under = str(act.get("under")) if isinstance(act, Mapping) else ""
    charter = case.charters.get(under)
    if charter is None:
        return
    if entry.body["act"] not in charter.names:
        raise unknown("act", str(entry.body["act"]), charter.names, charter.id)
    check_names_of_law(charter, entry.body)


def check_correct(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Ask whether the office that entered an entry corrects it, and may.

    Raises:
        PeymanError: With what is wrong.
    """
    old = known.get(str(entry.body["entry"]))
    if old is None:
        return
    authority = say("docs/record.md, section 3: `correct`")
    if old.known_as == "performed" and old.kind == "act":
        remedy = say("Do the act that ends or takes it back, under the charter.")
        raise refuse(
            say("{entry} was performed and cannot be corrected.", entry=old.name),
            authority,
            remedy,
        )
    if old.signer != entry.signer:
        problem = say(
            "{entry} was entered by {actor}; only {actor} corrects it.",
            entry=old.name,
            actor=old.signer,
        )
        raise refuse(problem, authority, say("Dispute it by a note or a grade."))
