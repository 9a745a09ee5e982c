"""Who stands at the door of a folder on the command line: keys, clock, nonces, receipts.

Before anything is entered into a live case, its log is held against what this machine has
seen of it; afterwards the receipt is checked, and kept outside of the case.
"""

from pathlib import Path

from peyman.case.boards.votes import open_votes
from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Entered, Hand
from peyman.case.model import Entry
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant, show
from peyman.cli.library import home
from peyman.cli.opening import REGISTRAR, key_for, nonces, now
from peyman.cli.printing import say
from peyman.cli.showing import told
from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.keeping.kept import Kept
from peyman.ledger.keeping.store import Store
from peyman.ledger.signing.keys import Key
from peyman.ledger.witnesses.heads import LostEntries, loss_text


def kept_of(origin: str) -> Kept:
    """What this machine keeps of a log, outside of every case."""
    return Kept(home() / "seen", origin)


class Keeper:
    """The keeper of a case in a folder, who enters for an office.

    Attributes:
        door: The door of the case.
        office: For whom it enters; the registrar where nothing else is said.
        clock: Now, in seconds since 1970.
    """

    def __init__(
        self,
        path: Path,
        office: str | None,
        *,
        signs: bool = True,
        despite_loss: bool = False,
    ) -> None:
        self._despite_loss = despite_loss
        self.store = Store.open(path, guard=self._look)
        self.door = Door(self.store)
        case = self.door.case
        self.office = office or case.registrar
        self._kept = None if case.is_reconstructed else kept_of(case.origin)
        self._look(self.store.log)
        self.key = self._key() if signs else None
        self.log_key = key_for(case.origin, case.kept, case.origin)
        self.clock = case.last_entered if case.is_reconstructed else now()
        self._nonce = nonces(case.origin, case.kept)

    def _look(self, log: Log) -> None:
        """Refuse a log that is another than was seen, or shorter and nobody decided so."""
        if self._kept is None:
            return
        try:
            self._kept.check(log)
        except LostEntries:
            if not self._despite_loss:
                raise

    def _key(self) -> Key:
        case = self.door.case
        good = self.store.log.keyring.good(self.office)
        key = key_for(case.origin, case.kept, self.office, good)
        if key.public.fingerprint not in good:
            raise PeymanError(
                f"{self.office} has no key in this record, so it cannot sign.",
                authority="docs/record.md, section 5: keys are entered where they sign",
                remedy=f"Sign as {REGISTRAR}, or have the key entered first.",
            )
        return key

    def at(self, entered: object) -> None:
        """Take `entered` from the entry, in a reconstructed case."""
        if entered is None:
            return
        if not self.door.case.is_reconstructed:
            raise PeymanError(
                "The entry states `entered`, and this case is kept live.",
                authority="docs/record.md, section 4: in a live case the log's clock says",
                remedy="Leave the line out.",
            )
        self.clock = read_instant(str(entered))

    def enter(self, draft: Draft, files: dict[str, bytes] | None = None) -> Entered:
        """Take a draft through the door, signed here."""
        return self._answered(self._through(draft, files))

    def _through(self, draft: Draft, files: dict[str, bytes] | None = None) -> Entered:
        hand, nonce = self.hand(self.door.case.size)
        return self.door.enter(draft, hand, nonce, self.clock, files)

    def hand(self, index: int) -> tuple[Hand, str]:
        """Who signs an entry here, and its nonce if it comes to stand at that index."""
        if self.key is None:
            raise AssertionError("this keeper signs nothing")
        return Hand(self.office, self.key, self.log_key), self._nonce(str(index))

    def submit(self, envelope: bytes, files: dict[str, bytes] | None) -> Entered:
        """Take an envelope through the door that was signed elsewhere."""
        entered = self.door.submit(envelope, self.log_key, self.clock, files)
        return self._answered(entered)

    def _answered(self, entered: Entered) -> Entered:
        """Check the receipt of an entry, and keep it."""
        if self._kept is not None:
            settings = self.store.settings
            self._kept.keep_receipt(entered.receipt, entered.envelope, settings)
            if entered.entry.kind == "erase":
                self._kept.see_erased(self.store.log)
        return entered

    def go_on(self, reason: str) -> Entered:
        """Go on with a log that lost entries, because a person decided so.

        The decision is entered as a note, and kept; the heads that it gives up are named.

        Raises:
            PeymanError: If nothing is lost, or the log is another than was seen.
        """
        if self._kept is None:
            raise _nothing_lost(self.door.case.origin)
        try:
            self._kept.check(self.store.log)
        except LostEntries as error:
            lost, size = error.sightings, self.store.log.size
        else:
            raise _nothing_lost(self.door.case.origin)
        text = loss_text(size, lost, reason)
        at = show(self.clock)
        entered = self._through(
            Draft("note", "performed", at, None, (), {"text": text})
        )
        self._kept.give_up(size, lost, reason)
        return self._answered(entered)

    def print(self, entered: Entered) -> None:
        """Say what was entered, and what the charters find on it."""
        say(f"{entered.entry.name:<6} {told(entered.entry)}")
        if entered.entry.kind == "ballot":
            self._tell_vote(entered.entry)
        if entered.entry.kind != "act":
            return
        for name, verdict in entered.verdicts():
            effect = "" if verdict.has_effect else " (no effect)"
            for finding in verdict.findings:
                articles = ", ".join(finding.articles)
                say(
                    f"       {name}: {finding.code}{effect}: {finding.text}"
                    f"{f' ({articles})' if articles else ''}"
                )

    def _tell_vote(self, ballot: Entry) -> None:
        """What the ballots come to with this one, and whether their vote was closed."""
        for vote in open_votes(read_case(self.door.case)):
            if ballot.name in vote.doing.cast.values():
                for sums in vote.tally.sums:
                    say(f"       so far: {vote.tally.outcome}; {sums}")
                if vote.earlier:
                    say(
                        f"       {vote.act} was voted on before, in {', '.join(vote.earlier)},"
                        " and that vote is closed: this ballot belongs to another"
                    )


def _nothing_lost(origin: str) -> PeymanError:
    return PeymanError(
        f"Nothing that this machine has seen of {origin} is lost.",
        authority="docs/record.md, section 9",
        remedy="Enter as ever: there is nothing to decide.",
    )
