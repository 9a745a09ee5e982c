"""Two charters, or one charter on two days, side by side: what differs is marked, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from peyman.errors import PeymanError
from peyman.web.entrance.access import cases_of
from peyman.web.telling import written
from peyman.web.views.charters.law import (
    LawPage,
    carried_by,
    named_law,
    read_day,
    shipped,
)
from peyman.web.views.charters.telling import Item, Lines
from peyman.web.views.charters.text import Provision, provisions
from peyman.web.views.telling import naming

SIDES = ("a", "b")
WHAT = ("act", "rule", "organ", "office", "ground", "limit")
"""Kinds of provisions in the order in which they are compared, after the articles."""
_MOST = 3


class Part(NamedTuple):
    """A run of words, and whether the other side has it otherwise."""

    text: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One line of both sides.

    Attributes:
        left: What the first side has under the label; nothing where it has not the line.
    """

    label: str
    left: tuple[Item, ...]
    right: tuple[Item, ...]

    @property
    def differs(self) -> bool:
        """Whether the two say another thing."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Compared:
    """An article or a provision on both sides.

    Attributes:
        state: `same`, `differs`, `left` or `right`: only there.
        parts: Of an article, its words on each side.
        lines: Of a provision, its lines.
    """

    name: str
    kind: str
    state: str
    parts: tuple[tuple[Part, ...], tuple[Part, ...]] = ((), ())
    lines: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """All of one sort, those that differ first; and how many are the same."""

    what: str
    rows: tuple[Compared, ...]
    same: int


# ---------------------------------------------------------------------- what differs


def sections(left: LawPage, right: LawPage) -> list[Section]:
    """Articles and provisions of both sides."""
    found = [_section("article", _articles(left, right))]
    ours = {one.id: one for one in provisions(left)}
    theirs = {one.id: one for one in provisions(right)}
    for what in WHAT:
        ids = [one.id for one in ours.values() if one.what == what]
        ids += [o.id for o in theirs.values() if o.what == what and o.id not in ours]
        rows = (_provision(ours.get(one), theirs.get(one)) for one in ids)
        found.append(_section(what, rows))
    return [one for one in found if one.rows or one.same]


def _section(what: str, rows: Iterator[Compared]) -> Section:
    every = list(rows)
    differ = tuple(one for one in every if one.state != "same")
    return Section(what, differ, len(every) - len(differ))


def _articles(left: LawPage, right: LawPage) -> Iterator[Compared]:
    ours, theirs = left.text.articles, right.text.articles
    for name in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(name), theirs.get(name)
        said, also = _says(one.says if one else {}), _says(other.says if other else {})
        yield Compared(name, "", _state(one and said, other and also), told(said, also))


def _says(says: Mapping[str, str]) -> str:
    return says.get(naming.language()) or says.get("en", "")


def _state(left: object, right: object) -> str:
    if left is None or right is None:
        return "right" if left is None else "left"
    return "same" if left == right else "differs"


def told(left: str, right: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Two texts, word by word: which runs the other has otherwise.

    >>> [one.text for one in told("at once, if asked", "at once")[0] if one.is_other]
    ['once, if asked']
    """
    ours, theirs = left.split(), right.split()
    first, second = [], []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for code, a, b, c, d in matcher.get_opcodes():
        is_other = code != "equal" and bool(ours and theirs)
        if b > a:
            first.append(Part(" ".join(ours[a:b]), is_other))
        if d > c:
            second.append(Part(" ".join(theirs[c:d]), is_other))
    return tuple(first), tuple(second)


def _provision(left: Provision | None, right: Provision | None) -> Compared:
    one = left or right
    if one is None:
        raise TypeError("a provision is on one side at least")
    lines = tuple(_lines(left.forms if left else (), right.forms if right else ()))
    state = _state(left and left.forms, right and right.forms)
    return Compared(one.name, one.kind, state, lines=lines)


def _lines(
    left: tuple[tuple[str, Lines], ...], right: tuple[tuple[str, Lines], ...]
) -> Iterator[Beside]:
    ours, theirs = dict(left), dict(right)
    for form in dict.fromkeys((*ours, *theirs)):
        mine = {line.label: line.items for line in ours.get(form, ())}
        other = {line.label: line.items for line in theirs.get(form, ())}
        for label in dict.fromkeys((*mine, *other)):
            called = f"{naming.code(form)}: {label}" if form else label
            yield Beside(called, mine.get(label, ()), other.get(label, ()))


# -------------------------------------------------------------------------- the page


def choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The charters that may be compared: how a form names each, and its title."""
    ours = {law.digest: law for law in shipped()}
    found = [
        (law.charter.id, naming.charter(law.charter.id, law.charter.title))
        for law in ours.values()
    ]
    for record in sorted(cases_of(request.user), key=lambda one: one.slug):
        for law in carried_by(record):
            if law.digest not in ours:
                title = naming.charter(law.charter.id, law.charter.title)
                case = record.row.title(naming.language())
                found.append((f"{record.slug}/{law.charter.id}", f"{title} ({case})"))
    return found


def side(request: HttpRequest, name: str) -> LawPage | None:
    """What one side of the form asks for; None where nothing is asked.

    Raises:
        PeymanError: If there is no such charter, or no such day.
    """
    wanted, typed = (request.GET.get(one, "").strip() for one in (name, f"{name}-on"))
    if not wanted:
        return None
    law = named_law(request, wanted)
    if law is None:
        known = [value for value, _title in choices(request)]
        near = get_close_matches(wanted, known, _MOST, 0.0)
        raise PeymanError(
            _("There is no charter “%(name)s” that you may read.")
            % {"name": wanted[:40]},
            authority=_("the charters that come with Peyman, and those of your cases"),
            remedy=_("Choose another one, such as %(charters)s.")
            % {"charters": naming.comma().join(near)},
        )
    slug = wanted.rpartition("/")[0] or None
    return LawPage(request, law, slug, typed, read_day(typed, law.charter))


def compare(request: HttpRequest) -> HttpResponse:
    """Two charters, or one on two days; with the form that asks for them."""
    told_: dict[str, object] = {
        "choices": choices(request),
        "asked": [_asked(request, name) for name in SIDES],
    }
    try:
        left, right = (side(request, name) for name in SIDES)
        if left and right:
            _refuse_the_same(left, right)
            told_ |= {
                "left": left,
                "right": right,
                "sections": sections(left, right),
                "bound": _bound(left, right),
                "called": _called(left, right),
            }
    except PeymanError as error:
        told_["error"] = error
    status = 400 if "error" in told_ else 200
    return render(request, "web/charters/compare.html", told_, status=status)


def _asked(request: HttpRequest, name: str) -> dict[str, str]:
    get = request.GET.get
    return {"name": name, "charter": get(name, ""), "on": get(f"{name}-on", "")}


def _refuse_the_same(left: LawPage, right: LawPage) -> None:
    if (left.law.digest, left.day) == (right.law.digest, right.day):
        raise PeymanError(
            _("Both sides are the same charter on the same day."),
            authority=left.charter.title,
            remedy=_("Choose another charter, or another day for one of the two."),
        )


def _called(left: LawPage, right: LawPage) -> tuple[str, str]:
    """What each side is called beside its words: the day, or the charter."""
    if left.name == right.name:
        here = naming.language()
        return written.day(left.day, here), written.day(right.day, here)
    first, second = (
        naming.charter(one.charter.id, one.charter.title) for one in (left, right)
    )
    return first, second


def _bound(left: LawPage, right: LawPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is bound on the one side alone, and who on the other."""
    ours, theirs = (
        {
            m
            for letter in one.charter.parties
            for m in one.charter.bound_by(letter, one.day)
        }
        for one in (left, right)
    )
    return tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours))


routes = [path("charters/compare/", compare, name="compare-charters")]
