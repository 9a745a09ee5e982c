"""What the names of charters and the codes of a standing are called in the page's language.

A charter's own names (`assistance.request`, `csto/chair`) are called what the charter calls
them. One that it calls nothing is shown as it writes it, without its dashes.
"""

import re
from collections.abc import Iterable

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from peyman.picture.places import places
from peyman.web.telling.written import digits, isolate, number
from peyman.web.views.telling.names import ACTORS, called, states
from peyman.web.views.telling.words import CODES


def _plural(one: str, several: str) -> tuple[str, str]:
    """Mark a word and its plural for the catalogues."""
    return one, several


_LEAST = {"at least": _("at least %(n)s"), "more than": _("more than %(n)s")}
_UNITS = {
    "hour": _plural("%(n)s hour", "%(n)s hours"),
    "day": _plural("%(n)s day", "%(n)s days"),
    "working day": _plural("%(n)s working day", "%(n)s working days"),
    "week": _plural("%(n)s week", "%(n)s weeks"),
    "month": _plural("%(n)s month", "%(n)s months"),
    "year": _plural("%(n)s year", "%(n)s years"),
}
_SPAN = re.compile(r"([0-9]{1,4}) (hour|day|working day|week|month|year)s?")
_SHARE = re.compile(r"[0-9]+(/[0-9]+)?")
_OFFICE = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")


def language() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


def comma() -> str:
    """What stands between the parts of a list."""
    return "، " if language() == "fa" else ", "


def in_charter(name: str) -> str | None:
    """What its charter calls something, by its full name; in English where not here."""
    said = called().get(name)
    return None if said is None else said.get(language()) or said.get("en")


def act(name: str) -> str:
    """An act by its full name: `csto.assistance.request`."""
    return in_charter(name) or _plain(name.rpartition(".")[2])


def act_in(name: str, charters: Iterable[str]) -> str:
    """An act by its name in one of these charters: `assistance.request`."""
    full = (f"{one}.{name}" for one in charters)
    return act(next((one for one in full if one in called()), name))


def matter(name: str) -> str:
    """A kind of matter: `csto.assistance`."""
    return in_charter(name) or _plain(name.rpartition(".")[2])


def charter(name: str, title: str = "") -> str:
    """A charter, by its id; `title` where it has no translation."""
    return in_charter(name) or title or name


def ground(name: str) -> str:
    """A ground: `csto/armed_attack`."""
    return in_charter(name) or _plain(name.rpartition("/")[2])


def actor(name: str) -> str:
    """Who is said to act or speak: a member, an office, or a name from a source."""
    known = ACTORS.get(name) or in_charter(name)
    if known:
        return str(known)
    if name in states():
        return states()[name][language()]
    said = _plain(name.partition("/")[2]) if _is_office(name) else name
    return isolate(said) if language() == "fa" else said


def code(name: str) -> str:
    """A word of the standing or of a body; what has no translation stays as it is."""
    known = CODES.get(name)
    return str(known) if known else _counted(name)


def _counted(name: str) -> str:
    """A span (`24 hours`) or a share (`at least 2/3`); anything else as it stands."""
    if span := _SPAN.fullmatch(name):
        n = int(span[1])
        told: str = ngettext(*_UNITS[span[2]], n) % {"n": number(n, language())}
        return told
    least, _at, share = name.rpartition(" ")
    if least in _LEAST and _SHARE.fullmatch(share):
        return str(_LEAST[least]) % {"n": digits(share, language())}
    return name.replace("_", " ")


def place(name: str) -> str:
    """A place by its id, in the page's language; else its id."""
    known = places().get(name)
    return known.names[language()][0] if known else name


def amount(told: str) -> str:
    """A count in words, as the standing has it: `150`, `70 to 100`, `at least 200`."""
    here = language()
    low, to, high = told.partition(" to ")
    if low.isdigit():
        ends = [number(int(low), here)] + ([number(int(high), here)] if to else [])
        return "–".join(ends)
    least = told.removeprefix("at least ")
    if least.isdigit():
        return gettext("at least %(n)s") % {"n": number(int(least), here)}
    most = told.removeprefix("at most ")
    if most.isdigit():
        return gettext("at most %(n)s") % {"n": number(int(most), here)}
    return code(told)


def _is_office(name: str) -> bool:
    return _OFFICE.fullmatch(name) is not None


def _plain(name: str) -> str:
    return name.replace("_", " ")
