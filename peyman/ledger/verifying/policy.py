"""Read a trust policy: which logs, witnesses and offices, by which keys, a reader trusts.

The file is a tlog-policy: lines `log`, `witness`, `group` and one `quorum`. One kind of
line is ours alone, because a tlog-policy leaves the keys inside of entries to others:
`office OFFICE FINGERPRINT` pins a key of an office. What an office so pinned has signed
with another key is then a fault.

Source: C2SP tlog-policy; docs/record.md, section 6.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from peyman.errors import PeymanError
from peyman.ledger import strict
from peyman.ledger.log.note import read_verifier_key, read_witness_key
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.signing.mldsa import WitnessPublicKey

_AUTHORITY = "c2sp.org/tlog-policy"
_NONE = "none"
_WORD = re.compile(r"[^ \t]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness that a reader trusts: the name and the key of its line, and where it is."""

    name: str
    key: WitnessPublicKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these witnesses and groups."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """What a reader brings to a case file.

    Attributes:
        logs: Origin to the keys that may sign for it.
        witnesses: By the names that the policy gives them.
        groups: By their names, each of witnesses and groups before it.
        quorum: The witness or the group that must have seen a head; `none`.
        offices: Office to the fingerprints of the keys that it may sign with.
        urls: Origin to where the log is, if that is said.
        at: The reader's clock in seconds since 1970, if there is one: what a witness
            dates later does not count.
    """

    logs: Mapping[str, tuple[PublicKey, ...]]
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = _NONE
    offices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)
    at: int | None = None

    def is_met(self, seen: Collection[str]) -> bool:
        """Whether the witnesses that saw a head are a quorum."""
        return self.quorum == _NONE or self._has(self.quorum, seen)

    def _has(self, name: str, seen: Collection[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in seen
        return sum(self._has(one, seen) for one in group.members) >= group.least

    def names(self) -> dict[str, tuple[str, WitnessPublicKey]]:
        """Give the witnesses as `peyman.ledger.witnesses.cosignature.judge` asks for them."""
        return {one: (it.name, it.key) for one, it in self.witnesses.items()}


class _Draft:
    """A policy that is being read, line by line."""

    def __init__(self) -> None:
        self.logs: dict[str, tuple[PublicKey, ...]] = {}
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorums: list[str] = []
        self.offices: dict[str, frozenset[str]] = {}
        self.urls: dict[str, str] = {}
        self._grouped: set[str] = set()

    def log(self, line: int, key: str, *url: str) -> None:
        name, public = read_verifier_key(key)
        if any(public in known for known in self.logs.values()):
            raise _refuse(f"Line {line} of the policy names a log again.")
        self.logs[name] = (*self.logs.get(name, ()), public)
        self.urls |= dict.fromkeys((name,), *url) if url else {}

    def witness(self, line: int, name: str, key: str, *url: str) -> None:
        self._check_new(line, name)
        shown, public = read_witness_key(key)
        if any(public == known.key for known in self.witnesses.values()):
            raise _refuse(f"Line {line} of the policy names a witness again.")
        self.witnesses[name] = Witness(shown, public, *url)

    def group(self, line: int, name: str, least: str, *members: str) -> None:
        self._check_new(line, name)
        for one in members:
            if one not in self.witnesses and one not in self.groups:
                raise _refuse(f"Line {line} of the policy groups what is not above it.")
        if len({*members}) != len(members) or self._grouped & {*members}:
            raise _refuse(f"Line {line} of the policy groups something again.")
        words = {"any": 1, "all": len(members)}
        number = int(least) if _NUMBER.fullmatch(least) else 0
        needed = words.get(least, number)
        if not 1 <= needed <= len(members):
            raise _refuse(f"Line {line} of the policy asks for {strict.show(least)}.")
        self._grouped |= {*members}
        self.groups[name] = Group(needed, members)

    def quorum(self, line: int, name: str) -> None:
        if name not in (_NONE, *self.witnesses, *self.groups):
            raise _refuse(f"Line {line} of the policy asks for what is not above it.")
        self.quorums.append(name)

    def office(self, line: int, office: str, key: str) -> None:
        where = f"Line {line} of the policy"
        pinned = strict.digest(key, where)
        known = self.offices.get(strict.office(office, where), frozenset())
        self.offices[office] = known | {pinned}

    def _check_new(self, line: int, name: str) -> None:
        if name in (_NONE, *self.witnesses, *self.groups):
            raise _refuse(f"Line {line} of the policy uses a name again.")


_SHAPES: dict[str, tuple[Callable[..., None], int, int]] = {
    "log": (_Draft.log, 1, 2),
    "witness": (_Draft.witness, 2, 3),
    "group": (_Draft.group, 3, 1_000),
    "quorum": (_Draft.quorum, 1, 1),
    "office": (_Draft.office, 2, 2),
}
"""The first word of a line: how it is read, how many words follow at least and at most."""


def read_policy(data: bytes) -> Trust:
    """Read a policy.

    Raises:
        PeymanError: If a line cannot be read, names something again or what is not above
            it, or there is not one `quorum` line.
    """
    draft = _Draft()
    # Bytes that are no text stand in names and remarks, and are passed on as they are.
    text = data.decode("utf-8", errors="surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        words = _WORD.findall(line)
        if words and words[0].startswith("#"):
            words = []
        if _CONTROL.search(line):
            raise _refuse(f"Line {number} of the policy cannot be read.")
        if words:
            _read_line(draft, number, words)
    if len(draft.quorums) != 1:
        raise _refuse("The policy does not have one quorum line.")
    return Trust(
        draft.logs,
        draft.witnesses,
        draft.groups,
        draft.quorums[0],
        draft.offices,
        draft.urls,
    )


def _read_line(draft: _Draft, number: int, words: list[str]) -> None:
    read, least, most = _SHAPES.get(words[0], (None, 0, 0))
    if read is None or not least <= len(words) - 1 <= most:
        raise _refuse(f"Line {number} of the policy cannot be read.")
    if any(0xDC80 <= ord(letter) <= 0xDCFF for letter in "".join(words)):
        raise _refuse(f"Line {number} of the policy is not UTF-8.")
    read(draft, number, *words[1:])


def _refuse(problem: str) -> PeymanError:
    return PeymanError(
        problem,
        authority=_AUTHORITY,
        remedy="Give lines `log VKEY`, `witness NAME VKEY`, `group NAME K NAME…`, and one"
        " line `quorum NAME`, or `quorum none`.",
    )
