"""What every drawing gives its page: the picture, its keys, and the same content as rows.

The page renders the rows as a table under the picture, or before it on a phone:

    <figure class="draw-figure">
      {{ drawing.svg }}
      <ul class="draw-keys"> <li>{{ key.svg }} {{ key.word }} … </ul>
      <p class="draw-note">{{ note }}</p> …
      <details> <table> {{ drawing.tables }} … </table> </details>
    </figure>
"""

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """One cell: text, and its language where that is not the page's."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        cells: As many as the table has heads.
        entries: Names of the entries on which it rests, for the thread back.
        kind: What the row is of: the status, direction or kind that its shape shows.
    """

    cells: tuple[Cell, ...]
    entries: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The content of a drawing as a table."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


class Key(NamedTuple):
    """A shape of the drawing, and its word; `name` where the page may hide what it marks."""

    svg: str
    word: str
    name: str = ""


class Step(NamedTuple):
    """A moment at which a map changes, for its slider."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as a page shows it.

    Attributes:
        svg: The picture, safe to put in a page as it is.
        keys: The shapes that occur in it.
        notes: Sentences that belong under it.
        steps: Where it can be moved in time, in order; most cannot.
    """

    svg: str
    tables: tuple[Table, ...]
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def row(*cells: "str | Cell", entries: tuple[str, ...] = (), kind: str = "") -> Row:
    """A row of texts, each in the page's language unless it says otherwise."""
    made = tuple(c if isinstance(c, Cell) else Cell(c) for c in cells)
    return Row(made, entries, kind)
