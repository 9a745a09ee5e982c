"""Read a case file into a `Case`: its entries as they are, its charters, its registers.

What is not here (withheld, erased) is left out and said so. Whether the file is genuine is
asked of `peyman.ledger.verifying.verify`, not here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from peyman.case.model import Case, Entry, Listing
from peyman.case.versions import check_language
from peyman.charter.model import Charter
from peyman.charter.moment import Moment, read_instant, read_moment
from peyman.charter.read import read_charter
from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Payload, Signer
from peyman.ledger.entries.envelope import open_envelope
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile, envelope_path
from peyman.ledger.files.settings import Settings, read_settings
from peyman.ledger.log.leaf import Leaf, read_leaf
from peyman.ledger.log.note import read_checkpoint
from peyman.ledger.log.tiles import read_bundle, tiles_of
from peyman.ledger.signing.keyring import Keyring
from peyman.ledger.signing.keys import PublicKey

PLAN = "application/vnd.peyman.plan+json"
"""The media type of a source that keeps a plan."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with the bytes of its file: what a case that carries it as a register needs."""

    case: Case
    files: Mapping[str, bytes]
    root: str


def entry_of(
    case: Case, payload: Payload, index: int, commitment: str, entered: int
) -> Entry:
    """An entry from its payload and its leaf.

    A performed act happened when it was entered. The later end of an uncertain moment is
    at most when the record had it.
    """
    zone = payload.zone or case.zone
    if payload.known_as == "performed":
        at = Moment(entered, entered)
    else:
        at = _moment(payload.at, zone)
        if at.hi > entered:
            at = Moment(at.lo, max(at.lo, entered))
    return Entry(
        log="",
        index=index,
        commitment=commitment,
        entered=entered,
        kind=payload.kind,
        known_as=payload.known_as,
        at=at,
        stated_at=payload.at,
        zone=zone,
        signer=payload.signer.office,
        cites=tuple(one.commitment for one in payload.cites),
        body=payload.body,
        entered_from=payload.entered_from,
    )


def entry_at(case: Case, payload: Payload, index: int, leaf: Leaf) -> Entry:
    """An entry as it stands in a log."""
    return entry_of(case, payload, index, leaf.commitment, _instant(leaf.entered))


# Many entries of a case are of one second, or of one day.
_instant = lru_cache(maxsize=1024)(read_instant)
_moment = lru_cache(maxsize=1024)(read_moment)


def load(case_file: CaseFile, log: Log | None = None) -> Opened:
    """Read a case file, its registers too.

    Args:
        case_file: The file.
        log: Its log, where the caller has verified this very file: no entry is read a
            second time.

    Raises:
        PeymanError: If an entry, a charter or the settings cannot be read, or an entry is
            not the one that the log commits to.
    """
    files = case_file.own_files()
    settings = read_settings(_file(case_file.name, files, "case.toml"))
    head, _ = read_checkpoint(_file(case_file.name, files, "checkpoint"))
    case = begun(case_file, settings, head.size)
    case = founded(_with_entries(case, files, settings.log_key, log), case_file)
    return Opened(case, case_file.files, head.root.hex())


def begun(case_file: CaseFile, settings: Settings, size: int) -> Case:
    """The case before its first entry, and the registers that its file carries.

    Raises:
        PeymanError: If a register cannot be read.
    """
    return Case(
        origin=settings.origin,
        title=settings.title,
        zone=settings.zone,
        kept=settings.kept,
        registrar=settings.registrar,
        charters={},
        registers=registers_of(case_file),
        entries=(),
        size=size,
    )


def registers_of(case_file: CaseFile) -> dict[str, tuple[Entry, ...]]:
    """The entries of each register that a case file carries, named after their charter.

    Raises:
        PeymanError: If one cannot be read.
    """
    return {
        name: tuple(
            replace(entry, log=name)
            for entry in load(case_file.register(name)).case.entries
        )
        for name in case_file.register_ids()
    }


def founded(case: Case, case_file: CaseFile) -> Case:
    """The case with the charters and versions that its entries bind.

    Args:
        case: The case, its entries read.
        case_file: Its files: every one that was ever listed is there.

    Raises:
        PeymanError: If a charter is not there or cannot be read, or is in another
            version of the language.
    """
    versions = _versions(case.entries)
    check_language(versions, case.origin)
    listings: dict[str, list[Listing]] = {}
    for entry in case.entries:
        if entry.kind in ("open", "adopt"):
            for one in _list(entry.body.get("charters")):
                name, path = _listed(one)
                data = _file(case_file.name, case_file.files, f"charters/{path}")
                charter = _charter(data, name, path)
                found = Listing(entry.index, entry.entered, charter)
                listings.setdefault(name, []).append(found)
    return replace(
        case,
        charters={name: found[-1].charter for name, found in listings.items()},
        listings={name: tuple(found) for name, found in listings.items()},
        versions=versions,
    )


@lru_cache(maxsize=64)
def _charter(data: bytes, name: str, path: str) -> Charter:
    """The same bytes are read once: a case and its register are under one charter."""
    return read_charter(data, id=name, name=path)


def _listed(listing: object) -> tuple[str, str]:
    """The id of a listed charter, and the path of the one file that is its text."""
    assert isinstance(listing, Mapping)  # noqa: S101  (the ledger checked its shape)
    return str(listing["id"]), next(p for p in listing["files"] if p.endswith(".toml"))


def _with_entries(
    case: Case, files: Mapping[str, bytes], log_key: PublicKey, log: Log | None
) -> Case:
    leaves: Sequence[Leaf | None] = log.leaves if log else _leaves(case, files)
    entries: list[Entry] = []
    signers: list[Signer] = []
    gone: list[int] = []
    keys = Keyring(log_key)
    for index, leaf in enumerate(leaves):
        payload = log.payloads.get(index) if log else payload_at(files, leaf, index)
        if payload is None or leaf is None:
            gone.append(index)
            continue
        entries.append(entry_at(case, payload, index, leaf))
        signers.append(payload.signer)
        _take_key(keys, payload, index)
    contested: set[int] = set()
    for entry, signer in zip(entries, signers, strict=True):
        if keys.is_contested(signer, entry.index, contested):
            contested.add(entry.index)
    case = with_gone(with_these(case, entries, contested), gone, leaves)
    return replace(
        case,
        texts=sources_of(entries, files, is_text),
        plans=sources_of(entries, files, is_plan),
    )


def with_these(
    case: Case, entries: Iterable[Entry], contested: Collection[int]
) -> Case:
    """The case with its entries, of which these are contested."""
    return replace(
        case,
        entries=tuple(
            replace(entry, is_contested=True) if entry.index in contested else entry
            for entry in entries
        ),
    )


def with_gone(case: Case, gone: Iterable[int], leaves: Sequence[Leaf | None]) -> Case:
    """The case with its entries, and what became of those that are not here."""
    names, gone = _erased(case.entries), [*gone]
    erased = [i for i in gone if (one := leaves[i]) and one.commitment in names]
    withheld = sorted({*gone} - {*erased})
    return replace(case, withheld=tuple(withheld), erased=tuple(erased))


def _leaves(case: Case, files: Mapping[str, bytes]) -> list[Leaf | None]:
    return [
        read_leaf(leaf) if leaf else None
        for tile in tiles_of(case.size)
        if tile.level == "entries"
        for leaf in read_bundle(tile, files.get(tile.path, b""))
    ]


def payload_at(
    files: Mapping[str, bytes], leaf: Leaf | None, index: int
) -> Payload | None:
    """What the entry of a leaf says, by the files of its case; None where it is not here.

    Raises:
        PeymanError: If it cannot be read, or is not the one that the leaf commits to.
    """
    path = envelope_path(index)
    if path not in files or leaf is None:
        return None
    envelope = open_envelope(files[path])
    if envelope.commitment != leaf.commitment:
        raise PeymanError(
            f"Entry e{index} is not the one that the log commits to.",
            authority="docs/record.md, section 2: leaf, log, witness",
            remedy="Run `peyman verify` on the case file, and ask for it again.",
        )
    return envelope.payload


def _take_key(keys: Keyring, payload: Payload, index: int) -> None:
    """Let the keys that an entry binds, adds or ends take effect, as the ledger does."""
    if payload.kind == "open" and index == 0:
        keys.take_open(payload.body)
    elif payload.kind == "key" and not [*keys.check(payload, index)]:
        keys.take(payload.body, index)


def _versions(entries: Sequence[Entry]) -> dict[str, str]:
    """The versions that `open` names, or that a later `adopt` does."""
    return {
        name: str(entry.body[name])
        for entry in entries
        if entry.kind in ("open", "adopt")
        for name in ("language", "reader", "tzdata")
        if name in entry.body
    }


def _erased(entries: Sequence[Entry]) -> frozenset[str]:
    """What two offices erased: the second entered the same, and cites the first."""
    firsts = {entry.commitment: entry for entry in entries if entry.kind == "erase"}
    found: set[str] = set()
    for second in firsts.values():
        for first in filter(None, map(firsts.get, second.cites)):
            if first.signer != second.signer and first.body == second.body:
                found |= {str(one) for one in _list(second.body["entries"])}
    return frozenset(found)


def sources_of(
    entries: Iterable[Entry],
    files: Mapping[str, bytes],
    is_wanted: Callable[[Mapping[str, object]], bool],
) -> dict[str, str]:
    """Commitment of each source that is wanted to its text, where its bytes are here."""
    found = {}
    for entry in entries:
        if entry.kind == "source" and is_wanted(entry.body):
            path = f"sources/{entry.body.get('digest')}"
            if path in files:
                found[entry.commitment] = files[path].decode("utf-8", "replace")
    return found


def is_plan(source: Mapping[str, object]) -> bool:
    """Whether the bytes of a source are a plan, as `peyman.case.tracking.kept_plan` writes one."""
    return source.get("media_type") == PLAN


def is_text(source: Mapping[str, object]) -> bool:
    """Whether the bytes of a source are words; a picture has no text."""
    return str(source.get("media_type")).startswith("text/")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _file(name: str, files: Mapping[str, bytes], path: str) -> bytes:
    if path not in files:
        raise PeymanError(
            f"{name} has no {path}.",
            authority="docs/record.md, section 6: the case file",
            remedy="Ask the sender for the case file again.",
        )
    return files[path]
