"""Whether a row may be done in the state of its case: everything that may be remarked on it.

The checks and their order are those of the kernel, as far as a log can tell. Source:
docs/charter-language.md, sections 2 and 6; docs/audit.md for what is left out.
"""

from collections.abc import Collection, Iterable, Iterator

from peyman.charter.conformance.steps.law import Heard, Law
from peyman.charter.conformance.steps.state import Fault, Matter, State
from peyman.charter.doing import VOID
from peyman.charter.model import Act
from peyman.charter.tally import needed


class Gate:
    """One row at the door.

    Attributes:
        member: Number of the member for whom it is done.
        matter: The matter in which it is done, or which it opens.
    """

    def __init__(
        self, law: Law, state: State, heard: Heard, member: int | None, matter: Matter
    ) -> None:
        assert heard.ref is not None  # noqa: S101  (nothing unknown comes here)
        self.law = law
        self.state = state
        self.heard = heard
        self.act = law.act(heard.ref)
        self.ref = heard.ref
        self.member = member
        self.matter = matter

    def faults(self) -> Iterator[Fault]:
        """Everything that is remarked."""
        act = self.act
        if not self.heard.is_body:
            yield from self._power()
        if self.heard.is_misaddressed:
            yield Fault("wrong addressee", act.art, act.to)
        yield from self._order(act)
        if self.heard.is_misformed:
            yield Fault("form", act.art, act.form)

    def _order(self, act: Act) -> Iterator[Fault]:
        """What must be done, in force or not yet done."""
        for clause in act.after:
            if not self._done(clause):
                yield Fault("too early", act.art, clause)
        if act.numbers:
            yield from self._numbers()
        for clause in act.meanwhile:
            if not holds(self.law, self.state, act, self.member, clause):
                yield Fault("not open", act.art, clause)
        for name in act.before:
            if self._done((name,)):
                yield Fault("too late", act.art, (name,))

    def _power(self) -> Iterator[Fault]:
        articles = self.act.art or self.matter.articles
        subject = self.matter.subject
        fitting = [
            word
            for word in self.heard.words
            if word in ("member", "each member")
            or (word == "subject") == (self.member == subject)
        ]
        bound = bound_now(self.state.moved, self.member, self.heard.bound)
        if not fitting:
            yield Fault("no power", articles, self.act.by)
        elif not bound & self.law.letters(articles):
            yield Fault("no power", articles)

    def _done(self, clause: Iterable[str]) -> bool:
        """Whether one of these acts is done: by this member, where each acts."""
        is_each = self.act.is_each
        for one in self.state.done:
            is_own = not (is_each and one.is_each) or one.member == self.member
            if is_own and one.name in clause:
                return True
        return False

    def _numbers(self) -> Iterator[Fault]:
        """`after` with a number: so many different members have done it."""
        for name, number in self.act.numbers.items():
            done = [one for one in self.state.done if one.name == name]
            other = self.law.act_of(self.ref[0], name)
            letters = self.law.letters((other and other.art) or self.matter.articles)
            bound = self.law.bound_by(self.heard.roll, letters)
            moves = since_moved(self.state.matters, self.state.moved, letters)
            roll = len(bound) + sum(now - before for before, now in moves.values())
            if number == "all":
                gone = {who for who, (_, now) in moves.items() if not now}
                done = [d for d in done if d.bound & letters and d.member not in gone]
            did = {one.member for one in done} - {None}
            most = max(roll, 1) if number == "all" else needed(number, roll)
            if len(did) < most:
                yield Fault("too early", self.act.art, (name,), number)


def holds(
    law: Law, state: State, act: Act, member: int | None, clause: Iterable[str]
) -> bool:
    """Whether one of these acts is in force, for this member where each acts."""
    return any(
        one.name in clause
        and (one.member == member or not (law.is_each(one.ref) and act.is_each))
        for one in state.forces
    )


def bound_now(
    moved: Iterable[tuple[int, str, bool]], member: int | None, bound: frozenset[str]
) -> frozenset[str]:
    """The texts that bind a member, after what it joined and left in its case."""
    now = set(bound)
    for who, letter, joins in moved:
        if who == member:
            (now.add if joins else now.discard)(letter)
    return frozenset(now)


def since_moved(
    matters: Iterable[Matter],
    moved: Collection[tuple[int, str, bool]],
    letters: frozenset[str],
) -> dict[int, tuple[bool, bool]]:
    """Who joined or left in its case: whether these texts bound it before, and do now."""
    return {
        one.subject: (
            not letters.isdisjoint(one.bound),
            not letters.isdisjoint(bound_now(moved, one.subject, one.bound)),
        )
        for one in matters
        if one.subject is not None and any(one.subject == who for who, *_ in moved)
    }


def is_void(act: Act, faults: tuple[Fault, ...]) -> bool:
    """Whether these faults leave the act without effect."""
    if not faults:
        return False
    codes = {fault.code for fault in faults}
    return not act.deed and (not codes.isdisjoint(VOID) or act.void in codes)
