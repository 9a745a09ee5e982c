"""Which loads can be moved at all, each with everything else left out.

The checker's own answer, against which a plan's list of infeasible loads is held.
"""

from peyman.force.checking.terms import (
    Terms,
    block_min,
    march_min,
    most_by_air,
)
from peyman.force.problem import AircraftType, Load, is_contradictory


def movable(terms: Terms) -> frozenset[str]:
    """The loads that some tail or road can take, and that wait for no load that cannot go."""
    if terms.able is None:
        terms.able = frozenset(_settled(terms))
    return terms.able


def _settled(terms: Terms) -> set[str]:
    """Settle from the loads that wait for none, so that a circle never is."""
    waits: dict[str, int] = {}
    behind: dict[str, list[str]] = {}
    for name, load in terms.loads.items():
        if _alone(terms, load):
            waits[name] = len(set(load.after))
            for other in set(load.after):
                behind.setdefault(other, []).append(name)
    ready = [name for name, count in waits.items() if count == 0]
    settled: set[str] = set()
    while ready:
        name = ready.pop()
        settled.add(name)
        for other in behind.get(name, ()):
            waits[other] -= 1
            if waits[other] == 0:
                ready.append(other)
    return settled


def _alone(terms: Terms, load: Load) -> bool:
    if is_contradictory(terms.problem, load):
        return False
    return _by_land(terms, load) or any(
        _by_air(terms, load, kind, place)
        for kind in terms.fleet
        for place in load.destinations
    )


def _by_land(terms: Terms, load: Load) -> bool:
    ready = max(load.rld, load.ald)
    return any(
        all(terms.borders[name].open for name, _ in route.borders)
        and max(ready + march_min(route, route.km), load.ead) <= terms.problem.horizon
        for route in terms.roads(load)
    )


def _by_air(terms: Terms, load: Load, kind: AircraftType, place: str) -> bool:
    ends = (load.origin, place)
    km = terms.km.get(ends)
    if km is None or most_by_air(kind, load, km) == 0:
        return False
    if any(terms.airfields[end].runway_m < kind.runway_m for end in ends):
        return False
    if any(terms.airfields[end].working_mog == 0 for end in ends):
        return False
    ready = max(load.rld, load.ald)
    return first_start(terms, load, (kind, place, km), ready) is not None


def first_start(
    terms: Terms, load: Load, flight: tuple[AircraftType, str, int], ready: int
) -> int | None:
    """The first minute from `ready` on at which a flight with a load may begin; None if there is none.

    An open window at one end has to meet one at the other, a flight apart.

    Args:
        terms: The problem.
        load: The load; its EAD counts, its readiness does not.
        flight: The type, where it goes, and how far that is.
        ready: The minute before which loading does not begin.
    """
    kind, place, km = flight
    away = kind.load_min + block_min(kind, km)
    ground = kind.unload_min + kind.turn_min
    first = max(ready, load.ead - away)
    here, there = terms.open[load.origin], terms.open[place]
    i = j = 0
    while i < len(here) and j < len(there):
        lo, hi = here[i][0], here[i][1] - kind.load_min
        opens, closes = there[j][0] - away, there[j][1] - ground - away
        start = max(lo, opens, first)
        if start <= min(hi, closes):
            return start
        # Of two windows the one that ends first meets none of the others that follow.
        if hi <= closes:
            i += 1
        else:
            j += 1
    return None
