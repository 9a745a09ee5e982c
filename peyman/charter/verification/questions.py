"""What is asked of the graph of a kind of matter, each question in its own cone.

An answer is a state and the shortest path to it; `peyman.charter.verification.stories`
puts it into words. Who can block what is asked in `exits` and `voting`.
"""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

from peyman.charter.model import Act, Text
from peyman.charter.verification.graph import Bit, Graph, Move
from peyman.charter.verification.space import Path, Space, explore


class Dead(NamedTuple):
    """An act that can never be done, how near one comes, and what is missing there."""

    act: str
    path: Path
    missing: tuple[Bit, ...]


class Unmet(NamedTuple):
    """A duty that may be owed where nothing can discharge it any more."""

    duty: Bit
    path: Path


class Prolonged(NamedTuple):
    """An act without a vote that may be done again and again, and what it keeps going."""

    act: str
    keeps: tuple[str, ...]
    path: Path


class Questions:
    """Asks one graph.

    Attributes:
        whole: The graph with the deeds that are done without what they need.
        graph: The graph of what is lawful, which is asked.
        states: How many states were walked for the answers.
    """

    def __init__(self, whole: Graph) -> None:
        self.whole = whole
        self.graph = whole.lawful
        self.states = 0

    def dead(self) -> Iterator[Dead]:
        """Acts that can never be done, in the order of the charter."""
        for act in self.graph.acts:
            found = self._dead(act)
            if found is not None:
                yield found

    def _dead(self, act: str) -> Dead | None:
        moves = self.graph.moves_of(act)
        looked = reduce(or_, (move.looks_at for move in moves), 0)
        space = self.walk(
            self.graph.cone(looked), lambda state: any(m.is_open(state) for m in moves)
        )
        last = next(reversed(space.came))
        if any(move.is_open(last) for move in moves):
            return None
        if not moves:
            return Dead(act, (), ())
        missing = {
            (state, move.member): _missing(state, move)
            for state in space.came
            for move in moves
        }
        nearest = min(missing, key=lambda one: len(missing[one]))
        bits = reduce(or_, missing[nearest], 0)
        return Dead(act, space.path(nearest[0]), self.graph.named(bits))

    def unmet(self) -> Iterator[Unmet]:
        """Duties that may be owed and never met, in the order of the charter.

        The undoing of a deed is owed when it was unlawful, too.
        """
        undoing = reduce(or_, (deed.owes for deed in self.graph.footings), 0)
        for place, bit in enumerate(self.graph.bits):
            is_own = bit.name.startswith(f"{self.graph.kind}.")
            if bit.what == "owed" and is_own:
                path = self._unmet(self.graph, 1 << place)
                if path is None and undoing >> place & 1:
                    path = self._unmet(self.whole, 1 << place)
                if path is not None:
                    yield Unmet(bit, path)

    def _unmet(self, graph: Graph, owed: int) -> Path | None:
        space = self.walk(graph.cone(owed))
        free = [state for state in space.came if not state & owed]
        met = [state for state, move, _ in space.steps() if move.meets & owed]
        can = space.leads_to([*free, *met])
        stuck = space.first(lambda state: state not in can)
        return None if stuck is None else space.path(stuck)

    def prolonged(self, text: Text) -> Iterator[Prolonged]:
        """Powers that keep something going beyond its term without a vote."""
        for act in self.graph.acts:
            for move in self.graph.moves_of(act):
                keeps = _keeps(text, text.acts[act].get(move.form, text.acts[act][""]))
                is_ours = not all(_is_outside(text, word) for word in move.by)
                if keeps and is_ours and not move.is_voted and move.cause is None:
                    path = self._again(move)
                    if path is not None:
                        yield Prolonged(act, keeps, path)
                        break

    def _again(self, move: Move) -> Path | None:
        """The shortest path on which a move is taken twice, with no vote between."""
        cone = self.graph.cone(move.looks_at)
        space = self.walk(cone, move.is_open)
        first = next(reversed(space.came))
        if not move.is_open(first):
            return None
        freely = cone.without(one for one in cone.moves if one.is_voted)
        onward = self.walk(freely, move.is_open, cone.after(first, move))
        second = next(reversed(onward.came))
        if not move.is_open(second):
            return None
        return (*space.path(first), move, *onward.path(second), move)

    def walk(
        self,
        graph: Graph,
        until: Callable[[int], bool] | None = None,
        start: int = 0,
    ) -> Space:
        """Explore, and count."""
        space = explore(graph, start, until)
        self.states += len(space.came)
        return space


def _missing(state: int, move: Move) -> tuple[int, ...]:
    """What a move lacks in a state, clause by clause; what bars it is not among it."""
    lacking = [mask for mask in move.any_of if not state & mask]
    need = move.need & ~state
    while need:
        lacking.append(need & -need)
        need &= need - 1
    return tuple(lacking)


def _is_outside(text: Text, word: str) -> bool:
    """Whether a word of `by` means another organization, which votes by its own charter."""
    organ = text.organs.get(word)
    return word == "outside" or bool(organ and organ.outside)


def _keeps(text: Text, act: Act) -> tuple[str, ...]:
    """What an act keeps in force beyond its term: what it amends, or itself."""
    terms = {name: text.acts[name][""].lasts for name in act.amends}
    amended = tuple(name for name, term in terms.items() if term in act.fixes)
    renewed = not isinstance(act.lasts, tuple | None) and any(
        act.name in clause for clause in act.meanwhile
    )
    return amended or ((act.name,) if renewed else ())
