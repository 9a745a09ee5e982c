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

from peyman.charter.model import Act, Charter, Clauses, Several, Text
from peyman.charter.tally import needed
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


def _above(text: Text, kind: str) -> set[str]:
    """A kind of matter, and every kind under which one of it may open."""
    found = {kind}
    for forms in text.acts.values():
        for act in forms.values():
            if act.kind == kind and isinstance(act.opens, str):
                found |= _above(text, act.opens)
    return found


def kinds_of(text: Text) -> tuple[str, ...]:
    """The kinds of matter that a text knows, in its order."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in text.acts))


class _Compiler:
    def __init__(self, charter: Charter, day: date, kind: str) -> None:
        self.charter = charter
        self.day = day
        self.text = charter.on(day)
        self.kind = kind
        above = _above(self.text, kind)
        self.acts = {
            name: forms
            for name, forms in self.text.acts.items()
            if forms[""].kind in above
        }
        every = [act for _, _, act in self._every_form()]
        self.joined = {letter for act in every for letter in act.joins}
        self.letters = sorted(self.joined | {t for act in every for t in act.leaves})
        self.places: dict[Bit, int] = {}
        self.blocks: dict[str, Block] = {}

    def graph(self) -> Graph:
        moves = (
            *self._doings(),
            *self._clocks(),
            *self._ends_of_terms(),
        )
        outlived, footings = tuple(self._outlived()), tuple(self._footings())
        acts = tuple(name for name in self.acts if name.startswith(f"{self.kind}."))
        bits = tuple(self.places)
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

    def again(self, name: str, whose: Whose) -> int:
        """The duties of these to do an act again and again, whatever their cause."""
        return sum(
            self.bit("owed", name, member, cause)
            for cause, forms in self.acts.items()
            if any(name in act.every for act in forms.values())
            for member in whose
        )

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
                    need, bar, any_of = self._gate(act, member)
                    done = Move(
                        act=name,
                        by=by,
                        form=form,
                        member=member,
                        opens=bool(act.opens),
                        is_voted=act.decide is not None,
                        need=need,
                        bar=bar,
                        any_of=any_of,
                        sets=sets | (self._opening(act) if act.opens else 0),
                        clears=clears,
                        meets=self._meets(act, member),
                    )
                    yield done
                    if act.deed and act.undo and not act.opens:
                        opened = self.bit("open", act.kind)
                        bare = replace(done, is_wrong=True, any_of=())
                        yield replace(bare, need=opened, bar=0)

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

    def _gate(self, act: Act, member: str | None) -> tuple[int, int, tuple[int, ...]]:
        """What must be so, what must not, and of what one must be.

        `after`, `before`, `while`; the matter is open, or is not yet; a subject that acts
        is bound. What begins a matter under no other asks for nothing.
        """
        opened = self.bit("open", act.kind)
        if act.opens is True:
            return 0, opened, ()
        bar = sum(self.seen("done", name, act, member) for name in act.before)
        masks = [
            *self._clauses("done", act.after, act, member),
            *self._clauses("in force", act.meanwhile, act, member),
            *(mask for pair in act.numbers.items() for mask in self._number(*pair)),
        ]
        if act.opens:
            masks.append(self.bit("open", act.opens))
            bar |= opened
        else:
            masks.append(opened)
        if self.letters and (act.by == (SUBJECT,) or member == SUBJECT):
            kept = sorted(self._letters(act))
            if set(kept) <= set(self.letters):
                masks.append(sum(self.bit("bound", letter) for letter in kept))
        single = {mask for mask in masks if mask.bit_count() == 1}
        return sum(single), bar, tuple(m for m in masks if m.bit_count() != 1)

    def _number(self, name: str, number: str) -> tuple[int, ...]:
        """That so many members have done an act: each of two, or one for all the others."""
        theirs = self.whose(name)
        done = [self.bit("done", name, member) for member in theirs]
        letters = self._letters(self.acts[name][""]) if theirs else frozenset()
        bound = {m for t in letters for m in self.charter.bound_by(t, self.day)}
        is_in = not letters <= self.joined
        if number == "all":
            lacks = is_in and theirs == (OTHER,)
            return (0,) if lacks else tuple(done if is_in else done[-1:])
        lacking = needed(number, len(bound)) > len(bound) - (theirs == (OTHER,))
        return (0,) if lacking else (sum(done),)

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

    def _opening(self, act: Act) -> int:
        """What begins with a matter. Whoever is to join a text is not bound by it yet."""
        bound = [t for t in self.letters if t not in self.joined]
        first = bound if act.opens is True else []
        return self.bit("open", act.kind) | sum(self.bit("bound", t) for t in first)

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
                        meets=self._meets(self.acts[then][""], whose),
                    )

    def _ends_of_terms(self) -> Iterator[Move]:
        for name, forms in self.acts.items():
            terms = [act.lasts for act in forms.values() if not act.deed]
            if any(isinstance(term, str | date | Several) for term in terms):
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
        clears = self.bit("owed", name, member) | self._waived(act)
        for ended in act.ends:
            for whose in self.reached(ended, act, member):
                clears |= self.carried(ended, whose)
        for letter in act.leaves:
            clears |= self.bit("bound", letter)
        sets = self.bit("done", name, member) | self.bit("in force", name, member)
        sets |= sum(self.bit("bound", letter) for letter in act.joins)
        return clears, sets | self._obliged(act, member)

    def _waived(self, act: Act) -> int:
        return sum(
            self.owed(name) | self.again(name, self.whose(name) or (None,))
            for name in dict.fromkeys(act.waive)
        )

    def _meets(self, act: Act, member: str | None) -> int:
        """The duties that a doing meets or waives."""
        own = self.bit("owed", act.name, member) | self.again(act.name, (member,))
        return own | self._waived(act)

    def _obliged(self, act: Act, member: str | None) -> int:
        """What is owed from then on, and the clocks that run."""
        sets = sum(self.owed(owed) for owed in act.duty)
        for owed in act.every:
            for whose in self.whose(owed) or (None,):
                sets |= self.bit("owed", owed, whose, act.name)
        for then in act.lapse:
            sets |= self.bit("clock", act.name, member, then)
        if act.undo:
            sets |= self.bit("standing", act.name, member)
        return sets

    def _outlived(self) -> Iterator[Outlived]:
        """What is in force, or owed again and again, only while something else is."""
        for cause, forms in self.acts.items():
            for owed in dict.fromkeys(n for act in forms.values() for n in act.every):
                holders = sum(self.bit("in force", cause, m) for m in self.whose(cause))
                for whose in self.whose(owed) or (None,):
                    bit = self.bit("owed", owed, whose, cause)
                    yield Outlived(bit, holders, bit)
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
