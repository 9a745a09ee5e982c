"""What an entry says: the payload that an office signs.

An unknown version, kind or field is refused, never skipped: a reader that skipped it
would give another answer than one that did not.

Source: docs/record.md, section 1.
"""

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.entries.bodies import KINDS, read_body
from peyman.ledger.log.tree import EMPTY_ROOT
from peyman.ledger.strict import refuse

VERSION = 1
KNOWN_AS = frozenset({"performed", "documented", "reported"})
ENTERED_FROM = frozenset({"source", "assumed"})

_REQUIRED = (
    "v",
    "origin",
    "kind",
    "nonce",
    "seen",
    "signer",
    "known_as",
    "at",
    "cites",
    "body",
)
_OPTIONAL = ("zone", "entered_from")


class Seen(NamedTuple):
    """The last head of the log that the author saw: the entry is not older.

    >>> Seen().size
    0
    """

    size: int = 0
    root: str = EMPTY_ROOT.hex()


class Signer(NamedTuple):
    """The office that enters and signs, and its key's fingerprint."""

    office: str
    key: str


class Citation(NamedTuple):
    """An earlier leaf, of this log or, where `origin` is given, of another."""

    commitment: str
    origin: str | None = None


class Payload(NamedTuple):
    """One entry, before it is signed.

    Attributes:
        origin: The log, `HOST/CASE`.
        kind: One of `KINDS`.
        nonce: 32 random bytes in hex; they hide what the commitment commits to.
        seen: The last head that the author saw.
        signer: Who enters and signs; not who acted.
        known_as: `performed`, `documented` or `reported`.
        at: A date, an instant, `A/B` (one moment in [A, B)), or `unknown`.
        cites: Earlier leaves.
        body: What the kind needs. Not to be changed once given.
        zone: Whose days `at` means, where not the case's.
        entered_from: In a reconstructed case, and only there: `source` or `assumed`.
    """

    origin: str
    kind: str
    nonce: str
    seen: Seen
    signer: Signer
    known_as: str
    at: str
    cites: tuple[Citation, ...]
    body: Mapping[str, Any]
    zone: str | None = None
    entered_from: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the payload as it is written."""
        optional = {"zone": self.zone, "entered_from": self.entered_from}
        return {
            "v": VERSION,
            "origin": self.origin,
            "kind": self.kind,
            "nonce": self.nonce,
            "seen": {"size": self.seen.size, "root": self.seen.root},
            "signer": {"office": self.signer.office, "key": self.signer.key},
            "known_as": self.known_as,
            "at": self.at,
            "cites": [_write_citation(one) for one in self.cites],
            "body": dict(self.body),
            **{name: value for name, value in optional.items() if value is not None},
        }


def encode_payload(payload: Payload) -> bytes:
    """Write a payload as canonical JSON, after reading it as strictly as a stranger's.

    Raises:
        PeymanError: If a field does not fit the format.
    """
    written = payload.as_json()
    _read(written)
    return canonical.encode(written)


def read_payload(data: bytes) -> Payload:
    """Read a payload.

    Raises:
        PeymanError: If it is not canonical JSON in this version of the format.
    """
    try:
        return _read_plain(data)
    except (canonical.NotPlain, UnicodeDecodeError, PeymanError):
        # Whether it is sound, and why it is not, is told by the slow way alone.
        return _read(canonical.parse(data, "The entry"))


def _read_plain(data: bytes) -> Payload:
    """Read an entry by the one form that nearly all have, each field as `_read` asks.

    What stands around the body is of that form to the letter, so the whole is canonical
    if the body is.

    Raises:
        canonical.NotPlain: If it is not of the form.
        PeymanError: If a field does not fit.
    """
    text = data.decode("utf-8")
    found = _FORM.fullmatch(text)
    if found is None or text.count("{") + text.count("[") > canonical.DEEPEST:
        raise canonical.NotPlain
    at, body, cites, entered_from, kind, known_as, *named, zone = found.groups()
    nonce, origin, root, size, key, office = named
    if kind not in KINDS:
        raise canonical.NotPlain
    return _checked(
        # By place: to give eleven fields by name takes half as long again.
        Payload(
            _origin(origin),
            sys.intern(kind),
            nonce,
            Seen(int(size), root),
            _signer(office, key),
            sys.intern(known_as),
            _moment(at),
            _read_cites(cites) if cites else (),
            _named_once(canonical.parse_plain(body)),
            zone and strict.zone(zone, "zone"),
            entered_from and sys.intern(entered_from),
        )
    )


_HEX = "[0-9a-f]{64}"
_CITED = rf'\{{"commitment":"({_HEX})"(?:,"origin":"([a-z0-9.:/_-]+)")?\}}'
_CITES = re.compile(_CITED)
_ANY_CITED = _CITED.replace("(", "(?:").replace("(?:?:", "(?:")
_FORM = re.compile(
    r'\{"at":"([0-9TZ:/+-]+|unknown)","body":(\{.*\}),'
    rf'"cites":\[((?:{_ANY_CITED}(?:,{_ANY_CITED})*)?)\],'
    r'(?:"entered_from":"(source|assumed)",)?"kind":"([a-z]+)",'
    rf'"known_as":"(performed|documented|reported)","nonce":"({_HEX})",'
    r'"origin":"([a-z0-9.:/_-]+)",'
    rf'"seen":\{{"root":"({_HEX})","size":(0|[1-9][0-9]{{0,14}})\}},'
    rf'"signer":\{{"key":"({_HEX})","office":"([A-Za-z0-9/._-]+)"\}},"v":1'
    r'(?:,"zone":"([A-Za-z0-9/_+-]+)")?\}',
    re.DOTALL,
)


# A log says the same of these again and again: what was sound once is sound.
@lru_cache(maxsize=256)
def _origin(value: str) -> str:
    return strict.origin(value, "origin")


@lru_cache(maxsize=256)
def _signer(office: str, key: str) -> Signer:
    return Signer(strict.office(office, "signer: office"), key)


@lru_cache(maxsize=256)
def _moment(value: str) -> str:
    return strict.moment(value, "at")


def _named_once(body: dict[str, Any]) -> dict[str, Any]:
    """Let all entries of a long log share the names of their fields."""
    return {sys.intern(name): value for name, value in body.items()}


def _read_cites(text: str) -> tuple[Citation, ...]:
    return tuple(
        Citation(one, strict.origin(origin, "cites: origin") if origin else None)
        for one, origin in _CITES.findall(text)
    )


def _read(value: Any) -> Payload:
    if isinstance(value, dict) and value.get("v", VERSION) != VERSION:
        raise refuse(
            f"This entry is of version {strict.show(value['v'])} of the format.",
            1,
            "Read it with a newer Peyman.",
        )
    entry = strict.table(value, "The entry", _REQUIRED, _OPTIONAL)
    if isinstance(entry["v"], bool) or not isinstance(entry["v"], int):
        raise refuse("v is not the number 1.", 1)
    return _checked(
        Payload(
            origin=strict.origin(entry["origin"], "origin"),
            kind=strict.one_of(entry["kind"], "kind", KINDS),
            nonce=strict.digest(entry["nonce"], "nonce"),
            seen=_read_seen(entry["seen"]),
            signer=_read_signer(entry["signer"]),
            known_as=strict.one_of(entry["known_as"], "known_as", KNOWN_AS),
            at=strict.moment(entry["at"], "at"),
            cites=strict.items(entry["cites"], "cites", _read_citation),
            body=_read_object(entry["body"]),
            **_read_optional(entry),
        )
    )


def _checked(payload: Payload) -> Payload:
    """Hold its fields against one another, and its body against its kind."""
    if payload.cites:
        strict.distinct([one.commitment for one in payload.cites], "cites")
        if any(one.origin == payload.origin for one in payload.cites):
            raise refuse("cites gives an origin that is the log's own.", 1)
    read_body(payload.kind, payload.body)
    return payload


def _read_optional(entry: dict[str, Any]) -> dict[str, str]:
    found = {}
    if "zone" in entry:
        found["zone"] = strict.zone(entry["zone"], "zone")
    if "entered_from" in entry:
        stated = entry["entered_from"]
        found["entered_from"] = strict.one_of(stated, "entered_from", ENTERED_FROM)
    return found


def _read_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refuse("body is not an object.", 1)
    return value


def _read_seen(value: Any) -> Seen:
    seen = strict.table(value, "seen", ("size", "root"))
    return Seen(
        strict.whole(seen["size"], "seen: size"),
        strict.digest(seen["root"], "seen: root"),
    )


def _read_signer(value: Any) -> Signer:
    signer = strict.table(value, "signer", ("office", "key"))
    return Signer(
        strict.office(signer["office"], "signer: office"),
        strict.digest(signer["key"], "signer: key"),
    )


def _read_citation(value: Any, what: str) -> Citation:
    cited = strict.table(value, what, ("commitment",), ("origin",))
    commitment = strict.digest(cited["commitment"], f"{what}: commitment")
    if "origin" not in cited:
        return Citation(commitment)
    return Citation(commitment, strict.origin(cited["origin"], f"{what}: origin"))


def _write_citation(cited: Citation) -> dict[str, str]:
    if cited.origin is None:
        return {"commitment": cited.commitment}
    return {"commitment": cited.commitment, "origin": cited.origin}
