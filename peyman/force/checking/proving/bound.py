"""Reckon again what a certificate proves: from prices to a bound, in whole numbers.

Every tail is offered the prices and takes its cheapest itinerary; what the tails cannot
win back of the prices of all loads and stands is a bound for every plan. Any prices prove
some bound, so this module never has to trust them. docs/force.md, "The bound", has the proof.

All numbers are int64 and stay far below its end: prices are cut to what they can mean.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from peyman.force.checking.movable import movable
from peyman.force.checking.proving.earnings import Offer, full_flight
from peyman.force.checking.proving.itineraries import (
    NEVER,
    Action,
    Crew,
    Ints,
    OnDuty,
    cheapest,
    cheapest_on_duty,
)
from peyman.force.checking.proving.limits import (
    DEAREST_PIECE,
    SCALE,
    dearest_flight,
    heaviest,
    is_reckonable,
)
from peyman.force.checking.proving.roads import (
    least_by_road,
    longest_at_borders,
    soonest_by_road,
)
from peyman.force.checking.proving.sharing.loads import SharedLoads, shared_loads
from peyman.force.checking.proving.sharing.tails import Rules, Start
from peyman.force.checking.proving.sharing.together import least_shared
from peyman.force.checking.proving.sharing.ways import Piece, Way, with_others
from peyman.force.checking.proving.spared import most_spared
from peyman.force.checking.proving.stands import Stands
from peyman.force.checking.proving.tolls.covers import Covers
from peyman.force.checking.proving.tolls.ties import ties_of
from peyman.force.checking.terms import (
    Terms,
    block_min,
    march_min,
    most_by_air,
    most_by_land,
    payload_kg,
)
from peyman.force.plan import Prices
from peyman.force.problem import AircraftType, Load, Route, Tail, due, weight


def proven(
    terms: Terms,
    prices: Prices,
    duties: Mapping[str, tuple[int, int]] | None = None,
    undelivered: int | None = None,
) -> int:
    """The bound that the prices prove; 0 at least, which needs no proof.

    Of `closure` it is the minute before which the movement cannot be over, the horizon at most: what is
    left behind that can be moved counts as unloaded then. Of `undelivered` it is what counts of loads that can be moved.

    Args:
        terms: The problem.
        prices: The certificate.
        duties: Of a tail whose crew has worked already: the minute at which its duty ends, and
            that at which it is rested if it does nothing more. Others are rested.
        undelivered: Of `lift`, the bound is that of plans which leave behind no more than this of loads
            that can be moved; None for those that leave nothing.
    """
    if prices.objective not in SCALE or not is_reckonable(terms, prices):
        return 0
    reckoning = _Reckoning(terms, prices, duties or {})
    total = reckoning.total()
    if total is not None and prices.objective == "lift" and undelivered is not None:
        total -= reckoning.spared(undelivered)
    if total is None or total <= 0:
        return 0
    if prices.objective == "closure":
        return min(prices.until + 1, terms.problem.horizon)
    return -(-total // SCALE[prices.objective])


class _Reckoning:
    """One certificate, reckoned.

    `until` ends what earns or costs; `span` ends the turn-rounds that come after it.
    """

    def __init__(
        self,
        terms: Terms,
        prices: Prices,
        duties: Mapping[str, tuple[int, int]],
    ) -> None:
        self.terms = terms
        self.duties = duties
        self.prices = prices
        self.until = prices.until
        turn = max((one.turn_min for one in terms.problem.types), default=0)
        self.span = min(terms.problem.horizon, self.until + turn)
        self.heaviest = max(1, heaviest(terms, prices))
        self.dearest = dearest_flight(terms)
        able = movable(terms)
        self.loads = [one for one in terms.problem.loads if one.id in able]
        self.going: dict[tuple[str, str], list[Load]] = {}
        self.shared = shared_loads(terms, prices.shared, able)
        self.ties = ties_of(terms, prices, able)
        together = self.shared.loads if self.shared else frozenset()
        self.covers = Covers(terms, prices, able - together)
        for one in self.loads:
            if one.id in together:
                continue
            for place in dict.fromkeys(one.destinations):
                self.going.setdefault((one.origin, place), []).append(one)
        self.price = {one.id: self._price(one) for one in self.loads}
        self.stands = Stands(terms, prices, self.span)
        self.places = self.stands.places

    def total(self) -> int | None:
        """Prices of loads, less prices of stands, plus the tails' cheapest itineraries."""
        roads = self._roads()
        if roads is None or not self._is_sound():
            return None
        told = frozenset(self.prices.shared)
        loads = roads + sum(
            self.price[one.id] * one.pieces for one in self.loads if one.id not in told
        )
        stands = self.stands.all_of_them()
        tails = 0
        for kind in self.terms.fleet:
            if self.shared and kind is self.shared.kind:
                together = self._together(self.shared)
                if together is None:
                    return None
                tails += together
                continue
            worth = self._worth(kind)
            if worth is None:
                return None
            for tail in self.terms.problem.tails:
                if tail.type == kind.id and tail.base in self.places:
                    tails += worth(tail)
        return loads + self.covers.sure() - self.ties.cost - stands + tails

    def _is_sound(self) -> bool:
        """Whether what is shared out and what needs whole flights are such loads, and no flight earns too much."""
        is_known = not self.prices.shared or self.shared is not None
        return is_known and self.covers.is_sound and self.covers.most() <= self.dearest

    def _roads(self) -> int | None:
        """The least that the convoys of all roads cost that are reckoned."""
        found = 0
        for route in self.terms.problem.routes:
            if route.id in self.prices.roads:
                rows = (list(self._by_road(route)), self.until, self.prices.grid_min)
                least = least_by_road(self.terms, route, *rows)
                if least is None:
                    return None
                found += least
        return found

    def _by_road(self, route: Route) -> Iterator[Offer]:
        """The loads that can go by a road; at borders a convoy may take any time, and so come later."""
        march = march_min(route, route.km)
        last = march + longest_at_borders(self.terms, route)
        times = (None if route.borders else march, march, min(last, self.until))
        for load in self.going.get((route.origin, route.destination), ()):
            most = most_by_land(route, load)
            if most:
                yield self._offer(load, most, times)

    def _offer(
        self, load: Load, most: int, times: tuple[int | None, int, int]
    ) -> Offer:
        """A load for one that fills with so many pieces.

        `times` are minutes from the beginning of its loading: to the landing, if that is known, and to when it is unloaded
        at the soonest and at the latest.
        """
        away, off, last = times
        first = max(load.rld, load.ald, 0 if away is None else load.ead - away, 0)
        slope = self._counts(load) if self.prices.objective == "lateness" else 0
        price, curves = self.price[load.id], self.ties.curves(load.id, off, last)
        return Offer(first, due(load), slope, price, most, load.pieces, curves)

    def _price(self, load: Load) -> int:
        """The price of a piece, cut to what leaving it costs, or sending it by land."""
        asked = max(0, self.prices.load.get(load.id, 0))
        leaving = self._leaving(load) - self.ties.stays(load.id)
        return min(asked, leaving, self._by_land(load))

    def _leaving(self, load: Load) -> int:
        if self.prices.objective in ("closure", "lift"):
            return min(DEAREST_PIECE, self.dearest * load.piece_kg // self.heaviest)
        if self.prices.objective == "undelivered":
            return SCALE["undelivered"] * self._counts(load)
        return self._late(load, self.until)

    def _counts(self, load: Load) -> int:
        """What a piece counts that is left behind."""
        return load.piece_kg * weight(self.terms.problem, load)

    def spared(self, undelivered: int) -> int:
        """What a plan may save of the prices that leaves so much behind."""
        rows = (
            (self.price[one.id], self._counts(one), one.pieces) for one in self.loads
        )
        return most_spared(rows, undelivered)

    def _late(self, load: Load, unloaded: int) -> int:
        return max(0, unloaded - due(load)) * self._counts(load)

    def _by_land(self, load: Load) -> int:
        """What it costs to send a piece by a road that is not reckoned, as soon as can be."""
        is_late = self.prices.objective == "lateness"
        return min(
            (
                self._late(load, at) * is_late - self.ties.earned(load.id, at)
                for at in soonest_by_road(self.terms, load, self.prices.roads)
                if at <= self.until
            ),
            default=NEVER,
        )

    def _worth(self, kind: AircraftType) -> Callable[[Tail], int] | None:
        """What gives the cheapest itinerary of each tail of a type.

        None where the grid is too coarse for the type: something takes no step at all.
        """
        grid = self.prices.grid_min
        actions = self._actions(kind)
        if any(one.steps == 0 for one in actions):
            return None
        began = max(1, self.prices.began_min // grid)
        crew = Crew(-(-kind.duty_min // grid), kind.rest_min // grid, began)
        steps = -(-self.span // grid) + 1
        value = cheapest(len(self.places), steps, actions, crew)

        def worth(tail: Tail) -> int:
            place, start = self.places.index(tail.base), tail.available_from // grid
            if tail.id not in self.duties:
                return int(value[place][min(start, len(value[place]) - 1)])
            ends, rested = self.duties[tail.id]
            left = max(0, -(-ends // grid) - start)
            there = OnDuty(place, start, left, max(rested // grid, start))
            return cheapest_on_duty(value, actions, crew, there)

        return worth

    def _actions(self, kind: AircraftType) -> list[Action]:
        found = []
        for i, origin in enumerate(self.places):
            for j, place in enumerate(self.places):
                km = self._can_fly(kind, origin, place)
                if km is not None:
                    for minutes, cost in self._flights(kind, origin, place, km):
                        steps = minutes // self.prices.grid_min
                        found.append(Action(i, j, steps, cost))
        return found

    def _can_fly(self, kind: AircraftType, origin: str, place: str) -> int | None:
        """How far it is, where a type can fly it."""
        km = self.terms.km.get((origin, place))
        if km is None or payload_kg(kind, km) is None:
            return None
        ends = (self.terms.airfields[origin], self.terms.airfields[place])
        return km if all(end.runway_m >= kind.runway_m for end in ends) else None

    def _together(self, shared: SharedLoads) -> int | None:
        """The least that all tails of a type pay together to share some loads out."""
        kind = shared.kind
        starts = Counter(
            (self.places.index(tail.base), tail.available_from)
            for tail in self.terms.problem.tails
            if tail.type == kind.id and tail.base in self.places
        )
        return least_shared(
            list(self._ways(shared)),
            [Start(*key, count) for key, count in sorted(starts.items())],
            Rules(kind.duty_min, kind.rest_min, self.until),
        )

    def _ways(self, shared: SharedLoads) -> Iterator[Way]:
        kind = shared.kind
        for i, origin in enumerate(self.places):
            for j, place in enumerate(self.places):
                km = self._can_fly(kind, origin, place)
                if km is None:
                    continue
                block = block_min(kind, km)
                ferry = self.stands.by_minute(origin, place, (0, block, kind.turn_min))
                yield Way(i, j, block + kind.turn_min, block, ferry, is_empty=True)
                away = kind.load_min + block
                ground = kind.unload_min + kind.turn_min
                stands = self.stands.by_minute(
                    origin, place, (kind.load_min, block, ground)
                )
                off, ends = away + kind.unload_min, (origin, place)
                earned = self._earned(kind, ends, np.arange(len(stands)) + off)
                stands = np.where(stands < NEVER, stands - earned, NEVER)
                way = Way(i, j, away + ground, off, stands, is_empty=False)
                going = shared.going.get(ends, ())
                if going:
                    pieces = tuple(self._piece(one, away) for one in going)
                    most = most_by_air(kind, going[0], km)
                    way = replace(way, most=most, pieces=pieces)
                offers = self._offers(kind, ends, km)
                yield with_others(way, offers, self.until)

    def _piece(self, load: Load, away: int) -> Piece:
        return Piece(
            max(load.rld, load.ald, load.ead - away, 0),
            due(load),
            self._counts(load),
            self.price[load.id],
            self._leaving(load),
            load.pieces,
        )

    def _flights(
        self, kind: AircraftType, origin: str, place: str, km: int
    ) -> list[tuple[int, Ints]]:
        """A ferry and, where something can be carried, a flight: minutes, cost by step."""
        block = block_min(kind, km)
        flown = block * SCALE["lift"] * (self.prices.objective == "lift")
        ferry = self.stands.by_step(origin, place, (0, block, kind.turn_min))
        found = [(block + kind.turn_min, np.minimum(flown + ferry, NEVER))]
        away = kind.load_min + block
        won = self._won(kind, (origin, place), km, away + kind.unload_min)
        if won is not None:
            ground = kind.unload_min + kind.turn_min
            stands = self.stands.by_step(origin, place, (kind.load_min, block, ground))
            cost = np.minimum(flown + stands + won, NEVER)
            found.append((away + ground, cost))
        return found

    def _offers(
        self, kind: AircraftType, ends: tuple[str, str], km: int, early: int = 0
    ) -> list[Offer]:
        """The loads that one leg of a type can carry; they pay for whole flights as of so long before a step ends."""
        away = kind.load_min + block_min(kind, km)
        off = away + kind.unload_min
        offers, times = [], (away, off, off)
        for load in self.going.get(ends, ()):
            most = most_by_air(kind, load, km)
            if most:
                offer = self._offer(load, most, times)
                tolls = self.covers.curves(load.id, offer.price, off - early)
                offers.append(replace(offer, curves=(*offer.curves, *tolls)))
        return offers

    def _won(
        self, kind: AircraftType, ends: tuple[str, str], km: int, off_min: int
    ) -> Ints | None:
        """By step of the start: the cost, less the price, of the best full aircraft, and what it earns by flying.

        None if it can carry nothing. No more than one slot of the covers ends inside a step, so that what is paid and
        earned for whole flights is what it is at the beginning of the step or at its end.
        """
        grid = self.prices.grid_min
        start = np.arange(-(-self.span // grid) + 1) * grid
        off, won = start + off_min, None
        for early in {0, grid - 1} if self.prices.covers else {0}:
            offers = self._offers(kind, ends, km, early)
            if not offers:
                return None
            best = full_flight(offers, start, grid, off_min)
            best[off > self.until] = 0
            then = np.minimum(off + grid - 1 - early, np.maximum(off, self.until))
            best -= self._earned(kind, ends, then)
            won = best if won is None else np.minimum(won, best)
        return won

    def _earned(self, kind: AircraftType, ends: tuple[str, str], off: Ints) -> Ints:
        """What a flight earns for the loads that it could carry, whatever it carries, by when it is unloaded."""
        going = self.going.get(ends, ())
        return self.covers.of_flight(kind, self.terms.km[ends], going, off)
