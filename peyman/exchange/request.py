"""What European civil protection asked of a transport request: seventeen items, answered.

The list is that of Commission Decision 2007/606/EC, Euratom, annex, part A, in our own words. That
decision was repealed in 2014; the list is used as a checklist of what a request must state, under
its name and date. What the record does not tell is marked, and never made up.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

SOURCE = "Commission Decision 2007/606/EC, Euratom of 8 August 2007, annex, part A"
NOT_KNOWN = "not known: to be filled in"


class Item(NamedTuple):
    """One item of the list: its number, what is asked, the answer, the entries behind it."""

    number: int
    asks: str
    answer: str
    entries: tuple[str, ...] = ()


ASKS = (
    "The disaster or emergency",
    "Messages of the coordination centre that are referred to",
    "The state or organisation that requests",
    "The final recipient of what is carried",
    "What is carried: items, weight, size, volume, floor space, packing, hazards, vehicles,"
    " staff, customs and health requirements",
    "How it meets the needs of the affected country",
    "Whether it could be procured and distributed there",
    "Why more transport is necessary",
    "How far the affected state has accepted it",
    "The route that is required",
    "The place of embarkation and its contact point",
    "The place of disembarkation and its contact point",
    "When it is ready, packed and prepared at the place of embarkation",
    "Whether it could be moved to another place of embarkation",
    "Additional information",
    "Possible contributions to the cost of transport",
    "Whether co-financing is requested",
)
"""What each item asks, in our own words, in its order."""


def request_of(plan: Mapping[str, Any], pledge: str, title: str) -> tuple[Item, ...]:
    """Answer the list for one pledge of a plan.

    Args:
        plan: As `peyman plan --json` prints it.
        pledge: The pledge's name.
        title: What the case is called.
    """
    offer = next(one for one in plan["offers"] if one["pledge"] == pledge)
    shares = [one for one in plan["assignment"] if one["pledge"] == pledge]
    own = {one["line"] for one in shares}
    lines = [one for one in plan["lines"] if one["line"] in own]
    told = {
        1: (title, ()),
        3: (offer["member"], (offer["entry"],)),
        4: ("; ".join(line["place"] for line in lines), ()),
        5: (_load(offer), (offer["entry"],)),
        6: (_needs(shares), tuple(line["entry"] for line in lines)),
        11: (offer["from"] or "", (offer["entry"],)),
        12: ("; ".join(dict.fromkeys(line["place"] for line in lines)), ()),
        13: (offer["ready"] or "", (offer["entry"],)),
        15: (_more(offer), _entries(offer)),
    }
    return tuple(
        _item(number, asks, *told.get(number, ("", ())))
        for number, asks in enumerate(ASKS, 1)
    )


def _item(number: int, asks: str, answer: str, entries: tuple[str, ...]) -> Item:
    return Item(number, asks, answer or NOT_KNOWN, entries if answer else ())


def _load(offer: Mapping[str, Any]) -> str:
    parts = [
        f"{offer[name]} {name}{' (assumed)' if name in offer['assumed'] else ''}"
        for name in ("people", "vehicles", "tonnes")
        if offer[name] is not None
    ]
    return ", ".join([offer["what"], *parts]) if parts else ""


def _needs(shares: list[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"{one['line']}: {one['quantity']} {one['unit']}" for one in shares
    )


def _more(offer: Mapping[str, Any]) -> str:
    consent = ["the sender's national consent is given"] if offer["consent"] else []
    return "; ".join([*consent, *(f"caveat: {one}" for one in offer["caveats"])])


def _entries(offer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (offer["entry"], offer["consent"])))
