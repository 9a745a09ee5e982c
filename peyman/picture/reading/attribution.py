"""What a reporting clause says: who speaks, by which words, and what was said.

The three languages find it each in their own way (`speech_fa`, `speech_ru`,
`speech_en`); what they find has this one form. Positions are in the folded text.
Characters of quoted speech are masked there, so that no pattern reads inside it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MASK = "\ue000"
"""Stands for every character of quoted speech."""

Region = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of what was said.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        form: announcement, quotation, denial or notice.
        is_plain: Whether it has no reporting clause of its own, as where it includes
            the verb of saying itself ("stressed the need ...").
    """

    start: int
    end: int
    form: str
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reporting clause.

    Attributes:
        speaker: Where the speaker is named; None for "he", or for nobody.
        cue: The reporting clause, or the part of it that names the speech.
        parts: What was said.
        own: What the outer voice itself says beside it.
        verb: The verb of saying; None for "according to".
        kind: `speech`, `source` (according to), `document` or `outlet`.
        continues: Whether a speech begun is carried on.
        runs_on: Whether unquoted speech goes on to the paragraph's end.
        relay: Whom the speaker cites in turn: "X reported, citing Y".
    """

    speaker: Region | None
    cue: Region
    parts: tuple[Part, ...]
    own: tuple[Region, ...] = ()
    verb: Region | None = None
    kind: str = "speech"
    continues: bool = False
    runs_on: bool = False
    relay: Region | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """How a report names its outlet.

    Attributes:
        outlet: Where the outlet is named.
        correspondent: Where its correspondent is, if it speaks through one.
        whole: All that names outlet and place.
        body: Where the report itself begins.
    """

    outlet: Region | None
    correspondent: Region | None
    whole: Region
    body: int


_EDGE = " \n\t,،;؛:.—-"


def trimmed(text: str, start: int, end: int, edge: str = _EDGE) -> Region:
    """The region without the spaces and marks at its edges."""
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def first(
    regex: "re.Pattern[str]", text: str, start: int, end: int
) -> "re.Match[str] | None":
    """The first match within a region."""
    return regex.search(text, start, end)


def words_in(text: str, start: int, end: int) -> int:
    """How many words a region has."""
    return len(text[start:end].split())


def quoted_parts(
    text: str, start: int, end: int, participials: "re.Pattern[str]"
) -> list[Part]:
    """Runs of quoted speech in a sentence, and what "adding that" adds."""
    parts = [
        Part(match.start(), match.end(), "quotation")
        for match in re.compile(f"{MASK}+[.!?؟]?").finditer(text, start, end)
    ]
    if added := participials.search(text, start, end):
        begins = trimmed(text, added.end(), end)[0]
        if MASK not in text[begins:end] and words_in(text, begins, end) > 1:
            parts.append(Part(*trimmed(text, begins, end), "announcement"))
    return parts


def unquoted(text: str, start: int, end: int) -> Region:
    """The region without marks at its edges, but never half a pair of quotation marks."""
    begins, stops = trimmed(text, start, end)
    while begins < stops and text[begins] in "«\"'»":
        closes = next(
            (at for at in range(begins + 1, stops) if text[at] in "»\"'"), stops
        )
        if closes < stops - 1 and text[begins] != "»":
            return begins, stops
        stops = closes if closes < stops else stops
        begins, stops = trimmed(text, begins + 1, stops)
    if (
        begins < stops
        and text[stops - 1] in '»"'
        and not re.search(r"[«\"]", text[begins : stops - 1])
    ):
        stops -= 1
    return trimmed(text, begins, stops)


def coordinated(
    text: str, start: int, end: int, again: Iterable[Region]
) -> list[Region]:
    """What was said, cut where the same speaker goes on: "..., and added that ..."."""
    found: list[Region] = []
    begins = start
    for stops, goes_on in again:
        if stops > begins:
            found.append(trimmed(text, begins, stops))
        begins = goes_on
    found.append(trimmed(text, begins, end))
    return [region for region in found if region[0] < region[1]]
