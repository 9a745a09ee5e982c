"""The votes of a decision: a row of shapes for each way to vote, and the sums in words.

That no ballots are known is its own picture. A ballot is never invented, and a decision
that is known by its announcement shows by whom it was announced.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peyman.web.draw import svg
from peyman.web.draw.drawing import Drawing, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import VOTES, Mark, key, shape

WIDTH = 600.0
_NAMES = 150.0
"""Room for the word of a row."""
_CELL = 112.0
_ROW = 54.0


@dataclass(frozen=True, slots=True)
class Vote:
    """A decision's vote as plain data.

    Attributes:
        roll: Who has a vote, in the order in which they are shown.
        ballots: Member to `yes`, `no`, `abstain` or `present`; None if none are known.
        outcome: `adopted`, `rejected`, `open` or `not shown`.
        sums: The charter's arithmetic, a sentence each.
        announced_by: Who announced a decision whose ballots are not known.
        entry: The entry that tells of it.
        cast: Member to the entry of its ballot, where ballots are entries of their own.
    """

    roll: tuple[str, ...]
    ballots: Mapping[str, str] | None
    outcome: str
    sums: tuple[str, ...] = ()
    announced_by: str | None = None
    entry: str = ""
    cast: Mapping[str, str] = field(default_factory=dict)


def draw_tally(vote: Vote, language: Language, *, id_: str = "tally") -> Drawing:
    """Draw how each member voted, or that it is not known."""
    rows = [
        (mark, members)
        for name, mark in VOTES.items()
        if (members := [m for m in vote.roll if cast(vote, m) == name])
    ]
    top, drawn = 8.0, []
    for mark, members in rows:
        drawn.append(_row(mark, members, top, language))
        top += _ROW * _lines(members)
    said = tuple(_sums(vote, rows, language))
    name = language.words("The vote")
    table = Table(
        name,
        (language.words("Member"), language.words("Vote")),
        tuple(
            row(
                language.member(member),
                language.words(VOTES[cast(vote, member)].word),
                entries=tuple(filter(None, (vote.cast.get(member, vote.entry),))),
                kind=cast(vote, member),
            )
            for member in vote.roll
        ),
    )
    return Drawing(
        svg.document(
            *drawn,
            id_=id_,
            name=name,
            says=" ".join(said),
            size=(WIDTH, max(top, _ROW)),
            class_="draw-tally draw-compact",
        ),
        (table, _arithmetic(vote, language)) if vote.sums else (table,),
        tuple(key(mark, language, f"draw-vote-{mark.name}") for mark, _ in rows),
        said,
    )


def cast(vote: Vote, member: str) -> str:
    """What a member of the roll did: a name of `marks.VOTES`."""
    if vote.ballots is None:
        return "unknown"
    said = vote.ballots.get(member, "absent")
    return said if said in VOTES else "unknown"


def _per_line() -> int:
    return int((WIDTH - _NAMES) // _CELL)


def _lines(members: Sequence[str]) -> int:
    return -(-len(members) // _per_line())


def _row(mark: Mark, members: Sequence[str], top: float, language: Language) -> str:
    is_rtl = language.is_rtl
    word = f"{language.words(mark.word)}: {language.number(len(members))}"
    edge = WIDTH - 2 if is_rtl else 2.0
    anchor = "end" if is_rtl else "start"
    parts = [
        svg.text(
            word, edge, top + 18, class_="draw-strong", anchor=anchor, is_rtl=is_rtl
        )
    ]
    for index, member in enumerate(members):
        line, column = divmod(index, _per_line())
        along = _NAMES + (column + 0.5) * _CELL
        x = WIDTH - along if is_rtl else along
        y = top + 14 + line * _ROW
        name = language.member(member)
        parts.append(
            svg.tag(
                "g",
                svg.title(f"{name}: {language.words(mark.word)}"),
                shape(mark, x, y, 1.4),
                svg.text(
                    name, x, y + 28, class_="draw-small", anchor="middle", is_rtl=is_rtl
                ),
            )
        )
    return svg.tag("g", *parts, class_=f"draw-vote draw-vote-{mark.name}")


def _sums(
    vote: Vote, rows: Sequence[tuple[Mark, Sequence[str]]], language: Language
) -> Iterator[str]:
    if vote.ballots is None:
        yield language.words("No ballots are known.")
        if vote.announced_by:
            yield language.words("Adopted as announced by {who}.").format(
                who=language.actor(vote.announced_by)
            )
        return
    counted = language.comma.join(
        f"{language.words(mark.word)}: {language.number(len(members))}"
        for mark, members in rows
    )
    yield language.words("Of {n} with a vote: {counted}.").format(
        n=language.number(len(vote.roll)), counted=counted
    )
    yield language.words(_OUTCOMES.get(vote.outcome, "The outcome is not shown."))


_OUTCOMES = {
    "adopted": "The decision is adopted.",
    "rejected": "The decision is rejected.",
    "open": "There was no quorum: nothing is decided.",
}


def _arithmetic(vote: Vote, language: Language) -> Table:
    rows = tuple(row(said) for said in vote.sums)
    return Table(language.words("The arithmetic"), (language.words("Sum"),), rows)
