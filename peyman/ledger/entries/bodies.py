"""The bodies of the entries that bind the record itself, and of sources.

`open`, `key`, `adopt`, `source`, `correct`, `erase`, `release`: the ledger acts on them,
so it reads them strictly. The bodies of all other kinds are opaque here: `peyman.case`
reads them.

Source: docs/record.md, section 3.
"""

from collections.abc import Callable
from typing import Any

from peyman.ledger import strict
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import Table, refuse

RECORD_KINDS = frozenset(
    ("open", "key", "adopt", "source", "correct", "erase", "release")
)
"""Kinds on which the ledger itself acts; it reads their bodies."""

KINDS = RECORD_KINDS | {
    *("hold", "claim", "grade", "status", "act", "ballot", "measure", "requirement"),
    *("pledge", "serial", "strength", "note"),
}
"""Every kind of entry of this version of the format."""

ALWAYS_HERE = frozenset({"open", "key", "adopt", "erase", "release"})
"""Kinds that no case file may leave out."""

ERASABLE = frozenset({"source", "claim", "note"})
"""Kinds that may be erased."""

UNCORRECTABLE = ALWAYS_HERE | {"correct"}
"""Kinds that bind the record itself: undone only by another of their kind."""

_LANGUAGE_LENGTH = (2, 3)


def read_body(kind: str, body: Table) -> None:
    """Check the body of an entry, if its kind binds the record itself.

    Raises:
        PeymanError: If a field is missing, is not in the format, or does not fit.
    """
    if check := _CHECKS.get(kind):
        check(body)


def _open(body: Table) -> None:
    what = "open"
    fields = "case charters registers language reader tzdata keys may_add_keys"
    strict.table(body, what, fields.split())
    strict.digest(body["case"], "open: case")
    _charters(body["charters"], "open: charters")
    _registers(body["registers"], "open: registers")
    for name in ("language", "reader", "tzdata"):
        strict.version(body[name], f"open: {name}")
    held = strict.items(body["keys"], "open: keys", _first_key)
    if not held:
        raise refuse("open: keys is empty.", 3)
    strict.distinct(held, "open: keys")
    offices = strict.items(body["may_add_keys"], "open: may_add_keys", strict.office)
    strict.distinct(offices, "open: may_add_keys")


def _first_key(value: Any, what: str) -> str:
    entry = strict.table(value, what, ("office", "key", "public"))
    strict.office(entry["office"], f"{what}: office")
    return _public(entry, what)


def _public(entry: Table, what: str) -> str:
    """Check that a key's fingerprint is that of its public half."""
    named = strict.digest(entry["key"], f"{what}: key")
    if PublicKey.from_text(entry["public"], f"{what}: public").fingerprint != named:
        raise refuse(f"{what}: the fingerprint is not that of the public key.", 5)
    return named


def _charters(value: Any, what: str) -> None:
    def one(entry: Any, where: str) -> str:
        entry = strict.table(entry, where, ("id", "files"))
        files = strict.paths(entry["files"], f"{where}: files")
        if sum(path.endswith(".toml") for path in files) != 1:
            raise refuse(f"{where}: a charter has one file that ends in .toml.", 3)
        return strict.identifier(entry["id"], f"{where}: id")

    strict.distinct(strict.items(value, what, one), what)


def _registers(value: Any, what: str) -> None:
    def one(entry: Any, where: str) -> str:
        entry = strict.table(entry, where, ("id", "origin", "size", "root"))
        strict.origin(entry["origin"], f"{where}: origin")
        strict.digest(entry["root"], f"{where}: root")
        if strict.whole(entry["size"], f"{where}: size") == 0:
            raise refuse(f"{where}: a register has at least its `open`.", 5)
        return strict.identifier(entry["id"], f"{where}: id")

    strict.distinct(strict.items(value, what, one), what)


def _key(body: Table) -> None:
    do = strict.one_of(body.get("do"), "key: do", ("add", "rotate", "revoke"))
    own = ("since",) if do == "revoke" else ("public",)
    told = () if do == "revoke" else ("held_by",)
    strict.table(body, f"key: {do}", ("do", "office", "key", "alg", *own), told)
    for name in ("office", *(body.keys() & {"held_by"})):
        strict.office(body[name], f"key: {name}")
    strict.one_of(body["alg"], "key: alg", ("ed25519",))
    if do == "revoke":
        strict.digest(body["key"], "key: key")
        strict.whole(body["since"], "key: since")
    else:
        _public(body, "key")


def _adopt(body: Table) -> None:
    read: dict[str, Callable[[Any, str], Any]] = {
        "charters": _charters,
        "registers": _registers,
        "language": strict.version,
        "reader": strict.version,
        "tzdata": strict.version,
    }
    strict.table(body, "adopt", (), read)
    if not body:
        raise refuse("adopt adopts nothing.", 3)
    for name, value in body.items():
        read[name](value, f"adopt: {name}")


def _source(body: Table) -> None:
    required = "digest bytes media_type language published title publisher abstract"
    strict.table(body, "source", [*required.split(), "author"], ("address",))
    strict.digest(body["digest"], "source: digest")
    strict.whole(body["bytes"], "source: bytes")
    strict.published(body["published"], "source: published")
    strict.truth(body["abstract"], "source: abstract")
    for name in body.keys() & {"media_type", "title", "publisher", "author", "address"}:
        strict.text(body[name], f"source: {name}")
    language = strict.identifier(body["language"], "source: language")
    if len(language) not in _LANGUAGE_LENGTH or not language.isalpha():
        raise refuse(f"source: language is {language!r}, not an ISO 639 code.", 3)


def _correct(body: Table) -> None:
    strict.table(body, "correct", ("entry", "reason"), ("successor",))
    strict.text(body["reason"], "correct: reason")
    for name in body.keys() & {"entry", "successor"}:
        strict.digest(body[name], f"correct: {name}")
    if body["entry"] == body.get("successor"):
        raise refuse("correct: an entry cannot succeed itself.", 3)


def _erase(body: Table) -> None:
    strict.table(body, "erase", ("entries", "kinds", "reason", "authority"))
    entries = strict.items(body["entries"], "erase: entries", strict.digest)
    strict.distinct(entries, "erase: entries")
    kinds = strict.items(body["kinds"], "erase: kinds", _erasable)
    if not entries or len(kinds) != len(entries):
        raise refuse("erase: kinds does not give one kind for each entry.", 3)
    strict.text(body["reason"], "erase: reason")
    strict.text(body["authority"], "erase: authority")


def _erasable(value: Any, what: str) -> str:
    return strict.one_of(value, what, ERASABLE)


def _release(body: Table) -> None:
    strict.table(body, "release", ("size", "indexes", "kinds_not_shown"))
    size = strict.whole(body["size"], "release: size")
    indexes = strict.items(body["indexes"], "release: indexes", strict.whole)
    if list(indexes) != sorted({*indexes}) or (indexes and indexes[-1] >= size):
        raise refuse("release: indexes do not rise, or go beyond its size.", 3)
    kinds = strict.items(body["kinds_not_shown"], "release: kinds_not_shown", _hidden)
    if list(kinds) != sorted({*kinds}):
        raise refuse("release: kinds_not_shown is not in order, each once.", 3)


def _hidden(value: Any, what: str) -> str:
    return strict.one_of(value, what, KINDS - ALWAYS_HERE)


_CHECKS: dict[str, Callable[[Table], None]] = {
    "open": _open,
    "key": _key,
    "adopt": _adopt,
    "source": _source,
    "correct": _correct,
    "erase": _erase,
    "release": _release,
}
