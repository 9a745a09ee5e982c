"""Whose key may sign, at which place of the log.

Validity is judged by index, never by time: what counts is what the log knew when it took
an entry in. Only three things change it: `open`, and `key` with add, rotate or revoke.

Source: docs/record.md, section 5.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from peyman.ledger.entries.entry import Payload, Signer
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import Table


class Problem(NamedTuple):
    """What is wrong with an entry, and the section of the format that says so.

    Attributes:
        remedy: What to do where the entry is refused.
    """

    text: str
    section: int
    remedy: str = "Correct the entry, sign it again, and enter that."


@dataclass(slots=True)
class KeyLife:
    """What a log says of one key. Not to be changed outside of here.

    Attributes:
        office: Whose it is.
        key: Its public half.
        first: The first index at which it may sign.
        held_by: The office that is said to hold its private half; None where nothing is.
        last: The index of the entry that ended it.
        since: From here on, what it signed is contested.
    """

    office: str
    key: PublicKey
    first: int
    held_by: str | None = None
    last: int | None = None
    since: int | None = None


class Keyring:
    """The keys entered in one log so far."""

    def __init__(self, log_key: PublicKey) -> None:
        self._log_key = log_key
        self._lives: dict[str, KeyLife] = {}
        self._may_add: tuple[str, ...] = ()

    @property
    def lives(self) -> tuple[KeyLife, ...]:
        """Every key that the log has or had, in the order in which it was entered."""
        return tuple(self._lives.values())

    def known(self) -> dict[str, bytes]:
        """Give the raw bytes of every key that the log has or had, by its fingerprint."""
        return {one: life.key.raw for one, life in self._lives.items()}

    def good(self, office: str) -> tuple[str, ...]:
        """Give the fingerprints of the keys with which an office may sign now."""
        return tuple(one.key.fingerprint for one in self._living(office))

    def may_add(self, office: str) -> bool:
        """Whether an office may add keys, and change those of others."""
        return office in self._may_add

    def public_of(self, fingerprint: str) -> PublicKey | None:
        """Give the key of that fingerprint, good or not, if the log knows it."""
        life = self._lives.get(fingerprint)
        return life.key if life else None

    def key_of(self, signer: Signer, index: int) -> PublicKey | Problem:
        """Give the key by which this office may sign the entry at `index`."""
        life = self._lives.get(signer.key)
        if life is None or life.first > index:
            return Problem(
                f"It is signed with a key that the log did not know: {signer.key[:16]}…",
                5,
            )
        if life.office != signer.office:
            return Problem(
                f"It is signed for {signer.office} with the key of {life.office}.", 5
            )
        if life.last is not None and index > life.last:
            return Problem(
                f"It is signed with a key of {life.office} that e{life.last} ended.", 5
            )
        return life.key

    def is_contested(self, signer: Signer, index: int, before: Collection[int]) -> bool:
        """Whether a revocation reaches back to this entry, or to the entry of its key.

        Args:
            signer: Who signed the entry.
            index: Its place.
            before: The contested entries ahead of it.
        """
        life = self._lives.get(signer.key)
        if life is None:
            return False
        is_revoked = life.since is not None and life.since <= index
        # The keys of `open` are there from index 0: no entry ahead entered them.
        return is_revoked or life.first - 1 in before

    def check_open(self, body: Table) -> Iterator[Problem]:
        """Say what is wrong with the first keys."""
        for entry in body["keys"]:
            yield from self._check_new(entry["key"])

    def take_open(self, body: Table) -> None:
        """Enter the first keys, which may sign from the first entry on."""
        self._may_add = tuple(body["may_add_keys"])
        for entry in body["keys"]:
            key = PublicKey.from_text(entry["public"], "public")
            self._lives[entry["key"]] = KeyLife(entry["office"], key, 0)

    def check(self, payload: Payload, index: int) -> Iterator[Problem]:
        """Say what is wrong with a `key` entry."""
        body, signer = payload.body, payload.signer.office
        is_own = body["do"] != "add" and signer == body["office"]
        if not is_own and not self.may_add(signer):
            yield Problem(
                f"{signer} may not {body['do']} a key of {body['office']}.", 5
            )
        if body["do"] == "revoke":
            yield from self._check_revoked(body, index)
        else:
            yield from self._check_new(body["key"])
        if body["do"] == "rotate" and not self._living(body["office"]):
            yield Problem(f"{body['office']} has no key to rotate.", 5)

    def take(self, body: Table, index: int) -> None:
        """Let a sound `key` entry take effect, after its own place in the log."""
        if body["do"] == "revoke":
            life = self._lives[body["key"]]
            life.last = index if life.last is None else life.last
            life.since = body["since"]
            return
        if body["do"] == "rotate":
            for life in self._living(body["office"]):
                life.last = index
        key = PublicKey.from_text(body["public"], "public")
        life = KeyLife(body["office"], key, index + 1, body.get("held_by"))
        self._lives[body["key"]] = life

    def _check_new(self, fingerprint: str) -> Iterator[Problem]:
        if fingerprint in self._lives:
            yield Problem("It enters a key that the log has or had already.", 5)
        if fingerprint == self._log_key.fingerprint:
            yield Problem("It gives an office the key of the log itself.", 5)

    def _check_revoked(self, body: Table, index: int) -> Iterator[Problem]:
        life = self._lives.get(body["key"])
        if life is None or life.office != body["office"]:
            yield Problem(f"It revokes a key that {body['office']} never had.", 5)
        elif life.since is not None:
            yield Problem("It revokes a key that is revoked already.", 5)
        if body["since"] > index:
            yield Problem(f"It revokes from e{body['since']} on, which is to come.", 5)

    def _living(self, office: str) -> list[KeyLife]:
        lives = self._lives.values()
        return [one for one in lives if one.office == office and one.last is None]
