"""Heads that others have seen, held against a log before anything more is signed for it.

A log that was restored from an old backup is shorter than what somebody has seen of it;
one that was kept twice is another. Going on with either would sign two histories under one
name. So whoever keeps a log asks `check_heads` first, with what this machine has seen
itself and with what witnesses say they have seen.

Only a person decides to go on with a log that lost entries. The decision is an entry of
the log itself, written by `loss_text`, and the heads that it gives up are then forgiven.

Source: docs/record.md, section 9.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger.log.note import Checkpoint
from peyman.ledger.log.tree import Tree
from peyman.saying import say


class Sighting(NamedTuple):
    """A head of a log, and who has seen it: this machine, or a witness by its name."""

    by: str
    head: Checkpoint


class LostEntries(PeymanError):
    """A log is shorter than one that was seen: a person must decide.

    Attributes:
        sightings: The heads that it does not reach, the largest first.
    """

    def __init__(self, size: int, sightings: tuple[Sighting, ...]) -> None:
        by, head = sightings[0]
        super().__init__(
            say(
                "{words} stands at {n} entries here, and {by_words} has seen {seen_n} of it.",
                words=head.origin,
                n=size,
                by_words=by,
                seen_n=head.size,
            ),
            authority=say(
                "docs/record.md, section 9: no head is signed below one that was seen"
            ),
            remedy=say(
                "Restore a newer copy over it: peyman restore. If there is none, decide to"
                " go on without what is lost: peyman restore --go-on REASON"
            ),
        )
        self.sightings = sightings


def check_heads(
    origin: str,
    tree: Tree,
    sightings: Iterable[Sighting],
    forgiven: Collection[tuple[int, str]] = (),
) -> None:
    """Refuse to go on with a log that is not the one that others have seen.

    Args:
        origin: The log.
        tree: Its tree as it is here.
        sightings: Heads that others have seen; those of other logs are left aside.
        forgiven: Size and root (hex) of heads that a person has given up.

    Raises:
        LostEntries: If the log is shorter than a head.
        PeymanError: If it is another log at the size of one: then nobody may go on.
    """
    asked = [
        one
        for one in sightings
        if one.head.origin == origin
        and (one.head.size, one.head.root.hex()) not in forgiven
    ]
    for by, head in asked:
        if head.size <= tree.size and tree.root(head.size) != head.root:
            raise PeymanError(
                say(
                    "{words} is not the log of which {by_words} has seen {n} entries.",
                    words=origin,
                    by_words=by,
                    n=head.size,
                ),
                authority=say(
                    "docs/record.md, section 9: no head is signed for a fork"
                ),
                remedy=say(
                    "Keep both heads: they are the proof. Find out who entered into the"
                    " other, and go on with one of the two alone."
                ),
            )
    lost = [one for one in asked if one.head.size > tree.size]
    if lost:
        lost.sort(key=lambda one: (-one.head.size, one.by))
        raise LostEntries(tree.size, tuple(lost))


def loss_text(size: int, sightings: Iterable[Sighting], reason: str) -> str:
    """Write what a person who goes on with a shortened log enters into it, as a note."""
    heads = "; ".join(
        f"{by} has seen {head.size} entries, root {head.root.hex()}"
        for by, head in sightings
    )
    return (
        f"This log was restored at {size} entries and goes on without what is lost:"
        f" {heads}. Reason: {reason}"
    )
