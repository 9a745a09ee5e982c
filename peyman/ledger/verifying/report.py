"""What `verify` answers.

Source: docs/record.md, section 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from peyman.ledger.strict import escaped
from peyman.ledger.witnesses.cosignature import Seen


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that makes a case file not genuine, and where it is.

    Attributes:
        path: The file, by its path in the case file.
        index: The index of the entry, where it is about one.
        problem: What is wrong, one sentence.
        authority: The section of the format that says so.
    """

    path: str
    index: int | None
    problem: str
    authority: str

    def __str__(self) -> str:
        place = self.path if self.index is None else f"{self.path} (e{self.index})"
        return escaped(f"{place}: {self.problem} [{self.authority}]")


class Signed(NamedTuple):
    """The entries that an office signed with one key."""

    office: str
    key: str
    indexes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer about one case file, registers inside.

    Attributes:
        origin: The log.
        kept: `live` or `reconstructed`; empty where case.toml cannot be read.
        size: How many entries the checkpoint commits to.
        root: The root, in hex.
        register: The charter whose register the log is, if it is one.
        log_key: The fingerprint of the key that signed the checkpoint.
        is_read: Whether the log could be read; if not, all below but faults is empty.
        faults: What is not genuine in its own files, in order of path and index.
        withheld: The indexes of entries that are not here.
        erased: The indexes of entries that two offices erased.
        contested: The indexes of entries signed with a key that was revoked back to them,
            or that a contested entry entered. What they bind, correct, erase or release
            took effect all the same.
        signed: Whose key signed what, of the entries that are here.
        registers: Each register that it carries, by id.
        notes: What a reader must know that is no fault.
        seen: The witnesses of the reader's that saw the head, and when.
        not_checked: Names on lines of witnesses of whom the reader has no key.
    """

    origin: str
    kept: str
    size: int
    root: str
    log_key: str
    register: str | None = None
    is_read: bool = False
    faults: tuple[Fault, ...] = ()
    withheld: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()
    contested: tuple[int, ...] = ()
    signed: tuple[Signed, ...] = ()
    registers: tuple[tuple[str, "Report"], ...] = ()
    notes: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    not_checked: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        """Whether every byte that is here is bound and signed."""
        return not self.faults and all(one.genuine for _, one in self.registers)

    @property
    def whole(self) -> bool:
        """Whether nothing is withheld and nothing erased, registers counted."""
        is_all_here = self.is_read and not self.withheld and not self.erased
        return is_all_here and all(one.whole for _, one in self.registers)

    @property
    def present(self) -> int:
        """How many entries are here."""
        missing = len(self.withheld) + len(self.erased)
        return self.size - missing if self.is_read else 0

    def all_faults(self) -> Iterator[Fault]:
        """Give the faults, those inside registers with their whole path."""
        yield from self.faults
        for register_id, report in self.registers:
            for fault in report.all_faults():
                yield replace(fault, path=f"registers/{register_id}/{fault.path}")

    def as_json(self) -> dict[str, Any]:
        """Give the report as plain JSON values."""
        return {
            "origin": self.origin,
            "kept": self.kept,
            "size": self.size,
            "root": self.root,
            "log_key": self.log_key,
            "register": self.register,
            "genuine": self.genuine,
            "whole": self.whole,
            "present": self.present,
            "withheld": list(self.withheld),
            "erased": list(self.erased),
            "contested": list(self.contested),
            "faults": [asdict(fault) for fault in self.faults],
            "signed": [
                {**one._asdict(), "indexes": list(one.indexes)} for one in self.signed
            ],
            "registers": {name: one.as_json() for name, one in self.registers},
            "notes": list(self.notes),
            "seen": [one._asdict() for one in self.seen],
            "not_checked": list(self.not_checked),
        }
