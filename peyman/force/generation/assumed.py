"""Fill in what pledges leave out, each figure a sentence that says it was assumed.

The record stays as it was told: these figures live in a plan alone. A number for the whole force
is shared out: what is left of it, when every member with a number has its own, is the strength of
the one member that gave none. Where two gave none nothing is shared out, and both stay unknown.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from peyman.force.generation.offers import GIVEN, Offer
from peyman.force.reports.strength import gap
from peyman.force.reports.told import Amount
from peyman.saying import Said, say

_FILE = Path(__file__).with_name("assumed.toml")


@cache
def assumed() -> dict[str, int]:
    """The figures that a plan takes where nobody tells one, by name."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def filled(
    offers: Sequence[Offer], force: Amount
) -> tuple[tuple[Offer, ...], tuple[Said, ...]]:
    """The offers with people, vehicles and tonnes, and what was assumed for it.

    Args:
        offers: As the record tells them.
        force: The strength of the whole force, as far as it is known.
    """
    said: list[Said] = []
    companies = [_company(one, said) for one in offers]
    peopled = _rest(companies, force, said)
    return tuple(_loaded(one, said) for one in peopled), tuple(said)


def _company(offer: Offer, said: list[Said]) -> Offer:
    if offer.people.low is not None or "company" not in offer.what.casefold():
        return offer
    people = assumed()["company_people"]
    said.append(
        say(
            "{actor} pledges a company without a number: {people_n} people are assumed.",
            actor=offer.member,
            people_n=people,
        )
    )
    return _with_people(offer, people)


def _with_people(offer: Offer, people: int) -> Offer:
    assumed_now = (*offer.assumed, "people")
    return replace(offer, people=Amount(people, people), assumed=assumed_now)


def _rest(offers: Sequence[Offer], force: Amount, said: list[Said]) -> list[Offer]:
    """Give the one offer that has no number what the others leave of the whole."""
    given = [one for one in offers if one.state in GIVEN]
    silent = [one for one in given if one.people.low is None]
    if len(silent) != 1 or force.low is None:
        return list(offers)
    known = [one.people for one in given if one not in silent]
    left = max(gap(force, known).low or 0, 0)
    said.append(
        say(
            "{actor} gives no number: {left_n} people are assumed, what the others leave of"
            " the {force_n} of the whole force.",
            actor=silent[0].member,
            left_n=left,
            force_n=force.low,
        )
    )
    return [_with_people(one, left) if one is silent[0] else one for one in offers]


def _loaded(offer: Offer, said: list[Said]) -> Offer:
    people = offer.people.low
    if people is None:
        return offer
    vehicles, found = offer.vehicles.low, list(offer.assumed)
    if vehicles is None:
        vehicles = -(-people * assumed()["vehicles_per_100"] // 100)
        found.append("vehicles")
        said.append(
            say(
                "{actor} tells no vehicles: {vehicles_n} are assumed for {people_n} people.",
                actor=offer.member,
                vehicles_n=vehicles,
                people_n=people,
            )
        )
    tonnes = offer.tonnes
    if tonnes is None:
        of_people = -(-people * assumed()["kilograms_per_person"] // 1000)
        tonnes = vehicles * assumed()["tonnes_per_vehicle"] + of_people
        found.append("tonnes")
        said.append(
            say(
                "{actor} tells no weight: {tonnes_n} tonnes are assumed.",
                actor=offer.member,
                tonnes_n=tonnes,
            )
        )
    whole = Amount(vehicles, vehicles)
    return replace(offer, vehicles=whole, tonnes=tonnes, assumed=tuple(found))
