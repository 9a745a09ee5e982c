"""Files by their paths, of which some are read each time that they are asked for.

Whoever goes through a long case once needs no more than one envelope at a time. What
`Later` gives is not the same bytes every time if somebody changes the file, so each reader
holds it against its leaf, as `peyman.ledger.verifying.verify` does. From where the bytes
come is for `peyman.ledger.files` to say; the functions here take what is held whole, too.

Source: docs/record.md, section 6.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, overload

from peyman.ledger.layout import envelope_path, index_of

_AT_ONCE = 16 * 1024

Data = TypeVar("Data", bytes, bytes | None)
Default = TypeVar("Default")


class Later(Mapping[str, bytes]):
    """Files by their paths, of which some are read each time that they are asked for.

    Args:
        held: What is here by its path, None for what is read when it is asked for.
        read: Reads a file.
        envelopes: The indexes of envelopes that are not `held`, and are read so too.
        folder: Where on the disk those lie, with a stroke at its end.

    Raises:
        PeymanError: From asking, if a file cannot be read any more.
    """

    def __init__(
        self,
        held: Mapping[str, bytes | None],
        read: Callable[[str], bytes],
        envelopes: Iterable[int] = (),
        folder: str = "",
    ) -> None:
        self._held = held
        self._read = read
        # A hundred thousand paths are many megabytes: their indexes say as much.
        self._envelopes = array("Q", sorted(envelopes))
        self._folder = folder

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
        return index is not None and self._is_here(index)

    def _is_here(self, index: int) -> bool:
        # Where none is missing, each stands at its own place.
        if index < len(self._envelopes) and self._envelopes[index] == index:
            return True
        place = bisect_left(self._envelopes, index)
        return place < len(self._envelopes) and self._envelopes[place] == index

    def __iter__(self) -> Iterator[str]:
        yield from self._held
        yield from map(envelope_path, self._envelopes)

    def __len__(self) -> int:
        return len(self._held) + len(self._envelopes)

    def to_hand_on(self, index: int) -> bytes | str | None:
        """Give an envelope of the case itself, or the path at which it lies on the disk."""
        path = envelope_path(index)
        return self._folder + path if self._is_here(index) else self.get(path)

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
        return Later(_own(self._held), self._read, self._envelopes, self._folder)


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


def to_hand_on(files: Mapping[str, bytes], index: int) -> bytes | str | None:
    """Give an envelope for another process to read: its path on the disk, else its bytes."""
    if isinstance(files, Later):
        return files.to_hand_on(index)
    return files.get(envelope_path(index))


def under(files: Mapping[str, bytes], start: str) -> list[str]:
    """Give the paths of files that begin so."""
    if isinstance(files, Later):
        return files.under(start)
    return [path for path in files if path.startswith(start)]


def read_at_once(path: str) -> bytes:
    """Read what one call gives of a file, and no link: all of it if it is small.

    For whoever holds it against its digest, and reads what was cut off with `read_file`.

    Raises:
        OSError: If it is not there, or cannot be read.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        return os.read(handle, _AT_ONCE)
    finally:
        os.close(handle)


def read_file(path: str, most: int) -> bytes:
    """Read a file, and no link: of one that has more bytes than `most`, more than those.

    Raises:
        OSError: If it is not there, or cannot be read.
    """
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
