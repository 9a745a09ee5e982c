"""The map of a case: what is said of its facilities, and what moved from where to where.

It is drawn as of a moment; every part carries the times between which it stands, so that a
page may move the moment without asking the server. Borders say nothing of anybody's claims.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import ALWAYS, show
from peyman.picture.places import Place, places
from peyman.web.draw import svg
from peyman.web.draw.basemap import Frame, anchors, base, frame_of, region
from peyman.web.draw.basemap.projection import Point
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Step, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.maps.facilities import (
    Phase,
    maybe,
    phase_times,
    phases_of,
    status_words,
)
from peyman.web.draw.maps.map_labels import RANKS, Pin, labels_of, since_times
from peyman.web.draw.maps.movements import (
    PLANE,
    TRAIL,
    Movement,
    amount,
    drawn,
    movements_of,
)
from peyman.web.draw.marks import STATUSES, icon, key, shape
from peyman.web.draw.times.moments import NEVER, moment_of, stamp

WIDTH = 1100.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What a map shows, with its places on it."""

    frame: Frame
    pins: tuple[Pin, ...]
    movements: tuple[Movement, ...]
    subject: str | None


def draw_map(
    standing: Mapping[str, Any],
    language: Language,
    *,
    at: str | None = None,
    towns: Sequence[str] = (),
    id_: str = "map",
) -> Drawing:
    """Draw the facilities and movements of a standing.

    Args:
        standing: As `peyman.case.boards.standing.standing` gives it, as of the latest moment to
            which the slider may go.
        language: How the page says things.
        at: The moment to draw, in UTC; that of the standing by default.
        towns: Ids of places to name for orientation, the important ones first.
        id_: The id of the drawing; every id in it begins so.
    """
    instant = moment_of(at or standing["at"]).lo
    shown = _shown(standing, towns)
    moved = svg.tag("g", *(drawn(one, instant, language) for one in shown.movements))
    marks = svg.tag("g", *(_pin(pin, instant, language) for pin in shown.pins))
    named = labels_of(shown.frame, shown.pins, shown.movements, language, instant)
    return Drawing(
        svg=svg.document(
            base(shown.frame, shown.subject),
            moved,
            marks,
            named,
            _scale_bar(shown.frame, language),
            id_=id_,
            name=language.words("Facilities and movements"),
            says=_says(shown, language, show(instant)),
            size=(shown.frame.width, shown.frame.height),
            class_="draw-map",
        ),
        tables=(_facilities(shown, language), _movements(standing, language)),
        keys=tuple(_keys(shown, language)),
        notes=tuple(_notes(shown, language)),
        steps=tuple(_steps(shown, language)),
    )


def _shown(standing: Mapping[str, Any], towns: Sequence[str]) -> Shown:
    facilities = {
        row["place"]: phases_of(row) for row in standing["world"]["facilities"]
    }
    serials = standing["force"]["serials"]
    ends = [end for row in serials for end in (row["origin"], row["destination"])]
    subject = next((m["subject"] for m in standing["matters"] if m["subject"]), None)
    used = {p: places()[p] for p in (*facilities, *ends, *towns) if p in places()}
    if not used and subject and subject.lower() in places():
        used = {subject.lower(): places()[subject.lower()]}
    where = _where(used, frozenset(towns) - {*facilities, *ends})
    frame = frame_of(list(where.values()) or [(45.0, 60.0)], WIDTH)
    points = {place: frame.at(*point) for place, point in where.items()}
    moved = movements_of(serials, points)
    pins = [
        Pin(place, *points[place], _kind(used[place], facilities, ends), phases, since)
        for place in used
        for phases in [facilities.get(place, ())]
        for since in [_since(place, moved)]
    ]
    # What matters most is drawn last, above the rest.
    pins.sort(key=lambda pin: (-RANKS[pin.kind], pin.place))
    return Shown(frame, tuple(pins), moved, subject)


def _since(place: str, moved: Sequence[Movement]) -> int:
    """When a place first is an end of a movement."""
    ends = ((one.told["origin"], one.told["destination"]) for one in moved)
    times = [m.at.lo for m, both in zip(moved, ends, strict=True) if place in both]
    return min(times, default=NEVER)


def _where(used: Mapping[str, Place], quiet: frozenset[str]) -> dict[str, Point]:
    """Degrees north and east of each place; of a country where its name stands."""
    points = {
        place: (known.latitude, known.longitude)
        for place, known in used.items()
        if known.kind != "country" or known.member not in region().countries
    }
    countries = [known.member for place, known in used.items() if place not in points]
    clear = [point for place, point in points.items() if place not in quiet]
    named = anchors(clear or list(points.values()), countries)
    return {p: points.get(p) or named[known.member] for p, known in used.items()}


def _kind(place: Place, facilities: Mapping[str, object], ends: Sequence[str]) -> str:
    if place.id in facilities:
        return "facility"
    if place.kind == "country":
        return "country"
    return "end" if place.id in ends else "town"


def _pin(pin: Pin, instant: int, language: Language) -> str:
    at = f"translate({svg.number(pin.x)} {svg.number(pin.y)})"
    if pin.phases:
        inner = "".join(_phase(pin, phase, instant, language) for phase in pin.phases)
    else:
        inner = svg.title(language.place(pin.place)) + _SIGNS[pin.kind]
    if pin.kind in ("country", "end"):
        inner = svg.tag("g", inner, **since_times(pin, instant))
    grown = svg.tag("g", inner, class_="draw-grow")
    width = " draw-wide" if pin.kind == "town" else ""
    return svg.tag("g", grown, transform=at, class_=f"draw-pin draw-{pin.kind}{width}")


_RING = '<circle r="7" class="draw-ring" fill="none" stroke-dasharray="3 2"/>'
_DOT = '<circle r="3.5" class="draw-dot"/>'
_SPOT = '<circle r="2" class="draw-dot"/>'
_SIGNS = {"country": _RING, "end": _DOT, "town": _SPOT}


def _phase(pin: Pin, phase: Phase, instant: int, language: Language) -> str:
    marks = [STATUSES[status] for status in phase.shown]
    shapes = (
        [shape(marks[0], -10, size=1.2), shape(marks[1], 10, size=1.2), _APART]
        if phase.is_contested
        else [shape(marks[0], size=1.3)]
    )
    name = f"{language.place(pin.place)}: {status_words(phase, language)}"
    return svg.tag(
        "g",
        svg.title(f"{name} ({phase.words})"),
        *shapes,
        class_="draw-phase" + maybe(phase, instant),
        **phase_times(phase, instant),
    )


_APART = '<path d="M0-13V13" class="draw-apart" stroke-dasharray="2 2" fill="none"/>'
"""Between two statuses that cannot both hold."""


def _scale_bar(frame: Frame, language: Language) -> str:
    km = next(k for k in (1000, 500, 200, 100, 50, 20) if k / frame.km < 160)
    wide = km / frame.km
    x, y = 16.0, frame.height - 16
    bar = f"M{svg.number(x)} {svg.number(y - 5)}v5h{svg.number(wide)}v-5"
    said = language.words("{n} km").format(n=language.number(km))
    return svg.tag(
        "g",
        svg.tag("path", d=bar, fill="none", stroke="currentColor"),
        svg.text(
            said,
            x + wide / 2,
            y - 6,
            class_="draw-small",
            anchor="middle",
            is_rtl=language.is_rtl,
        ),
        class_="draw-scale draw-wide",
    )


def _says(shown: Shown, language: Language, at: str) -> str:
    facilities = sum(bool(pin.phases) for pin in shown.pins)
    return language.words(
        "Places with a status: {places}. Movements: {movements}. As of {moment}."
    ).format(
        places=language.number(facilities),
        movements=language.number(len(shown.movements)),
        moment=language.moment(at),
    )


def _facilities(shown: Shown, language: Language) -> Table:
    say = language.words
    return Table(
        say("What is said of places"),
        (say("Place"), say("Status"), say("As it is said"), say("Since")),
        tuple(
            _facility_row(pin, p, language) for pin in shown.pins for p in pin.phases
        ),
    )


def _facility_row(pin: Pin, phase: Phase, language: Language) -> Row:
    since = f"{stamp(phase.lo) or '..'}/{stamp(phase.sure) or '..'}"
    exact = stamp(phase.lo) if phase.lo == phase.sure else None
    return row(
        language.place(pin.place),
        status_words(phase, language),
        Cell(phase.words, "en"),
        language.moment(exact or since),
        entries=phase.entries,
        kind="contested" if phase.is_contested else phase.shown[0],
    )


def _movements(standing: Mapping[str, Any], language: Language) -> Table:
    say = language.words
    heads = ("Member", "Origin", "Destination", "Means", "How many", "When", "Known as")
    rows = (
        row(
            language.member(told["member"]),
            language.place(told["origin"]),
            language.place(told["destination"]),
            say(f"by {told['mode']}"),
            amount(told, language),
            language.moment(told["at"]),
            say(told["state"]),
            entries=(told["entry"],),
            kind=told["direction"],
        )
        for told in standing["force"]["serials"]
    )
    return Table(say("Movements"), tuple(say(head) for head in heads), tuple(rows))


def _keys(shown: Shown, language: Language) -> Iterator[Key]:
    phases = [phase for pin in shown.pins for phase in pin.phases]
    used = {status for phase in phases for status in phase.shown}
    yield from (key(mark, language) for name, mark in STATUSES.items() if name in used)
    if any(phase.is_contested for phase in phases):
        two = (shape(STATUSES["seized"], -8), shape(STATUSES["freed"], 8), _APART)
        yield Key(icon(*two, width=36), language.words("contested: both are claimed"))
    seen = {
        (one.told[name]) for one in shown.movements for name in ("direction", "state")
    }
    for name, word in _WAYS.items():
        if name in seen:
            yield Key(_way(name), language.words(word))
    units = {one.count[1] for one in shown.movements if one.told["mode"] == "air"}
    for unit, line in (("aircraft", PLANE), ("flights", PLANE + TRAIL)):
        if unit in units:
            drawn_unit = svg.tag("path", d=line, class_="draw-plane")
            yield Key(icon(drawn_unit, width=36), language.words(unit))
    if any(pin.kind == "country" for pin in shown.pins):
        yield Key(icon(_RING), language.words("a country, the place is not told"))


_WAYS = {"in": "movement in", "out": "movement out", "planned": "planned"}


def _way(name: str) -> str:
    line = svg.tag(
        "path", d="M-16 0H12", class_="draw-way", fill="none", stroke="currentColor"
    )
    tip = '<path d="M16 0L5-5L7.5 0L5 5z" class="draw-tip"/>'
    classes = f"draw-move draw-now draw-air draw-{name}"
    return icon(svg.tag("g", line, tip, class_=classes), width=36)


def _notes(shown: Shown, language: Language) -> Iterator[str]:
    yield language.words(
        "Borders are drawn after Natural Earth, for orientation alone; they say nothing of "
        "anybody's claims. Dashed lines are not settled."
    )
    missing = [one for one in shown.movements if one.count[0] is None]
    if missing:
        yield language.words(
            "Of some movements no number is told. Flights are journeys and aircraft are "
            "machines: one is never turned into the other."
        )


def _steps(shown: Shown, language: Language) -> Iterator[Step]:
    moved = {end for one in shown.movements for end in one.at}
    changed = {
        end
        for pin in shown.pins
        for phase in pin.phases
        for end in (phase.lo, phase.sure)
    }
    for instant in sorted(moved | changed):
        if ALWAYS < instant < NEVER:
            yield Step(show(instant), language.moment(show(instant)))
