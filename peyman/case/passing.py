"""Check what a case says while its entries go by, and hold no more of each than is asked later.

`peyman.case.check` reads a case whole. Of a hundred thousand entries that is much memory, and
most of them are notes, whose words nobody asks once they were read: what the charters come
to does not depend on them. So `verify` lets each entry pass here in its turn.

What is found here is only that nothing is wrong. Where anything is, `Passing.end` does not
say what: the whole is read again, and `peyman.case.check` alone answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from peyman.case.check import Checked, check, folded
from peyman.case.entering.admit import FORGOTTEN, question
from peyman.case.load import (
    begun,
    entry_at,
    founded,
    is_plan,
    is_text,
    payload_at,
    sources_of,
    with_gone,
    with_these,
)
from peyman.case.model import Case, Entry
from peyman.charter.moment import Moment
from peyman.errors import PeymanError
from peyman.ledger.entries.payloads import is_remembered
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.later import count_envelopes
from peyman.ledger.verifying.report import Fault


class Passing:
    """One case file that is gone through: tell `take` of each entry, then ask for the `end`."""

    def __init__(self, case_file: CaseFile) -> None:
        self._file = case_file
        self._files = case_file.own_files()
        self._all_well = True
        self._case: Case | None = None
        self._known: _Known
        self._kept: list[Entry] = []
        self._last = -1
        self._texts: dict[str, str] = {}
        self._plans: dict[str, str] = {}

    def take(self, log: Log) -> None:
        """Ask of the last entry of a log what the door would have asked, and forget it.

        Of entries of a run, `asks_nothing_more` has said so already.

        Args:
            log: The log, of which nothing is known to be wrong.
        """
        index = log.size - 1
        payload = log.payloads.get(index)
        if self._all_well and payload is not None:
            self._last = index
            self._all_well = is_remembered(payload) or self._passes(log, index)
        log.forget(index)

    def end(self, log: Log) -> Checked:
        """Check a genuine case file, all of whose entries that are here have passed."""
        if self._all_well and self._case is not None:
            found = self._folded(log, self._case)
            if not found.faults:
                return found
        return check(self._file)

    def _folded(self, log: Log, case: Case) -> Checked:
        try:
            whole = self._whole(log, case)
        except PeymanError as error:
            fault = Fault("envelopes", None, error.problem, error.authority)
            return Checked((fault,))
        return folded(whole, ())

    def _passes(self, log: Log, index: int) -> bool:
        try:
            self._pass(log, index)
        except PeymanError:
            return False
        return self._all_well

    def _pass(self, log: Log, index: int) -> None:
        payload, leaf = log.payloads[index], log.leaves[index]
        if self._case is None:
            self._case = self._begin(log)
            self._known = _Known(self._case, log)
        if leaf is None:
            raise AssertionError(f"e{index} is here, and its leaf is not")
        entry = entry_at(self._case, payload, index, leaf)
        question(self._case, entry, self._known)
        if entry.kind in FORGOTTEN:
            return
        self._kept.append(entry)
        self._known.held[entry.commitment] = entry
        if entry.kind in ("open", "adopt"):
            self._case = self._founded(log, self._case)
        elif entry.kind == "source":
            self._texts |= sources_of((entry,), self._files, is_text)
            self._plans |= sources_of((entry,), self._files, is_plan)

    def _begin(self, log: Log) -> Case:
        size, files = log.tree.size, self._files
        if any(check(self._file.register(n)).faults for n in self._file.register_ids()):
            self._all_well = False
        case = begun(self._file, log.settings, size)
        # In a partial case nothing is concluded from absence: that any is gone is enough.
        is_partial = (0,) if count_envelopes(files) < size else ()
        return replace(case, texts=self._texts, withheld=is_partial)

    def _founded(self, log: Log, case: Case) -> Case:
        """The case with the charters that are listed by now, if they are those bytes."""
        for path, digest in log.listed:
            data = self._files.get(f"charters/{path}", b"")
            self._all_well &= sha256(data).hexdigest() == digest
        if not self._all_well:
            return case
        binding = tuple(one for one in self._kept if one.kind in ("open", "adopt"))
        return founded(replace(case, entries=binding), self._file)

    def _whole(self, log: Log, case: Case) -> Case:
        """The case of all that was kept, and the last entry: it has the latest hour."""
        entries, last = [*self._kept], self._last
        leaf = log.leaves[last]
        if entries[-1].index != last and leaf is not None:
            # Its words were let go, and readings are given them.
            payload = payload_at(self._files, leaf, last)
            entries += [entry_at(case, payload, last, leaf)] if payload else []
        gone = (n for n in range(log.size) if n not in log.payloads)
        case = with_these(case, entries, {*log.contested()})
        return replace(with_gone(case, gone, log.leaves), plans=self._plans)


class _Known(Mapping[str, Entry]):
    """Entries by their commitments; of one that was forgotten, what the log still has."""

    def __init__(self, case: Case, log: Log) -> None:
        self._log = log
        self.held = {
            one.commitment: one for log in case.registers.values() for one in log
        }

    def __getitem__(self, commitment: str) -> Entry:
        if (entry := self.held.get(commitment)) is not None:
            return entry
        index = self._log.places[commitment]
        payload = self._log.payloads[index]
        return Entry(
            "",
            index,
            commitment,
            0,
            payload.kind,
            payload.known_as,
            Moment(0, 0),
            payload.at,
            self._log.settings.zone,
            payload.signer.office,
            (),
            payload.body,
        )

    def __contains__(self, commitment: object) -> bool:
        return commitment in self.held or commitment in self._log.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)
