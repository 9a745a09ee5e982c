"""Apply a charter to doings, one after the other, with the clock between them.

`fold` is the whole of it: order the doings, let time do what falls due, judge each doing
by the text of its day, and give what passes its effect. Nothing here reads a clock: the
moment up to which it folds is an argument.

Source: docs/charter-language.md, sections 6 and 7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from peyman.charter.doing import CONTESTED, Doing, Finding, Hold, Verdict
from peyman.charter.effects.effect import apply, is_done, is_ripe, late_letter, run_out
from peyman.charter.judging.bench import Bench
from peyman.charter.judging.judge import is_void, judge
from peyman.charter.judging.law import Found, law_on
from peyman.charter.model import Act, Charter
from peyman.charter.moment import Moment, day_of
from peyman.charter.order import BY_TIME, in_order
from peyman.charter.state import Clock, Matter, State
from peyman.saying import say


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
    law = law_on(charter, day_of(until, charter.zone))
    state = State(now=until, text=law.text)
    fold = _Fold(Bench(law, state, order, BY_TIME, tuple(holds)), turned)
    agenda = state.agenda
    for place, doing in enumerate(order.doings):
        if agenda and agenda[0][0] < doing.at.lo:
            fold.time_passes(doing.at.lo)
        if doing.is_plain and (fold.is_calm or fold.is_sure(doing)):
            fold.take(place, doing)
        else:
            fold.take_with_care(place, doing)
    if agenda:
        fold.time_passes(until + 1)
    return state


@dataclass(slots=True)
class _Hearing:
    """What the text of one day makes of a doing; no act where it knows none, or no matter.

    Attributes:
        matter: The matter in which it was done; a new one if it opens one.
        name: The id of the matter in which it has effect, if it has.
        counts: Whether it has effect by this text, contested or not.
        is_late: Whether time had done its part before it was entered.
    """

    bench: Bench
    act: Act | None
    matter: Matter | None
    found: Found
    name: str | None
    counts: bool
    is_late: bool = False

    @property
    def articles(self) -> tuple[str, ...]:
        """On what it may rest."""
        own = self.act.art if self.act else ()
        return own or (self.matter.articles if self.matter else ())


_verdict = partial(tuple.__new__, Verdict)
"""A verdict of its four parts; `Verdict(..)` says the same, and takes twice as long."""


class _Fold:
    """One run over the doings; its `state` is what has come of it so far.

    Attributes:
        is_calm: Whether each doing is surely of one law, and after those before it.
    """

    def __init__(self, bench: Bench, turned: frozenset[str]) -> None:
        self.charter = bench.charter
        self.state = bench.state
        self.turned = turned
        self._last = bench
        doings = bench.order.doings
        ends = (doings[0], doings[-1]) if doings else ()
        self.is_calm = (
            bench.order.is_plain and all(map(self.is_sure, ends)) and not turned
        )

    def is_sure(self, doing: Doing) -> bool:
        """Whether there is no doubt by which law it is judged, and in which reading."""
        law = self._last.law
        return (
            law.is_sure
            and law.first <= doing.law_at
            and doing.at.hi <= law.last
            and doing.entry not in self.turned
        )

    def time_passes(self, before: int) -> None:
        """Let time do what falls due before an instant, in order of day, then of cause."""
        while due := self.state.next_due(before):
            matter, what = due
            if isinstance(what, Clock):
                cause = what.cause.doing.law_at
                run_out(self._bench(cause, BY_TIME), matter, what)
                continue
            doing, act, _ = what
            matter.waiting.remove(what)
            ripe = Moment(int(doing.ripens or 0), int(doing.ripens or 0))
            apply(self._bench(doing.law_at, BY_TIME), doing, act, matter, ripe)

    def take(self, place: int, doing: Doing) -> None:
        """Judge a doing by the text of its day, and give it its effect.

        Of most there is no doubt when and by which law they were done; `take_with_care`
        is for all, and comes to the same.
        """
        bench, state = self._last, self.state
        bench.place = place
        act = bench.law.acts.get(doing.act)
        matter = state.matters.get(doing.matter or "")
        if act is not None and doing.matter is None and act.opens is True:
            matter = _opened(doing, act, None)
        if (
            matter is None
            or act is None
            or matter.kind != act.kind
            or (
                act.changes and matter.clocks and _comes_late(bench, doing, act, matter)
            )
        ):
            self.take_with_care(place, doing)
            return
        found = judge(bench, doing, act, matter)
        if found and is_void(act, found):
            state.verdicts.append(_verdict((doing, found, False, matter.id)))
            return
        if doing.matter is None and matter.id not in state.matters:
            state.open(matter)
        found += apply(bench, doing, act, matter)
        state.verdicts.append(_verdict((doing, found, True, matter.id)))

    def take_with_care(self, place: int, doing: Doing) -> None:
        """The same where the time, the text or the signature of a doing is in doubt.

        Where the text changed within the time of the doing it is judged by both.
        """
        first = last = self._hear(place, doing, doing.law_at)
        if doing.at.hi - 1 > doing.law_at:
            last = self._hear(place, doing, doing.at.hi - 1, first)
        found = first.found
        if first is not last and first.counts != last.counts:
            since = last.bench.text.since
            why: str = say(
                "the text changed on {day}, within the time of this act",
                day=str(since),
            )
            found += (last.bench.finding("version unsure", why, *last.articles),)
        elif self.charter.unsure and first.act is not None:
            found += tuple(_unsure(first.bench, doing, first.act, first.articles))
        if doing.contested is not None:
            why = doing.contested
            found += (first.bench.finding("contested key", why, *first.articles),)
        heard: _Hearing | None = first
        if doing.entry in self.turned:
            heard = _turned(first, last, found)
        elif first.is_late or not first.counts:
            heard = None
        if heard is not None and heard.act is not None and heard.matter is not None:
            found += self._give_effect(heard.bench, doing, heard.act, heard.matter)
        name = (heard or first).name
        self.state.verdicts.append(Verdict(doing, found, heard is not None, name))

    def _hear(
        self, place: int, doing: Doing, at: int, known: _Hearing | None = None
    ) -> _Hearing:
        """Judge by the text of one day; `known` is what another day's text came to."""
        bench = self._bench(at, place)
        if known is not None and known.bench.text is bench.text:
            return known
        act = bench.text.act(doing.act, doing.form)
        matter = self.state.matters.get(doing.matter or "")
        if act is None:
            gone = (_no_provision(bench, doing),)
            return _Hearing(bench, None, None, gone, doing.matter, False)
        if matter is None or matter.kind != act.kind:
            if _is_missing(doing, act, matter):
                gone = (_no_matter(bench, doing, act),)
                return _Hearing(bench, None, None, gone, doing.matter, False)
            matter = _opened(doing, act, matter)
        found = judge(bench, doing, act, matter)
        late = late_letter(bench.charter.id, matter, act, doing) if act.changes else ""
        if late:
            found += (bench.finding("entered too late", late, *act.art),)
        counts = not found or not is_void(act, found)
        return _Hearing(bench, act, matter, found, matter.id, counts, bool(late))

    def _bench(self, at: int, place: int) -> Bench:
        """What looks at the law of an instant; the same one as before, if it can."""
        bench = self._last
        if not bench.law.first <= at < bench.law.last:
            law = law_on(self.charter, day_of(at, self.charter.zone))
            if law is not bench.law:
                bench = self._last = replace(bench, law=law)
        bench.place = place
        return bench

    def _give_effect(
        self, bench: Bench, doing: Doing, act: Act, matter: Matter
    ) -> Found:
        if matter.id not in self.state.matters:
            self.state.open(matter)
        if doing.ripens is None:
            return apply(bench, doing, act, matter)
        if doing.unless and is_done(matter, doing, doing.unless):
            return ()
        if is_ripe(matter, doing):
            return apply(bench, doing, act, matter)
        waiting = (doing, act, bench.place)
        matter.waiting.append(waiting)
        if isinstance(doing.ripens, int):
            self.state.expect(matter, waiting)
        return ()


def _comes_late(bench: Bench, doing: Doing, act: Act, matter: Matter) -> bool:
    """Whether time had done its part before the record had this."""
    return late_letter(bench.charter.id, matter, act, doing) is not None


def _turned(first: _Hearing, last: _Hearing, found: Found) -> _Hearing | None:
    """By which text an entry that is read the other way has effect, if it has.

    The base reading counts what is contested, save what comes too late to undo.
    """
    if first.counts != last.counts:
        return last if last.counts else None
    flips = any(finding.code in CONTESTED for finding in found)
    return first if first.counts and first.is_late == flips else None


def _unsure(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    """Changes on a day that is not known, which this act may have come before or after."""
    zone = bench.charter.zone
    first = day_of(doing.law_at, zone)
    last = day_of(max(doing.law_at, doing.at.hi - 1), zone)
    changes = [
        change
        for change in bench.charter.unsure
        if first <= change.last and last >= change.first
    ]
    if not changes:
        return
    touched = {act.name, f"rules.{act.decide}"}
    place, _, office = (doing.by or "").partition("/")
    if place == bench.charter.id:
        touched.add(f"offices.{office}")
    touched |= {f"grounds.{name}" for name in doing.grounds}
    touched |= {f"articles.{name}" for name in doing.basis or articles}
    for change in changes:
        if change.table in touched:
            text = say(
                "{words} changed on a day between {day} and {last_day} that is not known",
                words=change.table,
                day=str(change.first),
                last_day=str(change.last),
            )
            yield bench.finding("version unsure", text, *act.art)


def _is_missing(doing: Doing, act: Act, matter: Matter | None) -> bool:
    """Whether an act that is of no matter of its kind opens none either."""
    if act.opens is True and doing.matter is None:
        return False
    return matter is None or matter.kind != act.opens


def _no_matter(bench: Bench, doing: Doing, act: Act) -> Finding:
    kind = act.opens if isinstance(act.opens, str) else act.kind
    text = (
        say(
            "there is no matter {entry} of the kind {kind_code}",
            entry=doing.matter,
            kind_code=kind,
        )
        if doing.matter
        else say("there is no matter named of the kind {kind_code}", kind_code=kind)
    )
    return bench.finding("no such matter", text, *act.art)


def _opened(doing: Doing, act: Act, under: Matter | None) -> Matter:
    """The matter that an act opens; its subject is that of the matter above, if any."""
    above = under.subject if under else None
    subject = doing.subject or above or doing.whose
    name = doing.opens_as or doing.id
    return Matter(name, act.kind, subject, doing, act.art, under=under)


def _no_provision(bench: Bench, doing: Doing) -> Finding:
    day = day_of(doing.law_at, bench.charter.zone)
    text = say(
        "no provision of {charter} on {day} knows the act {words}",
        charter=bench.charter.id,
        day=str(day),
        words=doing.act,
    )
    return bench.finding("no provision", text)
