"""A case in memory: its entries, its charters, its registers. Plain frozen values.

`peyman.case.load` reads one from a case file. What the entries come to at a moment is
`peyman.case.reading`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from peyman.charter.model import Charter
from peyman.charter.moment import Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record that is here to be read.

    Attributes:
        log: Empty in the case's own record, else the charter whose register it is in.
        index: Its place in its log, from 0.
        entered: When the record had it, in seconds since 1970.
        at: When what it says happened; never later than `entered`.
        cites: Commitments of the entries that it cites.
        is_contested: Whether the key that signed it was later revoked back to it.
    """

    log: str
    index: int
    commitment: str
    entered: int
    kind: str
    known_as: str
    at: Moment
    stated_at: str
    zone: str
    signer: str
    cites: tuple[str, ...]
    body: Mapping[str, object]
    entered_from: str | None = None
    is_contested: bool = False

    @property
    def name(self) -> str:
        """The name for people: `e31`, or `csto:e3` in a register."""
        return f"{self.log}:e{self.index}" if self.log else f"e{self.index}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A charter as an entry of the case lists it: which entry, when, and its text."""

    index: int
    entered: int
    charter: Charter


@dataclass(frozen=True, slots=True)
class Case:
    """A case, whole or partial.

    Attributes:
        kept: `live` or `reconstructed`.
        charters: By id, as listed last.
        listings: Charter to every listing of it, in the order of the record; empty where
            the case was made in memory, with one text of each.
        entries: Those that are here, in the order of the record.
        size: How many entries the record has, here or not.
        withheld: Indexes of entries that are not here.
        erased: Indexes of entries that were erased.
        registers: Charter to the entries of its register.
        texts: Commitment of a source entry to its text, where the bytes are here.
        plans: Commitment of a source entry to the plan that it keeps, where it is here.
        versions: Of the language, the reader and the zones, as the record binds them.
    """

    origin: str
    title: Mapping[str, str]
    zone: str
    kept: str
    registrar: str
    charters: Mapping[str, Charter]
    registers: Mapping[str, tuple[Entry, ...]]
    entries: tuple[Entry, ...]
    size: int
    withheld: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    listings: Mapping[str, tuple[Listing, ...]] = field(default_factory=dict)

    @property
    def is_partial(self) -> bool:
        """Whether entries are missing, so that absence proves nothing."""
        return bool(self.withheld or self.erased)

    @property
    def is_reconstructed(self) -> bool:
        """Whether the case was made from reports, so that nobody in it is late."""
        return self.kept == "reconstructed"

    @property
    def last_entered(self) -> int:
        """When the last entry came; zero in an empty record."""
        return self.entries[-1].entered if self.entries else 0

    def by_commitment(self) -> dict[str, Entry]:
        """Every entry that is here, those of the registers too."""
        logs = [*self.registers.values(), self.entries]
        return {entry.commitment: entry for log in logs for entry in log}

    def as_known(self, known_at: int) -> "Case":
        """The case with the charters as they were listed by a time."""
        return self._with_listings(lambda one: one.entered <= known_at)

    def before(self, index: int) -> "Case":
        """The case with the charters by which an entry was questioned at the door."""
        return self._with_listings(lambda one: one.index < index)

    def _with_listings(self, is_known: Callable[[Listing], bool]) -> "Case":
        if not self.listings:
            return self
        listed = {
            name: [one.charter for one in listings if is_known(one)]
            for name, listings in self.listings.items()
        }
        charters = {name: texts[-1] for name, texts in listed.items() if texts}
        return replace(self, charters=charters)
