"""From routes of jobs to a plan: what CP-SAT found, as the checker reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.movement_jobs import Job
from peyman.force.checking import values
from peyman.force.plan import Flight, Objective, Part, Plan
from peyman.force.solve.dispatching.board import Board, Put
from peyman.force.solve.network import Network
from peyman.force.strict import digest


@dataclass(frozen=True, slots=True)
class Stop:
    """A job on a tail's route: when its ferry leaves, when its loading begins, what rides along."""

    job: int
    ferried: int
    start: int
    riders: tuple[int, ...] = ()


def plan_of(
    network: Network, jobs: Sequence[Job], routes: Mapping[str, Sequence[Stop]]
) -> Plan:
    """The plan, with its values as the checker reckons them; tails go home at the end."""
    puts = [
        put
        for tail, stops in routes.items()
        for put in _row(network, jobs, tail, stops)
    ]
    board = Board(network)
    for one in sorted(puts, key=lambda one: one.start):
        board.put(one)
    puts += _homeward(network, board)
    puts.sort(key=lambda one: (one.start, one.tail))
    flights = tuple(
        replace(_flight(one), serial=f"F{i:05}") for i, one in enumerate(puts, 1)
    )
    plan = Plan(digest(network.problem), flights, (), (), (), "CP-SAT")
    found = values(network.problem, plan)
    told = tuple(Objective(name, value, 0) for name, value in found.items())
    return replace(plan, objectives=told)


def _row(
    network: Network, jobs: Sequence[Job], name: str, stops: Sequence[Stop]
) -> Iterator[Put]:
    tail = network.tails[name]
    place = tail.base
    for stop in stops:
        load = jobs[stop.job].load
        trip = network.trips[tail.type, load.origin, load.destinations[0]]
        if place != trip.origin:
            ferry = network.ferries[tail.type, place, trip.origin]
            yield Put(name, ferry, stop.ferried)
        carried = (stop.job, *stop.riders)
        parts = tuple((jobs[k].load.id, jobs[k].pieces) for k in carried)
        yield Put(name, trip, stop.start, parts)
        place = trip.destination


def _homeward(network: Network, board: Board) -> list[Put]:
    """Home after the last job, from where few may park."""
    found = []
    for name, state in sorted(board.state.items(), key=lambda pair: pair[1].ready):
        tail = network.tails[name]
        ferry = network.ferries.get((tail.type, state.place, tail.base))
        if ferry is None or network.airfields[state.place].parking_mog is None:
            continue
        start = board.earliest(name, state, ferry, state.ready)
        if start is not None:
            found.append(Put(name, ferry, start))
            board.put(found[-1])
    return found


def _flight(one: Put) -> Flight:
    depart = one.start + one.trip.load_min
    ends = (one.trip.origin, one.trip.destination)
    times = (one.start, depart, one.arrive, one.unloaded, one.ready)
    parts = tuple(Part(*part) for part in one.parts)
    return Flight("", one.tail, *ends, *times, parts)
