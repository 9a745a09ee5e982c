"""Why something is so: the chain of acts and articles behind an entry, a duty, a standing act.

A duty has a cause, the cause an act that let it be done, that act one before it, down to
the act that opened the matter. Each link is told once, with its articles. What the entries
themselves cite, down to the words of sources, is followed by `peyman.case.asking.thread`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peyman.case.names import refuse, unknown
from peyman.case.reading import CharterReading, Reading
from peyman.charter.doing import Doing, Verdict
from peyman.charter.model import Act, Charter, Text
from peyman.charter.moment import day_of, show
from peyman.charter.standing import Row
from peyman.charter.state import Effect, Matter
from peyman.saying import Said, say

_BY_TIME = ", time"
"""What the name of an entry ends with that time makes of its cause."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One link of a chain.

    Attributes:
        depth: How far it lies below what is asked.
        entry: The act that it tells of, as ENTRY/n; None for what only explains it.
    """

    depth: int
    text: Said
    charter: str
    articles: tuple[str, ...] = ()
    entry: str | None = None


def why(reading: Reading, name: str) -> tuple[Reason, ...]:
    """The chain behind the acts of an entry, or behind what is owed, in force or allowed.

    Args:
        reading: The case on its two clocks.
        name: An entry (`e31`, or `e31/2` for one of its acts), or an act (`notify`,
            `assistance.notify`, `csto.assistance.notify`).

    Raises:
        PeymanError: If nothing of that name was done, is owed, in force or allowed.
    """
    chains = [
        _Chains(reading.case.charters[charter], read)
        for charter, read in reading.charters.items()
    ]
    found = tuple(reason for one in chains for reason in one.behind(name))
    if found:
        return found
    if name in reading.by_name():
        raise refuse(
            f"{name} holds no act of which a charter says anything.",
            "docs/record.md, section 3: kinds and bodies",
            f"Follow what it rests on with `peyman thread CASE {name}`.",
        )
    known = {row.act.rpartition(".")[2] for one in chains for _, _, row in one.rows()}
    raise unknown("duty or entry", name, sorted(known), reading.case.origin)


_Asked = tuple[Matter, str, Row]
"""A row of a list of the standing of a matter."""


class _Chains:
    """The chains of one charter."""

    def __init__(self, charter: Charter, read: CharterReading) -> None:
        self.charter = charter
        self.read = read
        self.verdicts = {one.doing.id: one for one in read.state.verdicts}

    def behind(self, name: str) -> Iterator[Reason]:
        """What lies behind every act of that name, if there is any."""
        entry, _, n = name.partition("/")
        done = [
            one.doing.id
            for one in self.read.state.verdicts
            if one.doing.entry == entry and n in ("", str(one.doing.n))
        ]
        seen: set[str] = set()
        yield from self._down(done, 0, seen)
        for alike in self._alike(name):
            matter, listed, row = alike[0]
            by = tuple(one.by for _, _, one in alike)
            yield Reason(0, _head(listed, row, by), self.charter.id, row.articles)
            causes = (row.because,) if row.because else self._lets(matter, row)
            yield from self._down(causes, 1, seen)

    def rows(self) -> Iterator[_Asked]:
        """Every row that can be asked about."""
        for one in self.read.standings:
            for listed in ("late", "must", "in_force", "may"):
                for row in getattr(one, listed):
                    yield one.matter, listed, row

    def _alike(self, name: str) -> list[list[_Asked]]:
        """The rows of that name; those that differ in the actor alone together.

        What is owed comes before what is in force, and that before what is only allowed.
        """
        for lists in (("late", "must"), ("in_force",), ("may",)):
            found: dict[tuple[object, ...], list[_Asked]] = {}
            for matter, listed, row in self.rows():
                if listed in lists and name in _names(row.act):
                    key = (matter.id, listed, row.act, row.because, row.due)
                    found.setdefault(key, []).append((matter, listed, row))
            if found:
                return list(found.values())
        return []

    def _down(
        self, names: Sequence[str], depth: int, seen: set[str]
    ) -> Iterator[Reason]:
        """Each of these acts with what it rests on; in full where it was not seen."""
        waiting = [(depth, name) for name in reversed(names)]
        while waiting:
            depth, name = waiting.pop()
            verdict = self.verdicts.get(name)
            if verdict is None:
                continue
            yield self._told(depth, verdict, is_repeated=name in seen)
            if name not in seen:
                seen.add(name)
                yield from self._remarks(depth + 1, verdict)
                before = reversed(self._rests_on(verdict))
                waiting += [(depth + 1, one) for one in before]

    # ------------------------------------------------------------------- what is told

    def _told(self, depth: int, verdict: Verdict, *, is_repeated: bool) -> Reason:
        doing = verdict.doing
        said = say(
            "{act}, by {actor}",
            act=f"{self.charter.id}.{doing.act}",
            actor=doing.by or doing.member or "nobody named",
        )
        if is_repeated:
            said = say("{sentence} (above)", sentence=said)
        elif not verdict.has_effect:
            said = say("{sentence}: it has no effect", sentence=said)
        articles = self._articles(verdict)
        return Reason(depth, said, self.charter.id, articles, doing.id)

    def _articles(self, verdict: Verdict) -> tuple[str, ...]:
        act, matter = self._act(verdict.doing), self._matter(verdict)
        own: tuple[str, ...] = act.art if act else ()
        return own or (matter.articles if matter else ())

    def _remarks(self, depth: int, verdict: Verdict) -> Iterator[Reason]:
        """How it was decided, what is found of it, what it met, and what ended it."""
        doing, act = verdict.doing, self._act(verdict.doing)
        rule = self._text(doing).rules.get(act.decide or "") if act else None
        if rule is not None:
            organ = f"{self.charter.id}/{rule.organ}"
            said = say(
                "{actor} decides, by {rule_code}", actor=organ, rule_code=rule.name
            )
            on = (rule.art,) if rule.art else ()
            yield Reason(depth, said, self.charter.id, on)
        for one in verdict.findings:
            said = say(
                "{finding_code}: {sentence}", finding_code=one.code, sentence=one.text
            )
            yield Reason(depth, said, self.charter.id, one.articles)
        for said, articles in self._came_of(verdict):
            yield Reason(depth, said, self.charter.id, articles)

    def _came_of(self, verdict: Verdict) -> Iterator[tuple[Said, tuple[str, ...]]]:
        matter = self._matter(verdict)
        for duty in matter.duties if matter else ():
            if duty.met_by == verdict.doing.id:
                act = f"{self.charter.id}.{duty.act}"
                yield (
                    say(
                        "it discharges the duty to do {act}, owed because of {entry}",
                        act=act,
                        entry=duty.cause,
                    ),
                    duty.articles,
                )
        effect = self._effect(verdict)
        if effect is not None and effect.ended is not None:
            at = show(effect.ended.lo)
            yield (
                say(
                    "no longer in force from {at}, by {words}",
                    at=at,
                    words=effect.ended_by,
                ),
                (),
            )

    # --------------------------------------------------------------- what it rests on

    def _rests_on(self, verdict: Verdict) -> list[str]:
        """The acts that let it be done; else the one that opened its matter."""
        doing, matter = verdict.doing, self._matter(verdict)
        if doing.entry.endswith(_BY_TIME):
            return [doing.entry.removesuffix(_BY_TIME)]
        act = self._act(doing)
        if matter is None or act is None:
            return []
        above = matter.under if matter.opened_by.id == doing.id else matter
        first = [above.opened_by.id] if above else []
        return self._gates(matter, act, self._effect(verdict)) or first

    def _lets(self, matter: Matter, row: Row) -> list[str]:
        """The acts by which something may be done now."""
        act = self.read.state.text.act(row.act.partition(".")[2])
        gates = self._gates(matter, act, None) if act else []
        return gates or [matter.opened_by.id]

    def _gates(self, matter: Matter, act: Act, own: Effect | None) -> list[str]:
        """Of each clause of `after` and `while` the last act before that meets it."""
        found: dict[str, None] = {}
        counted = tuple((name,) for name in act.numbers)
        for clause in (*act.after, *counted, *act.meanwhile):
            meets = [
                one.doing.id
                for name in clause
                for one in _earlier(matter, name, own)
                if one.act.name == name and _is_seen(one, act, own)
            ]
            found |= dict.fromkeys(meets[-1:])
        return list(found)

    def _effect(self, verdict: Verdict) -> Effect | None:
        matter = self._matter(verdict)
        effects = matter.effects if matter else ()
        return next((e for e in effects if e.doing.id == verdict.doing.id), None)

    def _matter(self, verdict: Verdict) -> Matter | None:
        return self.read.state.matters.get(verdict.matter or "")

    def _text(self, doing: Doing) -> Text:
        return self.charter.on(day_of(doing.law_at, self.charter.zone))

    def _act(self, doing: Doing) -> Act | None:
        return self._text(doing).act(doing.act, doing.form)


def _earlier(matter: Matter, name: str, own: Effect | None) -> Sequence[Effect]:
    """What was done in the matter of an act, this one or that above, before another."""
    effects = matter.where(name).effects
    return effects[: effects.index(own)] if own in effects else effects


def _is_seen(one: Effect, act: Act, own: Effect | None) -> bool:
    """Whether an act looks at what another left: at its doer's alone, where both are each's."""
    is_each = act.is_each and one.act.is_each
    return own is None or not is_each or one.member == own.member


def _names(act: str) -> tuple[str, str, str]:
    """The names by which an act may be asked about."""
    return act, act.partition(".")[2], act.rpartition(".")[2]


def _head(listed: str, row: Row, by: tuple[str, ...]) -> Said:
    """What is asked about: that it is owed, in force, or may be done."""
    if listed == "in_force":
        return say("{act} of {actor} is in force", act=row.act, actor=by)
    if listed == "may":
        return say("{act} may be done by {actor}", act=row.act, actor=by)
    if row.due is None:
        return say("{act} is owed by {actor}, and no day is set", act=row.act, actor=by)
    return say(
        "{act} is owed by {actor}, until {at}",
        act=row.act,
        actor=by,
        at=show(row.due.latest),
    )
