"""Make the graph of one kind of matter from the text of one day.

One method for each group of words of the language: who may, when, what it does. Where each
member acts for itself there are two of it, the subject and another; that shows whatever
any number of members shows, because no word of the language counts members inside a
matter. Acts that open are done once: what is asked for anew is a new matter.

Left out: days and numbers; how often something is owed, and who of several may meet what
one of them owes; a footing that differs by form; decisions that wait; what is unlawful,
save a deed that has an `undo`. Source: docs/charter-language.md, sections 2 and 10.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from peyman.charter.model import Act, Charter, Clauses, Text
from peyman.charter.verification.graph import (
    OTHER,
    SUBJECT,
    Bit,
    Footing,
    Graph,
    Move,
    Outlived,
)
from peyman.charter.verification.voting import Block, block

Whose = tuple[str | None, ...]
"""For whom an act is done: nobody in particular, or each of two members."""


def compile_kind(charter: Charter, day: date, kind: str) -> Graph:
    """The graph of a kind of matter by the text of a day."""
    return _Compiler(charter, day, kind).graph()


def kinds_of(text: Text) -> tuple[str, ...]:
    """The kinds of matter that a text knows, in its order."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in text.acts))


class _Compiler:
    def __init__(self, charter: Charter, day: date, kind: str) -> None:
        self.charter = charter
        self.day = day
        self.text = charter.on(day)
        self.kind = kind
        self.acts = {
            name: forms
            for name, forms in self.text.acts.items()
            if forms[""].kind == kind
        }
        self.letters = sorted(
            {t for _, _, act in self._every_form() for t in act.leaves}
        )
        self.places: dict[Bit, int] = {}
        self.blocks: dict[str, Block] = {}

    def graph(self) -> Graph:
        moves = (
            *self._doings(),
            *self._clocks(),
            *self._ends_of_terms(),
        )
        outlived, footings = tuple(self._outlived()), tuple(self._footings())
        bits, acts = tuple(self.places), tuple(self.acts)
        return Graph(self.kind, acts, bits, moves, outlived, footings)

    def _every_form(self) -> Iterator[tuple[str, str, Act]]:
        for name, forms in self.acts.items():
            for form, act in forms.items():
                yield name, form, act

    # ------------------------------------------------------------------------ bits

    def bit(
        self, what: str, name: str = "", member: str | None = None, then: str = ""
    ) -> int:
        """The mask of one bit, which gets its place when it is first named."""
        key = Bit(what, name, member, then)
        return 1 << self.places.setdefault(key, len(self.places))

    def whose(self, name: str) -> Whose:
        """For whom an act may be done."""
        forms = self.acts.get(name)
        if forms is None:
            return ()
        if not forms[""].is_each:
            return (None,)
        return (OTHER,) if "each other member" in forms[""].by else (SUBJECT, OTHER)

    def owed(self, name: str) -> int:
        """The duties to do an act, of whomever; also where the text no longer has it."""
        return sum(self.bit("owed", name, m) for m in self.whose(name) or (None,))

    def reached(self, name: str, act: Act, member: str | None) -> Whose:
        """Whose doings of `name` an act sees: its doer's alone, where both are of each."""
        own = self.whose(name)
        return tuple(m for m in own if m is None or not act.is_each or m == member)

    def seen(self, what: str, name: str, act: Act, member: str | None) -> int:
        """The bits of `name` that an act sees."""
        return sum(self.bit(what, name, m) for m in self.reached(name, act, member))

    def carried(self, name: str, member: str | None) -> int:
        """The bits that fall when an act is no longer in force."""
        bits = self.bit("in force", name, member)
        for act in self.acts[name].values():
            for then in act.lapse:
                bits |= self.bit("clock", name, member, then)
            if act.undo:
                bits |= self.bit("standing", name, member)
        return bits

    # ----------------------------------------------------------------------- moves

    def _doings(self) -> Iterator[Move]:
        """Whatever somebody may do."""
        for name, form, act in self._every_form():
            by = tuple(word for word in act.by if self._may(act, word))
            if by:
                for member in self.whose(name):
                    clears, sets = self._effect(act, member)
                    need, any_of = self._gate(act, member)
                    opened = self.bit("open")
                    done = Move(
                        act=name,
                        by=by,
                        form=form,
                        member=member,
                        opens=act.opens,
                        is_voted=act.decide is not None,
                        need=0 if act.opens else need | opened,
                        bar=opened if act.opens else 0,
                        any_of=() if act.opens else any_of,
                        sets=sets | (self._opening() if act.opens else 0),
                        clears=clears,
                    )
                    yield done
                    if act.deed and act.undo and not act.opens:
                        yield replace(done, is_wrong=True, need=opened, any_of=())

    def _may(self, act: Act, word: str) -> bool:
        """Whether there is anybody whom a word of `by` means, and who can be agreed."""
        if act.decide is not None and self._votes(act.decide).never_carries:
            return False
        if word == "subject" or word.endswith("member"):
            letters = self._letters(act)
            bound = {m for t in letters for m in self.charter.bound_by(t, self.day)}
            return len(bound) > ("other" in word)
        return word != "time"

    def _votes(self, rule: str) -> Block:
        if rule not in self.blocks:
            self.blocks[rule] = block(self.charter, self.text, self.day, rule)
        return self.blocks[rule]

    def _gate(self, act: Act, member: str | None) -> tuple[int, tuple[int, ...]]:
        """`after`, `while`, and that a subject that acts has not left."""
        masks = [
            *self._clauses("done", act.after, act, member),
            *self._clauses("in force", act.meanwhile, act, member),
        ]
        if self.letters and (act.by == (SUBJECT,) or member == SUBJECT):
            kept = sorted(self._letters(act))
            if set(kept) <= set(self.letters):
                masks.append(sum(self.bit("bound", letter) for letter in kept))
        single = [mask for mask in masks if mask.bit_count() == 1]
        return sum(set(single)), tuple(m for m in masks if m.bit_count() != 1)

    def _letters(self, act: Act) -> frozenset[str]:
        """The texts to one of which a member must be a party to do an act."""
        opening = {
            art for _, _, one in self._every_form() if one.opens for art in one.art
        }
        cited = {art.partition(" ")[0] for art in act.art or opening}
        return frozenset(cited or self.charter.texts)

    def _clauses(
        self, what: str, clauses: Clauses, act: Act, member: str | None
    ) -> tuple[int, ...]:
        return tuple(
            sum(self.seen(what, name, act, member) for name in set(clause))
            for clause in clauses
        )

    def _opening(self) -> int:
        return self.bit("open") | sum(self.bit("bound", t) for t in self.letters)

    def _clocks(self) -> Iterator[Move]:
        """What time does when a clock runs out. It asks for no gate."""
        running = {
            (name, then)
            for name, _, act in self._every_form()
            for then in act.lapse
            if then in self.acts
        }
        for name, then in sorted(running):
            for member in self.whose(name):
                theirs = self.whose(then)
                for whose in (member,) if member in theirs else theirs:
                    clock = self.bit("clock", name, member, then)
                    clears, sets = self._effect(self.acts[then][""], whose)
                    yield Move(
                        act=then,
                        by=("time",),
                        member=whose,
                        cause=name,
                        need=clock,
                        sets=sets,
                        clears=clears | clock,
                    )

    def _ends_of_terms(self) -> Iterator[Move]:
        for name, forms in self.acts.items():
            terms = [act.lasts for act in forms.values() if not act.deed]
            if any(isinstance(term, str | date) for term in terms):
                for member in self.whose(name):
                    yield Move(
                        act=name,
                        by=("time",),
                        member=member,
                        cause=name,
                        is_end=True,
                        need=self.bit("in force", name, member),
                        clears=self.carried(name, member),
                    )

    # --------------------------------------------------------------------- effects

    def _effect(self, act: Act, member: str | None) -> tuple[int, int]:
        """The bits that a doing takes away, and those that it then brings."""
        name = act.name
        clears = self.bit("owed", name, member)
        for ended in act.ends:
            for whose in self.reached(ended, act, member):
                clears |= self.carried(ended, whose)
        for waived in act.waive:
            clears |= self.owed(waived)
        for letter in act.leaves:
            clears |= self.bit("bound", letter)
        sets = self.bit("done", name, member) | self.bit("in force", name, member)
        for owed in act.duty:
            sets |= self.owed(owed)
        for then in act.lapse:
            sets |= self.bit("clock", name, member, then)
        if act.undo:
            sets |= self.bit("standing", name, member)
        return clears, sets

    def _outlived(self) -> Iterator[Outlived]:
        for name, act in self._in_no_form().items():
            if isinstance(act.lasts, tuple) and not act.deed:
                for member in self.whose(name):
                    (holders,) = self._clauses("in force", (act.lasts,), act, member)
                    in_force = self.bit("in force", name, member)
                    yield Outlived(in_force, holders, self.carried(name, member))

    def _footings(self) -> Iterator[Footing]:
        for name, act in self._in_no_form().items():
            if act.undo:
                own = isinstance(act.lasts, tuple)
                clauses = (act.lasts,) if isinstance(act.lasts, tuple) else ()
                footing = clauses if own else act.meanwhile
                for member in self.whose(name):
                    owes = 0
                    for owed in act.undo:
                        theirs = self.whose(owed) or (None,)
                        is_own = member is not None and theirs != (None,)
                        for whose in (member,) if is_own else theirs:
                            owes |= self.bit("owed", owed, whose)
                    yield Footing(
                        self.bit("standing", name, member),
                        self._clauses("in force", footing, act, member),
                        owes,
                    )

    def _in_no_form(self) -> Mapping[str, Act]:
        return {name: forms[""] for name, forms in self.acts.items()}
