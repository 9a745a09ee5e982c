"""A case file: the bytes of a folder or of its zip, read once and not changed.

`opened_case_file` alone leaves envelopes and tiles for later.

Reading judges nothing but what stands where: links, empty folders and files that no case
file has are kept aside as strays, unread, for `verify` to report. Whether the bytes are
genuine is asked of `peyman.ledger.verifying.verify`.

Source: docs/record.md, section 6.
"""

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from peyman.ledger.files.archive import places_in, read_zip, write_zip
from peyman.ledger.files.folder import (
    AGAIN,
    LARGEST_CASE,
    Stray,
    cannot_read,
    files_in,
    too_large,
)
from peyman.ledger.later import Later, own_part, part_of, under
from peyman.ledger.layout import (
    REGISTER,
    envelope_path,
    has_place,
    is_envelope,
    is_tile,
)
from peyman.ledger.strict import refuse

__all__ = [
    "CaseFile",
    "envelope_path",
    "locked",
    "make_case_file",
    "opened_case_file",
    "read_case_file",
    "read_folder",
]


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
        found: dict[str, dict[str, str]] = {}
        for path in sorted(under(self.files, "registers/")):
            if inside := REGISTER.fullmatch(path):
                found.setdefault(inside[1], {})[inside[2]] = path
        return {
            one: CaseFile(
                f"{self.name}/registers/{one}", _unchanging(part_of(self.files, paths))
            )
            for one, paths in found.items()
        }

    def own_files(self) -> Mapping[str, bytes]:
        """Give the files that are not those of a register."""
        if not self._registers:
            # A long case is not listed twice.
            return self.files
        return own_part(self.files)

    def zip(self) -> bytes:
        """Give the one zip that holds these files."""
        return write_zip(self.files)


def make_case_file(name: str, files: Mapping[str, bytes]) -> CaseFile:
    """Make a case file of bytes in memory; what has no place in one is a stray."""
    known = {path: files[path] for path in sorted(files) if has_place(path)}
    return CaseFile(name, MappingProxyType(known), _without_place(files, known))


def _without_place(files: Collection[str], known: Collection[str]) -> tuple[Stray, ...]:
    strange = sorted({*files} - {*known})
    return tuple(Stray(path, "No case file has this file.") for path in strange)


def read_case_file(path: Path) -> CaseFile:
    """Read a case file from a folder or from its zip.

    Raises:
        PeymanError: If there is none, it cannot be read, or it is too large.
    """
    name = path.name or str(path)
    with _readable(name):
        found = _read(path, name)
    return _with_head(found)


def _with_head(found: CaseFile) -> CaseFile:
    if "checkpoint" not in found.files:
        raise refuse(
            f"{found.name} is not a case file: it has no checkpoint.", 6, AGAIN
        )
    return found


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_read(name, error) from error


def _read(path: Path, name: str) -> CaseFile:
    if path.is_dir():
        with locked(path, fcntl.LOCK_SH):
            return read_folder(path, name)
    _check_zip(path, name)
    return make_case_file(name, read_zip(path.read_bytes(), name))


def _check_zip(path: Path, name: str) -> None:
    if not path.is_file():
        raise refuse(f"There is no case file at {path}.", 6, "Give its path.")
    if path.stat().st_size > LARGEST_CASE:
        raise too_large(name)


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


@contextmanager
def opened_case_file(path: Path) -> Iterator[CaseFile]:
    """Hold a case file open, to go through once: its envelopes are read when asked for.

    Nobody appends to a folder meanwhile.

    Raises:
        PeymanError: As `read_case_file`; also from asking for an envelope.
    """
    name = path.name or str(path)
    with ExitStack() as held:
        with _readable(name):
            if path.is_dir():
                held.enter_context(locked(path, fcntl.LOCK_SH))
                found = read_folder(path, name, later=True)
            else:
                _check_zip(path, name)
                found = _opened_zip(held.enter_context(path.open("rb")), name)
        yield _with_head(found)


def _opened_zip(file: BinaryIO, name: str) -> CaseFile:
    """Give the files of a zip that is held open; envelopes are read when asked for."""
    places = places_in(file, name)

    def read(path: str) -> bytes:
        start, size = places[path]
        try:
            data = os.pread(file.fileno(), size, start)
        except OSError as error:
            raise cannot_read(name, error) from error
        if len(data) < size:
            raise refuse(f"{name} became shorter while it was read.", 6, AGAIN)
        return data

    known = {
        path: None if is_envelope(path) or is_tile(path) else read(path)
        for path in places
        if has_place(path)
    }
    return CaseFile(name, Later(known, read), _without_place(places, known))


def read_folder(folder: Path, name: str, *, later: bool = False) -> CaseFile:
    """Read a folder whose lock the caller holds; `read_case_file` takes it."""
    files, strays = files_in(folder, name, later=later)
    return CaseFile(name, _unchanging(files), strays)


def _unchanging(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return MappingProxyType(files) if isinstance(files, dict) else files
