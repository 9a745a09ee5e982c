"""Read a folder: what stands in it, and the bytes of each file, at once or when asked for.

Whoever goes through a long case once needs no more than one envelope at a time: `Later`
reads it when it is asked for. What it gives is not the same bytes every time if somebody
changes the file, so each reader holds it against its leaf, as `peyman.ledger.verifying.verify` does.

Source: docs/record.md, section 6.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, overload

from peyman.errors import PeymanError
from peyman.ledger.files.layout import (
    DEEPEST,
    envelope_path,
    has_place,
    index_of,
    is_envelope,
    is_tile,
)
from peyman.ledger.keeping.transaction import NEXT, STAGING
from peyman.ledger.strict import refuse

Data = TypeVar("Data", bytes, bytes | None)
Default = TypeVar("Default")

LARGEST_FILE = 256 * 2**20
LARGEST_CASE = 2 * 2**30
"""Bytes: of a file that is read, and of all that are held together."""

AGAIN = "Ask the sender for the file again."
_AT_ONCE = 16 * 1024


class Stray(NamedTuple):
    """Something that no case file has: its path and what it is."""

    path: str
    problem: str


class Later(Mapping[str, bytes]):
    """Files by their paths, of which some are read each time that they are asked for.

    Raises:
        PeymanError: From asking, if a file cannot be read any more.
    """

    def __init__(
        self,
        held: Mapping[str, bytes | None],
        read: Callable[[str], bytes],
        envelopes: Iterable[int] = (),
    ) -> None:
        self._held = held
        self._read = read
        # A hundred thousand paths are many megabytes: their indexes say as much.
        self._envelopes = array("Q", sorted(envelopes))

    def __getitem__(self, path: str) -> bytes:
        data = self.get(path)
        if data is None:
            raise KeyError(path)
        return data

    @overload
    def get(self, path: str) -> bytes | None: ...
    @overload
    def get(self, path: str, default: Default) -> bytes | Default: ...
    def get(self, path: str, default: Any = None) -> Any:
        """Give a file, read now if it was not; what is given where there is none."""
        data = self._held.get(path)
        if data is not None:
            return data
        return self._read(path) if path in self else default

    def __contains__(self, path: object) -> bool:
        if path in self._held:
            return True
        index = index_of(path) if isinstance(path, str) else None
        if index is None:
            return False
        place = bisect_left(self._envelopes, index)
        return place < len(self._envelopes) and self._envelopes[place] == index

    def __iter__(self) -> Iterator[str]:
        yield from self._held
        yield from map(envelope_path, self._envelopes)

    def __len__(self) -> int:
        return len(self._held) + len(self._envelopes)

    def count_envelopes(self) -> int:
        """How many envelopes of the case itself there are."""
        held = sum(path.startswith("envelopes/") for path in self._held)
        return held + len(self._envelopes)

    def under(self, start: str) -> list[str]:
        """Give the paths that begin so."""
        held = [path for path in self._held if path.startswith(start)]
        if "envelopes/".startswith(start):
            held += map(envelope_path, self._envelopes)
        return held

    def part(self, paths: Mapping[str, str]) -> "Later":
        """Give some of these files under other names, unread as they are here.

        Args:
            paths: The path that each has here, by the one that it is to have.
        """
        held = {new: self._held[old] for new, old in paths.items()}
        return Later(held, lambda new: self._read(paths[new]))

    def own_part(self) -> "Later":
        """Give the files that are not those of a register."""
        return Later(_own(self._held), self._read, self._envelopes)


def _own(files: Mapping[str, Data]) -> dict[str, Data]:
    return {
        path: data for path, data in files.items() if not path.startswith("registers/")
    }


def own_part(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give the files that are not those of a register; what is read later is so still."""
    return files.own_part() if isinstance(files, Later) else _own(files)


def part_of(
    files: Mapping[str, bytes], paths: Mapping[str, str]
) -> Mapping[str, bytes]:
    """Give some files under other names; what is read later is so still."""
    if isinstance(files, Later):
        return files.part(paths)
    return {new: files[old] for new, old in paths.items()}


def count_envelopes(files: Mapping[str, bytes]) -> int:
    """How many envelopes of the case itself there are."""
    if isinstance(files, Later):
        return files.count_envelopes()
    return sum(path.startswith("envelopes/") for path in files)


def under(files: Mapping[str, bytes], start: str) -> list[str]:
    """Give the paths of files that begin so."""
    if isinstance(files, Later):
        return files.under(start)
    return [path for path in files if path.startswith(start)]


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
    found = Later(files, reader.read, envelopes) if later else _whole(files)
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
            data = _read(self._start + path, most)
        except OSError as error:
            raise cannot_read(self._name, error) from error
        if len(data) > most:
            raise too_large(self._name)
        return data


def _read(path: str, most: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        # Room is asked for little by little, and not for the most that there may be.
        data = os.read(handle, _AT_ONCE)
        parts = [data]
        length = len(data)
        while length <= most and (data := os.read(handle, length)):
            parts.append(data)
            length += len(data)
        return b"".join(parts)
    finally:
        os.close(handle)


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
