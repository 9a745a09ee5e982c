"""Which loads a certificate may have shared out among the tails of one type."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from peyman.force.checking.proving.sharing.together import MOST_STATES
from peyman.force.checking.terms import Terms, most_by_air
from peyman.force.problem import AircraftType, Load


@dataclass(frozen=True, slots=True)
class SharedLoads:
    """The loads, the type that alone can carry them, and those that go each way."""

    kind: AircraftType
    loads: frozenset[str]
    going: dict[tuple[str, str], tuple[Load, ...]]


def shared_loads(
    terms: Terms, names: Sequence[str], able: Collection[str]
) -> SharedLoads | None:
    """The loads with these names; None if they are not such loads, or if there are none.

    Each goes to one place and nowhere by land, by one type for all of them; of
    those that go the same way as many pieces fill an aircraft.
    """
    kinds = {kind.id: kind for kind in terms.fleet}
    carriers = set[str]()
    going: dict[tuple[str, str], tuple[Load, ...]] = {}
    most: set[tuple[str, str, int]] = set()
    for name in sorted(set(names)):
        load = terms.loads.get(name)
        if load is None or name not in able or len(set(load.destinations)) != 1:
            return None
        ends = (load.origin, load.destinations[0])
        if any(terms.roads(load)):
            return None
        by_type = {
            kind.id: most_by_air(kind, load, terms.km[ends])
            for kind in terms.fleet
            if ends in terms.km
        }
        carriers |= {kind for kind, pieces in by_type.items() if pieces}
        most |= {(*ends, pieces) for pieces in by_type.values() if pieces}
        going[ends] = (*going.get(ends, ()), load)
    if any(_is_too_much(going[way[:2]], way[2]) for way in most):
        return None
    if len(carriers) != 1 or len(most) != len(going):
        return None
    return SharedLoads(kinds[carriers.pop()], frozenset(names), going)


def _is_too_much(loads: Sequence[Load], most: int) -> bool:
    """Whether they take so many flights that nobody would look at every way to share them out."""
    return sum(one.pieces for one in loads) > MOST_STATES * most
