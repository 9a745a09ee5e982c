"""What the lines of a charter must agree on once a table is consolidated.

Each check refuses with the line that is wrong. What one line alone can get wrong is
refused in `peyman.charter.reading.values`. Whether a charter is wise is another question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peyman.charter.language import ACT, NO_DAY
from peyman.charter.model import Several, Span
from peyman.charter.reading.consolidate import Line, Lines, Provision, forms_of
from peyman.charter.reading.lines import Page, Path, header, nearest
from peyman.charter.reading.values import is_reckonable
from peyman.errors import PeymanError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def values(lines: Lines, word: str) -> tuple[str, ...]:
    """The words that a line gives; none without it."""
    return tuple(lines[word].value) if word in lines else ()


def variants(provision: Provision) -> Iterator[tuple[Path, Lines]]:
    """Every version of a table that is in force, and each form of it."""
    for stage in provision.stages:
        for form, lines in forms_of(provision, stage):
            yield (*provision.path, form) if form else stage.path, lines


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of one charter.

    Attributes:
        reading: The words without a number that the charter reads as a span.
        letters: The texts whose parties are known.
        has_members: Whether `[members]` stands in the file.
    """

    page: Page
    reading: frozenset[str]
    letters: frozenset[str]
    has_members: bool

    def table(self, provision: Provision) -> None:
        """Refuse a table that lacks a word, or whose words contradict each other."""
        for path, lines in variants(provision):
            for word in provision.table.words.values():
                if word.is_required and word.name not in lines:
                    raise self._refuse(
                        provision,
                        path,
                        f"{header(path)} does not say `{word.name}`.",
                        f"Add `{word.name}`: {word.means}.",
                    )
            if provision.table.name == "organs":
                self._organ(provision, lines)
            elif provision.table.name == "limits":
                self._limit(provision, lines)
            elif provision.table.name == "acts":
                self._act(provision, path, lines)

    def _organ(self, provision: Provision, lines: Lines) -> None:
        of = lines.get("of")
        if of is None:
            return
        if "members" in lines:
            raise self._refuse(
                provision,
                lines["members"].path,
                "An organ has either `of` or `members`.",
                "Take one of the two out; an empty list removes a line.",
            )
        letter = of.value.removeprefix("parties to ")
        known = self.has_members if letter == "members" else letter in self.letters
        if not known:
            table = "[members]" if letter == "members" else f"[parties.{letter}]"
            raise self._refuse(
                provision,
                of.path,
                f"Nobody is known to be of '{of.value}'.",
                f"Add {table}.",
            )

    def _limit(self, provision: Provision, lines: Lines) -> None:
        """A limit is asked in one matter: its acts are all of that kind."""
        for line in (lines[w] for w in ("acts", "after", "while") if w in lines):
            names = line.value if line.path[-1] == "acts" else sum(line.value, ())
            kind = lines["acts"].value[0].partition(".")[0]
            other = next((n for n in names if not n.startswith(f"{kind}.")), None)
            if other is not None:
                raise self._refuse(
                    provision,
                    line.path,
                    f"'{other}' is an act of another kind of matter than '{kind}'.",
                    "Give each kind of matter a limit of its own.",
                )

    def _act(self, provision: Provision, path: Path, lines: Lines) -> None:
        by = values(lines, "by")
        if not by and "decide" not in lines:
            raise self._refuse(
                provision,
                path,
                f"Nobody may do {header(path)}.",
                "Add `by` or `decide`.",
            )
        if len(by) > 1 and any(word.startswith("each ") for word in by):
            each = next(word for word in by if word.startswith("each "))
            raise self._refuse(
                provision,
                lines["by"].path,
                f"'{each}' stands beside other words in `by`.",
                f"Write by = '{each}' alone, and another act for the others.",
            )
        if "undo" in lines and not ("deed" in lines and lines["deed"].value):
            raise self._refuse(
                provision,
                lines["undo"].path,
                "`undo` stands in an act that is no deed.",
                "Add `deed = true`, or use `duty`.",
            )
        self._parties(provision, lines)
        self._facts(provision, lines)

    def _parties(self, provision: Provision, lines: Lines) -> None:
        """An act of a member needs to know who is bound by its texts."""
        if not any(w == "subject" or w.endswith("member") for w in values(lines, "by")):
            return
        cited = [name.partition(" ")[0] for name in values(lines, "art")]
        unknown = [letter for letter in cited if letter not in self.letters]
        if unknown or not self.letters:
            whom = f"text {unknown[0]}" if unknown else "any text"
            table = f"[parties.{unknown[0]}]" if unknown else "[members]"
            raise self._refuse(
                provision,
                lines["by"].path,
                f"An act of a member rests on {whom}, whose parties are not known.",
                f"Add [members] or {table}." if unknown else f"Add {table}.",
            )

    def _facts(self, provision: Provision, lines: Lines) -> None:
        facts = values(lines, "fixes")
        for word in ("duty", "every", "lapse", "undo"):
            if word in lines:
                for span in lines[word].value.values():
                    self._span(provision, lines[word], span, facts, word)
        lasts = lines.get("lasts")
        if lasts is not None and isinstance(lasts.value, str | Several):
            self._span(provision, lasts, lasts.value, facts, "lasts")
        self._term(provision, lines)
        for fact in lines["implies"].value if "implies" in lines else ():
            if fact in facts:
                raise self._refuse(
                    provision,
                    lines["implies"].path,
                    f"The act must state '{fact}', which `implies` supplies.",
                    "Take it out of `fixes` or out of `implies`.",
                )

    def _term(self, provision: Provision, lines: Lines) -> None:
        """A deed has no term that ends it, and only a term has a limit."""
        lasts = lines.get("lasts")
        is_deed = "deed" in lines and lines["deed"].value
        if is_deed and lasts is not None and not isinstance(lasts.value, tuple):
            raise self._refuse(
                provision,
                lasts.path,
                "`lasts` gives a deed a term; what stands does not end by itself.",
                "Write lasts = { while = [..] }, or take `deed` out.",
            )
        facts = values(lines, "fixes")
        for fact in lines["at_most"].value if "at_most" in lines else ():
            if fact not in facts:
                raise self._no_fact(provision, lines["at_most"], fact, facts)
            if lasts is None or lasts.value != fact:
                raise self._refuse(
                    provision,
                    lines["at_most"].path,
                    f"`at_most` limits '{fact}', which is not the term of the act.",
                    f"Add lasts = '{fact}', or take it out of `at_most`.",
                )

    def _span(
        self,
        provision: Provision,
        line: Line,
        span: Span,
        facts: tuple[str, ...],
        word: str,
    ) -> None:
        if isinstance(span, Several):
            for one in span.of:
                if not _DATE.fullmatch(one):
                    self._span(provision, line, one, facts, "several")
            return
        words = {*self.reading, *facts}
        if word in ("duty", "undo"):
            words.add(NO_DAY)
        if span in words or is_reckonable(span):
            return
        near = nearest(span, [*words, "24 hours", "10 days", "5 working days"])
        hint = f"Write '{near}'" if near else "Write a span such as '24 hours'"
        raise self._refuse(
            provision,
            line.path,
            f"'{span}' is no span, no word of [reading] and no fact that the act fixes.",
            f"{hint}, or add it to [reading] or to `fixes`.",
        )

    def _no_fact(
        self, provision: Provision, line: Line, fact: str, facts: tuple[str, ...]
    ) -> PeymanError:
        near = nearest(fact, facts)
        return self._refuse(
            provision,
            line.path,
            f"`at_most` limits '{fact}', which the act does not fix.",
            f"Write '{near}', or add it to `fixes`." if near else "Add it to `fixes`.",
        )

    def _refuse(
        self, provision: Provision, path: Path, problem: str, remedy: str
    ) -> PeymanError:
        section = provision.table.section
        return self.page.refuse(path, problem, section=section, remedy=remedy)

    def kinds(self, acts: tuple[Provision, ...]) -> None:
        """Refuse a matter that nobody can open, and an act that no clock ever does."""
        opened: set[str] = set()
        lapsed: set[str] = set()
        starts: dict[str, set[str]] = {}
        for act in acts:
            for _, lines in variants(act):
                named = lines["lapse"].value if "lapse" in lines else ()
                starts.setdefault(act.name, set()).update(named)
                lapsed.update(named)
                if "opens" in lines and lines["opens"].value:
                    opened.add(act.path[0])
        for act in acts:
            kind = act.path[0]
            if kind not in opened:
                raise self.page.refuse(
                    (kind,),
                    f"Nobody can open a matter of the kind '{kind}'.",
                    section=ACT,
                    remedy="Add `opens = true` to the act that begins it.",
                )
            self._clock(act, lapsed)
            self._circle(act, starts)

    def _circle(self, act: Provision, starts: dict[str, set[str]]) -> None:
        """Clocks that start each other would let time run in a circle for ever."""
        reached: set[str] = set()
        waiting = [act.name]
        while waiting:
            new = starts.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        if act.name in reached:
            raise self._refuse(
                act,
                act.path,
                f"The clock of {header(act.path)} starts itself again.",
                "Let `lapse` lead to an act that starts no clock back to this one.",
            )

    def _clock(self, act: Provision, lapsed: set[str]) -> None:
        for _, lines in variants(act):
            if values(lines, "by") == ("time",) and act.name not in lapsed:
                raise self._refuse(
                    act,
                    lines["by"].path,
                    f"Time never does '{act.name}': no `lapse` names it.",
                    f"Add lapse = {{ {act.path[1]} = .. }} to the act that starts the clock.",
                )
