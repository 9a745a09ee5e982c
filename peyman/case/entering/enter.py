"""The one door: admit, append, fold, and answer with a receipt and what the charters find.

Everything that writes goes through `Door.enter`. Whether the caller is who it
says is a matter of its key; there is no way around the questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from peyman.case.boards.standing import standing
from peyman.case.entering.admit import admit, check_order
from peyman.case.entering.draft import Draft
from peyman.case.load import (
    entry_of,
    founded,
    is_plan,
    is_text,
    load,
    registers_of,
)
from peyman.case.model import Case, Entry
from peyman.case.reading import Reading, read_case
from peyman.case.tracking.kept_plan import check_kept, read_kept
from peyman.charter.doing import Verdict
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer
from peyman.ledger.entries.envelope import commitment, open_envelope, seal
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.signing.keys import Key
from peyman.saying import say

_REBINDS = frozenset({"adopt", "erase", "key"})
"""Kinds after which the case has other charters, lost entries, or contested ones."""


class Record(Protocol):
    """What a door stands before: a log in a folder, or one in a database.

    Source: `peyman.ledger.keeping.store.Store`, whose meaning the other has.
    """

    @property
    def log(self) -> Log:
        """What later entries depend on. Not to be changed."""

    @property
    def seen(self) -> Seen:
        """The present head, for the next entry's `seen`."""

    def append(
        self,
        envelope: bytes,
        entered: str,
        log_key: Key,
        files: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        """Enter an envelope, durably."""

    def case_file(self) -> CaseFile:
        """Read the case as it is now."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who enters: an office, its key, and the key of the log that takes the entry in."""

    office: str
    key: Key
    log_key: Key


@dataclass(frozen=True, slots=True)
class Entered:
    """The answer of the door.

    Attributes:
        receipt: Proof that the log took the entry in.
        entry: The entry as it is read.
        case: The case with it.
        envelope: What the log took in: by it the receipt is checked.
    """

    receipt: Receipt
    entry: Entry
    case: Case
    envelope: bytes

    def reading(self) -> Reading:
        """The case with the entry, as of now."""
        return read_case(self.case)

    def verdicts(self) -> tuple[tuple[str, Verdict], ...]:
        """What each charter finds on the acts of the entry."""
        return tuple(
            (name, verdict)
            for name, charter in self.reading().charters.items()
            for verdict in charter.state.verdicts
            if verdict.doing.entry == self.entry.name
        )


class Door:
    """The one door of a case that is kept.

    Attributes:
        case: The case as it was when something last passed.
    """

    def __init__(self, store: Record) -> None:
        self.store = store
        self.case = load(store.case_file()).case

    def enter(
        self,
        draft: Draft,
        hand: Hand,
        nonce: str,
        entered: int,
        files: Mapping[str, bytes] | None = None,
    ) -> Entered:
        """Enter a draft.

        Args:
            draft: What is entered.
            hand: Who enters it.
            nonce: 32 bytes in hex, new for each entry.
            entered: Now, in seconds since 1970; never before the last entry.
            files: The bytes of a source, by their path in the case file.

        Raises:
            PeymanError: If it is refused; then nothing is changed.
        """
        self._catch_up()
        log = self.store.log
        signer = Signer(hand.office, hand.key.public.fingerprint)
        payload = payload_of(self.case, log, self.store.seen, draft, signer, nonce)
        envelope = seal(payload, hand.key)
        return self._take(payload, envelope, hand.log_key, entered, files)

    def submit(
        self,
        envelope: bytes,
        log_key: Key,
        entered: int,
        files: Mapping[str, bytes] | None = None,
    ) -> Entered:
        """Enter what an office signed elsewhere, with a key that is not here.

        The same envelope again changes nothing and gets the same receipt.

        Args:
            envelope: What the office signed.
            log_key: The key of the log.
            entered: Now, in seconds since 1970; never before the last entry.
            files: The bytes of a source, by their path in the case file.

        Raises:
            PeymanError: If it is refused; then nothing is changed.
        """
        self._catch_up()
        payload = open_envelope(envelope).payload
        if payload.origin != self.case.origin:
            raise PeymanError(
                say(
                    "It is an entry of another log: {words}, not {other_words}.",
                    words=payload.origin,
                    other_words=self.case.origin,
                ),
                authority=say("docs/record.md, section 2: a log takes its own entries"),
                remedy=say("Submit it to the case for which it was signed."),
            )
        known = self.case.by_commitment().get(commitment(envelope))
        if known is not None:
            receipt = self.store.append(envelope, show(entered), log_key)
            return Entered(receipt, known, self.case, envelope)
        return self._take(payload, envelope, log_key, entered, files)

    def _catch_up(self) -> None:
        """Read the case again where somebody else entered since."""
        if self.store.seen.size != self.case.size:
            self.case = load(self.store.case_file()).case

    def _take(
        self,
        payload: Payload,
        envelope: bytes,
        log_key: Key,
        entered: int,
        files: Mapping[str, bytes] | None,
    ) -> Entered:
        name = commitment(envelope)
        entry = entry_of(self.case, payload, self.case.size, name, entered)
        texts = dict(self.case.texts)
        if is_text(payload.body):
            for data in (files or {}).values():
                texts[name] = data.decode("utf-8", "replace")
        plans = dict(self.case.plans)
        if is_plan(payload.body):
            for data in (files or {}).values():
                check_kept(read_kept(data))
                plans[name] = data.decode()
        case = replace(self.case, texts=texts, plans=plans)
        _check_signer(case, payload.signer.office)
        admit(case, entry)
        self._foresee(case, entry, files or {})
        receipt = self.store.append(envelope, show(entered), log_key, files)
        came_between = receipt.index != entry.index
        entry = replace(entry, index=receipt.index)
        self.case = replace(
            case, entries=(*case.entries, entry), size=receipt.index + 1
        )
        if entry.kind in _REBINDS or came_between:
            self.case = load(self.store.case_file()).case
        return Entered(receipt, entry, self.case, envelope)

    def _foresee(self, case: Case, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Read the case as it will be: what cannot be read then is refused now."""
        try:
            case = replace(case, entries=(*case.entries, entry), size=case.size + 1)
            if entry.kind == "adopt":
                case = _adopted(case, self.store.case_file(), files)
                check_order(case)
            standing(read_case(case))
        except PeymanError:
            raise
        except Exception as error:
            raise PeymanError(
                say(
                    "With this entry the case could not be read: {words}.",
                    words=repr(error),
                ),
                authority=say(
                    "docs/record.md, section 6: a record that cannot be folded"
                ),
                remedy=say("Correct the entry; if it is sound, report this as a bug."),
            ) from error


def _adopted(case: Case, kept: CaseFile, files: Mapping[str, bytes]) -> Case:
    """The case with the charters, registers and versions that an entry adopts."""
    renewed = {path.split("/")[1] for path in files if path.startswith("registers/")}
    stay = {
        path: data
        for path, data in kept.files.items()
        if not (path.startswith("registers/") and path.split("/")[1] in renewed)
    }
    will_be = CaseFile(kept.name, {**stay, **files})
    registers = registers_of(will_be)
    return founded(replace(case, registers=registers), will_be)


def payload_of(
    case: Case, log: Log, seen: Seen, draft: Draft, signer: Signer, nonce: str
) -> Payload:
    """Write a draft as the payload of the next entry, for its office to sign.

    Args:
        case: The case.
        log: Its log, which knows what its registers are called.
        seen: The head that the author sees.
        draft: What is entered.
        signer: The office, and the key by which it signs.
        nonce: 32 bytes in hex, new for each entry.
    """
    in_registers = {
        entry.commitment: name
        for name, entries in case.registers.items()
        for entry in entries
    }
    return Payload(
        origin=case.origin,
        kind=draft.kind,
        nonce=nonce,
        seen=seen,
        signer=signer,
        known_as=draft.known_as,
        at=draft.at,
        cites=tuple(
            Citation(one, log.registers[in_registers[one]].origin)
            if one in in_registers
            else Citation(one)
            for one in draft.cites
        ),
        body=draft.body,
        zone=draft.zone,
        entered_from="assumed" if case.is_reconstructed else None,
    )


def _check_signer(case: Case, signer: str) -> None:
    charter_id, _, office = signer.partition("/")
    charter = case.charters.get(charter_id)
    if charter is None or not office:
        return
    known = {
        name for text in charter.versions for name in (*text.offices, *text.organs)
    }
    if office not in known:
        raise PeymanError(
            say(
                "{actor} signs, and {charter} knows no such office.",
                actor=signer,
                charter=charter_id,
            ),
            authority=say(
                "the offices of {charter}: {office_words}",
                charter=charter_id,
                office_words=", ".join(sorted(known)),
            ),
            remedy=say(
                "Sign as an office that the charter knows, or as the registrar."
            ),
        )
