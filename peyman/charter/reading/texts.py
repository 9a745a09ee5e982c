"""Build the consolidated `Text` of every span of days from provisions.

What did not change from one span to the next is the same object in both, so that a
charter of many dates costs little more than one of none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from peyman.charter.language import VERSION
from peyman.charter.model import (
    Act,
    Article,
    Ground,
    Limit,
    Office,
    Organ,
    Rule,
    Text,
)
from peyman.charter.reading.consolidate import Line, Lines, Provision, Stage, forms_of
from peyman.charter.reading.lines import Page, header
from peyman.charter.reading.shapes import Ref, Word

Provisions = Mapping[str, tuple[Provision, ...]]
"""The provisions of a charter by the name of their table."""

_MODELS: dict[str, type[Any]] = {
    "articles": Article,
    "organs": Organ,
    "offices": Office,
    "grounds": Ground,
    "rules": Rule,
    "limits": Limit,
}
_MUST_BE_IN_FORCE = {Ref.ARTICLE: "articles", Ref.RULE: "rules", Ref.ORGAN: "organs"}
_DEFAULTS = {"articles": {"checked": "memory"}}


def texts_of(page: Page, provisions: Provisions) -> tuple[Text, ...]:
    """The text of every span between two dates on which anything changed.

    Raises:
        PeymanError: If a provision rests on what is not in force on the same day.
    """
    every = [one for table in provisions.values() for one in table]
    starts = sorted({date.min, *(s.since for one in every for s in one.stages)})
    for start, end in [*pairwise(starts), (starts[-1], None)]:
        _check_in_force(page, every, start, end)
    builder = _Builder(provisions)
    return tuple(builder.text(start) for start in starts)


class _Builder:
    """Builds one text after the other; keeps what it built for the next."""

    def __init__(self, provisions: Provisions) -> None:
        self._provisions = provisions
        self._built: dict[tuple[str, ...], Any] = {}
        self._maps: dict[str, Mapping[str, Any]] = {}

    def text(self, start: date) -> Text:
        """The text from a day on. Ask for the days in order."""
        changed = {
            table
            for table, provisions in self._provisions.items()
            if any(s.since == start for one in provisions for s in one.stages)
        }
        for table in _MODELS:
            if table in changed:
                self._maps[table] = self._table(table, start)
        if changed & {"acts", "rules"}:
            self._maps["acts"] = self._acts(start)
        return Text(
            since=start, **{t: self._maps.get(t, {}) for t in (*_MODELS, "acts")}
        )

    def _in_force(self, table: str, start: date) -> Iterator[tuple[Provision, Stage]]:
        for one in self._provisions.get(table, ()):
            stage = one.on(start)
            if stage.lines is not None:
                yield one, stage

    def _table(self, table: str, start: date) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for one, stage in self._in_force(table, start):
            key = (table, one.name, str(stage.since))
            if key not in self._built:
                attributes = _attributes(one, stage.lines or {})
                self._built[key] = _MODELS[table](name=one.name, **attributes)
            made[one.name] = self._built[key]
        return made

    def _acts(self, start: date) -> dict[str, Mapping[str, Act]]:
        bits = {one.name: bit for bit, one in enumerate(self._provisions["acts"])}
        made: dict[str, Mapping[str, Act]] = {}
        for one, stage in self._in_force("acts", start):
            forms = self._forms(one, stage, bits[one.name])
            organs = [self._organ(act) for act in forms.values()]
            key = ("by", one.name, str(stage.since), *organs)
            if key not in self._built:
                self._built[key] = {
                    form: replace(act, by=(organ,)) if organ else act
                    for (form, act), organ in zip(forms.items(), organs, strict=True)
                }
            made[one.name] = self._built[key]
        return made

    def _forms(self, one: Provision, stage: Stage, bit: int) -> dict[str, Act]:
        key = ("acts", one.name, str(stage.since))
        if key not in self._built:
            self._built[key] = {
                form: Act(one.name, bit, **_attributes(one, lines))
                for form, lines in forms_of(one, stage)
            }
        forms: dict[str, Act] = self._built[key]
        return forms

    def _organ(self, act: Act) -> str:
        """Who decides an act that does not say by whom: the organ of its rule."""
        rules: Mapping[str, Rule] = self._maps.get("rules", {})
        rule = rules.get(act.decide or "")
        return "" if act.by or rule is None else rule.organ


def _attributes(one: Provision, lines: Lines) -> dict[str, Any]:
    words = one.table.words
    found: dict[str, Any] = dict(_DEFAULTS.get(one.table.name, {}))
    found |= {words[w].attribute or w: line.value for w, line in lines.items()}
    if one.table.name == "organs" and "of" in found:
        of = found.pop("of")
        found["of_members"] = of == "members"
        found["parties_to"] = (
            None if of == "members" else of.removeprefix("parties to ")
        )
    if one.table.name == "acts" and "after" in found:
        found["after"], found["numbers"] = found["after"]
    return found


def _check_in_force(
    page: Page, every: list[Provision], start: date, end: date | None
) -> None:
    """Refuse an article, a rule or an organ that is leaned on but not in force."""
    on = [(one, one.on(start)) for one in every]
    gone = {(one.table.name, one.name) for one, stage in on if stage.lines is None}
    if not gone:
        return
    for one, stage in on:
        for word, line, name in _leans_on(one, stage):
            if (word.ref and _MUST_BE_IN_FORCE.get(word.ref), name) in gone:
                when = f"before {end}" if start == date.min else f"on {start}"
                here = header(
                    one.path if start == date.min else (*one.path, str(start))
                )
                raise page.refuse(
                    line.path,
                    f"`{word.name}` names '{name}', which is not in force {when}.",
                    section=VERSION,
                    remedy=f"Give {here} another `{word.name}`, or correct the dates.",
                )


def _leans_on(one: Provision, stage: Stage) -> Iterator[tuple[Word, Line, str]]:
    """Every name in a version that must be in force with it, and where it stands."""
    for _, lines in forms_of(one, stage):
        for key, line in lines.items():
            word = one.table.words[key]
            if word.ref in _MUST_BE_IN_FORCE:
                names = line.value if isinstance(line.value, tuple) else (line.value,)
                yield from ((word, line, name) for name in names)
