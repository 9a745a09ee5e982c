"""Walk a graph breadth-first: which states there are, and the shortest path to each."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from peyman.charter.verification.graph import Graph, Move

Path = tuple[Move, ...]
Step = tuple[int, Move, int]


@dataclass(frozen=True, slots=True)
class Space:
    """The states of a graph, nearest first.

    Attributes:
        came: Each state to the one before it and the move between; the first to None.
        steps: Every move between two states, where they were asked for.
    """

    graph: Graph
    came: dict[int, tuple[int, Move] | None]
    steps: list[Step]

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

    def leads_to(
        self, good: Collection[int], along: Callable[[Move], bool] = lambda _: True
    ) -> set[int]:
        """Every state from which these can be reached, by moves of which `along` holds."""
        into: dict[int, list[int]] = {}
        for state, move, then in self.steps:
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
    graph: Graph,
    start: int = 0,
    until: Callable[[int], bool] | None = None,
    *,
    with_steps: bool = False,
) -> Space:
    """Every state that can be reached from one, or up to the first that is looked for.

    Args:
        graph: What may be done.
        start: The state to begin with.
        until: Stop with the first state of which this holds.
        with_steps: Keep every step, for questions that look back.
    """
    came: dict[int, tuple[int, Move] | None] = {start: None}
    steps: list[Step] = []
    space = Space(graph, came, steps)
    if until and until(start):
        return space
    waiting = [start]
    for step in _steps(graph, waiting):
        state, move, then = step
        if with_steps:
            steps.append(step)
        if then not in came:
            came[then] = (state, move)
            waiting.append(then)
            if until and until(then):
                break
    return space


def _steps(graph: Graph, waiting: Iterable[int]) -> Iterator[Step]:
    """Every step from each of these states; there may come more of them meanwhile.

    What `Move.is_open` and `Graph.after` do stands here once more, for speed.
    """
    moves = [(m, m.need, m.bar, m.any_of, ~m.clears, m.sets) for m in graph.moves]
    settle, unsettled = graph.settle, graph.unsettled
    for state in waiting:
        for move, need, bar, any_of, keeps, sets in moves:
            if state & need != need or state & bar:
                continue
            if any_of and not all(state & mask for mask in any_of):
                continue
            then = state & keeps | sets
            yield state, move, settle(then) if then & unsettled else then
