"""How long the checker will reckon at a certificate, guessed from what it has to go through.

Whether a proof is over in time has to be known before it begins, for none is broken off. The guess is of a
machine like ours, and who asks corrects it by the proofs that were made.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from typing import Final

from peyman.force.plan import Prices
from peyman.force.problem import Load
from peyman.force.solve.network import Network, Trip

Ends = tuple[str, str]

_ANY_S: Final = 0.01
"""Of any certificate."""
_TRIP_S: Final = 150e-6
"""Of each trip: to look it up, and to begin to reckon with it."""
_MINUTE_S: Final = 20e-9
"""Of each trip and minute of its start."""
_STATE_S: Final = 0.7e-9
"""Of each trip, time, and beginning of a duty, which is what is compiled."""
_LOAD_S: Final = 10e-6
_ROAD_S: Final = 0.3e-6
_TAIL_S: Final = 5e-6
_OFFER_S: Final = 5e-6
"""Of each trip that a load can go on."""
_CHUNK: Final = 64
"""The checker looks for the loads that matter for so many steps at once."""
_CHUNK_S: Final = 200e-6
_LOOK_S: Final = 60e-9
"""Of each load that may go on a trip, for each look."""
_READING_S, _LONG_S = 0.5, 2.0
"""What is compiled is read once in each process; what that takes is little of a long proof."""
COMPILED: Final = "peyman.force.checking.proving.compiled"


class Sizes:
    """What there is to go through in one problem."""

    def __init__(self, network: Network) -> None:
        self.network = network
        problem = network.problem
        self._turn_min = max((one.turn_min for one in problem.types), default=0)
        self._by_type: dict[str, list[Trip]] = {}
        for one in network.trips.values():
            self._by_type.setdefault(one.type, []).append(one)
        self._going = _going(problem.loads)

    def proof_s(self, prices: Prices) -> float:
        """About how long the checker takes for a certificate, in seconds."""
        problem = self.network.problem
        won = _going(
            self.network.loads[name] for name, one in prices.load.items() if one > 0
        )
        loads = len(problem.loads) * (_LOAD_S + _ROAD_S * len(problem.routes))
        types = (self._type_s(one, prices, won) for one in self._by_type)
        return _ANY_S + loads + len(problem.tails) * _TAIL_S + sum(types)

    def _type_s(self, kind: str, prices: Prices, won: Counter[Ends]) -> float:
        trips = self._by_type[kind]
        flown = self.network.problem.horizon
        flown = min(flown, prices.until + self._turn_min)
        steps = flown // prices.grid_min + 1
        ends = [(one.origin, one.destination) for one in trips]
        offers = sum(self._going[one] for one in ends)
        served = sum(self._going[one] > 0 for one in ends)
        looked = sum(won[one] for one in ends)
        actions = len(trips) + served
        looks = (steps / _CHUNK + 1) * (served * _CHUNK_S + looked * _LOOK_S)
        states = actions * steps * self._at_once(kind, prices)
        return (
            actions * (_TRIP_S + flown * _MINUTE_S)
            + offers * _OFFER_S
            + looks
            + states * _STATE_S
        )

    def _at_once(self, kind: str, prices: Prices) -> float:
        """In how many states of its duty a crew is looked at in one step of time."""
        duty, rest = self.network.crew(kind)
        if not rest or duty >= prices.until:
            return 1.0
        began = max(1, prices.began_min // prices.grid_min)
        shortest = min(one.block_min for one in self._by_type[kind])
        apart = min(began, (shortest + rest) // prices.grid_min + 1)
        return (duty // prices.grid_min + 1 + apart) / apart


class Guesses:
    """How long proofs will take, by their sizes and by how long those took that were made."""

    def __init__(self, network: Network) -> None:
        self._sizes = Sizes(network)
        self._many = len(network.loads) / 2
        self._pace: dict[tuple[str, bool], float] = {}
        self._was_read = _is_read()

    def seconds(self, prices: Prices) -> float:
        """How long a proof will take."""
        guess = self._sizes.proof_s(prices)
        known = self._pace.get(self._kind(prices))
        if known is None:
            known = max(1.0, *self._pace.values(), 0.0)
        return known * guess + (not _is_read()) * _READING_S

    def took(self, prices: Prices, seconds: float) -> None:
        """Learn how long a proof took; where what is compiled was read in it, only if it is a long one."""
        guess = self._sizes.proof_s(prices)
        if self._was_read == _is_read() or guess > _LONG_S:
            self._pace[self._kind(prices)] = seconds / guess
        self._was_read = _is_read()

    def _kind(self, prices: Prices) -> tuple[str, bool]:
        """What proofs go at one pace: where few loads have a price, that of all takes several times as long.

        Not so of lateness, which looks at what each load costs whether it has a price or not.
        """
        is_any = prices.objective == "lateness"
        return prices.objective, is_any or len(prices.load) >= self._many


def _is_read() -> bool:
    """Whether this process has what the checker has compiled; it reads that when a proof first asks for it."""
    return COMPILED in sys.modules


def _going(loads: Iterable[Load]) -> Counter[Ends]:
    """How many loads may go each way."""
    found: Counter[Ends] = Counter()
    for load in loads:
        found.update((load.origin, place) for place in set(load.destinations))
    return found
