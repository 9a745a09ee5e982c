"""The provisions of a charter in words of the page's language: line by line, as in its file.

Every line is one word of the charter language with what stands under it. A name of an act
leads to the act. Acts, organs and grounds are called what the charter calls them, else as
`peyman.web.views.telling.naming` does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from peyman.charter.model import (
    Act,
    Charter,
    Clauses,
    Ground,
    Limit,
    Office,
    Organ,
    Rule,
    Several,
    Span,
    Text,
)
from peyman.web.telling import written
from peyman.web.views.charters.labels import ACT, OTHER, WHO
from peyman.web.views.telling import naming


class Item(NamedTuple):
    """One thing under a word; `act` is the full name of the act to which it leads."""

    text: str
    act: str = ""


class Line(NamedTuple):
    """One word of the charter language, what it is called, and what stands under it."""

    word: str
    label: str
    items: tuple[Item, ...]


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells of one charter by the text of a day."""

    charter: Charter
    text: Text

    # ----------------------------------------------------------------------- names

    def _called(self, name: str) -> str:
        """What the charter itself calls something, in the page's language or in English."""
        said = self.charter.called.get(name, {})
        return said.get(naming.language()) or said.get("en", "")

    def act_name(self, name: str) -> str:
        """An act by its full name inside the charter: `assistance.request`."""
        return self._called(name) or naming.act(f"{self.charter.id}.{name}")

    def kind_name(self, kind: str) -> str:
        """A kind of matter."""
        said = self._called(kind) or naming.matter(f"{self.charter.id}.{kind}")
        return said[:1].upper() + said[1:]

    def ground_name(self, name: str) -> str:
        """A ground."""
        return self._called(name) or naming.ground(f"{self.charter.id}/{name}")

    def actor(self, word: str) -> str:
        """Who is meant by a word of `by` or `to`: an office, an organ, a member."""
        if word in WHO:
            return str(WHO[word])
        if called := self._called(word):
            return called
        organ = self.text.organs.get(word)
        if organ and organ.title:
            return written.isolate(organ.title)
        is_own = organ is not None or word in self.text.offices
        return naming.actor(f"{self.charter.id}/{word}" if is_own else word)

    def actors(self, words: Iterable[str]) -> str:
        """Who may: any of these."""
        return _(" or ").join(self.actor(word) for word in words)

    def span(self, span: Span) -> str:
        """How long: `24 hours`; a word of the text with the span that we use for it."""
        if isinstance(span, Several):
            of = naming.comma().join(self.span(one) for one in span.of)
            later = _("the later of: %(spans)s") % {"spans": of}
            earlier = _("the earlier of: %(spans)s") % {"spans": of}
            return later if span.which == "later" else earlier
        if span in self.charter.reading:
            read = self.span(self.charter.reading[span])
            return _("“%(word)s”, which we read as %(span)s") % {
                "word": naming.code(span),
                "span": read,
            }
        return naming.code(span)

    # ------------------------------------------------------------------------ acts

    def act(self, act: Act) -> Lines:
        """An act in one form, word by word; a word that is not there has no line."""
        told = {
            "form": self._codes(act.form),
            "by": self._who(act),
            "decide": self._decided(act),
            "to": self._one(self.actors(act.to)),
            "opens": self._opens(act),
            "after": self._clauses(act.after, act.numbers),
            "while": self._clauses(act.meanwhile),
            "before": self._acts(act.before),
            "on": self._grounds(act.on),
            "fixes": self._codes(act.fixes),
            "implies": self._pairs(act.implies),
            "at_most": self._pairs(act.at_most),
            "agrees": self._acts((act.agrees,) if act.agrees else ()),
            "mandate": self._flag(is_so=act.mandate),
            "deed": self._flag(is_so=act.deed),
            "binds": self._codes((act.binds,) if act.binds else ()),
            "void": self._codes((act.void,) if act.void else ()),
            "duty": self._owed(act.duty),
            "every": self._owed(act.every),
            "lapse": self._owed(act.lapse),
            "lasts": self._lasts(act.lasts),
            "undo": self._owed(act.undo),
            "ends": self._acts(act.ends),
            "amends": self._acts(act.amends),
            "waive": self._acts(act.waive),
            "joins": self._texts(act.joins),
            "leaves": self._texts(act.leaves),
            "known": self._one(act.known or ""),
        }
        return _lines(ACT, told)

    def _who(self, act: Act) -> Iterator[Item]:
        words = act.by
        if not words and act.decide:
            words = (self.text.rules[act.decide].organ,)
        yield from self._one(self.actors(words))

    def _decided(self, act: Act) -> Iterator[Item]:
        if act.decide:
            yield from self._one(self.carry(self.text.rules[act.decide]))

    def _opens(self, act: Act) -> Iterator[Item]:
        if act.opens:
            kind = self.kind_name(act.kind)
            if isinstance(act.opens, str):
                under = self.kind_name(act.opens)
                yield Item(
                    _("a matter: %(kind)s, under one of: %(under)s")
                    % {"kind": kind, "under": under}
                )
            else:
                yield Item(_("a matter: %(kind)s") % {"kind": kind})

    def _clauses(
        self, clauses: Clauses, numbers: Mapping[str, str] | None = None
    ) -> Iterator[Item]:
        several = numbers or {}
        for clause in clauses:
            said = _(" or ").join(self.act_name(name) for name in clause)
            if len(clause) == 1 and clause[0] in several:
                n = naming.code(several[clause[0]])
                said = _("%(act)s, by so many: %(n)s") % {"act": said, "n": n}
            yield Item(said, clause[0] if len(clause) == 1 else "")
        for name in several:
            if (name,) not in clauses:
                n = naming.code(several[name])
                act = self.act_name(name)
                yield Item(_("%(act)s, by so many: %(n)s") % {"act": act, "n": n}, name)

    def _acts(self, names: Iterable[str]) -> Iterator[Item]:
        return (Item(self.act_name(name), name) for name in names)

    def _owed(self, owed: Mapping[str, Span]) -> Iterator[Item]:
        for name, span in owed.items():
            act, when = self.act_name(name), self.span(span)
            yield Item(_("%(act)s: %(span)s") % {"act": act, "span": when}, name)

    def _lasts(self, lasts: Span | date | tuple[str, ...] | None) -> Iterator[Item]:
        if isinstance(lasts, tuple):
            names = naming.comma().join(self.act_name(name) for name in lasts)
            yield Item(
                _("as long as any of these is in force: %(acts)s") % {"acts": names}
            )
        elif isinstance(lasts, date):
            yield Item(written.day(lasts, naming.language()))
        elif lasts is not None:
            yield Item(self.span(lasts))

    def _grounds(self, names: Iterable[str]) -> Iterator[Item]:
        return (Item(self.ground_name(name)) for name in names)

    def _texts(self, letters: Iterable[str]) -> Iterator[Item]:
        return (Item(self.charter.texts.get(one, one)) for one in letters)

    def _codes(self, names: Iterable[str]) -> Iterator[Item]:
        return (Item(naming.code(name)) for name in names)

    def _pairs(self, pairs: Mapping[str, str]) -> Iterator[Item]:
        for fact, value in pairs.items():
            yield Item(f"{naming.code(fact)}: {naming.code(value)}")

    def _one(self, text: str) -> Iterator[Item]:
        if text:
            yield Item(text)

    def _flag(self, *, is_so: bool) -> Iterator[Item]:
        if is_so:
            yield Item(_("yes"))

    # ------------------------------------------------------------- everything else

    def carry(self, rule: Rule) -> str:
        """What carries a decision under a rule, in short."""
        who, carry = self.actor(rule.organ), naming.code(rule.carry)
        return _("%(organ)s, carried by: %(carry)s") % {"organ": who, "carry": carry}

    def rule(self, rule: Rule) -> Lines:
        """How an organ decides."""
        told = {
            "organ": self._one(self.actor(rule.organ)),
            "carry": self._codes((rule.carry,)),
            "of": self._codes((rule.of,)),
            "quorum": self._codes((rule.quorum,) if rule.quorum else ()),
            "veto": (Item(self.actor(one)) for one in rule.veto),
            "except": (Item(self._left_out(one)) for one in rule.without),
            "else": self._one(self._otherwise(rule)),
            "modes": self._codes(rule.modes),
            "binds": self._codes((rule.binds,) if rule.binds else ()),
        }
        return _lines(OTHER, told)

    def _left_out(self, word: str) -> str:
        if word == "subject":
            return self.actor(word)
        return self.act_name(word) if "." in word else naming.code(word)

    def _otherwise(self, rule: Rule) -> str:
        other = self.text.rules.get(rule.otherwise or "")
        return self.carry(other) if other else ""

    def organ(self, organ: Organ) -> Lines:
        """A body: who sits there, who leads it."""
        sits = [_("all members")] if organ.of_members else []
        if organ.parties_to:
            title = self.charter.texts.get(organ.parties_to, organ.parties_to)
            sits = [_("the parties to: %(text)s") % {"text": title}]
        sits += [self.actor(one) for one in organ.members]
        told = {
            "of": (Item(one) for one in sits),
            "without": (Item(self.actor(one)) for one in organ.without),
            "seat": self._codes((organ.seat,) if organ.seat else ()),
            "chair": self._one(self.actor(organ.chair) if organ.chair else ""),
            "secretary": self._one(
                self.actor(organ.secretary) if organ.secretary else ""
            ),
            "outside": self._flag(is_so=organ.outside),
        }
        return _lines({**OTHER, "of": OTHER["sits"]}, told)

    def office(self, office: Office) -> Lines:
        """An office, and the office whose holder the text puts there."""
        held = self._one(self.actor(office.held_by) if office.held_by else "")
        return _lines(OTHER, {"held_by": held})

    def ground(self, ground: Ground) -> Lines:
        """A condition: whose word decides, what a claim must speak to."""
        told = {
            "word_of": self._one(self.actor(ground.word_of)),
            "elements": self._codes(ground.elements),
        }
        return _lines(OTHER, told)

    def limit(self, limit: Limit) -> Lines:
        """What a higher norm asks of acts."""
        here = naming.language()
        readings = (Item(one.get(here) or one.get("en", "")) for one in limit.disputed)
        told = {
            "acts": self._acts(limit.acts),
            "after": self._clauses(limit.after),
            "while": self._clauses(limit.meanwhile),
            "disputed": readings,
        }
        return _lines({**ACT, **OTHER}, told)


def _lines(
    labels: Mapping[str, str | Promise], told: Mapping[str, Iterable[Item]]
) -> Lines:
    found = ((word, tuple(items)) for word, items in told.items())
    return tuple(Line(word, str(labels[word]), items) for word, items in found if items)
