"""The acts of one kind of matter as a graph: what each needs, and what it sets going.

Each relation is a line of its own make, with a head of its own: not by colour alone. The
earlier stands on the side where the page's reading begins. The list beside the drawing says
the same in words, so there is no table here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from peyman.web.draw import svg
from peyman.web.draw.drawing import Drawing, Key
from peyman.web.draw.graphs.graph_shapes import (
    line_icon,
    loop,
    outline,
    stroke,
    wrapped,
)
from peyman.web.draw.graphs.layers import Box, Layout, lay_out
from peyman.web.draw.language import Language
from peyman.web.draw.marks import icon

_WIDE, _PAD, _CHANNEL, _EDGE = 176.0, 10.0, 66.0, 14.0
"""Width of a box, room inside it, room between two layers, and around the whole."""
_LINE, _SMALL = 13.0, 11.0
"""Letters of a name, and of who does it."""
_APART = 8.0
"""Between two lines that join the same boxes."""
_MOST_LINES = 3
_DOT = 12.0


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the graph.

    Attributes:
        name: What it is called on the page.
        who: Who may do it.
        opens: Whether it begins a matter with nothing before it.
        kind: `voted`, `deed`, `time`, `elsewhere` (an act of another kind of matter) or
            nothing of these.
    """

    id: str
    name: str
    who: str = ""
    opens: bool = False
    kind: str = ""


class Link(NamedTuple):
    """One relation, from the act that acts on the other: `end` ends `mandate`."""

    kind: str
    first: str
    last: str


KINDS = {
    "after": "only after the other is done",
    "while": "only while the other is in force",
    "opens": "begins a matter",
    "duty": "owed because of the other",
    "time": "done by time, once the clock of the other has run out",
    "ends": "ended by the other",
    "amends": "changed by the other",
    "waive": "owed no longer, because of the other",
    "before": "no longer possible after the other",
}
"""Kinds of relations, the most important first, and what the head of each line points at."""

BOXES = {
    "voted": "decided by a vote",
    "deed": "done in the world",
    "time": "done by time",
    "elsewhere": "of another kind of matter",
}
"""Kinds of boxes and their words."""

_BACK = frozenset({"ends", "amends", "waive"})
"""Relations in which the act that is acted upon comes first in time."""


def draw_graph(
    steps: Sequence[Step],
    links: Iterable[Link],
    language: Language,
    *,
    id_: str,
    name: str,
) -> Drawing:
    """Draw the acts of a kind of matter.

    Args:
        steps: The acts, in the order of the charter.
        links: Relations between them; others are left out.
        language: Of the page.
        id_: What its ids begin with.
        name: What it is called.
    """
    return _Graph(steps, links, language).drawing(id_, name)


class _Graph:
    def __init__(
        self, steps: Sequence[Step], links: Iterable[Link], language: Language
    ) -> None:
        self.language = language
        self.steps = {step.id: step for step in steps}
        known = [
            one
            for one in dict.fromkeys(links)
            if {one.first, one.last} <= set(self.steps)
        ]
        starts = [Link("opens", f".{one.id}", one.id) for one in steps if one.opens]
        rank = list(KINDS)
        self.links = sorted([*starts, *known], key=lambda one: rank.index(one.kind))
        self.texts = {one.id: _lines(one) for one in steps}
        boxes = {one.first: Box(_DOT, _DOT) for one in starts}
        boxes |= {one.id: self._box(one.id) for one in steps}
        self.boxes = boxes
        self.layout = lay_out(boxes, self._joined())
        self.lefts, self.rights = self._columns(self.layout)
        loops = any(one.first == one.last for one in self.links)
        room = 2 * _EDGE if loops else _EDGE
        self.width = (self.rights[-1] if self.rights else 0.0) + room
        self.height = self.layout.height + 2 * _EDGE

    def _joined(self) -> dict[tuple[str, str], float]:
        joined: dict[tuple[str, str], float] = {}
        for link in self.links:
            if link.first != link.last:
                pair = _earlier_first(link)
                joined[pair] = joined.get(pair, 0.0) + _APART
        return joined

    def _box(self, name: str) -> Box:
        names, who = self.texts[name]
        text = 18 + 16 * len(names) + 14 * len(who)
        pairs = [_earlier_first(one) for one in self.links if one.first != one.last]
        most = max(sum(pair[side] == name for pair in pairs) for side in (0, 1))
        return Box(_WIDE, max(text, _APART * (most + 1.5)))

    def _columns(self, layout: Layout) -> tuple[list[float], list[float]]:
        """Where each layer begins and ends."""
        lefts, rights, x = [], [], _EDGE
        for layer in layout.layers:
            wide = max((self.boxes[one].width for one in layer), default=0.0)
            lefts.append(x)
            rights.append(x + wide)
            x += wide + _CHANNEL
        return lefts, rights

    def drawing(self, id_: str, name: str) -> Drawing:
        """The whole."""
        words, number = self.language.words, self.language.number
        says = words("{n} acts and {k} relations between them; the list says the same.")
        told = says.format(n=number(len(self.steps)), k=number(len(self.links)))
        drawn = svg.document(
            *self._edges(),
            *(self._node(step) for step in self.steps.values()),
            id_=id_,
            name=name,
            says=told,
            size=(self.width, self.height),
            class_="draw-graph",
            is_whole=True,
        )
        return Drawing(drawn, (), tuple(self._keys()))

    def _keys(self) -> Iterator[Key]:
        words = self.language.words
        there = {link.kind for link in self.links}
        for kind in KINDS:
            if kind in there:
                shown = line_icon(kind, is_rtl=self.language.is_rtl)
                yield Key(shown, words(KINDS[kind]), kind)
        for kind in BOXES:
            if any(step.kind == kind for step in self.steps.values()):
                rect = outline(-19, -8, 38, 16, kind)
                shown = svg.tag("g", *rect, class_=f"draw-step draw-step-{kind}")
                yield Key(icon(shown, width=44), words(BOXES[kind]))

    # ----------------------------------------------------------------------------- boxes

    def _node(self, step: Step) -> str:
        place, box = self.layout.places[step.id], self.boxes[step.id]
        middle = (self.lefts[place.layer] + self.rights[place.layer]) / 2
        left, top = self._x(middle) - box.width / 2, place.y + _EDGE - box.height / 2
        names, who = self.texts[step.id]
        y = place.y + _EDGE - (16 * len(names) + 14 * len(who)) / 2 + 12
        lines = []
        for line in names:
            lines.append(self._text(line, self._x(middle), y, "draw-strong"))
            y += 16
        for line in who:
            lines.append(self._text(line, self._x(middle), y - 1, "draw-who"))
            y += 14
        told = f"{step.name}: {step.who}" if step.who else step.name
        drawn = outline(left, top, box.width, box.height, step.kind)
        kind = f" draw-step-{step.kind}" if step.kind else ""
        return svg.tag("g", svg.title(told), *drawn, *lines, class_=f"draw-step{kind}")

    def _text(self, line: str, x: float, y: float, class_: str) -> str:
        is_rtl = self.language.is_rtl
        return svg.text(line, x, y, class_=class_, anchor="middle", is_rtl=is_rtl)

    def _x(self, x: float) -> float:
        """A place across the page, on the side where the reading begins."""
        return self.width - x if self.language.is_rtl else x

    # ----------------------------------------------------------------------------- lines

    def _edges(self) -> Iterator[str]:
        ports = self._ports()
        for pair, lanes in self.layout.ways.items():
            between = [one for one in self.links if {one.first, one.last} == set(pair)]
            for nth, link in enumerate(between):
                shift = (nth - (len(between) - 1) / 2) * _APART
                yield self._edge(link, pair, lanes, shift, ports)
        yield from (self._loop(one) for one in self.links if one.first == one.last)
        for link in self.links:
            if link.kind == "opens" and link.first.startswith("."):
                place = self.layout.places[link.first]
                x = self._x(self.rights[place.layer] - _DOT / 2)
                y = place.y + _EDGE
                yield svg.tag("circle", cx=x, cy=y, r=_DOT / 2, class_="draw-start")

    def _edge(
        self,
        link: Link,
        pair: tuple[str, str],
        lanes: tuple[float, ...],
        shift: float,
        ports: Mapping[tuple[str, str, str], float],
    ) -> str:
        first, last = pair
        layer, at = (self.layout.places[name].layer for name in pair)
        begun = ports[first, "after", last] + shift
        ended = ports[last, "before", first] + shift
        points = [(self._side(first, 1), begun), (self.rights[layer], begun)]
        for nth, lane in enumerate(lanes, layer + 1):
            y = lane + _EDGE + shift
            points += [(self.lefts[nth], y), (self.rights[nth], y)]
        points += [(self.lefts[at], ended), (self._side(last, -1), ended)]
        if link.last != last:
            points.reverse()
        placed = [(self._x(x), y) for x, y in points]
        return stroke(link.kind, placed, self._told(link))

    def _loop(self, link: Link) -> str:
        """A line that comes back to its own box, at the corner where it is free of others."""
        place, box = self.layout.places[link.first], self.boxes[link.first]
        way = -1 if self.language.is_rtl else 1
        x = self._x(self._side(link.first, 1))
        y = place.y + _EDGE - box.height / 2 + 8
        return loop(link.kind, (x, y), way, self._told(link))

    def _told(self, link: Link) -> str:
        """What a pointer shows of a line."""
        verb = self.language.words(KINDS[link.kind])
        return f"{self._named(link.first)} → {self._named(link.last)}: {verb}"

    def _side(self, name: str, way: int) -> float:
        """Where the box of a node ends: towards the last layer, or towards the first."""
        layer, box = self.layout.places[name].layer, self.boxes[name]
        if name.startswith("."):
            return self.rights[layer]
        return (self.lefts[layer] + self.rights[layer] + way * box.width) / 2

    def _named(self, name: str) -> str:
        step = self.steps.get(name)
        return step.name if step else "●"

    def _ports(self) -> dict[tuple[str, str, str], float]:
        """How far down each way leaves one box and comes to another."""
        sides: dict[tuple[str, str], list[tuple[float, str, int]]] = {}
        for (first, last), lanes in self.layout.ways.items():
            n = sum({one.first, one.last} == {first, last} for one in self.links)
            places = self.layout.places
            out = lanes[0] if lanes else places[last].y
            into = lanes[-1] if lanes else places[first].y
            sides.setdefault((first, "after"), []).append((out, last, n))
            sides.setdefault((last, "before"), []).append((into, first, n))
        found: dict[tuple[str, str, str], float] = {}
        for (name, side), ways in sides.items():
            total = sum(n for _, _, n in ways)
            room = min(_APART, (self.boxes[name].height - 8) / total)
            y = self.layout.places[name].y + _EDGE - total * room / 2
            for _, other, n in sorted(ways):
                found[name, side, other] = y + n * room / 2
                y += n * room
        return found


def _earlier_first(link: Link) -> tuple[str, str]:
    if link.kind in _BACK:
        return link.last, link.first
    return link.first, link.last


def _lines(step: Step) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a box: its name, and who does it."""
    room = _WIDE - 2 * _PAD
    names = wrapped(step.name, room, _LINE * 1.06, _MOST_LINES)
    return names, wrapped(step.who, room, _SMALL, 2)
