"""Walk a graph breadth-first: which states there are, and the shortest path to each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from peyman.charter.verification.graph import Graph, Move

Path = tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """The states of a graph, nearest first.

    Attributes:
        came: Each state to the one before it and the move between; the first to None.
        steps: Every move between two states, where they were asked for.
    """

    graph: Graph
    came: dict[int, tuple[int, Move] | None]
    steps: list[tuple[int, Move, int]]

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
    space = Space(graph, {start: None}, [])
    waiting = [start]
    if until and until(start):
        return space
    for state in waiting:  # grows as it is walked
        for move in graph.moves:
            if not move.is_open(state):
                continue
            then = graph.after(state, move)
            if with_steps:
                space.steps.append((state, move, then))
            if then not in space.came:
                space.came[then] = (state, move)
                waiting.append(then)
                if until and until(then):
                    return space
    return space
