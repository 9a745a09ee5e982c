"""Rows of a file, entered after they were shown: exactly those, all or none, each once.

What a person was shown is signed: who, in which case, which rows, and what each would come to. Under
the lock of the case the rows are held against the record again: what stands by then is passed over, and if
anything else has changed, nothing is entered and the rows are shown anew.
"""

import json
from typing import Any, NamedTuple

from django.core import signing
from django.utils.translation import gettext as _

from peyman.case.entering.rows import Row, Steps, count_by_kind, enter_rows
from peyman.case.reading import read_case
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.exchange.returned import new_steps
from peyman.exchange.sheets import Filled
from peyman.web.entrance.access import may_enter
from peyman.web.forms.parts.once import LASTS_S
from peyman.web.models import Membership
from peyman.web.records import record
from peyman.web.records.readings import held
from peyman.web.views.base import CasePage

_SALT = "peyman.web.views.forces.rows"
_PERFORMED = {
    Membership.Role.DELEGATE: frozenset({"pledge"}),
    Membership.Role.SECRETARY: frozenset({"requirement"}),
}
"""Kinds that a role does itself, here, as in the forms of these kinds."""


class Offered(NamedTuple):
    """What may be done with rows: how many are new, of which kinds, and what bars it.

    Attributes:
        token: What the button sends; empty where there is none.
        barred: Kinds that the role may not enter.
    """

    steps: Steps
    counts: tuple[tuple[str, int], ...]
    corrections: int
    barred: tuple[str, ...]
    token: str


class Done(NamedTuple):
    """What was entered: the first index, how many entries, and how many rows stood already."""

    first: int
    entries: int
    stand: int


class Changed(Exception):
    """The rows would come to something else by now, or the page had expired."""


def offered(page: CasePage, filled: Filled, name: str) -> Offered | None:
    """What the one who asks may enter of these rows; None where nothing is entered now."""
    member = page.membership
    if member is None or page.clocks.query:
        return None
    found = new_steps(held(page.record).reading, filled)
    barred = tuple(kind for kind in found.kinds if not may_enter(member, kind))
    told = {**_whose(page), "name": name, "shown": _shown(found)}
    told["rows"] = [[r.kind, r.sheet, r.number, r.body] for r in filled.rows]
    is_open = bool(found.steps) and not barred
    return Offered(
        found,
        tuple(count_by_kind(found.steps).items()),
        sum(one.corrects is not None for one in found.steps),
        barred,
        signing.dumps(told, salt=_SALT, compress=True) if is_open else "",
    )


def reread(page: CasePage, token: str) -> tuple[Filled, str, Any]:
    """The rows that a page showed, the file's name, and what they would come to.

    Raises:
        Changed: If it was not shown to just this person, or too long ago.
    """
    try:
        told = signing.loads(token, salt=_SALT, max_age=LASTS_S)
    except signing.BadSignature as error:
        raise Changed from error
    if any(told.get(name) != one for name, one in _whose(page).items()):
        raise Changed
    rows = tuple(Row(*one) for one in told["rows"])
    return Filled(rows, ()), str(told["name"]), told["shown"]


def enter(page: CasePage, filled: Filled, shown: Any) -> Done:
    """Enter rows as they were shown; those that stand by now are passed over.

    Raises:
        Changed: If they would come to something else by now.
        PeymanError: If one is refused: then nothing is entered.
    """
    member = page.member
    with record.desk(page.record.slug, member.office) as desk:
        reading = read_case(desk.door.case)
        found = new_steps(reading, filled)
        if found.steps and _shown(found) != shown:
            raise Changed
        _check_role(member, found)
        performs = _PERFORMED.get(Membership.Role(member.role), frozenset())
        at = show(reading.at)
        made = enter_rows(found.steps, desk.enter, member.office, at, performs)
    first = made[0].entry.index if made else 0
    return Done(first, len(made), found.stand)


def _check_role(member: Membership, found: Steps) -> None:
    if any(not may_enter(member, kind) for kind in found.kinds):
        raise PeymanError(
            _("Your role here may not enter some of these rows."),
            authority=_("the roles of this case"),
            remedy=_(
                "Leave them out, or let somebody enter them whose role allows it."
            ),
        )


def _whose(page: CasePage) -> dict[str, object]:
    return {
        "user": int(page.request.user.pk or 0),
        "slug": page.record.slug,
        "office": page.member.office,
    }


def _shown(found: Steps) -> Any:
    """What rows come to, as JSON gives it back."""
    told = [
        [one.row.sheet, one.row.number, one.corrects.name if one.corrects else ""]
        for one in found.steps
    ]
    return json.loads(json.dumps(told))
