"""What a case is founded on: its settings, charters, registers, first keys.

A worked case and one opened from a report are founded alike: the same files, and an `open`
entry that binds every one of them. Source: docs/record.md, sections 3 and 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import tzdata

from peyman.case.load import Opened
from peyman.case.model import Case
from peyman.case.versions import LANGUAGE, READER
from peyman.charter.read import read_charter
from peyman.ledger.files.settings import Settings, write_settings
from peyman.ledger.signing.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Founding:
    """The ground of a case.

    Attributes:
        charters: Id of each charter to the bytes of its file.
        registers: Id of a charter to its register, where there is one.
        key: The registrar's.
    """

    settings: Settings
    charters: Mapping[str, bytes]
    registers: Mapping[str, Opened]
    key: PublicKey

    def files(self) -> dict[str, bytes]:
        """Path inside the case file to bytes: settings, charters, whole registers."""
        found = {"case.toml": write_settings(self.settings)}
        for name, data in self.charters.items():
            found[f"charters/{name}.toml"] = data
        for name, register in self.registers.items():
            for path, content in register.files.items():
                found[f"registers/{name}/{path}"] = content
        return found

    def case(self) -> Case:
        """The case before its first entry."""
        return Case(
            origin=self.settings.origin,
            title=self.settings.title,
            zone=self.settings.zone,
            kept=self.settings.kept,
            registrar=self.settings.registrar,
            charters={
                name: read_charter(data, id=name, name=f"{name}.toml")
                for name, data in self.charters.items()
            },
            registers={name: one.case.entries for name, one in self.registers.items()},
            entries=(),
            size=0,
        )

    def body(self) -> dict[str, object]:
        """The body of `open`, which binds everything above by its digest."""
        office = self.settings.registrar
        return {
            "case": digest(write_settings(self.settings)),
            "charters": [
                {"id": name, "files": {f"{name}.toml": digest(data)}}
                for name, data in self.charters.items()
            ],
            "registers": [
                {
                    "id": name,
                    "origin": register.case.origin,
                    "size": register.case.size,
                    "root": register.root,
                }
                for name, register in self.registers.items()
            ],
            "language": LANGUAGE,
            "reader": READER,
            "tzdata": tzdata.IANA_VERSION,
            "keys": [
                {"office": office, "key": self.key.fingerprint, "public": self.key.text}
            ],
            "may_add_keys": [office],
        }


def digest(content: bytes) -> str:
    """SHA-256, in hex."""
    return sha256(content).hexdigest()
