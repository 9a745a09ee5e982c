"""The bytes of files that a person named, for every command."""

from collections.abc import Callable
from pathlib import Path

from peyman.errors import PeymanError

_BEGINNING = 64
"""Bytes by which a file that is no case says what it is."""


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        PeymanError: If it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise PeymanError(
            f"{path} cannot be read: {error.strerror}.",
            authority="the file system",
            remedy="Check the path, and that it is a file you may read.",
        ) from error


def bytes_that_begin(path: Path, is_it: Callable[[bytes], bool]) -> bytes | None:
    """The bytes of a file whose beginning says what it is; None of any other, unread."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if not is_it(file.read(_BEGINNING)):
            return None
    return bytes_of(path)
