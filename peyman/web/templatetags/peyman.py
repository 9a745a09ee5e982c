"""Filters for every template: numbers, days and times in the page's language, and isolates.

A moment is given as the standing gives it, `2022-01-06T02:05:00Z` or `A/B`, as a pair, or
in seconds since 1970:

    {{ row.since|moment:page.zone }}   6 January 2022, 08:05 Almaty (02:05 UTC)
    {{ row.since|short:page.zone }}    6 Jan 08:05
    {{ 2030|number }}                  2,030
    {{ publisher|isolate }}            <bdi>…</bdi>
    {% to "entry" 31 %}                another page of the case, on the same clocks
    {% status "late" %}                a triangle and the word, in their colour
"""

from math import ceil

from django import template
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from peyman.charter.moment import ALWAYS, Moment, read_instant, show, show_moment
from peyman.web.models import CaseRow
from peyman.web.telling import written
from peyman.web.telling.signs import SIGNS

register = template.Library()


def language() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


@register.filter
def number(value: float) -> str:
    """A number, thousands apart, in the page's digits."""
    return written.number(value, language())


@register.filter
def percent(share: float) -> str:
    """A share in hundredths, rounded up so that "at most" stays true."""
    return written.number(ceil(100 * share), language())


@register.filter
def digits(value: object) -> str:
    """Any text or number as it is, in the page's digits: `e31`, a year, an article."""
    return written.digits(str(value), language())


@register.filter
def moment(value: object, zone: str) -> SafeString:
    """A moment in full: in the zone of the case, with UTC beside it."""
    return _time(value, zone, written.moment)


@register.filter
def until(value: int, zone: str) -> SafeString:
    """A clock that stands at an instant: midnight is the end of the day before."""
    said = written.until(value, zone, language())
    return format_html('<time datetime="{}">{}</time>', show(value), said)


@register.filter
def short(value: object, zone: str) -> SafeString:
    """A moment for a narrow column; the full one stands in its title."""
    return _time(value, zone, written.short_moment)


@register.filter
def isolate(value: object) -> SafeString:
    """A run that may be of another script: a name, a quotation, an address."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def by_language(value: dict[str, str]) -> str:
    """What is written in several languages, in the page's; else in English; else any."""
    return value.get(language()) or value.get("en") or next(iter(value.values()), "")


@register.simple_tag
def title(row: CaseRow) -> str:
    """The title of a case in the page's language."""
    return row.title(language())


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, *args: object) -> str:
    """The address of another page of this case, on the same clocks."""
    url: str = context["page"].url(name, *args)
    return url


@register.simple_tag(takes_context=True)
def same_page_in(context: template.Context, code: str) -> str:
    """The address of this page in another language."""
    return translate_url(context["request"].get_full_path(), code)


@register.simple_tag
def status(name: str, word: str = "") -> SafeString:
    """A status as shape, word and colour; `word` says it otherwise than usual."""
    sign = SIGNS[name.replace(" ", "_")]
    return format_html(
        '<span class="status {}"><svg class="sign" viewBox="0 0 16 16" width="16"'
        ' height="16" aria-hidden="true" fill="currentColor">{}</svg>{}</span>',
        sign.tone,
        mark_safe(sign.drawing),  # noqa: S308  (our own table)
        word or sign.word,
    )


def read(value: object) -> Moment | None:
    """Read a moment as the standing, the rows and the record give it."""
    if isinstance(value, int):
        return Moment(value, value)
    if isinstance(value, tuple):
        return Moment(*value)
    if not value:
        return None
    first, _, last = str(value).partition("/")
    lo = ALWAYS if first == ".." else read_instant(first)
    return Moment(
        lo, lo if not last else -ALWAYS if last == ".." else read_instant(last)
    )


def _time(value: object, zone: str, write: written.Write) -> SafeString:
    found = read(value)
    if found is None:
        return SafeString("")
    said = write(*found, zone, language())
    full = written.moment(*found, zone, language())
    if found.lo == found.hi:
        return format_html(
            '<time datetime="{}" title="{}">{}</time>', show_moment(found), full, said
        )
    return format_html('<span class="time" title="{}">{}</span>', full, said)
