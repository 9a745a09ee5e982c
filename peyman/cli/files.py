"""The bytes of files that a person named, for every command."""

from collections.abc import Callable
from pathlib import Path

from peyman.errors import PeymanError
from peyman.ledger.files.folder import LARGEST_FILE

_BEGINNING = 64
"""Bytes by which a file that is no case says what it is."""


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        PeymanError: If it cannot be read, or is larger than any file of a case.
    """
    try:
        with path.open("rb") as file:
            is_too_large = path.stat().st_size > LARGEST_FILE
            data = b"" if is_too_large else file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PeymanError(
            f"{path} cannot be read: {error.strerror}.",
            authority="the file system",
            remedy="Check the path, and that it is a file you may read.",
        ) from error
    # What has no end, such as a pipe, tells no size before it is read.
    if is_too_large or len(data) > LARGEST_FILE:
        raise PeymanError(
            f"{path} is larger than the {LARGEST_FILE // 2**20} MiB of any file of a case.",
            authority="docs/record.md, section 6",
            remedy="Enter the part of it that matters, or a summary in your own words.",
        )
    return data


def bytes_that_begin(path: Path, is_it: Callable[[bytes], bool]) -> bytes | None:
    """The bytes of a file whose beginning says what it is; None of any other, unread."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if not is_it(file.read(_BEGINNING)):
            return None
    return bytes_of(path)
