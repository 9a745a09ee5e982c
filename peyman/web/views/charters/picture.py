"""The acts of a charter as a graph, kind of matter by kind of matter, and the same as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpResponse
from django.utils.translation import gettext

from peyman.charter.model import Act, Text
from peyman.charter.verification.compiling import kinds_of
from peyman.web.draw.drawing import Drawing
from peyman.web.draw.graphs.graph import Link, Step, draw_graph
from peyman.web.draw.language import Language
from peyman.web.telling import written
from peyman.web.views.charters.law import LawPage, law_of, law_page, routes_of
from peyman.web.views.charters.telling import Line, Telling
from peyman.web.views.telling import naming

_KEPT = 96
_TOLD = (
    "by", "decide", "opens", "after", "while", "before", "duty", "every", "lapse",
    "undo", "ends", "amends", "waive", "lasts",
)  # fmt: skip
"""Words of an act that the graph draws, so that the list tells them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One kind of matter: its drawing, and each act with its relations in words."""

    kind: str
    name: str
    drawing: Drawing
    acts: tuple[tuple[str, str, tuple[Line, ...]], ...]


def links_of(text: Text, kind: str) -> Iterator[Link]:
    """The relations that the acts of a kind of matter state, each as it is drawn."""
    for name, forms in text.acts.items():
        for act in forms.values():
            if act.kind == kind:
                yield from _links(name, act)


def _links(name: str, act: Act) -> Iterator[Link]:
    for clause in act.after:
        yield from (Link("after", one, name) for one in clause)
    yield from (Link("after", one, name) for one in act.numbers)
    for clause in act.meanwhile:
        yield from (Link("while", one, name) for one in clause)
    if isinstance(act.lasts, tuple):
        yield from (Link("while", one, name) for one in act.lasts)
    if isinstance(act.opens, str):
        yield Link("opens", f"{act.opens}.", name)
    yield from (Link("before", one, name) for one in act.before)
    for owed in (act.duty, act.every, act.undo):
        yield from (Link("duty", name, one) for one in owed)
    yield from (Link("time", name, one) for one in act.lapse)
    yield from (Link("ends", name, one) for one in act.ends)
    yield from (Link("amends", name, one) for one in act.amends)
    yield from (Link("waive", name, one) for one in act.waive)


def steps_of(telling: Telling, kind: str, links: list[Link]) -> Iterator[Step]:
    """The acts of a kind of matter, and those of other kinds to which relations lead."""
    text = telling.text
    named = dict.fromkeys(one for link in links for one in (link.first, link.last))
    elsewhere = [one for one in named if not one.startswith(f"{kind}.")]
    for name in elsewhere:
        of = telling.kind_name(name.partition(".")[0])
        called = telling.act_name(name) if name in text.acts else of
        yield Step(name, called, of if name in text.acts else "", kind="elsewhere")
    for name, forms in text.acts.items():
        act = forms[""]
        if act.kind == kind:
            organ = text.rules[act.decide].organ if act.decide else ""
            who = telling.actors(act.by or (organ,))
            yield Step(name, telling.act_name(name), who, act.opens is True, _kind(act))


def _kind(act: Act) -> str:
    if act.decide:
        return "voted"
    if act.is_by_time:
        return "time"
    return "deed" if act.deed else ""


def pictures(page: LawPage) -> tuple[Picture, ...]:
    """Every kind of matter of a charter on a day, drawn once for each language."""
    since = page.text.since
    return _pictures(
        page.charter.id, page.law.data, since.toordinal(), naming.language()
    )


@lru_cache(_KEPT)
def _pictures(id_: str, data: bytes, since: int, code: str) -> tuple[Picture, ...]:
    charter = law_of(id_, data).charter
    text = next(one for one in charter.versions if one.since.toordinal() == since)
    telling = Telling(charter, text)
    language = Language(
        code=code, words=gettext, number=lambda n: written.number(n, code)
    )
    return tuple(_picture(telling, kind, language) for kind in kinds_of(text))


def _picture(telling: Telling, kind: str, language: Language) -> Picture:
    links = list(links_of(telling.text, kind))
    name = telling.kind_name(kind)
    steps = list(steps_of(telling, kind, links))
    drawn = draw_graph(steps, links, language, id_=f"graph-{kind}", name=name)
    acts = tuple(
        (full, telling.act_name(full), _told(telling, forms[""]))
        for full, forms in telling.text.acts.items()
        if forms[""].kind == kind
    )
    return Picture(kind, name, drawn, acts)


def _told(telling: Telling, act: Act) -> tuple[Line, ...]:
    return tuple(line for line in telling.act(act) if line.word in _TOLD)


@law_page
def graph(page: LawPage) -> HttpResponse:
    """The graph of the acts, and the list that says the same."""
    return page.render("web/charters/graph.html", {"pictures": pictures(page)})


routes = routes_of(graph, "charter-graph", "graph/")
