"""Where a file of a case may stand: every path that the format has, and no other.

Source: docs/record.md, section 6.
"""

import re

DEEPEST = 12
"""Folders inside one another in a case file, those of its registers counted."""

_PART = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
_OWN = re.compile(
    r"case\.toml|checkpoint"
    rf"|charters/{_PART}(?:/{_PART})*"
    r"|envelopes/[0-9]{6,12}\.json"
    r"|sources/[0-9a-f]{64}"
    r"|tile/(?:entries|[0-9]{1,2})(?:/x[0-9]{3})*/[0-9]{3}(?:\.p/[0-9]{1,3})?"
)
REGISTER = re.compile(rf"registers/({_PART})/(.+)")
"""A file of a register: the register's id, and the path inside it."""


_MOST_DIGITS = 12
_ENVELOPE = re.compile(rf"(?:registers/{_PART}/)*envelopes/[0-9]{{6,12}}\.json")


def is_envelope(path: str) -> bool:
    """Whether what has a place at this path is an envelope, of the case or of a register.

    >>> is_envelope("registers/csto/envelopes/000031.json"), is_envelope("case.toml")
    (True, False)
    """
    return _ENVELOPE.fullmatch(path) is not None


def is_tile(path: str) -> bool:
    """Whether what has a place at this path is a tile of the case's own log."""
    return path.startswith("tile/")


def has_place(path: str) -> bool:
    """Whether a case file may have a file at this path.

    >>> has_place("envelopes/000031.json"), has_place("../envelopes/000031.json")
    (True, False)
    """
    if path.count("/") > DEEPEST:
        return False
    for _ in range(3):
        if _OWN.fullmatch(path):
            return True
        inside = REGISTER.fullmatch(path)
        if inside is None:
            return False
        path = inside[2]
    return False


def envelope_path(index: int) -> str:
    """Say where the envelope of an entry stands.

    >>> envelope_path(31)
    'envelopes/000031.json'
    """
    return f"envelopes/{index:06d}.json"


def index_of(path: str) -> int | None:
    """Say whose envelope stands at a path; None where `envelope_path` gives it for none.

    >>> index_of("envelopes/000031.json"), index_of("envelopes/0000031.json")
    (31, None)
    """
    digits = path[len("envelopes/") : -len(".json")]
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    index = int(digits)
    return index if path == envelope_path(index) else None
