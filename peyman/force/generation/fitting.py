"""Whether an offer fits a requirement line: how much of it, and what stands in the way.

A caveat is a sentence of its member's. It rules a line out where it names the line's capability
under `not_for`, or where every word of weight in it occurs in what the line asks for: "no dispersing of
rallies" rules out a line that disperses rallies, and not the guard of a power station. Whoever
knows better says so in `not_for`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peyman.force.generation.lines import Line
from peyman.force.generation.offers import GIVEN, Offer
from peyman.saying import say

_LIGHT = re.compile(
    "an?|and|any|at|be|by|for|from|i[ns]|it|no|none|not|of|on|or|the|to|with|without"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer, or the lack of one, leaves a line open.

    Attributes:
        code: withdrawn, stood_down, consent, expired, late, caveat, other, unknown, taken, gap.
        says: The reason as a sentence.
        entry: The entry on which it rests; empty where none does.
        quantity: How much of the line it would give if the reason fell away.
    """

    code: str
    says: str
    entry: str = ""
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """What an offer could give to a line.

    Attributes:
        quantity: How much of the line it could give, whatever stands in the way.
        against: What stands in the way; empty where nothing does.
        is_reckoned: Whether the quantity was reckoned from people and was not told.
    """

    line: Line
    offer: Offer
    quantity: int
    against: tuple[Reason, ...]
    is_reckoned: bool

    @property
    def usable(self) -> int:
        """How much of the line it can give."""
        return 0 if self.against else self.quantity


def fits(lines: Sequence[Line], offers: Sequence[Offer], at: int) -> tuple[Fit, ...]:
    """Every offer beside every line, at an instant."""
    return tuple(_fit(line, offer, at) for line in lines for offer in offers)


def rules_out(caveat: str, line: Line) -> bool:
    """Whether a caveat is about what a line asks for, by the words of both."""
    asked = " ".join((line.line, line.capability, line.task or ""))
    weighty = {one for one in _words(caveat) if not _LIGHT.fullmatch(one)}
    return bool(weighty) and weighty <= _words(asked)


def _words(text: str) -> set[str]:
    return {_one(word) for word in _WORD.findall(text.casefold())}


def _one(word: str) -> str:
    """The word for one of them: `facilities` and `facility` are the same."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _fit(line: Line, offer: Offer, at: int) -> Fit:
    could, is_reckoned = _could(line, offer)
    against = [*_state(offer), *_time(line, offer, at), *_caveats(line, offer)]
    if could == 0:
        against.append(_short(line, offer))
    sized = tuple(
        Reason(one.code, one.says, one.entry or offer.entry, could) for one in against
    )
    return Fit(line, offer, could, sized, is_reckoned)


def _could(line: Line, offer: Offer) -> tuple[int, bool]:
    if offer.capabilities:
        could = offer.capabilities.get(line.capability.casefold(), 0)
        return min(could, line.quantity), False
    people = offer.people.low
    if not line.people_each or people is None:
        return 0, False
    return min(people // line.people_each, line.quantity), True


def _short(line: Line, offer: Offer) -> Reason:
    if offer.capabilities:
        told = say(
            "{actor} pledges other things than {need_words}.",
            actor=offer.member,
            need_words=line.capability,
        )
        return Reason("other", told)
    if offer.people.low is None or not line.people_each:
        told = say(
            "How much of {need_words} the pledge of {actor} could give is not told.",
            need_words=line.capability,
            actor=offer.member,
        )
        return Reason("unknown", told)
    told = say(
        "{actor} pledges {people_n}, and one of {need_words} takes {each_n}.",
        actor=offer.member,
        people_n=offer.people.low,
        need_words=line.unit,
        each_n=line.people_each,
    )
    return Reason("unknown", told)


def _state(offer: Offer) -> list[Reason]:
    if offer.state == "withdrawn":
        told = say("The pledge of {actor} is withdrawn.", actor=offer.member)
    elif offer.state not in GIVEN:
        told = say("The pledge of {actor} is stood down.", actor=offer.member)
    elif offer.lacks_consent:
        told = say("The national consent of {actor} is not here.", actor=offer.member)
        return [Reason("consent", told)]
    else:
        return []
    return [Reason(offer.state, told)]


def _time(line: Line, offer: Offer, at: int) -> list[Reason]:
    if offer.expires is not None and offer.expires <= at:
        told = say("The pledge of {actor} has expired.", actor=offer.member)
        return [Reason("expired", told)]
    due = line.required_by
    if due is None or offer.ready is None or offer.ready < due:
        return []
    told = say(
        "{actor} is ready only when the line is already due.", actor=offer.member
    )
    return [Reason("late", told)]


def _caveats(line: Line, offer: Offer) -> list[Reason]:
    if line.capability.casefold() in offer.not_for:
        ruled = offer.caveats or (line.capability,)
    else:
        ruled = tuple(one for one in offer.caveats if rules_out(one, line))
    return [
        Reason(
            "caveat",
            say(
                "{actor} has a caveat: {caveat_words}.",
                actor=offer.member,
                caveat_words=one,
            ),
        )
        for one in ruled
    ]
