"""The witnesses of the cases here: who they are, what they have signed, what they saw else.

Which witnesses there are stands in `$PEYMAN_HOME/witnesses.policy`. What they signed is kept
beside the record and is no part of it: a case file has the lines that fit its head. Heads
are pushed to them by `peyman.web.witnessing.pushing`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from peyman.ledger.files.casefile import CaseFile, make_case_file
from peyman.ledger.files.settings import read_settings
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import verifier_key
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.verifying.policy import Trust, Witness, read_policy
from peyman.ledger.witnesses.cosignature import (
    Cosignature,
    cosignatures_of,
    with_cosignatures,
)
from peyman.web.models import CaseRecord, ForkRecord


def policy() -> Trust:
    """Who the witnesses are; nobody, where there is no policy.

    Raises:
        PeymanError: If the policy cannot be read.
    """
    path = settings.WITNESSES
    return read_policy(path.read_bytes()) if path.is_file() else Trust({})


def tree_of(record: CaseRecord) -> Tree:
    """The tree of a case as of the head that the record has."""
    rows = record.entries.filter(index__lt=record.size).order_by("index")
    leaves = rows.values_list("commitment", "entered")
    return Tree(hash_leaf(encode_leaf(Leaf(*one))) for one in leaves.iterator())


def head_of(record: CaseRecord) -> bytes:
    """The checkpoint of a case with the lines of the witnesses that signed it."""
    lines = record.cosigned.filter(size=record.size, root=record.root)
    note = bytes(record.checkpoint)
    return with_cosignatures(
        note, [found for one in lines for found in read_lines(note, one.line)]
    )


def read_lines(note: bytes, lines: str) -> tuple[Cosignature, ...]:
    """Read lines as they would stand on a checkpoint; those of no witness are left out.

    Raises:
        PeymanError: If one is not a signature line.
    """
    known = len(cosignatures_of(note))
    return cosignatures_of(note + lines.encode())[known:]


def with_lines(record: CaseRecord, case_file: CaseFile) -> CaseFile:
    """A case file whose checkpoint bears the lines of witnesses."""
    files = {**case_file.files, "checkpoint": head_of(record)}
    return make_case_file(case_file.name, files)


@dataclass(frozen=True, slots=True)
class Told:
    """What one witness has done in a case.

    Attributes:
        size: The largest head that it signed; 0 if it has signed none.
        at: When; None if it has signed none.
        is_current: Whether it signed the head as it is now.
        status: What it answered when it last did not sign; None if it signed.
        seen: How many entries it then said that it had seen.
    """

    witness: str
    size: int = 0
    at: int | None = None
    is_current: bool = False
    status: int | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What the page of a case says of its witnesses.

    Attributes:
        log_key: The key of the log as note tools take it, for whoever would witness it.
    """

    witnesses: tuple[Told, ...]
    forks: tuple[ForkRecord, ...]
    log_key: str


def told(record: CaseRecord) -> Witnessed:
    """What the witnesses have done in a case: those of the policy, and any before them."""
    key = verifier_key(record.origin, log_key_of(record))
    return Witnessed(tuple(_told(record)), tuple(record.forks.all()), key)


def log_key_of(record: CaseRecord) -> PublicKey:
    """The key of a log, as its case.toml names it."""
    return read_settings(bytes(record.files.get(path="case.toml").data)).log_key


def _told(record: CaseRecord) -> Iterator[Told]:
    last = {one.witness: one for one in record.cosigned.all()}
    unsigned = {one.witness: one for one in record.unsigned.all()}
    for name in sorted(last.keys() | unsigned.keys()):
        head, answer = last.get(name), unsigned.get(name)
        is_current = head is not None and head.root == record.root
        yield Told(
            name,
            head.size if head else 0,
            head.at if head else None,
            is_current,
            answer.status if answer else None,
            answer.seen if answer else None,
        )


def named(trust: Trust) -> tuple[tuple[str, Witness], ...]:
    """The witnesses to which heads are pushed: those of which the address is known."""
    return tuple((one, it) for one, it in sorted(trust.witnesses.items()) if it.url)
