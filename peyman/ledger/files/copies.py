"""Filtered copies of a case file: still genuine, no longer whole.

Source: docs/record.md, section 6.
"""

from collections.abc import Collection, Iterable

from peyman.errors import PeymanError
from peyman.ledger.entries.bodies import ALWAYS_HERE
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile, envelope_path, make_case_file
from peyman.ledger.log.leaves import Leaves
from peyman.ledger.log.tiles import ENTRIES, read_bundle, tile_bytes, tiles_of
from peyman.ledger.strict import authority, refuse
from peyman.ledger.verifying.verify import examine


def withhold(casefile: CaseFile, indexes: Collection[int]) -> CaseFile:
    """Copy a case file without some envelopes, and without the bytes of their sources.

    The leaves stay: who gets the copy sees that something was entered, and when.

    Raises:
        PeymanError: If the case is not genuine, or an entry is one of those that no
            case file leaves out, or corrects one that stays.
    """
    log, _ = _sound(casefile)
    for index in sorted(indexes):
        payload = log.payloads.get(index)
        if payload is not None and payload.kind in ALWAYS_HERE:
            raise refuse(
                f"e{index} is `{payload.kind}`, which is in every case file.",
                6,
                "Withhold other entries.",
            )
    _refuse_uncorrected(log, indexes)
    return _without(casefile, log, indexes)


def _refuse_uncorrected(log: Log, indexes: Collection[int]) -> None:
    for entry, (index, _) in sorted(log.corrected.items()):
        place = log.places.get(entry)
        if index in indexes and place in log.payloads and place not in indexes:
            raise refuse(
                f"e{index} corrects e{place}, which would stay without it.",
                6,
                f"Withhold e{place} too, or neither.",
            )


def publish(casefile: CaseFile) -> CaseFile:
    """Copy what the last `release` shows: the rest is withheld, and its leaves hidden.

    Raises:
        PeymanError: If the case is not genuine, or nothing was released.
    """
    log, leaves = _sound(casefile)
    if not log.releases:
        raise refuse("Nothing in this case was released.", 3, "Enter a `release`.")
    body = log.payloads[log.releases[-1]].body
    shown = {*body["indexes"]} | {
        index
        for index, payload in log.payloads.items()
        if index >= body["size"] and payload.kind in ALWAYS_HERE
    }
    hidden = {*range(log.size)} - shown
    copy = _without(casefile, log, hidden)
    return make_case_file(copy.name, {**copy.files, **_bundles(copy, leaves, hidden)})


def _bundles(
    casefile: CaseFile, leaves: Leaves, hidden: Collection[int]
) -> dict[str, bytes]:
    found = {}
    for tile in tiles_of(leaves.tree.size):
        if tile.level == ENTRIES:
            held = read_bundle(tile, casefile.files[tile.path])
            kept = [
                b"" if tile.first + place in hidden else leaf
                for place, leaf in enumerate(held)
            ]
            bundle = tile._replace(number=0)
            found[tile.path] = tile_bytes(bundle, leaves.tree, kept)
    return found


def _without(casefile: CaseFile, log: Log, indexes: Iterable[int]) -> CaseFile:
    left_out = {*indexes}
    gone = {envelope_path(index) for index in left_out}
    gone |= {
        f"sources/{digest}"
        for digest, index in log.sources.items()
        if index in left_out
    }
    files = {path: data for path, data in casefile.files.items() if path not in gone}
    return make_case_file(casefile.name, files)


def _sound(casefile: CaseFile) -> tuple[Log, Leaves]:
    found = examine(casefile)
    for fault in found.report.all_faults():
        raise PeymanError(
            f"{casefile.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Verify it, and copy from a sound one.",
        )
    if found.log is None or found.leaves is None:
        raise PeymanError(
            f"{casefile.name} has no log.",
            authority=authority(6),
            remedy="Copy from a sound case file.",
        )
    return found.log, found.leaves
