"""What a row of a log is under a charter on its day.

A `Row` is what a log says somebody did, without the case and the time. `Law.hear` turns it
into what the charter makes of it, which is the same for many rows: whatever a judgement
does not ask for is gone. The law of an *era* does not change: no text is amended in it, and
nobody accedes or is let go.
"""

import difflib
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from peyman.charter.conformance.steps.state import Facts, Ref, When
from peyman.charter.model import Act, Charter, Several, Span, Text
from peyman.charter.moment import is_span, read_moment, start_of
from peyman.errors import PeymanError

Acts = Mapping[str, Mapping[str, Act]]
Roll = Mapping[str, frozenset[str]]

MARKS = ("text", "secondary", "memory")
"""How surely an article was read, the surest first."""


class Row(NamedTuple):
    """What a log says was done: names as the log has them, None where it is silent."""

    act: str
    actor: str | None = None
    member: str | None = None
    subject: str | None = None
    to: tuple[str, ...] = ()
    form: str | None = None
    states: tuple[tuple[str, str], ...] = ()


class Heard(NamedTuple):
    """What the charter makes of a row in an era.

    Attributes:
        ref: The act; None where the text knows none of that name.
        code: Why there is none.
        is_body: Whether the actor is an organ or office that may, or is not known.
        words: The words of `by` that mean a member, where the actor is one.
        bound: Letters of the texts by which the member is bound.
        subject_bound: The same, of the subject that the row names.
        roll: Number of the era's list of who is bound.
        mark: How surely the articles of the act were read: an index of `MARKS`.
        tells_members: Whether it matters which of the members of a case it is.
        is_by_time: Whether it tells what time does.
    """

    ref: Ref | None
    code: str = ""
    is_body: bool = True
    words: tuple[str, ...] = ()
    bound: frozenset[str] = frozenset()
    subject_bound: frozenset[str] = frozenset()
    is_misaddressed: bool = False
    is_misformed: bool = False
    facts: Facts = ()
    roll: int = 0
    mark: int = 0
    tells_members: bool = False
    is_by_time: bool = False


class Law:
    """A charter, era by era, as a log is held against it."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self.days = _borders(charter)
        self.starts = tuple(start_of(day, charter.zone) for day in self.days[1:])
        self.acts: list[Acts] = []
        self.rolls: list[Roll] = []
        self._eras = [self._era(day) for day in self.days]
        every = [
            act
            for text in charter.versions
            for forms in text.acts.values()
            for act in forms.values()
        ]
        self.asks_done = frozenset(
            name for act in every for name in (*sum(act.after, ()), *act.before)
        ) | {name for act in every for name in (*act.numbers, *act.lapse)}
        self._lapses = frozenset(name for act in every for name in act.lapse)
        self.counts = frozenset(name for act in every for name in act.numbers)
        self.asks_force = frozenset(
            name for act in every for name in (*sum(act.meanwhile, ()), *_holders(act))
        )
        self.owed_by_one = frozenset(name for act in every for name in act.undo)
        refs = [
            ((number, name, form), act)
            for number, acts in enumerate(self.acts)
            for name, forms in acts.items()
            for form, act in forms.items()
        ]
        self._each = frozenset(ref for ref, act in refs if act.is_each)
        self._unsettled = frozenset(
            ref for ref, act in refs if isinstance(act.lasts, tuple) or act.undo
        )
        self._spans = frozenset(word for act in every for word in _fact_words(act))
        self._names = {name for text in charter.versions for name in text.acts}

    def era_of(self, at: int) -> int:
        """The era in which an instant lies."""
        return bisect_right(self.starts, at)

    def numbers_of(self, era: int) -> tuple[int, int]:
        """The numbers of an era's acts and of its list of who is bound."""
        return self._eras[era][1:]

    def _era(self, day: date) -> tuple[Text, int, int]:
        """The text of a day, numbers of its acts and its roll; equal ones share a number."""
        text = self.charter.on(day)
        roll = {
            letter: frozenset(self.charter.bound_by(letter, day))
            for letter in self.charter.texts
        }
        if text.acts not in self.acts:
            self.acts.append(text.acts)
        if roll not in self.rolls:
            self.rolls.append(roll)
        return text, self.acts.index(text.acts), self.rolls.index(roll)

    # ---------------------------------------------------------------- what a row means

    def name_of(self, act: str) -> str | None:
        """The full name of an act (`kind.act`) that a log may write with the charter's id."""
        name = act.removeprefix(f"{self.charter.id}.")
        return name if name in self._names else None

    def nearest(self, act: str) -> str | None:
        """The act whose name is most like one that no text knows."""
        name = act.removeprefix(f"{self.charter.id}.")
        found = difflib.get_close_matches(name, sorted(self._names), 1)
        return found[0] if found else None

    def hear(self, row: Row, era: int) -> Heard:
        """What the charter makes of a row in an era."""
        text, number, roll = self._eras[era]
        name = self.name_of(row.act)
        act = text.act(name, row.form) if name else None
        if name is None or act is None:
            return Heard(None, "no provision" if name else "unknown act")
        form = row.form if row.form in text.acts[name] else ""
        member = member_of(row)
        return Heard(
            ref=(number, name, form or ""),
            is_body=row.actor is None or self._is_body(text, act, row.actor),
            words=() if member is None else tuple(filter(_is_of_members, act.by)),
            bound=self._bound(roll, member),
            subject_bound=self._bound(roll, row.subject),
            is_misaddressed=self._misses(text, roll, act, row),
            is_misformed=bool(act.form and row.form and row.form not in act.form),
            facts=tuple((k, (v,)) for k, v in row.states if k in self._spans),
            roll=roll,
            mark=self._mark(text, act),
            tells_members=self.tells_members(act),
            is_by_time=act.is_by_time or (row.actor == "time" and name in self._lapses),
        )

    def _is_body(self, text: Text, act: Act, actor: str) -> bool:
        """Whether an actor is an organ, an office or an outsider who may."""
        place, _, name = actor.rpartition("/")
        is_bare = not place and (name in text.organs or name in text.offices)
        is_own = is_bare or place == self.charter.id
        organ = text.organs.get(name)
        is_outside = not is_own or (organ is not None and organ.outside)
        return any(
            is_outside if word == "outside" else is_own and word == name
            for word in act.by
        )

    def _bound(self, roll: int, member: str | None) -> frozenset[str]:
        return frozenset(t for t, held in self.rolls[roll].items() if member in held)

    def _misses(self, text: Text, roll: int, act: Act, row: Row) -> bool:
        """Whether a row is addressed to none of those whom the act is for."""
        if not act.to or not row.to:
            return False
        to = {one.removeprefix(f"{self.charter.id}/") for one in row.to}
        good = set(act.to)
        for name in act.to:
            organ = text.organs.get(name)
            if organ is not None:
                good |= {x for x in (organ.chair, organ.secretary) if x}
                held = self._seats(text, roll, name) - {member_of(row)}
                if held and held <= to:
                    return False
        return not good & to

    def _seats(self, text: Text, roll: int, name: str) -> frozenset[str | None]:
        body, rolls = text.organs[name], self.rolls[roll]
        if body.members:
            seats = frozenset(body.members)
        elif body.parties_to:
            seats = rolls[body.parties_to]
        else:
            seats = (
                self.bound_by(roll, frozenset(rolls))
                if body.of_members
                else frozenset()
            )
        return frozenset(seats - set(body.without))

    def _mark(self, text: Text, act: Act) -> int:
        marks = [text.articles[n].checked for n in act.art if n in text.articles]
        return max(map(MARKS.index, marks), default=0)

    # --------------------------------------------------------------- what a step asks

    def tells_members(self, act: Act) -> bool:
        """Whether it matters which of the members of its case does an act.

        It does not where any party may, and nothing is kept for each: then members who
        do nothing else need no numbers, and cases that differ in them alone are equal.
        """
        return (
            bool(act.opens)
            or act.is_each
            or self.keeps_member(act)
            or act.name in self.owed_by_one
            or any(word == "subject" or "other" in word for word in act.by)
        )

    def keeps_member(self, act: Act) -> bool:
        """Whether something is done, or owed, for the very member who did an act."""
        return act.is_each or bool(act.undo or act.lapse) or act.name in self.counts

    def act(self, ref: Ref) -> Act:
        """The act of a reference."""
        number, name, form = ref
        return self.acts[number][name][form]

    def is_each(self, ref: Ref) -> bool:
        """Whether every member does an act for itself."""
        return ref in self._each

    def is_settled(self, ref: Ref) -> bool:
        """Whether an act neither lasts while another does nor has a footing to lose."""
        return ref not in self._unsettled

    def act_of(self, text: int, name: str) -> Act | None:
        """An act of a text, in no particular form."""
        forms = self.acts[text].get(name)
        return None if forms is None else forms[""]

    def letters(self, articles: tuple[str, ...]) -> frozenset[str]:
        """The texts of which one must bind whoever acts on these articles."""
        cited = frozenset(name.partition(" ")[0] for name in articles)
        return cited or frozenset(self.charter.texts)

    def bound_by(self, roll: int, letters: frozenset[str]) -> frozenset[str]:
        """Everybody whom one of these texts binds."""
        return frozenset().union(*(self.rolls[roll][letter] for letter in letters))

    def when(self, span: Span | date, facts: Facts) -> When | None:
        """How the day of a span is worked out; None where no day is known."""
        if isinstance(span, Several):
            found = [self.when(one, facts) for one in span.of]
            known = tuple(one for one in found if one is not None)
            if not known or (span.which == "later" and len(known) < len(found)):
                return None
            return When(span.which, of=known)
        text = self.charter.reading.get(str(span), str(span))
        return self.end_of(dict(facts).get(text, (text,)))

    def end_of(self, terms: tuple[str, ...], slot: int | None = None) -> When | None:
        """When a term ends, or the first of several: see `_end`."""
        ends = tuple(self._end(term, slot) for term in terms)
        known = tuple(end for end in ends if end is not None)
        return (
            known[0]
            if len(known) == 1
            else When("earlier", of=known)
            if known
            else None
        )

    def _end(self, term: str, slot: int | None) -> When | None:
        """When a term ends: a span, from the act or else from a slot; a date; an instant."""
        if is_span(term):
            return When("span", term) if slot is None else When("from", term, slot=slot)
        try:
            end = read_moment(term, self.charter.zone).hi
        except PeymanError:
            return None
        return None if term == "unknown" else When("day", instant=end)


def member_of(row: Row) -> str | None:
    """The member for whom a row is done: the one named, else the actor itself."""
    if row.member is not None:
        return row.member
    is_code = row.actor is not None and row.actor.isupper() and "/" not in row.actor
    return row.actor if is_code else None


def _is_of_members(word: str) -> bool:
    return word == "subject" or word.endswith("member")


def _holders(act: Act) -> tuple[str, ...]:
    return act.lasts if isinstance(act.lasts, tuple) else ()


def _fact_words(act: Act) -> tuple[str, ...]:
    """Every word of an act that may be the name of a fact with a day in it."""
    lasts = () if act.lasts is None or isinstance(act.lasts, tuple) else (act.lasts,)
    words: list[str] = []
    for words_of in (act.duty, act.every, act.lapse, act.undo):
        lasts = (*lasts, *words_of.values())
    for span in lasts:
        words += span.of if isinstance(span, Several) else [str(span)]
    return tuple(words)


def _borders(charter: Charter) -> tuple[date, ...]:
    """The first day of every era; the first era has always been."""
    edges = {text.since for text in charter.versions}
    for members in charter.parties.values():
        for spans in members.values():
            edges |= {edge for span in spans for edge in span if edge is not None}
    return tuple(sorted(edges | {date.min}))
