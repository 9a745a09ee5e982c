"""What charters call their acts, matters, actors and grounds, and who belongs to none.

Each charter names its own, in `[names]`: docs/charter-language.md, section 1. Here stand
the words of `by`, and speakers that no charter knows as an office.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyman.charter.model import Charter
from peyman.charter.read import load_charter
from peyman.picture.places import places

Called = Mapping[str, str]
"""Language to what readers call something."""

ACTORS: Mapping[str, str | Promise] = {
    "time": _("time"),
    "outside": _("somebody outside"),
    "member": _("the member"),
    "subject": _("the member concerned"),
    "vacant": _("vacant"),
    "nobody named": _("nobody named"),
    "all": _("all members"),
    "kazakhstan/ministry_of_defence": _("Ministry of Defence of Kazakhstan"),
    "kazakhstan/ministry_of_health": _("Ministry of Health of Kazakhstan"),
    "peyman/registrar": _("Registrar of this record"),
}


@cache
def called() -> Mapping[str, Called]:
    """Every full name that a charter of the library knows to what readers call it."""
    paths = sorted((settings.LIBRARY / "charters").glob("*.toml"))
    return {
        full: said
        for charter in map(load_charter, paths)
        for full, said in _of(charter).items()
    }


@cache
def states() -> Mapping[str, Called]:
    """What states are called, by their letters; made by `make messages`.

    Where the places of reports have a name, that one, so that a page has but one.
    """
    path = Path(__file__).parents[2] / "locale" / "states.json"
    found: dict[str, Called] = json.loads(path.read_text(encoding="utf-8"))
    for place in places().values():
        if place.id.upper() in found:
            found[place.id.upper()] = {
                one: said[0] for one, said in place.names.items()
            }
    return found


def _of(charter: Charter) -> dict[str, Called]:
    """The names of a charter as they stand outside: `csto.assistance`, `csto/council`."""
    said = {_full(charter, name): said for name, said in charter.called.items()}
    return {**said, charter.id: {"en": charter.title, **said.get(charter.id, {})}}


def _full(charter: Charter, name: str) -> str:
    kinds = {act.partition(".")[0] for act in charter.names}
    if name == "title":
        return charter.id
    if name in charter.members:
        return name
    return f"{charter.id}{'.' if name.partition('.')[0] in kinds else '/'}{name}"
