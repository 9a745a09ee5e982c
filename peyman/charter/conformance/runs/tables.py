"""The automaton of a charter as arrays, so that many cases look up their step at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peyman.charter.conformance.runs.automaton import OVER, Automaton, Taken
from peyman.charter.conformance.runs.part import Ints
from peyman.charter.conformance.steps.state import Fault, Set

MOST_SLOTS = 12
"""Slots, and members, of one case that are kept apart here."""

MOST_CELLS = 1 << 25
"""Steps that the table has room for; what is beyond is left to `Course`."""

NEVER = np.iinfo(np.int64).max

UNKNOWN = -1
"""In a cell whose step was not asked for yet."""

Touch = tuple[tuple[Fault, ...], tuple[Set, ...]]
"""What a step asks of slots: duties that may be met late, and new days."""


class Tables:
    """Steps by state and column; a column is what is heard, of whom, about whom.

    Attributes:
        cell: Where a step leads that finds nothing and touches no slot, which nearly every
            row of a log is: the state alone, so that one look-up is all it costs. Of any
            other step its number, as `step_in` reads it; else `UNKNOWN`.
    """

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.columns: list[tuple[int, int, int]] = []
        self._column_of: dict[int, int] = {}
        self.cell = _unknown(64, 64)
        self.then = np.zeros(0, np.int32)
        self.is_wrong = np.zeros(0, bool)
        self.is_hard = np.zeros(0, bool)
        self.touch = np.zeros(0, np.int32)
        self.touches: list[Touch] = [((), ())]
        self._touch_of: dict[Touch, int] = {self.touches[0]: 0}
        self.clocks = np.zeros((0, MOST_SLOTS), bool)
        self.is_clocked: NDArray[np.bool_] = np.zeros(0, bool)
        self.has_clocks = False
        self.owes = np.zeros(0, bool)
        self.owes_by_a_day = np.zeros(0, bool)
        self.grow()

    @property
    def is_full(self) -> bool:
        """Whether there are states for which it has no room."""
        return len(self.owes) > len(self.cell)

    def column(self, heard: int, member: int, subject: int) -> int:
        """The number of a column."""
        key = (heard * (MOST_SLOTS + 1) + member + 1) * (MOST_SLOTS + 1) + subject + 1
        found = self._column_of.setdefault(key, len(self.columns))
        if found == len(self.columns):
            self.columns.append((heard, member, subject))
            self._widen()
        return found

    def columns_of(self, keys: Ints) -> Ints:
        """The columns of keys that `column` makes."""
        found, where = np.unique(keys, return_inverse=True)
        wide = MOST_SLOTS + 1
        numbers = []
        for key in found.tolist():
            rest, whom = divmod(key, wide)
            heard, who = divmod(rest, wide)
            numbers.append(self.column(heard, who - 1, whom - 1))
        columns: Ints = np.asarray(numbers, np.int64)[where]
        return columns

    def look_up(self, states: Ints, columns: Ints) -> NDArray[np.int32]:
        """The cells of states and columns."""
        place = states * self.cell.shape[1]
        place += columns
        found: NDArray[np.int32] = self.cell.ravel().take(place)
        return found

    @staticmethod
    def step_in(cells: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers of steps that stand in cells."""
        return UNKNOWN - 1 - cells

    def fill(self, states: Ints, columns: Ints) -> None:
        """Work out the steps of these states and columns that are not known yet."""
        wide = len(self.columns)
        for pair in np.unique(states * wide + columns).tolist():
            state, column = divmod(pair, wide)
            if state < len(self.cell):
                number = self.automaton.take(state, *self.columns[column])
                step = self.automaton.steps[number]
                goes = step.then if step.is_plain else UNKNOWN - 1 - number
                self.cell[state, column] = goes
        self.grow()

    def grow(self) -> None:
        """Take in the states and steps that the automaton has by now."""
        known = self.automaton.known[len(self.owes) :]
        clocks = np.zeros((len(known), MOST_SLOTS), bool)
        for place, one in enumerate(known):
            for slot, _ in one.clocks:
                clocks[place, min(slot, MOST_SLOTS - 1)] = True
        self.clocks = np.concatenate([self.clocks, clocks])
        self.is_clocked = np.any(self.clocks, axis=1)
        self.has_clocks = bool(self.is_clocked.any())
        self.owes = _more(self.owes, [bool(one.owed) for one in known])
        by_a_day = [
            bool(one.again) or any(duty.slot is not None for duty in one.owed)
            for one in known
        ]
        self.owes_by_a_day = _more(self.owes_by_a_day, by_a_day)
        self._add_steps(self.automaton.steps[len(self.then) :])
        self._widen()

    def _add_steps(self, steps: Sequence[Taken]) -> None:
        self.then = _more(self.then, [one.then for one in steps])
        self.is_wrong = _more(self.is_wrong, [one.is_wrong for one in steps])
        self.is_hard = _more(self.is_hard, [_is_hard(one) for one in steps])
        self.touch = _more(self.touch, [self._touch(one) for one in steps])

    def _touch(self, step: Taken) -> int:
        if not (step.late or step.sets):
            return 0
        key = (step.late, step.sets)
        found = self._touch_of.setdefault(key, len(self.touches))
        if found == len(self.touches):
            self.touches.append(key)
        return found

    def _widen(self) -> None:
        """Make room for every state and column, as long as there is any to be had."""
        rows, wide = self.cell.shape
        while wide < len(self.columns):
            wide *= 2
        while rows < len(self.owes) and 2 * rows * wide <= MOST_CELLS:
            rows *= 2
        if (rows, wide) != self.cell.shape:
            wider = _unknown(rows, wide)
            wider[: self.cell.shape[0], : self.cell.shape[1]] = self.cell
            self.cell = wider


def _unknown(rows: int, wide: int) -> NDArray[np.int32]:
    """A table of steps that were not asked for; nothing leads out of `OVER`."""
    cell = np.full((rows, wide), UNKNOWN, np.int32)
    cell[OVER] = OVER
    return cell


def _is_hard(step: Taken) -> bool:
    """Whether it is beyond what is kept apart here."""
    if step.is_plain:
        return False
    is_far = any(one.slot >= MOST_SLOTS for one in step.sets)
    return step.is_too_much or step.is_moved or is_far


def _more(old: NDArray[Any], new: Sequence[int]) -> NDArray[Any]:
    return np.concatenate([old, np.asarray(new, old.dtype)])
