"""Turn an entry as a person writes it into the fields of a payload.

In a source file or an ENTRY.toml, other entries are named by labels (`request`, `e31`) and a
span by its words. Here labels become commitments, and words become exact characters.
Source: docs/record.md, section 7.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from peyman.errors import PeymanError

Resolve = Callable[[str], str]
"""From a label to the commitment of its entry."""

_OWN = ("id", "kind", "entered", "entered_from", "known_as", "at", "zone", "cites")
_LABELS = ("source", "claims", "claim", "revises", "entry", "successor", "entries")
_AUTHORITY = "docs/record.md, section 7: how an entry is written"


class Draft(NamedTuple):
    """An entry with its labels resolved, not yet signed."""

    kind: str
    known_as: str
    at: str
    zone: str | None
    cites: tuple[str, ...]
    body: dict[str, object]


def draft_of(
    written: Mapping[str, object],
    resolve: Resolve,
    text_of: Callable[[str], str | None],
    entered: str,
) -> Draft:
    """Resolve an entry as written.

    Args:
        written: The table of the entry; what is not a field of the payload is its body.
        resolve: From label to commitment; raises PeymanError for one that is unknown.
        text_of: From a source's commitment to its text, None where it is not here.
        entered: Stands for `at` where the entry states none.

    Raises:
        PeymanError: If it has no kind, names an unknown label, or a span is not found
            exactly once.
    """
    kind = written.get("kind")
    if not isinstance(kind, str):
        raise _refuse("The entry has no kind.", 'Add a line such as kind = "claim".')
    raw = {k: v for k, v in written.items() if k not in _OWN}
    body = {name: _resolved(name, value, resolve) for name, value in raw.items()}
    body = _in_matter(body, resolve)
    if kind == "act":
        body["acts"] = [_act(act, resolve) for act in _list(raw.get("acts"), "acts")]
    cites = [resolve(str(label)) for label in _list(written.get("cites", []), "cites")]
    cites += [c for c in _named(body) if c not in cites]
    if isinstance(body.get("span"), str):
        body["span"] = _span(str(body["span"]), text_of(str(body.get("source"))))
    return Draft(
        kind=kind,
        known_as=str(written.get("known_as", "reported")),
        at=str(written.get("at", entered)),
        zone=None if "zone" not in written else str(written["zone"]),
        cites=tuple(dict.fromkeys(cites)),
        body=body,
    )


def _resolved(name: str, value: object, resolve: Resolve) -> object:
    if name not in _LABELS:
        return value
    if isinstance(value, list):
        return [resolve(str(label)) for label in value]
    return resolve(str(value))


def _act(act: object, resolve: Resolve) -> object:
    if not isinstance(act, Mapping):
        raise _refuse("An act is no table.", "Write it under [[entry.acts]].")
    return _in_matter(act, resolve)


def _in_matter(said: Mapping[str, object], resolve: Resolve) -> dict[str, object]:
    """What an act or a ballot says, its matter named by a commitment."""
    made = dict(said)
    if "matter" in made:
        label, slash, n = str(made["matter"]).rpartition("/")
        if not slash or not n.isdigit():
            raise _refuse(
                f"The matter {made['matter']!r} is not ENTRY/n.",
                "Name the entry that opened it and which of its acts, as e31/1.",
            )
        made["matter"] = f"{resolve(label)}/{n}"
    return made


def _named(body: Mapping[str, object]) -> list[str]:
    """What the body names is cited: a citation also proves that a withheld one exists."""
    found = []
    for name in _LABELS:
        value = body.get(name, [])
        found += [str(one) for one in (value if isinstance(value, list) else [value])]
    acts = body.get("acts")
    for act in [body, *(acts if isinstance(acts, list) else ())]:
        found.append(str(act.get("matter", "")).partition("/")[0])
    return [one for one in found if one]


def _span(words: str, text: str | None) -> dict[str, object]:
    if text is None or text.count(words) != 1:
        times = "not at all" if not text or words not in text else "more than once"
        raise _refuse(
            f"The words {words[:60]!r} stand {times} in their source.",
            "Give the exact words, enough of them to occur once; or start, end and text.",
        )
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise _refuse(f"{name} is no list.", f"Write {name} as a list.")
    return value


def _refuse(problem: str, remedy: str) -> PeymanError:
    return PeymanError(problem, authority=_AUTHORITY, remedy=remedy)
