"""Make a whole case file at once: pure, and bit for bit the same every time.

For worked cases, for tests, and for the first entry of a new folder. The folder store
(`peyman.ledger.keeping.store`) comes to the same bytes one entry at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import Envelope, open_envelope
from peyman.ledger.entries.rules import Log, RegisterView
from peyman.ledger.files.bindings import check_files, check_registers
from peyman.ledger.files.casefile import CaseFile, envelope_path, make_case_file
from peyman.ledger.files.settings import read_settings
from peyman.ledger.keeping.pen import Guard, Pen
from peyman.ledger.keeping.transaction import Disk, write_new
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.tiles import tile_bytes, tiles_of
from peyman.ledger.log.tree import hash_leaf
from peyman.ledger.signing.keys import Key
from peyman.ledger.strict import authority, refuse
from peyman.ledger.verifying.report import Fault
from peyman.ledger.verifying.verify import examine, views


def build_log(
    files: Mapping[str, bytes],
    entries: Iterable[tuple[bytes, str]],
    log_key: Key,
    *,
    name: str = "the case",
    guard: Guard | None = None,
) -> CaseFile:
    """Make the case file of a log.

    Args:
        files: `case.toml`, `charters/…`, `registers/ID/…`, `sources/SHA256`: whatever
            the entries bind. Bytes of sources that the entries erase are left out.
        entries: Each envelope with its `entered`, in order, `open` first.
        log_key: The key that `case.toml` names.
        name: What people call the case.
        guard: What was seen of a log of this name; None for a reconstructed one.

    Raises:
        PeymanError: If `verify` would find a fault in it; the first is named. Or if a
            live log of this name was seen already.
    """
    settings = read_settings(files.get("case.toml", b""))
    draft = make_case_file(name, files)
    log = Log(settings, registers_of(draft))
    pen = Pen(log, log_key, guard)
    leaves: list[bytes] = []
    envelopes: list[bytes] = []
    for envelope, entered in entries:
        leaves.append(take_checked(log, open_envelope(envelope), entered))
        envelopes.append(envelope)
    if not leaves:
        raise refuse("A log begins with `open`.", 3)
    made = {**files, **log_files(log, leaves, pen)}
    made |= {envelope_path(index): one for index, one in enumerate(envelopes)}
    for path in erased_paths(log):
        made.pop(path, None)
    built = make_case_file(name, made)
    refuse_faults(built, log)
    return built


def write_log(
    directory: Path,
    files: Mapping[str, bytes],
    entries: Iterable[tuple[bytes, str]],
    log_key: Key,
    guard: Guard | None = None,
) -> CaseFile:
    """Make the case file of a log, and write it to a folder that is not there yet.

    Raises:
        PeymanError: As `build_log`, and if the folder is there already.
    """
    name = directory.name
    built = build_log(files, entries, log_key, name=name, guard=guard)
    write_folder(built, directory)
    return built


def write_folder(casefile: CaseFile, directory: Path, disk: Disk | None = None) -> None:
    """Write a case file to a folder that is not there yet (or is empty), durably.

    Raises:
        PeymanError: If something is there already.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise refuse(f"{directory} is there already.", 6, "Give another path.")
    write_new(disk or Disk(), directory, casefile.files)


def registers_of(casefile: CaseFile) -> dict[str, RegisterView]:
    """Read the registers that a case file carries, for its entries to cite."""
    found = {one: examine(casefile.register(one)) for one in casefile.register_ids()}
    return views(found)


def take_checked(log: Log, envelope: Envelope, entered: str) -> bytes:
    """Let a log take its next entry, and give the bytes of its leaf.

    Raises:
        PeymanError: If the entry has a problem; the log is then as it was.
    """
    leaf = Leaf(envelope.commitment, entered)
    encoded = encode_leaf(leaf)
    for text, section, remedy in log.check(leaf, envelope, is_new=True):
        problem = f"e{log.size} ({envelope.payload.kind}) cannot be entered. {text}"
        raise refuse(problem, section, remedy)
    log.take(hash_leaf(encoded), leaf, envelope.payload)
    return encoded


def log_files(log: Log, leaves: Sequence[bytes], pen: Pen) -> dict[str, bytes]:
    """Give the checkpoint and the tiles of a log, of which these are the leaves."""
    size = len(leaves)
    files = {tile.path: tile_bytes(tile, log.tree, leaves) for tile in tiles_of(size)}
    return {**files, "checkpoint": pen.head(size)}


def erased_paths(log: Log) -> list[str]:
    """Say which files go when erasures take effect: envelopes, and bytes of sources."""
    paths = [envelope_path(index) for index in sorted(log.erased)]
    for digest, index in sorted(log.sources.items()):
        if index in log.erased:
            paths.append(f"sources/{digest}")
    return paths


def refuse_faults(casefile: CaseFile, log: Log) -> None:
    """Refuse a case whose files are not those that its log binds."""
    files = casefile.own_files()
    found = {
        one: examine(casefile.register(one)).report for one in casefile.register_ids()
    }
    faults = [
        *(Fault(path, None, text, authority(6)) for path, text in casefile.strays),
        *(fault for report in found.values() for fault in report.all_faults()),
        *check_files(files, log),
        *check_registers(found, log),
    ]
    for fault in faults:
        raise PeymanError(
            f"{fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Give the files that the entries bind, and no others.",
        )
