"""Take a received report as it is: bytes, digest, text, language.

Nothing is repaired. The bytes are kept as they came, the digest is over them, and the
text is their UTF-8 decoding and nothing more: a byte order mark stays its first
character, CR and LF stay two. Offsets everywhere are code points of this text.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from peyman.errors import PeymanError
from peyman.picture.reading.languages.language import detect
from peyman.saying import say

LIMIT_BYTES = 500_000
"""The largest report that is read: some hundred pages."""

_AUTHORITY = say("docs/record.md: a source is kept byte for byte, as UTF-8 text")
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32, little endian"),
    (b"\x00\x00\xfe\xff", "UTF-32, big endian"),
    (b"\xff\xfe", "UTF-16, little endian"),
    (b"\xfe\xff", "UTF-16, big endian"),
)
_PUBLISHED = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Report:
    """A received report.

    Attributes:
        data: The bytes as received.
        sha256: Their digest, in hex.
        text: Their UTF-8 decoding, unchanged.
        language: `fa`, `ru` or `en`.
        published: A date or an instant with offset, as given, or None.
    """

    data: bytes
    sha256: str
    text: str
    language: str
    published: str | None


def receive(data: bytes, published: str | None = None) -> Report:
    """Keep a report as it was received, and say in which language it is.

    Args:
        data: The file's bytes.
        published: When it was published, `2022-01-06` or `2022-01-06T08:05+06:00`.

    Raises:
        PeymanError: If it is too large, empty, not UTF-8 text, or in no language that
            is read here; or if `published` is neither a date nor an instant.
    """
    text = _decoded(data)
    language = detect(text)
    if language is None:
        raise PeymanError(
            say("The report is in no language that is read here."),
            authority=say("Peyman reads Persian, Russian and English"),
            remedy=say("Give a report in one of them, or enter its claims by hand."),
        )
    if published is not None:
        _check_published(published)
    return Report(data, sha256(data).hexdigest(), text, language, published)


def _decoded(data: bytes) -> str:
    if len(data) > LIMIT_BYTES:
        raise PeymanError(
            say(
                "The report has {n} bytes; at most {most_n} are read.",
                n=len(data),
                most_n=LIMIT_BYTES,
            ),
            authority=_AUTHORITY,
            remedy=say("Give the report alone, without the archive around it."),
        )
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise PeymanError(
                say(
                    "The report is not UTF-8: its byte order mark says {words}.",
                    words=name,
                ),
                authority=_AUTHORITY,
                remedy=say("Save it as UTF-8, and keep the original beside it."),
            )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise PeymanError(
            say("The report is not UTF-8: byte {n} cannot be read.", n=fault.start),
            authority=_AUTHORITY,
            remedy=say("Save it as UTF-8, and keep the original beside it."),
        ) from None
    if "\0" in text:
        raise PeymanError(
            say("The report is not text: character {n} is NUL.", n=text.index(chr(0))),
            authority=_AUTHORITY,
            remedy=say("Give the report's text, not a program's file."),
        )
    if not text.lstrip("\ufeff").strip():
        raise PeymanError(
            say("The report is empty."),
            authority=_AUTHORITY,
            remedy=say("Ask the sender for the report again."),
        )
    return text


def _check_published(published: str) -> None:
    try:
        if not _PUBLISHED.fullmatch(published):
            raise ValueError(published)
        if "T" in published:
            datetime.fromisoformat(published)
        else:
            date.fromisoformat(published)
    except ValueError:
        raise PeymanError(
            say(
                "The date of publication {words} is not a date.", words=repr(published)
            ),
            authority=say("docs/record.md: a date, or an instant with its offset"),
            remedy=say("Write it as 2022-01-06 or 2022-01-06T08:05+06:00."),
        ) from None
