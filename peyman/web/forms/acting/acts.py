"""The form of an act: what its charter lets it say, and no more.

Which fields there are follows from the charter's text of the day: the matter it belongs to,
its addressees, the articles it may rest on, its grounds, the facts that it fixes. Whether
the act is lawful is not asked here: it is entered with its findings.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.charter.model import Act, Charter, Text
from peyman.charter.moment import day_of
from peyman.web.forms.parts.choices import with_none
from peyman.web.forms.parts.fields import OneOf, Words
from peyman.web.forms.parts.known import PERFORMED, KnownForm
from peyman.web.records.readings import Held
from peyman.web.telling.written import digits
from peyman.web.views.telling import naming

NOT_SHOWN = "not shown"
_UNASKED = frozenset({"holder", "ballots", "ripens", "unless", "received"})
"""Of an act that is corrected, what the form has no room for, and leaves as it was."""


class Matter(NamedTuple):
    """A matter of the case, as a form names it."""

    id: str
    value: str
    charter: str
    kind: str
    label: str


def text_of(now: Held, charter: Charter) -> Text:
    """The text of a charter by which something is done now."""
    return charter.on(day_of(now.reading.at, charter.zone))


def act_named(now: Held, name: str) -> tuple[Charter, Act]:
    """An act of a charter of the case by its full name, in the text of now.

    Raises:
        Http404: If the case has no such act.
    """
    charter_id, _, short = name.partition(".")
    charter = now.case.charters.get(charter_id)
    act = text_of(now, charter).act(short) if charter else None
    if charter is None or act is None:
        raise Http404
    return charter, act


def matters_of(now: Held) -> list[Matter]:
    """The matters of the case, the latest first; `value` is what an entry writes."""
    commitments = {entry.name: entry.commitment for entry in now.case.entries}
    found = []
    for one in now.standing["matters"]:
        entry, _, n = one["id"].partition("/")
        if entry in commitments:
            kind = naming.matter(f"{one['charter']}.{one['kind']}")
            who = naming.actor(one["subject"]) if one["subject"] else ""
            named = digits(one["id"], naming.language())
            label = " · ".join(filter(None, (kind, who, named)))
            value = f"{commitments[entry]}/{n}"
            found.append(Matter(one["id"], value, one["charter"], one["kind"], label))
    return found[::-1]


class ActForm(KnownForm):
    """One act of one charter."""

    heading: str | Promise = gettext_lazy("Enter an act")

    def make(self) -> None:
        """Ask for what the charter's text of the act has room for."""
        self.name = self._name()
        self.charter, self.act = act_named(self.now, self.name)
        self.heading = naming.act(self.name)
        self.text = text_of(self.now, self.charter)
        self.fields["act"] = forms.CharField(widget=forms.HiddenInput)
        self.initial["act"] = self.name
        self._ask_where()
        self._ask_who()
        self._ask_why()
        self._ask_what()
        self._ask_how()

    @property
    def may_perform(self) -> bool:  # type: ignore[override]
        """An act that corrects tells of one that was done; it is done by no correction."""
        return self.corrects is None

    def _name(self) -> str:
        if self.is_bound or self.corrects is None:
            sent: QueryDict = self.data if self.is_bound else self.asked  # type: ignore[assignment]
            return sent.get("act", "")
        acts: Any = self.corrects.body["acts"]
        if len(acts) > 1:
            raise Http404  # It has no form: it is taken back as a whole, or left.
        return f"{acts[0]['under']}.{acts[0]['act']}"

    def _ask_where(self) -> None:
        if self.act.opens is True:
            return
        kind = self.act.opens or self.act.kind
        own = [
            (one.value, one.label)
            for one in matters_of(self.now)
            if (one.charter, one.kind) == (self.charter.id, kind)
        ]
        choices = own or with_none([], str(_("No such matter was opened yet")))
        self.fields["matter"] = OneOf(choices, label=gettext_lazy("Matter"))
        wanted = self.asked.get("matter", "")
        ids = {one.id: one.value for one in matters_of(self.now)}
        self.initial["matter"] = ids.get(wanted, "")

    def _ask_who(self) -> None:
        self.ask_known()
        self.fields["by"] = OneOf(self._actors(), label=gettext_lazy("Who acts"))
        self.initial["by"] = self.asked.get("by") or self._usual_actor()
        members = [(one, naming.actor(one)) for one in self._members()]
        none = str(_("Nobody named"))
        own = self.office if self.office in self._members() else ""
        if self.act.opens:
            self.fields["subject"] = OneOf(
                with_none(members, none),
                required=False,
                label=gettext_lazy("Member whom the matter concerns"),
            )
            self.initial["subject"] = own if "another member" not in self.act.by else ""
        if self.act.is_each:
            self.fields["member"] = OneOf(
                with_none(members, none),
                required=False,
                label=gettext_lazy("Member for whom it is done"),
            )
            self.initial["member"] = own
        if self.act.to:
            self.fields["to"] = self._many(
                [f"{self.charter.id}/{one}" for one in self.act.to],
                naming.actor,
                gettext_lazy("Addressee"),
            )
            self.initial["to"] = [f"{self.charter.id}/{one}" for one in self.act.to]

    def _ask_why(self) -> None:
        articles = [one for one in self.act.art if one in self.text.articles]
        if articles:
            named = [*articles, NOT_SHOWN]
            self.fields["basis"] = self._many(
                named, self._article, gettext_lazy("Articles it names as its basis")
            )
        self.grounds = sorted(self.text.grounds, key=lambda one: one not in self.act.on)
        if not self.act.on:
            self.grounds = []
        for n, name in enumerate(self.grounds):
            self.fields[f"ground-{n}"] = OneOf(
                [
                    ("", _("not spoken")),
                    ("asserted", _("asserted")),
                    ("denied", _("denied")),
                ],
                required=False,
                label=naming.ground(f"{self.charter.id}/{name}"),
                help_text=gettext_lazy("A ground: what this act itself says of it."),
            )

    def _ask_what(self) -> None:
        forms_of = self.text.acts[self.act.name].values()
        self.facts = tuple(dict.fromkeys(f for one in forms_of for f in one.fixes))
        for n, name in enumerate(self.facts):
            self.fields[f"fact-{n}"] = Words(
                rows=2,
                required=False,
                label=naming.code(name),
                help_text=gettext_lazy(
                    "A fact that this act fixes; several lines for several. Left empty,"
                    " the act leaves it open."
                ),
            )

    def _ask_how(self) -> None:
        named = (*self.act.form, *(one for one in self.text.acts[self.act.name] if one))
        if named:
            self._ask_one_of("form", named, gettext_lazy("Form"))
        rule = self.text.rules.get(self.act.decide or "")
        if rule and rule.modes:
            self._ask_one_of("mode", rule.modes, gettext_lazy("How it met"))
        if rule:
            self.fields["announced_by"] = OneOf(
                with_none(self._actors(), str(_("Nobody, or the ballots are here"))),
                required=False,
                label=gettext_lazy("Who announced it, if no ballots are known"),
            )
        self.ask_when()

    def _ask_one_of(self, name: str, words: tuple[str, ...], label: object) -> None:
        named = [(one, naming.code(one)) for one in dict.fromkeys(words)]
        choices = with_none(named, str(_("Not said")))
        self.fields[name] = OneOf(choices, required=False, label=label)

    def _many(self, names: list[str], say: object, label: object) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=[(one, say(one)) for one in names],  # type: ignore[operator]
            required=False,
            label=label,  # type: ignore[arg-type]
            widget=forms.CheckboxSelectMultiple(),
        )

    def _members(self) -> tuple[str, ...]:
        day = day_of(self.now.reading.at, self.charter.zone)
        letters = self.charter.parties
        bound = {m for one in letters for m in self.charter.bound_by(one, day)}
        return tuple(sorted(bound))

    def _actors(self) -> list[tuple[str, str]]:
        own = self.charter.id
        names = {self.office: None, **dict.fromkeys(self._members())}
        named = (*self.text.organs, *self.text.offices)
        names |= {f"{own}/{one}": None for one in named}
        return [(one, naming.actor(one)) for one in names]

    def _usual_actor(self) -> str:
        """A delegate acts for itself; who enters for others means who may do it."""
        named = [*self.text.organs, *self.text.offices]
        rule = self.text.rules.get(self.act.decide or "")
        fit = [f"{self.charter.id}/{one}" for one in named if one in self.act.by]
        fit += [f"{self.charter.id}/{rule.organ}"] if rule else []
        return (
            self.office if self.is_delegate or self.office in fit else (fit or [""])[0]
        )

    def _article(self, name: str) -> str:
        if name == NOT_SHOWN:
            return str(_("A basis that is not shown"))
        says = self.text.articles[name].says
        said = says.get(naming.language()) or says.get("en", "")
        return f"{digits(name, naming.language())}: {said}"

    def clean_basis(self) -> list[str]:
        """The articles; a basis that is not shown names none."""
        named = list(self.cleaned_data["basis"])
        if NOT_SHOWN in named and len(named) > 1:
            raise ValidationError(
                _(
                    "A basis that is not shown names no article. Choose one or the other."
                )
            )
        return named

    def clean(self) -> dict[str, Any]:
        """Who acts here signs for itself."""
        said = super().clean()
        is_here = said.get("known_as") == PERFORMED
        if is_here and said.get("by") not in (None, self.office):
            problem = _(
                "You sign for %(who)s, and only who acts signs its act. Choose %(who)s, or"
                " say that a document or a report shows the act."
            )
            self.add_error("by", problem % {"who": self.me()})
        return said

    def draft(self) -> Draft:
        """The act, with what was said of it and nothing else."""
        said = self.cleaned_data
        act = {name: value for name, value in self._said(said) if value}
        act = {n: v for n, v in self._old().items() if n in _UNASKED} | act
        cites = tuple(said["cites"])
        if matter := said.get("matter"):
            cites = (*cites, str(matter).partition("/")[0])
        body: dict[str, object] = {"acts": [act]}
        return Draft("act", *self.known(), None, tuple(dict.fromkeys(cites)), body)

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of an act that is to be corrected."""
        old, to = self._old(), self._old().get("to", [])
        basis = old.get("basis", [])
        named = ("matter", "subject", "member", "by", "form", "mode", "announced_by")
        said = {name: old[name] for name in named if name in old}
        said["to"] = to if isinstance(to, list) else [to]
        said["basis"] = basis if isinstance(basis, list) else [basis]
        grounds, states = old.get("grounds", {}), old.get("states", {})
        said |= {f"ground-{n}": grounds.get(g) for n, g in enumerate(self.grounds)}
        facts = enumerate(self.facts)
        said |= {f"fact-{n}": _typed(states.get(fact)) for n, fact in facts}
        return {**super().filled(entry), **said}

    def _old(self) -> Mapping[str, Any]:
        """The act that is corrected; empty where none is."""
        acts: Any = self.corrects.body["acts"] if self.corrects else [{}]
        old: Mapping[str, Any] = acts[0]
        return old

    def _said(self, said: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        yield "under", self.charter.id
        yield "act", self.act.name
        for name in ("matter", "subject", "member", "by", "to", "form", "mode"):
            yield name, said.get(name)
        yield "announced_by", said.get("announced_by")
        basis = said.get("basis")
        yield "basis", NOT_SHOWN if basis == [NOT_SHOWN] else basis
        grounds = {g: said[f"ground-{n}"] for n, g in enumerate(self.grounds)}
        yield "grounds", {g: word for g, word in grounds.items() if word}
        typed = {f: str(said[f"fact-{n}"]) for n, f in enumerate(self.facts)}
        yield (
            "states",
            {
                fact: self._stated(fact, one)
                for fact, one in typed.items()
                if one or not self._old() or fact in self._old().get("states", {})
            },
        )

    def _stated(self, fact: str, typed: str) -> object:
        """What is typed of a fact; what was not changed keeps the words of its source."""
        new, old = _fact(typed), self._old().get("states", {}).get(fact)
        return old if isinstance(old, Mapping) and old["value"] == new else new


def _typed(fact: Any) -> str:
    """A fact of an act as a person types it; one that is left open is not typed."""
    value = fact["value"] if isinstance(fact, Mapping) else fact
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value in (None, "unspecified") else str(value)


def _fact(typed: str) -> object:
    """What a fact was said to be: open, a number, a text, or several texts."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return "unspecified"
    if len(lines) > 1:
        return lines
    one = lines[0]
    return int(one) if one.isascii() and one.isdigit() and len(one) < 10 else one
