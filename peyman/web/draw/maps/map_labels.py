"""The names and numbers of a map, placed once for a wide page and once for a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peyman.web.draw import svg
from peyman.web.draw.basemap import Frame, region
from peyman.web.draw.language import Language
from peyman.web.draw.maps.facilities import Phase, maybe, phase_times, status_words
from peyman.web.draw.maps.labels import MIDDLE, PIN, Box, Label, Spot, place
from peyman.web.draw.maps.movements import PLANE, TRAIL, Movement, state_at, times
from peyman.web.draw.times.moments import NEVER, stamp

ZOOM = 2.6
"""How much larger letters and marks are on a phone, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map.

    Attributes:
        kind: `facility`, `end` of a movement, `country` or `town`.
        since: From when it is an end of a movement, in seconds since 1970.
    """

    place: str
    x: float
    y: float
    kind: str
    phases: tuple[Phase, ...] = ()
    since: int = NEVER


RANKS = {"facility": 0, "country": 1, "end": 3, "town": 5}
"""What is named first where there is little room, and drawn last."""


def since_times(pin: Pin, instant: int) -> dict[str, str | None]:
    """The attributes by which a slider shows an end of a movement once there is one."""
    is_shown = instant >= pin.since
    return {
        "data_from": stamp(pin.since),
        "display": None if is_shown else "none",
    }


def labels_of(
    frame: Frame,
    pins: Sequence[Pin],
    movements: Sequence[Movement],
    language: Language,
    instant: int,
) -> str:
    """Both placements; the narrow one is hidden until the page is narrow."""
    wanted = [
        *(_pin_label(pin, language) for pin in pins),
        *(
            _number_label(one, language)
            for one in movements
            if one.count[0] is not None
        ),
        *_neighbours(frame, pins, language),
    ]
    writer = _Writer(tuple(pins), tuple(movements), language, instant)
    made = []
    for name, zoom, least in (("wide", 1.0, 9), ("narrow", ZOOM, 2)):
        room = Box(6, 6, frame.width - 6, frame.height - 6)
        some = [label for label in wanted if label.rank <= least]
        marks = [_mark_box(pin, zoom) for pin in pins if RANKS[pin.kind] <= least]
        spots = place(some, marks, room, zoom)
        inner = "".join(
            writer.written(label, spots[label.id], zoom)
            for label in some
            if label.id in spots
        )
        shown = None if name == "wide" else "none"
        size = f"{13 * zoom:g}"
        made.append(
            svg.tag("g", inner, class_=f"draw-{name}", display=shown, font_size=size)
        )
    return "".join(made)


@dataclass(frozen=True, slots=True)
class _Writer:
    pins: tuple[Pin, ...]
    movements: tuple[Movement, ...]
    language: Language
    instant: int

    def written(self, label: Label, spot: Spot, zoom: float) -> str:
        """A label where it found room."""
        of, _, name = label.id.partition(":")
        if of == "move":
            moved = next(one for one in self.movements if one.entry == name)
            return self._number(moved, spot, zoom)
        if of == "land":
            return self._line(self.language.member(name), spot, "draw-land-name")
        pin = next(one for one in self.pins if one.place == name)
        return self._pin(pin, label, spot, zoom)

    def _pin(self, pin: Pin, label: Label, spot: Spot, zoom: float) -> str:
        parts = [_leader(pin, spot)] if spot.leader else []
        parts.append(
            self._line(self.language.place(pin.place), spot, _CLASSES[pin.kind])
        )
        below = spot._replace(y=spot.y + label.size * zoom * 1.2)
        parts += [
            svg.tag(
                "g",
                self._line(status_words(phase, self.language), below, "draw-said"),
                class_=f"draw-phase{maybe(phase, self.instant)}",
                **phase_times(phase, self.instant),
            )
            for phase in pin.phases
        ]
        if pin.kind == "end":
            return svg.tag("g", *parts, **since_times(pin, self.instant))
        return "".join(parts)

    def _number(self, moved: Movement, spot: Spot, zoom: float) -> str:
        count, unit = moved.count
        state = state_at(moved, self.instant)
        sign = PLANE + TRAIL if unit == "flights" else PLANE
        left, middle = spot.box.left, (spot.box.top + spot.box.bottom) / 2
        wide = _sign_width(unit) * zoom
        plane = f"translate({svg.number(left + wide - 9 * zoom)} {svg.number(middle)})"
        text = self._line(
            self.language.number(count or 0),
            spot._replace(x=left + wide + 2 * zoom, anchor="start"),
            "draw-count",
        )
        return svg.tag(
            "g",
            svg.tag(
                "path",
                d=sign,
                class_="draw-plane",
                transform=f"{plane} scale({0.9 * zoom:g})",
            ),
            text,
            class_=f"draw-move draw-{moved.told['direction']} draw-{state}",
            **times(moved, state),
        )

    def _line(self, text: str, spot: Spot, class_: str) -> str:
        return svg.haloed(
            svg.text(
                text,
                spot.x,
                spot.y,
                class_=class_,
                anchor=spot.anchor,
                is_rtl=self.language.is_rtl,
            )
        )


_CLASSES = {
    "facility": "draw-name",
    "country": "draw-country",
    "end": "draw-name",
    "town": "draw-town",
}


def _pin_label(pin: Pin, language: Language) -> Label:
    lines = [language.place(pin.place)]
    if pin.phases:
        said = [status_words(phase, language) for phase in pin.phases]
        lines.append(max(said, key=lambda text: svg.width_of(text, 1)))
    under = ((0.0, 11.0, "s"), (0.0, -11.0, "n"))
    spots = (*under, *PIN[:2]) if pin.kind == "country" else PIN
    return Label(f"pin:{pin.place}", tuple(lines), pin.x, pin.y, RANKS[pin.kind], spots)


def _number_label(moved: Movement, language: Language) -> Label:
    count, unit = moved.count
    x, y = moved.along(0.5)
    away = [moved.along(part) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
    spots = tuple((a - x, b - y, "m") for a, b in away)
    # The sign before the number is kept room for as if it were letters.
    room = "0" * round(_sign_width(unit) / 6.5 + 1) + language.number(count or 0)
    return Label(f"move:{moved.entry}", (room,), x, y, 2, spots)


def _neighbours(
    frame: Frame, pins: Sequence[Pin], language: Language
) -> Iterator[Label]:
    """Countries whose names are known and that lie in the frame, for orientation."""
    named = {pin.place for pin in pins if pin.kind == "country"}
    for member, country in region().countries.items():
        if member.lower() in named or not country.names:
            continue
        spots = [
            frame.at(latitude, longitude) for latitude, longitude, _ in country.names
        ]
        inside = [
            p for p in spots if 0 < p[0] < frame.width and 0 < p[1] < frame.height
        ]
        if inside:
            x, y = inside[0]
            others = tuple((a - x, b - y, "m") for a, b in inside[:5])
            name = (language.member(member),)
            yield Label(f"land:{member}", name, x, y, 7, (*MIDDLE, *others))


def _sign_width(unit: str) -> float:
    return 28 if unit == "flights" else 18


def _mark_box(pin: Pin, zoom: float) -> Box:
    half = {"facility": 10.0, "country": 8.0, "end": 5.0, "town": 3.0}[pin.kind] * zoom
    wide = half * (1.8 if any(phase.is_contested for phase in pin.phases) else 1)
    return Box(pin.x - wide, pin.y - half, pin.x + wide, pin.y + half)


def _leader(pin: Pin, spot: Spot) -> str:
    edge = spot.box.left - 3 if spot.anchor == "start" else spot.box.right + 3
    middle = (spot.box.top + spot.box.bottom) / 2
    line = f"M{svg.number(pin.x)} {svg.number(pin.y)}L{svg.number(edge)} {svg.number(middle)}"
    return svg.tag("path", d=line, class_="draw-leader", fill="none")
