"""Rows of whole cases side by side, as columns: what a log is read into, and judged from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.charter.conformance.runs.course import Event
from peyman.charter.conformance.steps.law import Row

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Cases of a log, one after the other, the rows of each in order of time.

    Attributes:
        meanings: What was done, by the numbers that stand in `what`.
        first: The place of the first row of every case, and one past the last of all.
        what: What was done in each row.
        at: When it began, in seconds since 1970.
        until: When it was surely over; the same as `at` for an instant.
        row: The number of the row in the log.
    """

    meanings: Sequence[Row]
    first: Ints
    what: Ints
    at: Ints
    until: Ints
    row: Ints

    def events(self, case: int) -> list[Event]:
        """The rows of one case."""
        here = slice(int(self.first[case]), int(self.first[case + 1]))
        columns = (self.row, self.what, self.at, self.until)
        return [
            Event(row, self.meanings[what], at, until)
            for row, what, at, until in zip(
                *(column[here].tolist() for column in columns), strict=True
            )
        ]
