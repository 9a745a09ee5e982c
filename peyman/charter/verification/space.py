"""Walk a graph breadth-first: which states there are, and the shortest path to each."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from peyman.charter.verification.graph import Graph, Move

Path = tuple[Move, ...]
Step = tuple[int, Move, int]
Change = tuple[Move, int]
"""A move, and the bits that it turns."""


@dataclass(frozen=True, slots=True)
class Space:
    """The states of a graph, nearest first.

    Attributes:
        came: Each state to the one before it and the move between; the first to None.
    """

    graph: Graph
    came: dict[int, tuple[int, Move] | None]

    def path(self, state: int) -> Path:
        """The shortest path to a state."""
        moves: list[Move] = []
        while step := self.came[state]:
            state, move = step
            moves.append(move)
        return tuple(reversed(moves))

    def first(self, wanted: Callable[[int], bool]) -> int | None:
        """The nearest state of which something holds; None if there is none."""
        return next((state for state in self.came if wanted(state)), None)

    def steps(self) -> Iterator[Step]:
        """Every move from each of its states, also one that leads nowhere else."""
        parts = _parts(self.graph)
        for state in self.came:
            for part in parts:
                for move, change in part.changes(state):
                    yield state, move, state ^ change

    def leads_to(
        self, good: Collection[int], along: Callable[[Move], bool] = lambda _: True
    ) -> set[int]:
        """Every state from which these can be reached, by moves of which `along` holds."""
        into: dict[int, list[int]] = {}
        for state, move, then in self.steps():
            if along(move):
                into.setdefault(then, []).append(state)
        found = set(good)
        waiting = list(found)
        while waiting:
            for state in into.get(waiting.pop(), ()):
                if state not in found:
                    found.add(state)
                    waiting.append(state)
        return found


def explore(
    graph: Graph, start: int = 0, until: Callable[[int], bool] | None = None
) -> Space:
    """Every state that can be reached from one, or up to the first that is looked for.

    Args:
        graph: What may be done.
        start: The state to begin with.
        until: Stop with the first state of which this holds.
    """
    came: dict[int, tuple[int, Move] | None] = {start: None}
    space = Space(graph, came)
    if until and until(start):
        return space
    parts = _parts(graph)
    waiting = [start]
    for state in waiting:
        for part in parts:
            for move, change in part.onward(state):
                then = state ^ change
                if then not in came:
                    came[then] = (state, move)
                    waiting.append(then)
                    if until and until(then):
                        return space
    return space


def _parts(graph: Graph) -> "tuple[_Part, ...]":
    parts = graph.parts()
    return tuple(_Part(part, is_whole=len(parts) == 1) for part in parts)


class _Part:
    """A part of a graph, and what may be done in it.

    What happens in one part neither asks nor changes anything of another, so where there
    are several, what leads onward in one is kept for each of its own states.
    """

    def __init__(self, graph: Graph, *, is_whole: bool) -> None:
        self._settle, self._unsettled = graph.settle, graph.unsettled
        self._moves = [
            (m, m.need, m.bar, m.any_of, ~m.clears, m.sets) for m in graph.moves
        ]
        self._watched = graph.watched
        self._known: dict[int, list[Change]] | None = None if is_whole else {}

    def onward(self, state: int) -> Iterable[Change]:
        """What may be done in a state and leads to another."""
        if self._known is None:
            return self.changes(state)
        own = state & self._watched
        found = self._known.get(own)
        if found is None:
            found = [one for one in self.changes(own) if one[1]]
            self._known[own] = found
        return found

    def changes(self, state: int) -> Iterator[Change]:
        """What may be done in a state.

        What `Move.is_open` and `Graph.after` do stands here once more, for speed.
        """
        settle, unsettled = self._settle, self._unsettled
        for move, need, bar, any_of, keeps, sets in self._moves:
            if state & need != need or state & bar:
                continue
            if any_of and not all(state & mask for mask in any_of):
                continue
            then = state & keeps | sets
            yield move, state ^ (settle(then) if then & unsettled else then)
