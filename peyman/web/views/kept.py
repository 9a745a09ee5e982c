"""What several requests share: made once for a case, its moment and a language.

A case is known by its root, so nothing here is ever stale.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock
from typing import TypeVar, cast

from django.utils.translation import gettext

from peyman.charter.moment import start_of
from peyman.web.draw.language import Language
from peyman.web.draw.times.moments import moment_of
from peyman.web.telling import written
from peyman.web.views.base import CasePage
from peyman.web.views.telling import naming

T = TypeVar("T")
_MOST = 160
_DOTS = 2
"""In the full name of an act: `csto.assistance.request`."""
_made: OrderedDict[tuple[object, ...], object] = OrderedDict()
_lock = Lock()


def kept(page: CasePage, name: str, make: Callable[[], T]) -> T:
    """What `make` makes of a page's case at its moment, made once a language.

    Args:
        page: The page of the case.
        name: What is made.
        make: Makes it; what it gives may not be changed.
    """
    record, clocks = page.record, page.clocks
    where = (record.pk, record.root, clocks.at, clocks.known_at, naming.language())
    key = (*where, name)
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            return cast("T", _made[key])
    found = make()
    with _lock:
        _made[key] = found
        while len(_made) > _MOST:
            _made.popitem(last=False)
    return found


def drawn_in(page: CasePage) -> Language:
    """How drawings say things on a page."""
    code, zone = naming.language(), page.zone

    def words(word: str) -> str:
        return naming.act(word) if word.count(".") == _DOTS else gettext(word)

    def day(on: date) -> str:
        ends = (start_of(on, zone), start_of(on + timedelta(days=1), zone))
        return written.short_moment(*ends, zone, code)

    return Language(
        code=code,
        words=words,
        number=lambda n: written.number(n, code),
        day=day,
        moment=lambda at: written.moment(*moment_of(at, zone), zone, code),
        actor=naming.actor,
        zone=zone,
    )
