"""Apply a charter to doings, one after the other, with the clock between them.

`fold` is the whole of it: order the doings, let time do what falls due, judge each doing
by the text of its day, and give what passes its effect. Nothing here reads a clock: the
moment up to which it folds is an argument.

Source: docs/charter-language.md, sections 6 and 7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from peyman.charter.doing import Doing, Finding, Hold, Verdict
from peyman.charter.effect import apply, late_letter, run_out
from peyman.charter.judge import Bench, is_void, judge
from peyman.charter.model import Act, Charter, Text
from peyman.charter.moment import Moment, day_of
from peyman.charter.order import BY_TIME, Order, in_order
from peyman.charter.state import Clock, Matter, State


def fold(
    charter: Charter,
    doings: Sequence[Doing],
    until: int,
    *,
    holds: Sequence[Hold] = (),
    turned: frozenset[str] = frozenset(),
) -> State:
    """Apply `charter` to doings, up to a moment.

    Args:
        charter: The law, in all its versions.
        doings: In the order of the record, those of the register first.
        until: Seconds since 1970. A doing that may have happened by then counts.
        holds: Who held which office, from the register.
        turned: Names of contested entries to be read the other way.

    Raises:
        PeymanError: If a doing cites another that surely happened after it.
    """
    order = in_order([doing for doing in doings if doing.at.lo <= until])
    state = State(now=until, text=charter.on(day_of(until, charter.zone)))
    fold = _Fold(charter, state, order, tuple(holds), turned)
    for place, doing in enumerate(order.doings):
        fold.time_passes(doing.at.lo)
        fold.take(place, doing)
    fold.time_passes(until + 1)
    return state


class _Fold:
    """One run over the doings; its `state` is what has come of it so far."""

    def __init__(
        self,
        charter: Charter,
        state: State,
        order: Order,
        holds: tuple[Hold, ...],
        turned: frozenset[str],
    ) -> None:
        self.charter = charter
        self.state = state
        self.order = order
        self.holds = holds
        self.turned = turned

    def time_passes(self, before: int) -> None:
        """Let every clock run out that falls due before an instant, in order of day."""
        while due := self._next_clock(before):
            matter, clock = due
            cause = day_of(clock.cause.doing.at.lo, self.charter.zone)
            run_out(self._bench(self.charter.on(cause), BY_TIME), matter, clock)
            self._ripen_by_time(before)
        self._ripen_by_time(before)

    def _next_clock(self, before: int) -> tuple[Matter, Clock] | None:
        running = [
            (clock.due.latest, clock.cause.doing.id, matter, clock)
            for matter in self.state.matters.values()
            for clock in matter.clocks
            if clock.due.latest < before
        ]
        if not running:
            return None
        return min(running, key=lambda one: one[:2])[2:]

    def take(self, place: int, doing: Doing) -> None:
        """Judge a doing, and give it its effect."""
        text = self.charter.on(day_of(doing.at.lo, self.charter.zone))
        bench = self._bench(text, place)
        act = text.act(doing.act, doing.form)
        matter = self.state.matters.get(doing.matter or "")
        missing = _missing(bench, doing, act, matter)
        if act is None or missing is not None:
            gone = missing or _no_provision(bench, doing)
            self.state.verdicts.append(Verdict(doing, (gone,), False, doing.matter))
            return
        found = judge(bench, doing, act, matter)
        found += self._other_text(bench, doing, act, matter, is_void(act, found))
        known = late_letter(matter, act, doing) if matter else None
        if known is not None:
            found.append(bench.finding("entered too late", known, *act.art))
        counts = not is_void(act, found) and self._counts(
            doing, known is not None, found
        )
        if counts:
            found += self._give_effect(bench, doing, act, matter)
        name = doing.matter or doing.opens_as or doing.id
        self.state.verdicts.append(Verdict(doing, tuple(found), counts, name))

    def _bench(self, text: Text, place: int) -> Bench:
        return Bench(self.charter, text, self.state, self.order, place, self.holds)

    def _counts(self, doing: Doing, is_late: bool, found: list[Finding]) -> bool:
        """The base reading counts what is contested, save what comes too late to undo."""
        contested = Verdict(doing, tuple(found), True, None).is_contested
        turned = contested and doing.entry in self.turned
        return turned if is_late else not turned

    def _give_effect(
        self, bench: Bench, doing: Doing, act: Act, matter: Matter | None
    ) -> Iterator[Finding]:
        if act.opens:
            subject = doing.subject or doing.member or _own_member(doing)
            name = doing.opens_as or doing.id
            matter = Matter(name, act.kind, subject, doing, act.art)
            self.state.matters[matter.id] = matter
        if matter is None:
            return
        if doing.ripens is not None:
            matter.waiting.append((doing, act, bench.place))
            return
        yield from apply(bench, doing, act, matter)
        self._ripen_by_act(bench, matter, act)

    def _ripen_by_act(self, bench: Bench, matter: Matter, done: Act) -> None:
        for waiting in list(matter.waiting):
            doing, act, place = waiting
            if doing.unless and done.name == _full(doing, doing.unless):
                matter.waiting.remove(waiting)
            elif done.name == _full(doing, str(doing.ripens)):
                matter.waiting.remove(waiting)
                self._ripen(doing, act, place, bench.order.doings[bench.place].at)

    def _ripen_by_time(self, before: int) -> None:
        for matter in list(self.state.matters.values()):
            for waiting in list(matter.waiting):
                doing, act, place = waiting
                if isinstance(doing.ripens, int) and doing.ripens < before:
                    matter.waiting.remove(waiting)
                    self._ripen(doing, act, place, Moment(doing.ripens, doing.ripens))

    def _ripen(self, doing: Doing, act: Act, place: int, at: Moment) -> None:
        """From now on it has effect, by the text of the day on which it was adopted."""
        text = self.charter.on(day_of(doing.at.lo, self.charter.zone))
        matter = self.state.matters[doing.matter or doing.opens_as or doing.id]
        ripe = replace(doing, at=at)
        list(apply(self._bench(text, place), ripe, act, matter))

    def _other_text(
        self, bench: Bench, doing: Doing, act: Act, matter: Matter | None, void: bool
    ) -> list[Finding]:
        """Judge again by the text of the last day on which it may have been done."""
        zone = self.charter.zone
        later = self.charter.on(day_of(max(doing.at.lo, doing.at.hi - 1), zone))
        if later is not bench.text:
            other = later.act(doing.act, doing.form)
            there = self._bench(later, bench.place)
            if other is None or void != is_void(
                other, judge(there, doing, other, matter)
            ):
                why = f"the text changed on {later.since}, within the time of this act"
                return [bench.finding("version unsure", why, *act.art)]
        return list(_unsure(bench, doing, act))


def _unsure(bench: Bench, doing: Doing, act: Act) -> Iterator[Finding]:
    zone = bench.charter.zone
    first, last = day_of(doing.at.lo, zone), day_of(doing.at.hi, zone)
    touched = {act.name, f"rules.{act.decide}"}
    touched |= {f"offices.{(doing.by or '').partition('/')[2]}"}
    touched |= {f"grounds.{name}" for name in doing.grounds}
    touched |= {f"articles.{name}" for name in doing.basis or act.art}
    for change in bench.charter.unsure:
        if change.table in touched and first <= change.last and last >= change.first:
            days = f"between {change.first} and {change.last}"
            text = f"{change.table} changed on a day {days} that is not known"
            yield bench.finding("version unsure", text, *act.art)


def _missing(
    bench: Bench, doing: Doing, act: Act | None, matter: Matter | None
) -> Finding | None:
    if act is None:
        return _no_provision(bench, doing)
    if act.opens and doing.matter is None:
        return None
    if matter is None or matter.kind != act.kind:
        text = f"there is no matter {doing.matter or 'named'} of the kind {act.kind}"
        return bench.finding("no such matter", text, *act.art)
    return None


def _no_provision(bench: Bench, doing: Doing) -> Finding:
    day = day_of(doing.at.lo, bench.charter.zone)
    text = f"no provision of {bench.charter.id} on {day} knows the act {doing.act}"
    return bench.finding("no provision", text)


def _own_member(doing: Doing) -> str | None:
    return doing.by if doing.by and "/" not in doing.by else None


def _full(doing: Doing, name: str) -> str:
    return name if "." in name else f"{doing.act.partition('.')[0]}.{name}"
