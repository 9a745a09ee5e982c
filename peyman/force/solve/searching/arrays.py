"""A problem and a schedule as the arrays that the compiled search works on, and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from peyman.force.problem import Load, due, weight
from peyman.force.solve.dispatching.assemble import lateness
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.compiled.flying import read
from peyman.force.solve.searching.compiled.marks import mark
from peyman.force.solve.searching.compiled.model import (
    COUNT,
    EAD,
    FERRY,
    FIRST,
    HEAD,
    HOME,
    LEAVES,
    MOST_TAILS,
    ORIGIN,
    PARTS,
    START,
    TASKS,
    THERE,
    Desk,
    Ints,
    Kept,
    Live,
)
from peyman.force.solve.searching.compiled.stands import park

_NOTHING: Final = 10
"""A piece that is left behind counts as so many times late until the horizon."""
_DEAREST: Final = 1 << 60
"""What a load may cost, so that it is one of the numbers of the search."""
_PARTS: Final = 6
"""So many parts a flight may have at least."""
_SPARE: Final = 4
"""So many tasks more than the longest route, and half of that, a route has room for."""
Legs = list[list[Put]]
"""A tail's flights, task by task: the ferries before it, and itself; the last has no task."""


def free_loads(network: Network, loads: Sequence[Load]) -> list[Load]:
    """The loads that are tied to no other, and be it one that cannot be moved."""
    tied = network.tied
    waited = {name for one in network.loads.values() for name in one.after}
    return [
        one
        for one in loads
        if one.unit not in tied and not one.after and one.id not in waited
    ]


def legs_of(puts: Iterable[Put], base: str) -> Legs | None:
    """Flights task by task; None where that is none of the ways in which the search flies.

    Before a task a tail may fly to its base, and then to where the task begins; in the end, to its base.
    """
    legs, leg = [], list[Put]()
    for put in puts:
        leg.append(put)
        if put.parts:
            legs.append(leg)
            leg = []
    to_base = [one[0].trip.destination == base for one in legs if len(one) > 2]
    home = [one.trip.destination == base for one in leg]
    is_known = all(len(one) < 4 for one in legs) and len(leg) < 2
    return [*legs, leg] if is_known and all(to_base + home) else None


class Window(NamedTuple):
    """When a load may go, and what it costs when it is late.

    Attributes:
        first: Before it nothing is loaded.
        lands: Before it nothing touches down.
        last: After it nothing is unloaded.
        due: After it unloading is late.
        rate: What a piece costs for each minute late.
    """

    first: int
    lands: int
    last: int
    due: int
    rate: int


NONE: Final[Mapping[str, Window]] = {}
"""No load that waits for others, or is waited for, may be moved."""


def window_of(network: Network, load: Load) -> Window:
    """That of a load by itself."""
    rate = load.piece_kg * weight(network.problem, load)
    first = max(load.rld, load.ald)
    return Window(first, load.ead, network.horizon, due(load), rate)


class Arrays:
    """One problem and one schedule of it, in numbers.

    Attributes:
        world: The problem.
        live: The schedule, as the compiled search changes it.
        old, best: Room for the routes before a step, and those of the best schedule.
        desk: Room to work in.
        is_any_free: Whether there is a load that may be moved.
    """

    def __init__(
        self,
        network: Network,
        loads: Sequence[Load],
        dispatch: Dispatch,
        windows: Mapping[str, Window] = NONE,
    ) -> None:
        """Write them down.

        Args:
            network: The problem.
            loads: Those that can be moved.
            dispatch: The schedule.
            windows: Of loads that wait for each other, for which that is to be free all the same.
        """
        self.network = network
        self.windows = windows
        self.places = list(network.airfields)
        self.place = {name: i for i, name in enumerate(self.places)}
        self.loads = [network.loads[name] for name in dispatch.left]
        self.number = {one.id: i for i, one in enumerate(self.loads)}
        self.tails = list(network.tails)
        self.flown: dict[str, list[Put]] = {name: [] for name in self.tails}
        for put in sorted(dispatch.board.puts, key=lambda one: one.start):
            self.flown[put.tail].append(put)
        free = {one.id for one in free_loads(network, loads)} | windows.keys()
        self.is_any_free = bool(free)
        self.routes = dict(self._routes(free))
        widths = [len(put.parts) for puts in self.flown.values() for put in puts]
        self.parts = max([_PARTS, *widths])
        self.wide = max([1, *(len(one.destinations) for one in self.loads)])
        self.world = self._world(free)
        self.live = self._live(dispatch)
        self.old, self.best = self._kept(), self._kept()
        self.desk = self._desk()

    def _routes(self, free: set[str]) -> Iterator[tuple[str, Legs]]:
        """Of the tails that carry nothing that is tied, and fly as the search does."""
        for name, puts in self.flown.items():
            legs = legs_of(puts, self.network.tails[name].base)
            if legs and {part for put in puts for part, _ in put.parts} <= free:
                yield name, legs

    def _world(self, free: set[str]) -> Ints:
        """The problem as one array: a head, and one table after the other (`compiled/model.py`)."""
        network, place = self.network, self.place
        fleet, tails = network.fleet, network.tails.values()
        kinds = {one.id: i for i, one in enumerate(fleet)}
        fields = network.airfields.values()
        opened = [network.open[name] for name in self.places]
        end = network.horizon
        wholes = [self._whole(one) for one in self.loads]
        unit = self._unit(wholes)
        tables = [
            _ints(
                (
                    place[one.base],
                    kinds[one.type],
                    end
                    if one.available_until is None
                    else min(one.available_until, end),
                )
                for one in tails
            ),
            _ints(
                (
                    one.load_min,
                    one.unload_min,
                    one.turn_min,
                    one.duty_min,
                    one.rest_min,
                )
                for one in fleet
            ),
            _ints(
                (
                    one.working_mog,
                    -1 if one.parking_mog is None else one.parking_mog,
                    len(network.open[one.id]),
                )
                for one in fields
            ),
            _padded(opened, (0, 0)),
            self._block(kinds),
            _ints(
                self._load(one, free, unit, whole)
                for one, whole in zip(self.loads, wholes, strict=True)
            ),
            _padded([self._ends(one) for one in self.loads], (-1,) * (1 + len(fleet))),
        ]
        sizes = (
            len(place),
            len(fleet),
            max([1, *map(len, opened)]),
            self.wide,
            self.parts,
            end,
        )
        at = np.cumsum([HEAD, *(one.size for one in tables[:-1])])
        head = [*sizes, *at.tolist()]
        return np.concatenate([_ints(head), *(one.ravel() for one in tables)])

    def _unit(self, wholes: Sequence[int]) -> int:
        """In how much costs are counted: 1, but for loads whose costs are no numbers of the search."""
        pairs = zip(self.loads, wholes, strict=True)
        return (
            1 + max((one.pieces * whole for one, whole in pairs), default=0) // _DEAREST
        )

    def _whole(self, load: Load) -> int:
        """What a piece costs that is left behind."""
        late = lateness(self.network, load.id, self.network.horizon)
        return _NOTHING * (load.piece_kg * self.network.horizon + late)

    def _load(
        self, load: Load, free: set[str], unit: int, whole: int
    ) -> tuple[int, ...]:
        window = self._window(load)
        return (
            self.place.get(load.origin, -1),
            window.first,
            window.lands,
            window.due,
            window.rate // unit,
            whole // unit,
            int(load.id in free),
            window.last,
        )

    def _window(self, load: Load) -> Window:
        return self.windows.get(load.id) or window_of(self.network, load)

    def _block(self, kinds: dict[str, int]) -> Ints:
        size = len(self.places)
        block = np.full((len(kinds), size, size), -1, dtype=np.int64)
        for (kind, origin, there), trip in self.network.trips.items():
            ends = self.place[origin], self.place[there]
            block[(kinds[kind], *ends)] = trip.block_min
        return block

    def _ends(self, load: Load) -> list[tuple[int, ...]]:
        """Its destinations that are airfields, each with the pieces that fill each type to there."""
        network = self.network
        return [
            (
                self.place[place],
                *(
                    network.most(kind.id, load, load.origin, place)
                    if (kind.id, load.origin, place) in network.trips
                    else 0
                    for kind in network.fleet
                ),
            )
            for place in dict.fromkeys(load.destinations)
            if place in self.place
        ]

    def _live(self, dispatch: Dispatch) -> Live:
        places, minutes = len(self.places), self.network.horizon + 1
        tails, wide = len(self.tails), PARTS + 2 * self.parts
        longest = max([1, *map(len, self.routes.values())])
        rows = np.zeros((tails, longest + longest // 2 + _SPARE, wide), dtype=np.int64)
        live = Live(
            stands=np.zeros((2, places, minutes), dtype=np.int16),
            fields=np.zeros((places, 2), dtype=np.int64),
            rows=rows,
            cost=np.zeros(rows.shape[:2]),
            ends=np.array([[0, -1]] * tails, dtype=np.int64).reshape(tails, 2),
            left=_ints(dispatch.left.values()),
            tails=_ints(i for i, name in enumerate(self.tails) if name in self.routes),
        )
        for tail, name in enumerate(self.tails):
            if name in self.routes:
                self._write(live, tail, self.routes[name])
                read(self.world, live, tail, self.network.tails[name].available_from)
                mark(self.world, live, tail, 0, 1)
            else:
                self._mark(live, name)
        return live

    def _write(self, live: Live, tail: int, legs: Legs) -> None:
        """Write down the tasks of a route, and when its flights begin."""
        *done, home = legs
        live.ends[tail, TASKS] = len(done)
        live.ends[tail, LEAVES] = home[0].start if home else -1
        for row, leg in zip(live.rows[tail], done, strict=False):
            put = leg[-1]
            row[HOME] = leg[0].start if len(leg) == 3 else -1
            row[FERRY] = leg[-2].start if len(leg) > 1 else -1
            row[START] = put.start
            row[ORIGIN] = self.place[put.trip.origin]
            row[THERE] = self.place[put.trip.destination]
            loads = [self.number[name] for name, _ in put.parts]
            each = [self._window(self.loads[one]) for one in loads]
            row[FIRST] = max(one.first for one in each)
            row[EAD] = max(one.lands for one in each)
            row[COUNT] = len(loads)
            for n, (load, (_, pieces)) in enumerate(zip(loads, put.parts, strict=True)):
                row[PARTS + n], row[PARTS + self.parts + n] = load, pieces

    def _mark(self, live: Live, name: str) -> None:
        """Let a tail that stays as it is take its stands."""
        one = self.network.tails[name]
        place, ready = one.base, one.available_from
        for put in self.flown[name]:
            self._stay(live, (place, one.base), ready, put.start)
            place, ready = put.trip.destination, put.ready
            loaded = put.start + put.trip.load_min
            live.stands[0, self.place[put.trip.origin], put.start : loaded] += 1
            live.stands[0, self.place[place], put.arrive : ready] += 1
        self._stay(live, (place, one.base), ready, -1)

    def _stay(self, live: Live, spot: tuple[str, str], since: int, until: int) -> None:
        place, base = spot
        if place != base:
            park(live, self.place[place], since, until, 1)

    def _kept(self) -> Kept:
        live = self.live
        return Kept(
            live.rows.copy(),
            live.cost.copy(),
            live.ends.copy(),
            live.left.copy(),
            np.zeros(len(live.ends), dtype=np.bool_),
        )

    def _desk(self) -> Desk:
        tails, long, wide = self.live.rows.shape
        most = 2 * self.wide * long * min(len(self.tails), MOST_TAILS) + 1
        names = max(tails, len(self.loads))
        return Desk(
            rows=np.zeros((long + 1, wide), dtype=np.int64),
            cost=np.zeros(long + 1),
            best=np.zeros((long + 1, wide), dtype=np.int64),
            best_cost=np.zeros(long + 1),
            hope=np.zeros(most),
            way=np.zeros((most, 5), dtype=np.int64),
            names=np.zeros(names, dtype=np.int64),
            key=np.zeros(names),
        )

    def puts(self, kept: Kept | Live) -> Iterator[Put]:
        """The flights of the routes that are kept, and of the tails that stay as they are."""
        for tail, name in enumerate(self.tails):
            if name in self.routes:
                yield from self._puts(kept, tail, name)
            else:
                yield from self.flown[name]

    def _puts(self, kept: Kept | Live, tail: int, name: str) -> Iterator[Put]:
        one, network = self.network.tails[name], self.network
        place, parts = one.base, self.parts
        for row in kept.rows[tail, : kept.ends[tail, TASKS]].tolist():
            origin, there = self.places[row[ORIGIN]], self.places[row[THERE]]
            for start, to in ((row[HOME], one.base), (row[FERRY], origin)):
                if start >= 0:
                    yield Put(name, network.ferries[one.type, place, to], start)
                    place = to
            count = row[COUNT]
            loads = (self.loads[i].id for i in row[PARTS : PARTS + count])
            pieces = row[PARTS + parts : PARTS + parts + count]
            trip = network.trips[one.type, origin, there]
            yield Put(name, trip, row[START], tuple(zip(loads, pieces, strict=True)))
            place = there
        home = int(kept.ends[tail, LEAVES])
        if home >= 0:
            yield Put(name, network.ferries[one.type, place, one.base], home)


def _ints(values: Iterable[int] | Iterable[tuple[int, ...]]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _padded(rows: Sequence[Sequence[tuple[int, ...]]], spare: tuple[int, ...]) -> Ints:
    """Rows of different lengths, filled up."""
    wide = max([1, *map(len, rows)])
    return _ints(cell for row in rows for cell in (*row, *[spare] * (wide - len(row))))
