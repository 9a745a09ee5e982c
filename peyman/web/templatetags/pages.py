"""Filters and tags of the reading pages: names in the page's language, and links to entries.

{{ row.act|act }}  {{ row.by|actor }}  {{ finding.finding|code }}
{{ finding.text|said:page.zone }}    a sentence of the pure rooms
{% cite "e3/1, time/1" %}     links to the entries that a row names
{% article "csto" "T 4" %}    a link to the article's words at the foot of the page
"""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from peyman.charter.moment import read_moment
from peyman.picture.places import places
from peyman.web.draw.marks import KINDS
from peyman.web.telling import written
from peyman.web.telling.signs import SIGNS
from peyman.web.views.telling import naming, sentences
from peyman.web.views.telling.labels import label

register = template.Library()

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?")
_ENTRY = re.compile(r"(?:([a-z][a-z0-9_]*):)?e(\d+)(?:/(\d+))?")

for _filter in (
    naming.act,
    naming.matter,
    naming.charter,
    naming.ground,
    naming.actor,
    naming.code,
    naming.place,
    naming.amount,
    label,
):
    register.filter(_filter.__name__, _filter)


register.filter("said", sentences.said)


@register.filter
def actors(names: Iterable[str]) -> str:
    """Several actors, one after the other."""
    return naming.comma().join(naming.actor(name) for name in names)


@register.filter
def codes(names: Iterable[str]) -> str:
    """Several words of a standing."""
    return naming.comma().join(naming.code(name) for name in names)


@register.filter
def under(name: str) -> str:
    """The charter of an act or an office: `csto` of `csto.assistance.request`."""
    return re.split("[./]", name, maxsplit=1)[0]


@register.simple_tag(takes_context=True)
def fact(context: template.Context, value: object) -> SafeString:
    """What an act states under a name: foreign words isolated, ours translated."""
    if isinstance(value, list | tuple):
        comma = "، " if naming.language() == "fa" else "; "
        return format_html_join(comma, "{}", ((fact(context, one),) for one in value))
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        zone = context["page"].zone
        found = read_moment(value, zone)
        said = written.moment(*found, zone, naming.language())
        return format_html('<span class="time" title="{}">{}</span>', value, said)
    if isinstance(value, bool):
        return SafeString(naming.code("yes" if value else "no"))
    if isinstance(value, int):
        return SafeString(written.number(value, naming.language()))
    return format_html("<bdi>{}</bdi>", naming.code(str(value)))


_NAMED = {
    "under": naming.charter,
    "by": naming.actor,
    "to": naming.actor,
    "holder": naming.actor,
    "office": naming.actor,
    "held_by": naming.actor,
    "member": naming.actor,
    "subject": naming.actor,
    "announced_by": naming.actor,
    "speakers": naming.actor,
}
"""How the value of a field of a body is called; any other is told as `fact` does."""

_PLACES = frozenset({"place", "places", "at_place", "where", "from", "to"})
"""Fields that may hold a place; a measure is `from` a day, an act is done `to` an office."""


@register.simple_tag(takes_context=True)
def field(context: template.Context, value: object, name: str) -> SafeString:
    """The value of a field of an entry's body; names of entries lead to them."""
    if isinstance(value, list):
        comma = "، " if naming.language() == "fa" else "; "
        made = ((field(context, one, name),) for one in value)
        return format_html_join(comma, "{}", made)
    if isinstance(value, str) and _ENTRY.fullmatch(value):
        return cite(context, value)
    if isinstance(value, str) and name == "act":
        return format_html(
            "<bdi>{}</bdi>", naming.act_in(value, context["page"].case.charters)
        )
    if name in _PLACES and value in places():
        return format_html("<bdi>{}</bdi>", naming.place(str(value)))
    if isinstance(value, str) and name in _NAMED:
        return format_html("<bdi>{}</bdi>", _NAMED[name](value))
    return fact(context, value)


@register.filter
def drawn(svg: str) -> SafeString:
    """A picture of ours, which is safe as it is made."""
    return mark_safe(svg)  # noqa: S308  (made by peyman.web.draw)


@register.filter
def beside(
    heads: Iterable[str], cells: Iterable[object]
) -> Iterable[tuple[str, object]]:
    """Each head with its cell."""
    return zip(heads, cells, strict=True)


@register.filter
def sign_word(name: str) -> str:
    """The word of a status alone, for where its shape cannot stand."""
    return str(SIGNS[name.replace(" ", "_")].word)


@register.filter
def happening(kind: str) -> str:
    """What a kind of happening is called on a timeline."""
    return gettext(KINDS[kind].word) if kind in KINDS else naming.code(kind)


_DEEPEST = 6


@register.filter
def deep(depth: int) -> int:
    """How far a step of a thread is set in: there is an end to the room."""
    return min(depth, _DEEPEST)


@register.simple_tag(takes_context=True)
def cite(context: template.Context, names: str | Iterable[str] | None) -> SafeString:
    """Links to the entries that these names name, each once."""
    said = names if isinstance(names, str) else ", ".join(names or ())
    links = {}
    for log, index, _ in _ENTRY.findall(said):
        name = f"{log}:e{index}" if log else f"e{index}"
        links[name] = _link(context, log, int(index), name)
    return mark_safe(" ".join(links.values()))  # noqa: S308  (made by format_html)


def _link(context: template.Context, log: str, index: int, name: str) -> SafeString:
    page = context["page"]
    url = page.url("register-entry", log, index) if log else page.url("entry", index)
    said = written.digits(name, naming.language())
    return format_html('<a class="cite" href="{}"><bdi>{}</bdi></a>', url, said)


@register.simple_tag
def article(charter: str, name: str) -> SafeString:
    """A link to what an article says, at the foot of the page."""
    said = written.digits(name, naming.language())
    link = '<a class="art" href="#{}"><bdi>{}</bdi></a>'
    return format_html(link, anchor(charter, name), said)


@register.simple_tag
def articles(charter: str, names: Iterable[str]) -> SafeString:
    """Links to what several articles say."""
    return format_html_join(" ", "{}", ((article(charter, one),) for one in names))


def anchor(charter: str, name: str) -> str:
    """The id under which an article's words stand on a page."""
    return f"art-{charter}-{name}".replace(" ", "-")
