"""The movement problem for CP-SAT, as well as we can put it: a baseline for our own planner.

One circuit a type of aircraft, in which every load that it could carry whole is an optional
node and every tail a way to begin; so tails are told apart by where and when they begin, and
tails that begin alike are only counted. Duty and rest stand at the nodes; stands, parking and
the fleet are cumulative. Its start is a complete schedule by hand.

Left out, and no matter in the families of `bench.instances`: closed windows, roads, several
destinations, unit integrity, `after`. Left out, and in favour of our planner: a load that fits one aircraft
goes whole, and shares a flight only with another whole one; after a job only the `NEAR` are
tried that come next in the schedule by hand (all arcs: sixteen thousand at 110 loads, and it
found nothing better in a minute). The only objective is weighted lateness, with everything
delivered. Its bound is therefore none of the problem, and is not reported.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import Final

from ortools.sat.python import cp_model

from bench.movement_jobs import alike, by_hand, jobs_of, likeness
from peyman.force.problem import Tail, due, weight
from peyman.force.solve.network import Network, Trip

NEAR: Final = 25
EARLIER_MIN: Final = 360


class Model:
    """The model, hinted with the schedule by hand."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.model = cp_model.CpModel()
        self.jobs = list(jobs_of(network))
        self.begun = by_hand(network, self.jobs)
        self.hinted = self._before()
        self.worked: dict[str, list[cp_model.IntervalVar]] = {
            name: [] for name in network.airfields
        }
        self.lit: dict[tuple[int, str], cp_model.IntVar] = {}
        self.arcs: dict[tuple[str, int | str, int], cp_model.IntVar] = {}
        self.last: dict[tuple[int, str], cp_model.IntVar] = {}
        self.flown: dict[tuple[int, str], cp_model.IntVar] = {}
        self.parked: dict[tuple[int, str], cp_model.IntVar] = {}
        self._times()
        for kind in network.fleet:
            self._circuit(kind.id)
        self._shared()
        self._stands()
        self._parking()
        self.unit = self._objective()
        self._hint()

    def _before(self) -> dict[int, int | str]:
        """What each job follows in the start: another job, or its tail's beginning."""
        found: dict[int, int | str] = {}
        rows: dict[str, list[int]] = {}
        for k, one in enumerate(self.begun):
            rows.setdefault(one.tail, []).append(k)
        for tail, row in rows.items():
            row.sort(key=lambda k: self.begun[k].start)
            found[row[0]] = tail
            found |= {k: j for j, k in pairwise(row)}
        return found

    def trip(self, kind: str, k: int) -> Trip:
        """The loaded flight of a job by a type."""
        load = self.jobs[k].load
        return self.network.trips[kind, load.origin, load.destinations[0]]

    def _times(self) -> None:
        """When ferries leave and end, when loading, duty and parking begin or end; the rest."""
        horizon, many = self.network.horizon, range(len(self.jobs))
        new = self.model.new_int_var

        def each(name: str) -> list[cp_model.IntVar]:
            return [new(0, horizon, f"{name}{k}") for k in many]

        self.ferried, self.there, self.began = each("g"), each("h"), each("b")
        self.unloaded, self.gone = each("u"), each("q")
        self.start = [
            new(max(one.load.rld, one.load.ald), horizon, f"s{k}")
            for k, one in enumerate(self.jobs)
        ]
        self.rests_before = [self.model.new_bool_var(f"rest, ferry {k}") for k in many]
        self.rests_after = [self.model.new_bool_var(f"ferry {k}, rest") for k in many]
        for k in many:
            self.model.add(self.began[k] <= self.start[k])
            self.model.add(self.began[k] <= self.ferried[k]).only_enforce_if(
                ~self.rests_after[k]
            )

    def _circuit(self, kind: str) -> None:
        """The routes of a type's tails over the jobs that it can carry whole."""
        network, model = self.network, self.model
        nodes = [
            k
            for k, one in enumerate(self.jobs)
            if network.most(kind, one.load, one.load.origin, one.load.destinations[0])
            >= one.pieces
        ]
        row = {k: i for i, k in enumerate(nodes, 1)}
        arcs: list[tuple[int, int, cp_model.LiteralT]] = []
        home: dict[int, list[cp_model.IntVar]] = {k: [] for k in nodes}
        for k in nodes:
            self.lit[k, kind] = x = model.new_bool_var(f"{k} by {kind}")
            arcs.append((row[k], row[k], ~x))
            self.last[k, kind] = end = model.new_bool_var(f"{k} last of {kind}")
            arcs.append((row[k], 0, end))
            trip = self.trip(kind, k)
            model.add(
                self.gone[k]
                >= self.start[k] + trip.whole_min + network.types[kind].rest_min
            ).only_enforce_if(end)
            self._node(kind, k, x)
        for j, k in self._pairs(nodes):
            arcs.append((row[j], row[k], self._follows(kind, j, k)))
        tails = [one for one in network.problem.tails if one.type == kind]
        for group in alike(tails):
            begins = [self._begins(group[0], k, home) for k in nodes]
            begins_at = [(row[k], one) for k, one in zip(nodes, begins, strict=True)]
            arcs += [(0, i, one) for i, one in begins_at if one is not None]
            model.add(sum(one for _, one in begins_at if one is not None) <= len(group))
        model.add_multiple_circuit(arcs)
        for k in nodes:
            self._ferry(kind, k, home[k])

    def _pairs(self, nodes: list[int]) -> Iterator[tuple[int, int]]:
        by_start = sorted(nodes, key=lambda k: self.begun[k].start)
        found = {(j, k) for k, j in self.hinted.items() if isinstance(j, int)}
        found = {pair for pair in found if set(pair) <= set(nodes)}
        for j in nodes:
            ready = self.begun[j].start - EARLIER_MIN
            later = [k for k in by_start if k != j and self.begun[k].start >= ready]
            found |= {(j, k) for k in later[:NEAR]}
        yield from sorted(found)

    def _node(self, kind: str, k: int, x: cp_model.IntVar) -> None:
        """A job by a type: its duty, its unloading, its stands."""
        model, trip, load = self.model, self.trip(kind, k), self.jobs[k].load
        start, limits = self.start[k], self.network.types[kind]
        model.add(
            start + trip.whole_min - self.began[k] <= limits.duty_min
        ).only_enforce_if(x)
        model.add(
            self.unloaded[k] == start + trip.away_min + trip.unload_min
        ).only_enforce_if(x)
        model.add(start + trip.away_min >= load.ead).only_enforce_if(x)
        model.add(start + trip.whole_min <= self.network.horizon).only_enforce_if(x)
        model.add(
            self.there[k] + limits.rest_min * self.rests_after[k] <= start
        ).only_enforce_if(x)
        for place, at, took in (
            (trip.origin, start, trip.load_min),
            (trip.destination, start + trip.away_min, trip.ground_min),
        ):
            self.worked[place].append(
                model.new_optional_fixed_size_interval_var(at, took, x, f"{k} {place}")
            )

    def _follows(self, kind: str, j: int, k: int) -> cp_model.IntVar:
        """A job after a job: what stands between them is a ferry, and perhaps a rest."""
        model, limits = self.model, self.network.types[kind]
        key = (kind, self.trip(kind, j).destination, self.trip(kind, k).origin)
        ferry = self.network.ferries[key].whole_min
        arc = model.new_bool_var(f"{j} then {k}")
        self.arcs[kind, j, k] = arc
        ready = self.start[j] + self.trip(kind, j).whole_min
        before, after = self.rests_before[k], self.rests_after[k]
        model.add(self.ferried[k] >= ready + limits.rest_min * before).only_enforce_if(
            arc
        )
        model.add(self.there[k] == self.ferried[k] + ferry).only_enforce_if(arc)
        model.add(self.began[k] <= self.began[j]).only_enforce_if(arc, ~before, ~after)
        model.add(self.there[k] - self.began[j] <= limits.duty_min).only_enforce_if(
            arc, ~before, after
        )
        if self._is_limited(key[1]):
            model.add(self.gone[j] >= self.ferried[k]).only_enforce_if(arc)
        return arc

    def _begins(
        self, tail: Tail, k: int, home: dict[int, list[cp_model.IntVar]]
    ) -> cp_model.IntVar | None:
        """A job as the first of a tail; None if it cannot get there."""
        model, origin = self.model, self.jobs[k].load.origin
        ferry = self.network.ferries.get((tail.type, tail.base, origin))
        if ferry is None and tail.base != origin:
            return None
        took = 0 if ferry is None else ferry.whole_min
        arc = model.new_bool_var(f"{tail.id} begins with {k}")
        self.arcs[tail.type, tail.id, k] = arc
        model.add(self.ferried[k] >= tail.available_from).only_enforce_if(arc)
        model.add(self.there[k] == self.ferried[k] + took).only_enforce_if(arc)
        model.add_implication(arc, ~self.rests_before[k])
        if not took:
            home[k].append(arc)
            model.add_implication(arc, ~self.rests_after[k])
        return arc

    def _ferry(self, kind: str, k: int, home: list[cp_model.IntVar]) -> None:
        """The stand on which a ferry is turned round where the job begins."""
        model, turn = self.model, self.network.types[kind].turn_min
        self.flown[k, kind] = flown = model.new_bool_var(f"ferry to {k} by {kind}")
        model.add(flown + sum(home) == self.lit[k, kind])
        self.worked[self.jobs[k].load.origin].append(
            model.new_optional_fixed_size_interval_var(
                self.there[k] - turn, turn, flown, f"{k} turned"
            )
        )

    def _shared(self) -> None:
        """Every job leads a flight, or rides on one of the same ends that has room for it."""
        model, rides = self.model, self._riders()
        for k in range(len(self.jobs)):
            leads = [self.lit[key] for key in self.lit if key[0] == k]
            mine = [one for (_, rider), one in rides.items() if rider == k]
            model.add_exactly_one(*leads, *mine)
        for (i, k), ride in rides.items():
            model.add(self.unloaded[k] == self.unloaded[i]).only_enforce_if(ride)
            one = self.jobs[k].load
            model.add(self.start[i] >= max(one.rld, one.ald)).only_enforce_if(ride)
        for (i, kind), x in self.lit.items():
            riders = {k: ride for (at, k), ride in rides.items() if at == i}
            if riders:
                # In millionths, rounded up: never more than fits.
                whole = sum(self._share(kind, k) * ride for k, ride in riders.items())
                model.add(whole <= 10**6 - self._share(kind, i)).only_enforce_if(x)
        for (i, _), ride in rides.items():
            leads = [x for (at, _), x in self.lit.items() if at == i]
            model.add(sum(leads) == 1).only_enforce_if(ride)
        self.rides = rides

    def _riders(self) -> dict[tuple[int, int], cp_model.IntVar]:
        found = {}
        for i, one in enumerate(self.jobs):
            for k, other in enumerate(self.jobs):
                ends = (one.load.origin, one.load.destinations)
                if i == k or ends != (other.load.origin, other.load.destinations):
                    continue
                if any(
                    self._share(kind, i) + self._share(kind, k) <= 10**6
                    for at, kind in self.lit
                    if at == i
                ):
                    found[i, k] = self.model.new_bool_var(f"{k} on {i}")
        return found

    def _share(self, kind: str, k: int) -> int:
        load = self.jobs[k].load
        most = self.network.most(kind, load, load.origin, load.destinations[0])
        return -(-(10**6) * self.jobs[k].pieces // most) if most else 2 * 10**6

    def _stands(self) -> None:
        for place, spans in self.worked.items():
            mog = self.network.airfields[place].working_mog
            self.model.add_cumulative(spans, [1] * len(spans), mog)
        for kind in self.network.fleet:
            spans = [
                self.model.new_optional_fixed_size_interval_var(
                    self.start[k], self.trip(kind.id, k).whole_min, x, f"{k} flown"
                )
                for (k, name), x in self.lit.items()
                if name == kind.id
            ]
            fleet = len(self.network.of_type[kind.id])
            self.model.add_cumulative(spans, [1] * len(spans), fleet)

    def _is_limited(self, place: str) -> bool:
        most = self.network.airfields[place].parking_mog
        return most is not None and most < len(self.network.tails)

    def _parking(self) -> None:
        """Stands for those that wait; a tail goes home after its last job and a rest."""
        spans: dict[str, list[cp_model.IntervalVar]] = {}
        horizon = self.network.horizon
        for (k, kind), x in self.lit.items():
            trip = self.trip(kind, k)
            if self._is_limited(trip.destination):
                took = self.model.new_int_var(0, horizon, f"{k} parked")
                self.parked[k, kind] = took
                ready = self.start[k] + trip.whole_min
                spans.setdefault(trip.destination, []).append(
                    self.model.new_optional_interval_var(
                        ready, took, self.gone[k], x, f"{k} stands"
                    )
                )
        for place, found in spans.items():
            most = self.network.airfields[place].parking_mog or 0
            self.model.add_cumulative(found, [1] * len(found), most)

    def _objective(self) -> int:
        """Weighted lateness, in a unit that keeps its numbers small; returns the unit."""
        problem = self.network.problem
        costs = [
            one.pieces * one.load.piece_kg * weight(problem, one.load)
            for one in self.jobs
        ]
        unit = reduce(gcd, costs)
        self.late = late = [
            self.model.new_int_var(0, problem.horizon, f"late {k}")
            for k in range(len(self.jobs))
        ]
        for k, one in enumerate(self.jobs):
            self.model.add(late[k] >= self.unloaded[k] - due(one.load))
        self.model.minimize(
            sum(cost // unit * one for cost, one in zip(costs, late, strict=True))
        )
        return unit

    def _hint(self) -> None:
        """The schedule by hand, every variable of it."""
        self._hint_arcs()
        rests = {kind.id: kind.rest_min for kind in self.network.fleet}
        leaves = {j: self.begun[k].ferried for k, j in self.hinted.items()}
        began: dict[int, int] = {}
        for k in sorted(range(len(self.jobs)), key=lambda k: self.begun[k].start):
            one, before = self.begun[k], self.hinted[k]
            kind = self.network.tails[one.tail].type
            trip = self.trip(kind, k)
            since = one.ferried
            if isinstance(before, int):
                since = self.begun[before].start + self.trip(kind, before).whole_min
            is_before = one.ferried - since >= rests[kind]
            is_after = one.start - one.there >= rests[kind]
            began[k] = one.start if is_after else one.ferried
            if isinstance(before, int) and not (is_before or is_after):
                began[k] = began[before]
            ready = one.start + trip.whole_min
            unloaded = one.start + trip.away_min + trip.unload_min
            gone = leaves.get(k, min(ready + rests[kind], self.network.horizon))
            for var, value in (
                (self.ferried[k], one.ferried),
                (self.there[k], one.there),
                (self.start[k], one.start),
                (self.began[k], began[k]),
                (self.unloaded[k], unloaded),
                (self.gone[k], gone),
                (self.late[k], max(0, unloaded - due(self.jobs[k].load))),
                (self.rests_before[k], is_before),
                (self.rests_after[k], is_after),
            ):
                self.model.add_hint(var, value)
            for (at, name), took in self.parked.items():
                if at == k:
                    self.model.add_hint(took, gone - ready if name == kind else 0)

    def _hint_arcs(self) -> None:
        for (kind, before, k), arc in self.arcs.items():
            first, one = self.hinted[k], self.network.tails[self.begun[k].tail]
            is_alike = isinstance(before, str) and (
                isinstance(first, str)
                and likeness(self.network.tails[before]) == likeness(one)
            )
            is_next = first == before and one.type == kind
            self.model.add_hint(arc, is_alike or is_next)
        followed = set(self.hinted.values())
        for (k, kind), x in self.lit.items():
            one = self.network.tails[self.begun[k].tail]
            is_it = one.type == kind
            is_home = isinstance(self.hinted[k], str) and (
                one.base == self.jobs[k].load.origin
            )
            self.model.add_hint(x, is_it)
            self.model.add_hint(self.last[k, kind], is_it and k not in followed)
            self.model.add_hint(self.flown[k, kind], is_it and not is_home)
        for ride in self.rides.values():
            self.model.add_hint(ride, value=False)
