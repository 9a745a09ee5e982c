"""The clock of a mandate: from when, until when, and the deadlines that hang on it.

A mandate without an end day runs off the drawing and says so. What is uncertain is a bar
from its earliest to its latest end. Now is a moment that the page gives; nothing here asks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import Moment, show_moment
from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import icon
from peyman.web.draw.times.moments import Axis, axis_of, grid, moment_of

WIDTH = 600.0
_TOP = 58.0
_ROW = 74.0
_LETTER = 19.0
"""Height of a letter on a phone, to which lines are cut."""
_ROWS = ("late", "may_be_late", "must", "waiting", "in_force")
_WORDS = {
    "late": "late",
    "may_be_late": "may be late",
    "must": "owed",
    "waiting": "waits",
    "in_force": "in force until",
}
DOUBTS = ("no entry shows it", "not known: entries are not here")
"""What stands before a note of a standing where a duty is not called late."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something with a day: what, by whom, when, and how it stands.

    Attributes:
        state: `must`, `late`, `may_be_late`, `waiting` or `in_force`.
        name: The act, as CHARTER.KIND.ACT.
        because: The act that is the cause.
    """

    name: str
    by: str
    due: Moment
    state: str
    because: str
    note: str = ""


def deadlines_of(matters: Sequence[Mapping[str, Any]]) -> tuple[Deadline, ...]:
    """The rows of these matters that fall due or end on a day, by that day."""
    found = {
        (row_["act"], row_["by"], row_["because"], name): Deadline(
            name=row_["act"],
            by=row_["by"],
            due=moment_of(f"{row_['due']['earliest']}/{row_['due']['latest']}")
            if row_["due"]["earliest"] != row_["due"]["latest"]
            else moment_of(row_["due"]["latest"]),
            state=name,
            because=str(row_["because"]),
            note=row_["note"] or "",
        )
        for matter in matters
        for name in reversed(_ROWS)
        for row_ in matter[name]
        if row_.get("due")
    }
    doubted = {k[:3] for k in found if k[3] == "may_be_late"}
    kept = [d for k, d in found.items() if k[3] != "must" or k[:3] not in doubted]
    return tuple(sorted(kept, key=lambda one: (one.due, one.name, one.because)))


def draw_clock(
    mandate: Mapping[str, Any],
    deadlines: Sequence[Deadline],
    now: str,
    language: Language,
    *,
    id_: str = "clock",
) -> Drawing:
    """Draw a mandate of a standing with deadlines and a moment that is now.

    Args:
        mandate: A row of `mandates` of a standing.
        deadlines: What falls due, as `deadlines_of` gives it.
        now: The moment of the page, in UTC.
        language: How the page says things.
        id_: The id of the drawing.
    """
    begun = moment_of(mandate["from"])
    ended = _end(mandate)
    at = moment_of(now).lo
    instants = [*begun, at, *(i for d in deadlines for i in d.due)]
    left, right = (40.0, WIDTH - 12) if language.is_rtl else (12.0, WIDTH - 40)
    axis = axis_of([*instants, *(ended or ())], left, right, language)
    height = _TOP + 46 + _ROW * len(deadlines) + 10
    rows = [
        _deadline(one, _TOP + 46 + _ROW * index, axis, at, language)
        for index, one in enumerate(deadlines)
    ]
    return Drawing(
        svg.document(
            grid(axis, language, 24, height - 4, room=90),
            _now(axis, at, height, language),
            _bar(mandate, axis, at, language),
            *rows,
            id_=id_,
            name=language.words("The mandate's clock"),
            says=_says(mandate, deadlines, language),
            size=(WIDTH, height),
            class_="draw-clock draw-compact",
        ),
        (_table(mandate, deadlines, language),),
        tuple(_keys(ended is None, deadlines, language)),
    )


def _end(mandate: Mapping[str, Any]) -> Moment | None:
    stated = mandate["ended"] or mandate["until"]
    return moment_of(stated) if stated else None


def _bar(mandate: Mapping[str, Any], axis: Axis, now: int, language: Language) -> str:
    begun, ended = moment_of(mandate["from"]), _end(mandate)
    y = _TOP + 26
    last = ended.lo if ended else axis.hi
    solid = sorted((axis.x(begun.hi), axis.x(min(last, max(now, begun.hi)))))
    rest = sorted((axis.x(begun.lo), axis.x(begun.hi)))
    parts = [
        svg.title(_until(mandate, language)),
        _line(_until(mandate, language), _TOP + 8, language, "draw-strong"),
        _rect(rest[0], rest[1], y, "draw-span"),
        _rect(solid[0], solid[1], y, "draw-term"),
    ]
    if last > now:
        ahead = sorted((axis.x(max(now, begun.hi)), axis.x(last)))
        parts.append(_rect(ahead[0], ahead[1], y, "draw-ahead"))
    if ended:
        x = axis.x(ended.lo)
        stop = svg.path([(x, y - 9), (x, y + 9)])
        parts.append(svg.tag("path", d=stop, class_="draw-stop"))
    else:
        parts.append(_open_end(axis, y))
    return svg.tag("g", *parts, class_="draw-mandate")


def _open_end(axis: Axis, y: float) -> str:
    x = axis.x(axis.hi)
    sign = -1 if axis.is_rtl else 1
    dashes = svg.path([(x, y), (x + sign * 18, y)])
    tip = svg.path([(x + sign * 18, y - 6), (x + sign * 28, y), (x + sign * 18, y + 6)])
    return svg.tag(
        "path", d=dashes, class_="draw-open-end", stroke_dasharray="4 3"
    ) + svg.tag("path", d=tip + "z", class_="draw-open-tip")


def _rect(left: float, right: float, y: float, class_: str) -> str:
    if right <= left:
        return ""
    return svg.tag(
        "rect", x=left, y=y - 5, width=right - left, height=10, class_=class_
    )


def _deadline(
    one: Deadline, top: float, axis: Axis, now: int, language: Language
) -> str:
    y = top + 58
    left, width = axis.stretch(one.due, 3)
    said = _words(one, language)
    is_met = one.state in ("must", "waiting", "in_force")
    tip = axis.x(one.due.hi)
    flag = svg.path([(tip, y - 9), (tip, y + 9)])
    return svg.tag(
        "g",
        svg.title(f"{said}. {one.note}".strip()),
        _line(language.words(one.name), top + 14, language, "draw-strong"),
        _line(
            f"{state_words(one, language)} · {language.actor(one.by)}",
            top + 36,
            language,
            "draw-small",
        ),
        _rect(left, left + width, y, "draw-span"),
        svg.tag("path", d=flag, class_="draw-flag"),
        svg.tag(
            "path",
            d="M-7-6H7L0 6z",
            class_="draw-flag-head" + ("" if is_met else " draw-late-head"),
            transform=f"translate({svg.number(tip)} {svg.number(y - 10)})",
        ),
        class_=f"draw-due draw-due-{one.state.replace('_', '-')}",
    )


def state_words(one: Deadline, language: Language) -> str:
    """How a deadline stands; nobody is called late where the record cannot know."""
    doubt = one.note.partition(";")[0]
    return language.words(doubt if doubt in DOUBTS else _WORDS[one.state])


def _words(one: Deadline, language: Language) -> str:
    return " · ".join(
        (
            state_words(one, language),
            language.actor(one.by),
            language.words(one.name),
        )
    )


def _line(said: str, y: float, language: Language, class_: str) -> str:
    x = WIDTH - 12 if language.is_rtl else 12.0
    anchor = "end" if language.is_rtl else "start"
    return svg.haloed(
        svg.text(
            svg.fit(said, WIDTH - 24, _LETTER),
            x,
            y,
            class_=class_,
            anchor=anchor,
            is_rtl=language.is_rtl,
        )
    )


def _now(axis: Axis, now: int, height: float, language: Language) -> str:
    x = axis.x(now)
    return svg.tag(
        "g",
        svg.tag("path", d=svg.path([(x, 24), (x, height - 4)]), class_="draw-now-line"),
        svg.haloed(
            svg.text(
                language.words("as of"),
                min(max(x, 24.0), WIDTH - 24),
                42,
                class_="draw-now-word",
                anchor="middle",
                is_rtl=language.is_rtl,
            )
        ),
    )


def _until(mandate: Mapping[str, Any], language: Language) -> str:
    if mandate["ended"]:
        return language.words("Ended {moment}").format(
            moment=language.moment(mandate["ended"])
        )
    if mandate["until"]:
        return language.words("In force until {moment}").format(
            moment=language.moment(mandate["until"])
        )
    return language.words("In force; no end day is known")


def _says(
    mandate: Mapping[str, Any], deadlines: Sequence[Deadline], language: Language
) -> str:
    return language.words("From {moment}. {until}. Deadlines: {n}.").format(
        moment=language.moment(mandate["from"]),
        until=_until(mandate, language),
        n=language.number(len(deadlines)),
    )


def _table(
    mandate: Mapping[str, Any], deadlines: Sequence[Deadline], language: Language
) -> Table:
    say = language.words
    first = row(
        say("The mandate"),
        "",
        language.moment(mandate["from"]),
        _until(mandate, language),
        "",
        entries=(str(mandate["id"]).split("/")[0],),
        kind="mandate",
    )
    rows = (first, *(_row(one, language) for one in deadlines))
    heads = ("What", "Who", "When", "How it stands", "Note")
    return Table(say("The mandate's clock"), tuple(say(head) for head in heads), rows)


def _row(one: Deadline, language: Language) -> Row:
    return row(
        language.words(one.name),
        language.actor(one.by),
        language.moment(show_moment(one.due)),
        state_words(one, language),
        Cell(one.note, "en"),
        entries=(one.because.split("/")[0],),
        kind=one.state,
    )


def _keys(
    is_open: bool, deadlines: Sequence[Deadline], language: Language
) -> Iterator[Key]:
    bar = '<rect x="-9" y="-4" width="18" height="8" class="draw-term"/>'
    yield Key(icon(bar), language.words("in force"))
    if is_open:
        line = (
            '<path d="M-9 0H3" class="draw-open-end" stroke-dasharray="4 3"/>'
            '<path d="M3-5L10 0L3 5z" class="draw-open-tip"/>'
        )
        yield Key(icon(line), language.words("no end day is known"))
    if deadlines:
        head = '<path d="M-7-6H7L0 6z" class="draw-flag-head"/>'
        yield Key(icon(head), language.words("falls due"))
    if any(one.due.lo < one.due.hi for one in deadlines):
        span = '<rect x="-9" y="-4" width="18" height="8" class="draw-span"/>'
        yield Key(icon(span), language.words("some time between: not certain"))
    if any(one.state in ("late", "may_be_late") for one in deadlines):
        head = '<path d="M-7-6H7L0 6z" class="draw-flag-head draw-late-head"/>'
        yield Key(icon(head), language.words("its day has passed"))
    now = '<path d="M0-9V9" class="draw-now-line"/>'
    yield Key(icon(now), language.words("as of"))
