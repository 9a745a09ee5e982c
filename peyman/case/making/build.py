"""Make a worked case from its source: the same bytes every time, on every machine.

A worked case is reconstructed from published reports. Its sources are abstracts, its keys
and nonces derive from a published seed, and all is entered by the registrar. Every entry
passes the same door as in a live case.
Source: docs/record.md, sections 4 and 7.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.case.entering.draft import Resolve, draft_of
from peyman.case.load import Opened
from peyman.case.making.founding import Founding, digest
from peyman.case.making.workshop import Workshop
from peyman.charter.moment import read_instant, show
from peyman.errors import PeymanError
from peyman.ledger.files.settings import RECONSTRUCTED, Settings
from peyman.ledger.signing.keys import Key, derive, derive_nonce

_AUTHORITY = "docs/record.md, section 7: the source of a worked case"
_MEDIA_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Built:
    """The parts of a worked case, ready to be written as a log.

    Attributes:
        files: Path inside the case file to bytes: settings, charters, registers, sources.
        entries: Envelope and `entered` of each entry, in order.
        log_key: The key that signs the checkpoint, derived from the published seed.
    """

    files: Mapping[str, bytes]
    entries: tuple[tuple[bytes, str], ...]
    log_key: Key


def build(
    data: bytes,
    name: str,
    charters: Mapping[str, bytes],
    registers: Mapping[str, Opened],
) -> Built:
    """Make a worked case.

    Args:
        data: The bytes of `cases/src/NAME.toml`.
        name: NAME, for errors and for the folder.
        charters: Id of each charter to the bytes of its file.
        registers: Id of each charter to its built register.

    Raises:
        PeymanError: If the source is malformed, or an entry is refused at the door.
    """
    source = _toml(data, name)
    head = source["case"]
    key = derive(head["seed"], head["registrar"])
    settings = Settings(
        origin=head["origin"],
        title=head["title"],
        zone=head["zone"],
        kept=RECONSTRUCTED,
        log_key=derive(head["seed"], head["origin"]).public,
        registrar=head["registrar"],
        charters=tuple(head["charters"]),
        register=head.get("register"),
    )
    founding = Founding(settings, charters, registers, key.public)
    written = sorted(
        _written(source), key=lambda one: read_instant(str(one["entered"]))
    )
    if not written:
        raise _refuse(f"{name} has no entries.", "Add [[source]] and [[entry]] tables.")
    shop = Workshop(founding, key, lambda label: derive_nonce(head["seed"], label))
    shop.open(read_instant(str(written[0]["entered"])), "assumed")
    labels: dict[str, str] = {}
    for one in written:
        _enter(shop, labels, one)
    return Built(shop.files, tuple(shop.entries), derive(head["seed"], head["origin"]))


def _enter(shop: Workshop, labels: dict[str, str], written: Mapping[str, Any]) -> None:
    """Enter one source or entry as written, and keep its label."""
    label, entered = str(written["id"]), read_instant(str(written["entered"]))
    if label in labels:
        raise _refuse(f"Two entries are called {label}.", "Give each its own id.")
    text = str(written["text"]) if written.get("kind") == "source" else None
    said = {n: value for n, value in written.items() if n != "text" or text is None}
    try:
        draft = draft_of(
            said, _resolver(shop, labels), shop.case.texts.get, show(entered)
        )
        stated, content = str(written["entered_from"]), text and text.encode()
        labels[label] = shop.enter(label, draft, entered, stated, content or None)
    except PeymanError as error:
        raise PeymanError(
            f"Entry {label}: {error.problem}",
            authority=error.authority,
            remedy=error.remedy,
        ) from error


def _resolver(shop: Workshop, labels: Mapping[str, str]) -> Resolve:
    in_registers = {e.name: e for log in shop.case.registers.values() for e in log}

    def resolve(label: str) -> str:
        if label in labels:
            return labels[label]
        if label in in_registers:
            return in_registers[label].commitment
        raise _refuse(
            f"There is no earlier entry {label}.",
            "Cite only what was entered before; check the label and `entered`.",
        )

    return resolve


def _written(source: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Sources and entries in the order of the file, sources as entries of their kind."""
    sources = [_source(one) for one in source.get("source", [])]
    return [*sources, *source.get("entry", [])]


def _source(written: Mapping[str, Any]) -> Mapping[str, Any]:
    content = str(written["text"]).encode()
    kept = (
        "id",
        "entered",
        "entered_from",
        "language",
        "published",
        "publisher",
        "title",
    )
    return {
        **{
            name: written[name]
            for name in (*kept, "address", "text")
            if name in written
        },
        "kind": "source",
        "known_as": "documented",
        "digest": digest(content),
        "bytes": len(content),
        "media_type": _MEDIA_TYPE,
        "abstract": True,
        "author": "Peyman",
    }


def _toml(data: bytes, name: str) -> dict[str, Any]:
    try:
        source = tomllib.loads(data.decode())
    except ValueError as error:
        raise _refuse(f"{name} is not TOML: {error}.", "Correct that line.") from error
    missing = {"origin", "title", "zone", "charters", "registrar", "seed"} - set(
        source.get("case", {})
    )
    if missing:
        lacks = ", ".join(sorted(missing))
        raise _refuse(f"{name} lacks, under [case]: {lacks}.", "Add these lines.")
    stated = ("id", "entered", "entered_from")
    for kind, fields in (("source", (*stated, "text")), ("entry", stated)):
        for one in source.get(kind, []):
            for field in fields:
                if field not in one:
                    problem = f"An entry of {name} lacks {field}: {one}."
                    raise _refuse(problem, "Add it.")
    return source


def _refuse(problem: str, remedy: str) -> PeymanError:
    return PeymanError(problem, authority=_AUTHORITY, remedy=remedy)
