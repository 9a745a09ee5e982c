"""Read a folder: what stands in it, and the bytes of each file, at once or when asked for.

Source: docs/record.md, section 6.
"""

import os
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger.keeping.transaction import NEXT, STAGING
from peyman.ledger.later import Later, read_file
from peyman.ledger.layout import DEEPEST, has_place, index_of, is_envelope, is_tile
from peyman.ledger.strict import refuse

LARGEST_FILE = 256 * 2**20
LARGEST_CASE = 2 * 2**30
"""Bytes: of a file that is read, and of all that are held together."""

AGAIN = "Ask the sender for the file again."


class Stray(NamedTuple):
    """Something that no case file has: its path and what it is."""

    path: str
    problem: str


def files_in(
    folder: Path, name: str, *, later: bool
) -> tuple[Mapping[str, bytes], tuple[Stray, ...]]:
    """Give the files of a folder that a case file may have, and what else stands there.

    Args:
        folder: The folder; the caller holds its lock for as long as files are read.
        name: What people call it.
        later: Whether envelopes and tiles are read when they are asked for, and not before.

    Raises:
        PeymanError: If it was left in the middle of an append, cannot be read or is too
            large.
    """
    reader = _Reader(folder, name)
    files: dict[str, bytes | None] = {}
    strays: list[Stray] = []
    envelopes = array("Q")
    for path, kind in _walk(folder, ""):
        if later and kind == "file" and (index := index_of(path)) is not None:
            envelopes.append(index)
        elif path.split("/", 1)[0] in (STAGING, NEXT):
            raise refuse(
                f"{name} was interrupted in the middle of an entry.",
                6,
                "If you received it, ask the sender for it again. If it is your own"
                " case, enter the entry again: that ends or undoes what was begun.",
            )
        elif kind != "file":
            strays.append(Stray(path, f"This is {kind}; a case file has none."))
        elif not has_place(path):
            strays.append(Stray(path, "No case file has this file."))
        else:
            files[path] = None
    for path in (files := dict(sorted(files.items()))):
        if not (later and (is_envelope(path) or is_tile(path))):
            files[path] = reader.hold(path)
    found = (
        Later(files, reader.read, envelopes, f"{folder}/") if later else _whole(files)
    )
    return found, tuple(sorted(strays))


def _whole(files: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if data is not None}


class _Reader:
    """Reads files of one folder, as long as those held are not too large together."""

    def __init__(self, folder: Path, name: str) -> None:
        self._start = f"{folder}/"
        self._name = name
        self._left = LARGEST_CASE

    def hold(self, path: str) -> bytes:
        data = self._read(path, min(LARGEST_FILE, self._left))
        self._left -= len(data)
        return data

    def read(self, path: str) -> bytes:
        return self._read(path, LARGEST_FILE)

    def _read(self, path: str, most: int) -> bytes:
        try:
            data = read_file(self._start + path, most)
        except OSError as error:
            raise cannot_read(self._name, error) from error
        if len(data) > most:
            raise too_large(self._name)
        return data


def _walk(folder: Path, start: str) -> Iterator[tuple[str, str]]:
    is_empty = True
    with os.scandir(folder / start) as entries:
        for entry in entries:
            is_empty = False
            path = f"{start}{entry.name}"
            if not entry.name.isprintable():
                yield ascii(path)[1:-1], "a file with a name that cannot be shown"
            elif not entry.is_dir(follow_symlinks=False):
                yield path, _kind(entry)
            elif path.count("/") >= DEEPEST:
                yield path, "a folder that lies too deep"
            else:
                yield from _walk(folder, path + "/")
    if is_empty and start:
        yield start[:-1], "an empty folder"


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return "a link"
    is_file = entry.is_file(follow_symlinks=False)
    return "file" if is_file else "a device or a pipe"


def cannot_read(name: str, error: OSError) -> PeymanError:
    """Make the error for what the system does not let us read."""
    return refuse(
        f"{name} cannot be read: {error.strerror}.",
        6,
        "See that you may read every file in it.",
    )


def too_large(name: str) -> PeymanError:
    """Make the error for what is too large to be looked at."""
    return refuse(f"{name} is too large to be a case file.", 6, AGAIN)
