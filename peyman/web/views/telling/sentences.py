"""Say in the page's language what the pure rooms said in English.

A sentence that was made with `peyman.saying.say` is translated by its template, and what
stands in its gaps is called as the page calls it. Any other text is shown as it is.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from peyman.charter.moment import read_instant
from peyman.saying import EACH, Either, Said, Series, kind_of
from peyman.web.telling import written
from peyman.web.telling.signs import SIGNS
from peyman.web.views.telling import naming


def said(text: str, zone: str = "UTC") -> str:
    """A sentence in the page's language.

    Args:
        text: The sentence; one that was not made with `say` stays as it is.
        zone: In which its instants are told.
    """
    if not isinstance(text, Said):
        return text
    gaps = {gap: _told(gap, value, zone) for gap, value in text.values.items()}
    template = text.template if text.template == EACH else gettext(text.template)
    return template.format(**gaps)


def _told(gap: str, value: object, zone: str) -> str:
    if isinstance(value, tuple):
        return _between(type(value)).join(_told(gap, one, zone) for one in value)
    if isinstance(value, Mapping):
        return str(value.get(naming.language()) or value.get("en", ""))
    if isinstance(value, int):
        return written.number(value, naming.language())
    text = str(value)
    match kind_of(gap):
        case "at":
            return written.instant(read_instant(text), zone, naming.language())
        case "day":
            return written.day(date.fromisoformat(text), naming.language())
        case "article" | "entry":
            return _apart(written.digits(text, naming.language()))
        case "sentence":
            return said(value, zone) if isinstance(value, str) else ""
        case kind:
            return _NAMED[kind](text) if kind in _NAMED else written.isolate(text)


def _apart(text: str) -> str:
    """A short name of ours, kept apart where it would run the other way."""
    return written.isolate(text) if naming.language() == "fa" else text


def _outcome(name: str) -> str:
    return str(SIGNS[name.replace(" ", "_")].word)


_NAMED = {
    "actor": naming.actor,
    "act": naming.act,
    "charter": naming.charter,
    "code": naming.code,
    "ground": naming.ground,
    "outcome": _outcome,
    "place": naming.place,
}


def _between(kind: type) -> str:
    if kind is Series:
        return "؛ " if naming.language() == "fa" else "; "
    return gettext(" or ") if kind is Either else naming.comma()
