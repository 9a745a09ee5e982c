"""Offers: what each member puts at the disposal of the force, as its pledges tell it.

A pledge tells what its member said; an offer is what can be counted on for a plan. What a pledge
leaves out is taken from the package that it names, and what nothing tells stays unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import read_moment
from peyman.force.generation.packages import packages
from peyman.force.reports.told import Amount, Told, amount_of

GIVEN = ("offered", "honoured")
"""States of a pledge that can be counted on, if its member's consent is there."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One pledge as it was last told.

    Attributes:
        name: What it is called: its own name, else its member and what is pledged.
        entry: The entry that tells it last.
        capabilities: What it can do, each with how much; empty where nothing tells.
        not_for: Capabilities that a caveat rules out by name.
        ready: The first instant at which it may leave; None if none is told.
        expires: The first instant at which it no longer holds; None if none is told.
        origin: The place that it leaves from.
        lift: Aircraft that it brings, by type.
        consent: The entry of its member's national consent; None where none is here.
        asks_consent: Whether the charter asks for one.
        assumed: Fields whose figure nobody told, filled in for the plan alone.
    """

    name: str
    entry: str
    member: str
    what: str
    state: str
    people: Amount
    vehicles: Amount
    tonnes: int | None
    outsize: int
    capabilities: Mapping[str, int]
    caveats: tuple[str, ...]
    not_for: tuple[str, ...]
    ready: int | None
    expires: int | None
    origin: str | None
    lift: Mapping[str, int]
    consent: str | None
    asks_consent: bool
    assumed: tuple[str, ...] = ()

    @property
    def lacks_consent(self) -> bool:
        """Whether it waits for a consent: what is already honoured waits no more."""
        return self.asks_consent and self.consent is None and self.state == "offered"


def offers(
    told: Sequence[Told],
    zone: str,
    consents: Mapping[str, str | None] | None = None,
) -> tuple[Offer, ...]:
    """Every offer, by member; a pledge that is told again stands as it was told last.

    Args:
        told: The pledges, in the order of the record.
        zone: Whose days are meant where a pledge names one.
        consents: Member to the entry of its consent, None where it is missing; a member
            that is not named is asked for none.
    """
    asked = consents or {}
    last: dict[str, Offer] = {}
    for one in told:
        offer = _offer(one, zone, asked)
        last[offer.name] = offer
    return tuple(sorted(last.values(), key=lambda one: (one.member, one.name)))


def _offer(told: Told, zone: str, consents: Mapping[str, str | None]) -> Offer:
    body: Mapping[str, Any] = told.body
    member = body["member"]
    ready, expires = (body.get(field) for field in ("ready", "expires"))
    package = packages().get(body.get("package", ""))
    by_package = {package.capability: package.quantity} if package else {}
    return Offer(
        name=body.get("pledge") or f"{member}: {body['what']}",
        entry=told.entry,
        member=member,
        what=body["what"],
        state=body["state"],
        people=_amount(body, "people", package.people if package else None),
        vehicles=_amount(body, "vehicles", package.vehicles if package else None),
        tonnes=body.get("tonnes", package.tonnes if package else None),
        outsize=body.get("outsize", package.outsize if package else 0),
        capabilities=_folded(body.get("capabilities", by_package)),
        caveats=tuple(body["caveats"]),
        not_for=tuple(one.casefold() for one in body.get("not_for", ())),
        ready=read_moment(ready, zone).lo if ready else None,
        expires=read_moment(expires, zone).hi if expires else None,
        origin=body.get("from"),
        lift=dict(body.get("lift", {})),
        consent=consents.get(member),
        asks_consent=member in consents,
    )


def _amount(body: Mapping[str, Any], name: str, otherwise: int | None) -> Amount:
    return amount_of(body, name) if name in body else Amount(otherwise, otherwise)


def _folded(amounts: Mapping[str, int]) -> dict[str, int]:
    return {name.casefold(): count for name, count in amounts.items()}
