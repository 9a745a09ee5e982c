"""Loads as whole flights, and a complete schedule of them by hand: what CP-SAT starts from."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.movement_dispatch import orders
from peyman.force.problem import Load, Tail, due, weight
from peyman.force.solve.dispatching.board import Board, Put
from peyman.force.solve.network import Network


@dataclass(frozen=True, slots=True)
class Job:
    """So many pieces of a load, which go on one flight."""

    load: Load
    pieces: int


@dataclass(frozen=True, slots=True)
class Going:
    """A job in a schedule: its tail, when its ferry leaves and ends, when its loading begins."""

    tail: str
    ferried: int
    there: int
    start: int


def by_hand(network: Network, jobs: list[Job]) -> list[Going]:
    """A complete schedule: jobs in an order, each on the tail that brings it soonest.

    The best of the orders of the dispatch baselines; parking is not looked at.
    """
    loads = [one.load for one in jobs]
    place: dict[str, list[int]] = {}
    for k, one in enumerate(jobs):
        place.setdefault(one.load.id, []).append(k)
    whole = list({one.id: one for one in loads}.values())
    tried = [
        _in_order(network, jobs, [k for one in order for k in place[one.id]])
        for order in orders(network, whole)
    ]
    return min(tried, key=lambda pair: pair[0])[1]


def _in_order(
    network: Network, jobs: list[Job], order: list[int]
) -> tuple[int, list[Going]]:
    board, late, found = Board(network), 0, {}
    for k in order:
        load = jobs[k].load
        ways = [
            way
            for tail in network.problem.tails
            if network.most(tail.type, load, load.origin, load.destinations[0])
            >= jobs[k].pieces
            for way in _way(network, board, tail, load)
        ]
        unloaded, _, puts = min(ways, key=lambda way: way[:2])
        for put in puts:
            board.put(put)
        first, last = puts[0], puts[-1]
        there = first.ready if len(puts) > 1 else last.start
        found[k] = Going(last.tail, min(first.start, there), there, last.start)
        late += (
            max(0, unloaded - due(load))
            * jobs[k].pieces
            * load.piece_kg
            * weight(network.problem, load)
        )
    return late, [found[k] for k in range(len(jobs))]


def _way(
    network: Network, board: Board, tail: Tail, load: Load
) -> Iterator[tuple[int, str, list[Put]]]:
    """How a tail would bring a load, if it can: (unloaded, tail, ferry and flight)."""
    state, puts = board.state[tail.id], []
    if state.place != load.origin:
        ferry = network.ferries[tail.type, state.place, load.origin]
        start = board.earliest(tail.id, state, ferry, state.ready)
        if start is None:
            return
        puts.append(Put(tail.id, ferry, start))
        state = board.after(tail.id, state, ferry, start)
    trip = network.trips[tail.type, load.origin, load.destinations[0]]
    first = max(load.rld, load.ald, load.ead - trip.away_min)
    start = board.earliest(tail.id, state, trip, first)
    if start is not None:
        puts.append(Put(tail.id, trip, start))
        yield puts[-1].unloaded, tail.id, puts


def jobs_of(network: Network) -> Iterator[Job]:
    """Every load, cut where no aircraft carries it whole."""
    for load in network.problem.loads:
        most = max(
            network.most(kind.id, load, load.origin, load.destinations[0])
            for kind in network.fleet
        )
        left = load.pieces
        while left:
            yield Job(load, min(left, most))
            left -= min(left, most)


def alike(tails: list[Tail]) -> list[list[Tail]]:
    """Tails that begin at the same time and place, together."""
    found: dict[tuple[object, ...], list[Tail]] = {}
    for one in tails:
        found.setdefault(likeness(one), []).append(one)
    return list(found.values())


def likeness(tail: Tail) -> tuple[object, ...]:
    """What two tails have in common that can stand for each other."""
    return (tail.type, tail.base, tail.available_from)
