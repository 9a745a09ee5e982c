"""The entries of a record as the timeline takes them: what kind, when, in whose words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.case.model import Entry
from peyman.charter.moment import Moment


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry as the timeline has it.

    Attributes:
        kind: A name of `marks.KINDS`.
        text: What it says, in the language `lang` (empty: the page's own).
        gone: Whether it was deleted, withdrawn or corrected.
    """

    entry: str
    kind: str
    at: Moment
    text: str
    lang: str = "en"
    known_as: str = "reported"
    gone: bool = False


_KIND_OF = {
    "act": "act",
    "ballot": "act",
    "measure": "measure",
    "status": "status",
    "serial": "serial",
    "strength": "force",
    "pledge": "force",
    "requirement": "force",
    "claim": "claim",
    "grade": "grade",
    "correct": "gone",
    "erase": "gone",
}
_TEXTS = ("says", "what", "title", "text", "reason", "line", "serial", "status")


def happenings(entries: Sequence[Entry]) -> tuple[Happening, ...]:
    """What the strip shows of the entries of a case, in the order of the record.

    A claim that a later grade calls deleted or withdrawn, and an entry that was corrected,
    are gone: they stay where they are, crossed out.
    """
    gone = {
        str(entry.body.get("claim") or entry.body.get("entry"))
        for entry in entries
        if entry.kind == "correct"
        or (entry.kind == "grade" and entry.body.get("status") in _GONE)
    }
    return tuple(
        Happening(
            entry=entry.name,
            kind=_kind(entry),
            at=entry.at,
            text=_text(entry.body),
            lang=str(entry.body.get("language", "en")),
            known_as=entry.known_as,
            gone=entry.commitment in gone,
        )
        for entry in entries
    )


_GONE = ("deleted", "withdrawn")


def _kind(entry: Entry) -> str:
    if entry.kind == "grade" and entry.body.get("status") in _GONE:
        return "gone"
    return _KIND_OF.get(entry.kind, "keeping")


def _text(body: Mapping[str, Any]) -> str:
    if "acts" in body:
        return "; ".join(f"{act['act']}, {act['by']}" for act in body["acts"])
    if "place" in body and "status" in body:
        return f"{body['place']}: {body['status']}"
    return next((str(body[name]) for name in _TEXTS if body.get(name)), "")
