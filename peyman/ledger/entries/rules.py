"""The rules that hold from entry to entry, asked twice: at the door and by `verify`.

A `Log` takes entries in their order. `check` says what is wrong with the next one and
changes nothing; `take` lets it take effect. The store refuses what has a problem, and
the verifier reports it, so a log that only its store wrote is never found at fault.

An entry may be missing (withheld, erased), and in a public file its leaf too. What cannot
be known without it is not held against the file.

Source: docs/record.md, sections 1 to 5.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from peyman.ledger.digests import Digests
from peyman.ledger.entries import undoing
from peyman.ledger.entries.bodies import RECORD_KINDS
from peyman.ledger.entries.entry import Citation, Payload
from peyman.ledger.entries.envelope import Envelope
from peyman.ledger.entries.payloads import Payloads, Run, remembered
from peyman.ledger.files.settings import Settings
from peyman.ledger.log.leaf import Leaf, LeafRow, Places
from peyman.ledger.log.tree import Tree
from peyman.ledger.signing.keyring import Keyring, Problem
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import Table


class RegisterView(NamedTuple):
    """What a case needs to know of a register that it carries."""

    origin: str
    places: Mapping[str, int]
    tree: Tree


class Named(NamedTuple):
    """A head of a register, as an entry of the case names it."""

    id: str
    origin: str
    size: int
    root: str
    entry: int
    """The index of the entry that names it."""


class Log:
    """Everything that later entries depend on, after the entries taken so far.

    A log that `hides` leaves is a public file's; one that `lacks` any, hidden or broken,
    cannot say that what is cited is not there. Unless `signatures` are taken on trust,
    they are checked. Of a log that was read whole `tree` and `leaves` are known already:
    nobody asks them for what stands beyond `size`.
    """

    def __init__(  # noqa: PLR0913
        self,
        settings: Settings,
        registers: Mapping[str, RegisterView],
        *,
        hides: bool = False,
        lacks: bool = False,
        signatures: bool = True,
        tree: Tree | None = None,
        leaves: LeafRow | None = None,
    ) -> None:
        self.settings = settings
        self.registers = dict(registers)
        self.hides = hides
        self.lacks = lacks or hides
        self.signatures = signatures
        self.tree = tree or Tree()
        self.leaves = LeafRow() if leaves is None else leaves
        self.places = Places(self.leaves)
        self.payloads = Payloads()
        self.keyring = Keyring(settings.log_key)
        self.opening: Payload | None = None
        self.charters: dict[str, Mapping[str, str]] = {}
        self.listed: dict[tuple[str, str], str] = {}
        self.named: list[Named] = []
        self.sources: dict[str, int] = {}
        self.erased: dict[int, int] = {}
        self.releases: list[int] = []
        self.entered = ""
        self._nonces = Digests(self.tree.size)
        self._performed: dict[str, int] = {}
        self.corrected: dict[str, tuple[int, str | None]] = {}

    @property
    def size(self) -> int:
        """How many entries were taken: the index of the next."""
        return self.places.size

    def check(
        self, leaf: Leaf | None, envelope: Envelope | None, *, is_new: bool = False
    ) -> list[Problem]:
        """Say what is wrong with the next entry, as far as it is here.

        The signature of one that is new is checked, however the log was read.
        """
        found: list[Problem] = []
        if leaf is not None:
            found += self._check_leaf(leaf)
        if envelope is not None:
            payload = envelope.payload
            found += self._check_place(payload)
            if payload.cites:
                found += self._check_citations(payload)
            if payload.kind in RECORD_KINDS:
                found += self._check_kind(payload)
            found += self._check_signature(envelope, is_new or self.signatures)
        return found

    def take(
        self,
        leaf_hash: bytes,
        leaf: Leaf | None,
        payload: Payload | None,
        *,
        is_sound: bool = True,
    ) -> None:
        """Take the next entry; one that is not sound stands there without effect."""
        index = self.size
        if index == 0:
            self.opening = payload
        if leaf is not None:
            self.entered = max(self.entered, leaf.entered)
        nonce = None
        if payload is not None and is_sound:
            nonce = bytes.fromhex(payload.nonce)
            if payload.kind in RECORD_KINDS:
                self._take_kind(payload, index)
            self.payloads[index] = payload
            if is_performed_act(payload):
                self._performed[payload.signer.office] = index
        self._nonces.append(nonce)
        if self.tree.size == index:
            self.tree.append(leaf_hash)
        if len(self.leaves) == index:
            self.leaves.append(leaf)
        self.places.size = index + 1

    def take_run(self, run: Run) -> bool:
        """Take entries of a log whose tree and leaves are known, if each keeps every rule.

        Returns:
            Whether they were taken. Where not, none was: `check` says of each what is wrong.
        """
        start, payload = self.size, remembered(run.payload)
        # Before `open` no key is known, and so no run is taken.
        key = self.keyring.key_of(payload.signer, start)
        keeps_the_rules = (
            payload.origin == self.settings.origin
            and run.is_stated == self.settings.is_reconstructed
            and isinstance(key, PublicKey)
            and (run.proven_by == key.raw or not self.signatures)
            and self.leaves.follow(start, run.commitments, self.entered)
            and all(
                size <= index and self.tree.root(size) == root
                for index, (size, root) in enumerate(run.seen(), start)
            )
            # The last one: it takes their nonces, where none stood before.
            and self._nonces.append_new(run.nonces)
        )
        if keeps_the_rules:
            self.payloads.extend(start, payload, run.length)
            self.places.size = start + run.length
            self.entered = next(self.leaves.entered(self.size - 1)) or self.entered
        return keeps_the_rules

    def forget(self, index: int) -> None:
        """Keep of an entry that was taken no more than other entries' rules ask of it.

        For whoever goes through a long log once, and has had what it says: who signed it,
        its kind and how it is known stay, and what a claim or a note cites. Entries on
        which the ledger acts stay as they are.
        """
        if (payload := self.payloads.get(index)) is not None:
            self.payloads[index] = remembered(payload)

    def latest_registers(self) -> dict[str, Named]:
        """Give the head of each register that the case names last."""
        return {named.id: named for named in self.named}

    def contested(self) -> list[int]:
        """Give the entries that a revocation reaches, by their key or its origin."""
        found: set[int] = set()
        if all(one.since is None for one in self.keyring.lives):
            return []
        for index, payload in self.payloads.each():
            if self.keyring.is_contested(payload.signer, index, found):
                found.add(index)
        return sorted(found)

    # ------------------------------------------------------------- every entry

    def _check_leaf(self, leaf: Leaf) -> Iterator[Problem]:
        if leaf.entered < self.entered:
            yield Problem(
                f"It was entered at {leaf.entered}, before the entry that stands ahead"
                f" of it, at {self.entered}.",
                2,
                "Set the clock right by which entries are taken in, or wait until it is"
                " past that hour.",
            )
        if (before := self.places.get(leaf.commitment)) is not None:
            yield Problem(f"It is the same entry as e{before}.", 1)

    def _check_place(self, payload: Payload) -> Iterator[Problem]:
        settings = self.settings
        if payload.origin != settings.origin:
            yield Problem(f"It is an entry of another log: {payload.origin}.", 1)
        if (self.size == 0) != (payload.kind == "open"):
            yield Problem("The first entry, and no other, is `open`.", 3)
        if settings.is_reconstructed != (payload.entered_from is not None):
            yield Problem(
                "entered_from is stated in a reconstructed case, and only there.", 4
            )
        if (before := self._nonces.find(bytes.fromhex(payload.nonce))) is not None:
            yield Problem(f"It has the nonce of e{before}.", 1)
        yield from self._check_seen(payload)

    def _check_seen(self, payload: Payload) -> Iterator[Problem]:
        seen = payload.seen
        if seen.size > self.size:
            yield Problem(
                f"It has seen a head of {seen.size} entries, which stood not yet.", 1
            )
        elif self.tree.root(seen.size).hex() != seen.root:
            yield Problem(
                f"It has seen a head of {seen.size} entries that this log never had.",
                1,
                "Whoever signed it was shown another log of this name: sign nothing more"
                " for either, keep both, and compare their checkpoints.",
            )
        if is_performed_act(payload):
            before = self._performed.get(payload.signer.office)
            if before is not None and seen.size <= before:
                yield Problem(
                    f"It is an act of {payload.signer.office} that has not seen its"
                    f" previous one, e{before}.",
                    2,
                )

    def _check_citations(self, payload: Payload) -> Iterator[Problem]:
        if payload.kind == "open":
            return
        registers = {named.origin for named in self.named}
        for cited in payload.cites:
            if cited.origin is not None and cited.origin not in registers:
                yield Problem(f"It cites {cited.origin}, no register of the case.", 1)
            elif not self.is_earlier(cited):
                yield Problem(
                    f"It cites {cited.commitment[:16]}…, which is no earlier entry.", 1
                )
            elif (place := self.places.get(cited.commitment)) in self.erased:
                yield Problem(f"It cites e{place}, which is erased.", 3)

    def is_earlier(self, cited: Citation) -> bool:
        """Whether a leaf that is cited stands earlier, as far as can be seen here."""
        if cited.origin is None:
            return self.lacks or cited.commitment in self.places
        if cited.commitment in self.places:
            return False
        for named in self.latest_registers().values():
            view = self.registers.get(named.id)
            if named.origin == cited.origin and view is not None:
                place = view.places.get(cited.commitment)
                return place is not None and place < named.size
        # A register that is not here, or cannot be read: that is a fault of its own.
        return True

    def _check_signature(self, envelope: Envelope, is_asked: bool) -> Iterator[Problem]:
        payload = envelope.payload
        if payload.kind == "open" and self.size == 0:
            # The first keys are entered by the entry that one of them signs.
            keys = Keyring(self.settings.log_key)
            keys.take_open(payload.body)
            key = keys.key_of(payload.signer, 0)
        else:
            key = self.keyring.key_of(payload.signer, self.size)
        if not isinstance(key, PublicKey):
            yield key
        elif is_asked and not envelope.is_by(key):
            yield Problem(f"The signature of {payload.signer.office} is false.", 1)

    # ------------------------------------------------------------- by kind

    def _check_kind(self, payload: Payload) -> Iterator[Problem]:
        match payload.kind:
            case "open":
                yield from self._check_open(payload)
            case "key":
                yield from self.keyring.check(payload, self.size)
            case "adopt":
                yield from self._check_adopt(payload)
            case "source":
                before = self.sources.get(payload.body["digest"])
                if before is not None:
                    yield Problem(f"It enters the source of e{before} again.", 3)
            case _:
                yield from undoing.check(self, payload)

    def _take_kind(self, payload: Payload, index: int) -> None:
        match payload.kind:
            case "open":
                self.keyring.take_open(payload.body)
                self._take_adopted(payload.body, index)
            case "key":
                self.keyring.take(payload.body, index)
            case "adopt":
                self._take_adopted(payload.body, index)
            case "source":
                self.sources[payload.body["digest"]] = index
            case _:
                undoing.take(self, payload, index)

    def _check_open(self, payload: Payload) -> Iterator[Problem]:
        body, settings = payload.body, self.settings
        if payload.seen.size or payload.cites:
            yield Problem("`open` comes after nothing and cites nothing.", 3)
        if payload.signer.office != settings.registrar:
            yield Problem(f"`open` is not signed by {settings.registrar}.", 5)
        if tuple(one["id"] for one in body["charters"]) != settings.charters:
            yield Problem("`open` lists other charters than case.toml.", 3)
        yield from self.keyring.check_open(body)
        yield from self._check_registers(body)

    def _check_adopt(self, payload: Payload) -> Iterator[Problem]:
        if payload.signer.office != self.settings.registrar:
            yield Problem(f"`adopt` is not signed by {self.settings.registrar}.", 5)
        yield from self._check_registers(payload.body)

    def _check_registers(self, body: Table) -> Iterator[Problem]:
        charters = self.charters.keys() | {
            one["id"] for one in body.get("charters", ())
        }
        origins = {self.settings.origin: "the case itself"}
        origins |= {named.origin: one for one, named in self.latest_registers().items()}
        for entry in body.get("registers", ()):
            one, origin = entry["id"], entry["origin"]
            before = self.latest_registers().get(one)
            if before and before.origin != origin:
                yield Problem(f"The register {one} becomes another log.", 5)
            if before and before.size > entry["size"]:
                yield Problem(f"The register {one} shrinks.", 5)
            if one not in charters:
                yield Problem(f"{one} is a register of no charter of the case.", 5)
            if origins.setdefault(origin, one) != one:
                yield Problem(f"The register {one} is the log of {origins[origin]}.", 5)

    def _take_adopted(self, body: Table, index: int) -> None:
        for entry in body.get("charters", ()):
            self.charters[entry["id"]] = entry["files"]
            for path, digest in entry["files"].items():
                self.listed.setdefault((path, digest), entry["id"])
        for entry in body.get("registers", ()):
            fields = (entry["id"], entry["origin"], entry["size"], entry["root"])
            self.named.append(Named(*fields, index))

    def payload_of(self, commitment: str) -> Payload | None:
        """Give an entry by its commitment, if it is here."""
        found: Payload | None = self.payloads.get(self.places.get(commitment, -1))
        return found


def is_performed_act(payload: Payload) -> bool:
    """Whether the office that acts signed this act itself."""
    return payload.kind == "act" and payload.known_as == "performed"
