"""Whether a certificate means something, and all its sums stay below the end of int64."""

from typing import Final

from peyman.force.checking.terms import Terms, block_min
from peyman.force.plan import Prices
from peyman.force.problem import due

SCALE: Final = {"undelivered": 1000, "lateness": 1, "closure": 1000, "lift": 1000}
"""Of what each objective's prices are the parts: a thousandth of a minute flown, or of a weighted kilogram."""
DEAREST_STAND: Final = 10**11
DEAREST_PIECE: Final = 10**12
_ENDED: Final = ("lateness", "closure")
"""Of these, what comes after the end of the reckoning may count as if it never came."""
_LARGEST: Final = 1 << 50
_LARGEST_SUM: Final = 1 << 61


def is_reckonable(terms: Terms, prices: Prices) -> bool:
    """Whether the end of the reckoning means something, and all sums stay below int64."""
    problem = terms.problem
    earliest = min((due(one) for one in problem.loads), default=0)
    latest = problem.horizon - min(0, earliest)
    dearest = max(problem.weights) * max(latest, SCALE["undelivered"])
    dearest *= heaviest(terms, prices)
    ends = prices.until == problem.horizon or prices.objective in _ENDED
    # What is shared out pays for being late, whatever the objective.
    if prices.shared and prices.objective != "lateness":
        return False
    # In a step that is longer nothing can be told apart.
    if not ends or not prices.grid_min <= prices.until <= problem.horizon:
        return False
    if dearest >= _LARGEST:
        return False
    return dearest * _flights(terms) < _LARGEST_SUM


def heaviest(terms: Terms, prices: Prices) -> int:
    """What an aircraft carries at most, or a convoy on a road that is reckoned."""
    problem = terms.problem
    return max(
        (
            *(kg for one in problem.types for _, kg in one.payload),
            *(one.payload_kg for one in problem.routes if one.id in prices.roads),
        ),
        default=0,
    )


def dearest_flight(terms: Terms) -> int:
    """What a flight may win at most, so that all flights of a tail together do not win too much."""
    return min(_LARGEST, _LARGEST_SUM // _flights(terms))


def _flights(terms: Terms) -> int:
    """No tail flies more often."""
    shortest = min(
        (
            block_min(kind, one.km) + kind.turn_min
            for kind in terms.fleet
            for one in terms.problem.legs
        ),
        default=1,
    )
    return max(1, terms.problem.horizon // max(1, shortest))
