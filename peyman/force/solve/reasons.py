"""Why a load cannot be moved at all: the smallest set of reasons that bars every way.

A way is a type of aircraft to a destination, or a road. Each way is barred by one reason or
by several; the smallest set that bars them all is what somebody has to change.
"""

from collections.abc import Iterator
from itertools import combinations

from peyman.force.plan import Reason
from peyman.force.problem import AircraftType, Load, Route, is_contradictory
from peyman.force.solve.network import Network, fits, fits_route, march_min
from peyman.saying import say


def infeasible(network: Network) -> dict[str, tuple[Reason, ...]]:
    """The loads that cannot be moved, each with its reasons."""
    found: dict[str, tuple[Reason, ...]] = {}
    for load in network.loads.values():
        if reasons := _alone(network, load):
            found[load.id] = reasons
    waiting = {name: set(one.after) for name, one in network.loads.items()}
    free = {name for name in waiting if name not in found}
    going = _going({name: waiting[name] for name in free})
    for name in sorted(free - going):
        found[name] = (_waits(network.loads[name], going, waiting),)
    return found


def _going(waiting: dict[str, set[str]]) -> set[str]:
    """The loads that wait for none but those that go before them."""
    behind: dict[str, list[str]] = {}
    for name, others in waiting.items():
        for other in others:
            behind.setdefault(other, []).append(name)
    layer = [name for name, others in waiting.items() if not others]
    going: set[str] = set()
    while layer:
        going.update(layer)
        touched = {far for name in layer for far in behind.get(name, ())}
        layer = [name for name in touched if waiting[name] <= going]
    return going


def _waits(load: Load, going: set[str], waiting: dict[str, set[str]]) -> Reason:
    """A load that waits for itself, through others, or for one that cannot go."""
    reached: set[str] = set()
    ahead = set(load.after) - going
    while ahead:
        reached |= ahead
        ahead = {far for name in ahead for far in waiting[name]} - going - reached
    if load.id in reached:
        says = say(
            "{load_words} waits for {other_words}, which waits for it",
            load_words=load.id,
            other_words=sorted(set(load.after) - going)[0],
        )
        return Reason("circle", says)
    other = sorted(set(load.after) - going)[0]
    says = say(
        "{load_words} waits for {other_words}, which cannot be moved",
        load_words=load.id,
        other_words=other,
    )
    return Reason("after", says)


def _alone(network: Network, load: Load) -> tuple[Reason, ...]:
    if is_contradictory(network.problem, load):
        says = say(
            "{load_words} is required before it is ready",
            load_words=load.id,
        )
        return (Reason("dates", says),)
    ways = []
    for way in _ways(network, load):
        if not way:
            return ()
        ways.append(way)
    return _smallest(ways) or (_unconnected(load),)


def _unconnected(load: Load) -> Reason:
    says = say(
        "No aircraft and no road goes from {origin_words} to {place_words}",
        origin_words=load.origin,
        place_words=load.destinations,
    )
    return Reason("way", says)


def _smallest(ways: list[frozenset[Reason]]) -> tuple[Reason, ...]:
    """The fewest reasons of which every way has one."""
    every = sorted({one for way in ways for one in way}, key=lambda one: one.says)
    for size in range(1, len(every) + 1):
        for some in combinations(every, size):
            if all(way & set(some) for way in ways):
                return some
    return ()


def _ways(network: Network, load: Load) -> Iterator[frozenset[Reason]]:
    """For each way what bars it; an empty set for one that is free."""
    for route in network.roads(load):
        yield frozenset(_by_land(network, load, route))
    for place in load.destinations:
        if (load.origin, place) in network.km:
            for kind in network.fleet:
                yield frozenset(_by_air(network, load, kind, place))


def _by_land(network: Network, load: Load, route: Route) -> Iterator[Reason]:
    march = march_min(route)
    if fits_route(route, load) == 0:
        yield Reason(
            "carry",
            say(
                "No convoy on {route_words} carries a piece of {load_words}",
                route_words=route.id,
                load_words=load.id,
            ),
        )
    for border, _ in route.borders:
        if not network.borders[border].open:
            yield Reason("closed", say("{place_words} never opens", place_words=border))
    if max(max(load.rld, load.ald) + march, load.ead) > network.horizon:
        yield _too_late(load)


def _by_air(
    network: Network, load: Load, kind: AircraftType, place: str
) -> Iterator[Reason]:
    ends = (load.origin, place)
    if fits(kind, load, network.km[ends]) == 0:
        yield _carries(load)
    for end in ends:
        airfield = network.airfields[end]
        if airfield.runway_m < kind.runway_m:
            yield _runway(network, end, kind)
        if not network.open[end]:
            yield Reason("closed", say("{place_words} never opens", place_words=end))
        if airfield.working_mog == 0:
            yield Reason(
                "stands", say("{place_words} has no working stand", place_words=end)
            )
    trip = network.trips.get((kind.id, *ends))
    if trip and not _has_time(
        network, load, trip.load_min, (trip.away_min, trip.ground_min), place
    ):
        yield _too_late(load)


def _carries(load: Load) -> Reason:
    if load.outsize:
        says = say(
            "{load_words} is outsize: no aircraft of the fleet carries a piece of it, {n} kg, so far",
            load_words=load.id,
            n=load.piece_kg,
        )
    else:
        says = say(
            "{load_words}: no aircraft of the fleet carries a piece of it, {n} kg, so far",
            load_words=load.id,
            n=load.piece_kg,
        )
    return Reason("carry", says)


def _runway(network: Network, place: str, kind: AircraftType) -> Reason:
    length = network.airfields[place].runway_m
    shortest = min(one.runway_m for one in network.fleet)
    if length == 0:
        return Reason("runway", say("{place_words} has no runway", place_words=place))
    if length < shortest:
        says = say(
            "The runway of {place_words}, {n} m, is too short for every aircraft of the fleet",
            place_words=place,
            n=length,
        )
        return Reason("runway", says)
    says = say(
        "The runway of {place_words}, {n} m, is too short for a {type_words}",
        place_words=place,
        n=length,
        type_words=kind.id,
    )
    return Reason("runway", says)


def _too_late(load: Load) -> Reason:
    says = say(
        "{load_words} cannot arrive while its airfields are open and before planning ends",
        load_words=load.id,
    )
    return Reason("time", says)


def _has_time(
    network: Network, load: Load, load_min: int, rest: tuple[int, int], place: str
) -> bool:
    """Whether there is a minute at which the trip could begin."""
    away, ground = rest
    first = max(load.rld, load.ald, load.ead - away)
    # Of the last windows first: those are after what makes a load wait.
    out, back = list(network.open[load.origin]), list(network.open[place])
    while out and back:
        (lo, hi), (here, until) = out[-1], back[-1]
        last = min(hi - load_min, until - away - ground)
        if last < first:
            return False
        if max(lo, here - away) <= last:
            return True
        (out if lo > here - away else back).pop()
    return False
