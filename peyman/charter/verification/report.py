"""Everything that `peyman check` finds in a charter, and what the charter acknowledges.

What is *found* is a fault or a remarkable power, and the charter has to acknowledge it
(`known`, with a reason) or be mended. Who can block what, which ways lead out, what stops
when an organ never meets and what is owed without a day are *answers*: neither good nor
bad, and shown.

Source: docs/charter-language.md, section 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peyman.charter.language import NO_DAY
from peyman.charter.model import Charter
from peyman.charter.verification.compiling import compile_kind, kinds_of
from peyman.charter.verification.exits import exits, idle
from peyman.charter.verification.questions import Questions
from peyman.charter.verification.space import Path
from peyman.charter.verification.stories import Story, Teller, blocked
from peyman.charter.verification.voting import Block, block, last_day
from peyman.saying import Said, say


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that the charter has to acknowledge.

    Attributes:
        finding: `never done`, `never met`, `goes on without a vote`,
            `no way out without a vote` or `nothing to acknowledge`.
        act: Full name of the act that it is about.
        story: The shortest way there, one sentence a step.
        known: The reason for which the charter has it so; None if it gives none.
    """

    finding: str
    act: str
    articles: tuple[str, ...]
    text: Said
    story: Story = ()
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided under one rule, and with how few it is blocked."""

    acts: tuple[str, ...]
    block: Block
    text: Said


@dataclass(frozen=True, slots=True)
class Way:
    """A way out, and the votes that bar it where it is not free."""

    act: str
    articles: tuple[str, ...]
    is_free: bool
    is_mandate: bool
    votes: tuple[str, ...]
    text: Said
    story: Story


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops in one kind of matter when an organ never meets."""

    organ: str
    kind: str
    never: tuple[str, ...]
    owed: tuple[str, ...]
    text: Said


@dataclass(frozen=True, slots=True)
class Undated:
    """A duty that is never late: the charter sets no day for it."""

    act: str
    because: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The answers about a charter as it reads on a day; `states` were walked for them."""

    day: date
    states: int
    found: tuple[Found, ...]
    decisions: tuple[Decision, ...]
    ways: tuple[Way, ...]
    stops: tuple[Stop, ...]
    undated: tuple[Undated, ...]

    @property
    def open(self) -> tuple[Found, ...]:
        """What is found and not acknowledged."""
        return tuple(one for one in self.found if one.known is None)


def verify(charter: Charter, day: date | None = None) -> Report:
    """Ask everything about a charter as it reads on a day, by default its last."""
    return _Verifier(charter, day or last_day(charter)).report()


class _Verifier:
    def __init__(self, charter: Charter, day: date) -> None:
        self.charter = charter
        self.day = day
        self.text = charter.on(day)
        self.tellers: list[tuple[Questions, Teller]] = []
        for kind in kinds_of(self.text):
            graph = compile_kind(charter, day, kind)
            teller = Teller(charter, self.text, graph)
            self.tellers.append((Questions(graph), teller))

    def report(self) -> Report:
        ways = tuple(way for both in self.tellers for way in self._ways(*both))
        found = tuple(one for both in self.tellers for one in self._found(*both))
        found += tuple(self._blocked(ways))
        found += tuple(self._needless({one.act for one in found}))
        return Report(
            day=self.day,
            found=found,
            decisions=tuple(self._decisions()),
            ways=ways,
            stops=tuple(one for both in self.tellers for one in self._stops(*both)),
            undated=tuple(self._undated()),
            states=sum(asked.states for asked, _ in self.tellers),
        )

    # --------------------------------------------------------------- what is found

    def _found(self, asked: Questions, teller: Teller) -> Iterator[Found]:
        def found(code: str, act: str, path: Path, text: Said) -> Found:
            articles, known = teller.articles(act), self._known(act)
            story = teller.story(path)
            return Found(code, teller.full(act), articles, text, story, known)

        for dead in asked.dead():
            yield found("never done", dead.act, dead.path, teller.dead(dead))
        for unmet in asked.unmet():
            text = teller.unmet(unmet)
            yield found("never met", unmet.duty.name, unmet.path, text)
        for one in asked.prolonged(self.text):
            text = teller.prolonged(one)
            yield found("goes on without a vote", one.act, one.path, text)

    def _known(self, act: str) -> str | None:
        """Why the charter has it so, in whatever form of the act it says it."""
        reasons = (form.known for form in self.text.acts.get(act, {}).values())
        return next((reason for reason in reasons if reason is not None), None)

    def _blocked(self, ways: tuple[Way, ...]) -> Iterator[Found]:
        """Ways out that a vote bars. That of a mandate is its term: it may be voted."""
        for way in ways:
            if not way.is_free and not way.is_mandate:
                known = self._known(way.act.partition(".")[2])
                code = "no way out without a vote"
                yield Found(code, way.act, way.articles, way.text, way.story, known)

    def _needless(self, found: set[str]) -> Iterator[Found]:
        for name in self.text.acts:
            full = f"{self.charter.id}.{name}"
            if self._known(name) is not None and full not in found:
                text = say(
                    "nothing is found of {act} that would have to be known", act=full
                )
                yield Found("nothing to acknowledge", full, (), text)

    # ------------------------------------------------------------------- answers

    def _decisions(self) -> Iterator[Decision]:
        decided: dict[str, list[str]] = {}
        for name, forms in self.text.acts.items():
            for rule in dict.fromkeys(act.decide for act in forms.values()):
                if rule is not None:
                    decided.setdefault(rule, []).append(f"{self.charter.id}.{name}")
        for rule, acts in decided.items():
            found = block(self.charter, self.text, self.day, rule)
            yield Decision(tuple(acts), found, blocked(found))

    def _ways(self, asked: Questions, teller: Teller) -> Iterator[Way]:
        for one in exits(asked, self.text):
            yield Way(
                act=teller.full(one.act),
                articles=teller.articles(one.act),
                is_free=one.is_free,
                is_mandate=self.text.acts[one.act][""].mandate,
                votes=tuple(teller.full(move.act) for move in one.onward),
                text=teller.exit(one),
                story=teller.story(one.path),
            )

    def _stops(self, asked: Questions, teller: Teller) -> Iterator[Stop]:
        for one in idle(asked, self.text):
            never = tuple(teller.full(name) for name in one.never)
            owed = tuple(teller.full(name) for name in one.owed)
            organ = f"{self.charter.id}/{one.organ}"
            yield Stop(organ, one.kind, never, owed, teller.idle(one))

    def _undated(self) -> Iterator[Undated]:
        for name, forms in self.text.acts.items():
            for act in forms.values():
                owed_here = (*act.duty.items(), *act.every.items(), *act.undo.items())
                for owed, span in owed_here:
                    if span == NO_DAY:
                        full = f"{self.charter.id}.{owed}"
                        yield Undated(full, f"{self.charter.id}.{name}", act.art)
