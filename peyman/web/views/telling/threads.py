"""The thread as a page tells it: each step with its words in their source, and its vote.

A step that is a claim shows the words that it quotes, marked, with what stands around them.
A step that an organ decided says how it was voted on, or that no ballots are known.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from peyman.case.asking.thread import Strand, thread, walk
from peyman.case.asking.under import Under, under
from peyman.case.model import Entry
from peyman.web.views.base import CasePage
from peyman.web.views.decisions import Decision, decisions_of
from peyman.web.views.record.entries import Told, told

_AROUND = 90
"""Characters of a source that are shown on each side of the words that are quoted."""


class Quote(NamedTuple):
    """Words of a source, with what stands before and after them there.

    Attributes:
        source: The entry of the source; None where it is not here.
    """

    before: str
    words: str
    after: str
    language: str
    source: Entry | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread.

    Attributes:
        depth: How deep it lies; the entry itself is 0.
        is_repeated: Whether it stands above already.
        decisions: The acts of this entry that an organ decided.
    """

    depth: int
    line: Told
    is_repeated: bool
    quote: Quote | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A mandate under which an entry stands.

    Attributes:
        line: What its entry says, in a line.
        row: The mandate as the standing tells it.
        steps: The thread of the mandate, where the entry's own does not lead there.
    """

    under: Under
    line: Told
    row: dict[str, Any]
    steps: tuple[Step, ...]


def steps_of(page: CasePage, strand: Strand) -> list[Step]:
    """The steps of a thread, the entry itself first."""
    decided: dict[str, list[Decision]] = {}
    for one in decisions_of(page):
        decided.setdefault(one.id.partition("/")[0], []).append(one)
    known = page.case.by_commitment()
    return [
        Step(
            depth,
            told(one.entry),
            one.is_repeated,
            None if one.is_repeated else quote_of(page, one.entry, known),
            () if one.is_repeated else tuple(decided.get(one.entry.name, ())),
        )
        for depth, one in walk(strand)
    ]


def mandates_over(page: CasePage, entry: Entry) -> list[Over]:
    """The mandates under which an entry stands, each with its clauses and its thread."""
    rows = {row["id"]: row for row in page.standing["mandates"]}
    found = []
    for one in under(page.reading, entry):
        own = () if one.is_cited else steps_of(page, thread(page.case, one.entry))
        found.append(Over(one, told(one.entry), rows[one.id], tuple(own)))
    return found


def quote_of(page: CasePage, claim: Entry, known: dict[str, Entry]) -> Quote | None:
    """The words that a claim quotes, where they stand; None for any other entry."""
    span: Any = claim.body.get("span")
    if not isinstance(span, dict):
        return None
    source = known.get(str(claim.body.get("source")))
    text = page.case.texts.get(source.commitment) if source else None
    language = str(source.body["language"]) if source else ""
    if text is None:
        return Quote("", span["text"], "", language, source)
    before, after = _around(text, span["start"], span["end"])
    return Quote(before, span["text"], after, language, source)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after [start, end), cut between words."""
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after
