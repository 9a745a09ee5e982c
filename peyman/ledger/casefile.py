"""A case file: the bytes of a folder or of its zip, read once and not changed.

Reading judges nothing but what stands where: links, empty folders and files that no case
file has are kept aside as strays, unread, for `verify` to report. Whether the bytes are
genuine is asked of `peyman.ledger.verify`.

Source: docs/record.md, section 6.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from peyman.ledger.archive import read_zip, write_zip
from peyman.ledger.layout import DEEPEST, REGISTER, has_place
from peyman.ledger.strict import refuse
from peyman.ledger.transaction import NEXT, STAGING

LARGEST_FILE = 256 * 2**20
LARGEST_CASE = 2 * 2**30
"""Bytes: beyond them nothing is read."""

_AGAIN = "Ask the sender for the file again."


class Stray(NamedTuple):
    """Something that no case file has: its path and what it is."""

    path: str
    problem: str


@dataclass(frozen=True)
class CaseFile:
    """The files of a case, by their paths.

    Attributes:
        name: What people call it: the path that it was read from.
        files: Every file that a case file may have, with its bytes.
        strays: What else stood there, unread.
    """

    name: str
    files: Mapping[str, bytes]
    strays: tuple[Stray, ...] = ()

    def register_ids(self) -> tuple[str, ...]:
        """Give the ids of the registers that it carries, in order."""
        return tuple(sorted(self._registers))

    def register(self, register_id: str) -> "CaseFile":
        """Give a register that it carries: a whole case file of its own."""
        return self._registers[register_id]

    @cached_property
    def _registers(self) -> dict[str, "CaseFile"]:
        found: dict[str, dict[str, bytes]] = {}
        for path in sorted(self.files):
            if inside := REGISTER.fullmatch(path):
                found.setdefault(inside[1], {})[inside[2]] = self.files[path]
        return {
            one: CaseFile(f"{self.name}/registers/{one}", MappingProxyType(files))
            for one, files in found.items()
        }

    def own_files(self) -> dict[str, bytes]:
        """Give the files that are not those of a register."""
        return {
            path: data
            for path, data in self.files.items()
            if not path.startswith("registers/")
        }

    def zip(self) -> bytes:
        """Give the one zip that holds these files."""
        return write_zip(self.files)


def envelope_path(index: int) -> str:
    """Say where the envelope of an entry stands.

    >>> envelope_path(31)
    'envelopes/000031.json'
    """
    return f"envelopes/{index:06d}.json"


def make_case_file(name: str, files: Mapping[str, bytes]) -> CaseFile:
    """Make a case file of bytes in memory; what has no place in one is a stray."""
    known = {path: files[path] for path in sorted(files) if has_place(path)}
    strays = tuple(
        Stray(path, "No case file has this file.")
        for path in sorted(files.keys() - known.keys())
    )
    return CaseFile(name, MappingProxyType(known), strays)


def read_case_file(path: Path) -> CaseFile:
    """Read a case file from a folder or from its zip.

    Raises:
        PeymanError: If there is none, it cannot be read, or it is too large.
    """
    name = path.name or str(path)
    try:
        found = _read(path, name)
    except OSError as error:
        raise refuse(
            f"{name} cannot be read: {error.strerror}.",
            6,
            "See that you may read every file in it.",
        ) from error
    if "checkpoint" not in found.files:
        raise refuse(f"{name} is not a case file: it has no checkpoint.", 6, _AGAIN)
    return found


def _read(path: Path, name: str) -> CaseFile:
    if path.is_dir():
        with locked(path, fcntl.LOCK_SH):
            return read_folder(path, name)
    if not path.is_file():
        raise refuse(f"There is no case file at {path}.", 6, "Give its path.")
    if path.stat().st_size > LARGEST_CASE:
        raise _too_large(name)
    return make_case_file(name, read_zip(path.read_bytes(), name))


@contextmanager
def locked(folder: Path, how: int) -> Iterator[None]:
    """Hold a lock on a folder itself, so that no lock file stands in a case.

    Args:
        folder: The folder.
        how: `fcntl.LOCK_SH` to read, `fcntl.LOCK_EX` to append.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def read_folder(folder: Path, name: str) -> CaseFile:
    """Read a folder whose lock the caller holds; `read_case_file` takes it."""
    files: dict[str, bytes] = {}
    strays: list[Stray] = []
    left = LARGEST_CASE
    for path, kind in sorted(_walk(folder, "")):
        if path.split("/")[0] in (STAGING, NEXT):
            raise refuse(
                f"{name} was interrupted in the middle of an entry.",
                6,
                "If you received it, ask the sender for it again. If it is your own"
                " case, enter the entry again: that ends or undoes what was begun.",
            )
        if kind != "file":
            strays.append(Stray(path, f"This is {kind}; a case file has none."))
        elif not has_place(path):
            strays.append(Stray(path, "No case file has this file."))
        else:
            files[path] = _read_file(folder / path, name, left)
            left -= len(files[path])
    return CaseFile(name, MappingProxyType(files), tuple(strays))


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


def _read_file(path: Path, name: str, left: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb", buffering=0) as file:
        most = min(LARGEST_FILE, left)
        # Room is asked for what is there: a buffer of the most would be mapped anew for
        # each file, and a process may have no more than some 65,000 of those.
        data = _read_most(file, min(os.fstat(handle).st_size, most) + 1)
    if len(data) > most:
        raise _too_large(name)
    return data


def _read_most(file: BinaryIO, most: int) -> bytes:
    data = file.read(most)
    while len(data) < most and (more := file.read(most - len(data))):
        data += more
    return data


def _too_large(name: str) -> Exception:
    return refuse(f"{name} is too large to be a case file.", 6, _AGAIN)
