"""Whether one can get out without a vote, and what stops when an organ never meets.

A way out is the end of a deed (going home), of a mandate, or of being bound by a text.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

from peyman.charter.model import Act, Text
from peyman.charter.verification.graph import SUBJECT, Graph, Move
from peyman.charter.verification.questions import Questions
from peyman.charter.verification.space import Path


class Exit(NamedTuple):
    """One way out.

    Attributes:
        act: The deed or the mandate that ends, or the act by which a text is left.
        path: From the beginning to the way out, or to where only a vote leads on.
        onward: The votes on the shortest way out from there; none if nobody needs one.
        is_free: Whether nobody needs a vote, wherever one stands.
        ends_itself: Whether its term is the only way out.
    """

    act: str
    path: Path
    onward: tuple[Move, ...]
    is_free: bool
    ends_itself: bool = False


class Idle(NamedTuple):
    """What can no longer be done, and what stays owed, when an organ never meets."""

    organ: str
    kind: str
    never: tuple[str, ...]
    owed: tuple[str, ...]


def exits(asked: Questions, text: Text) -> Iterator[Exit]:
    """Every way out of a kind of matter that the charter knows."""
    for name, forms in text.acts.items():
        act = forms[""]
        if act.kind == asked.graph.kind:
            if act.mandate or (act.deed and act.undo):
                yield from _end_of(asked, act)
            elif act.leaves and _is_own(asked.graph):
                yield from _leaving(asked, name)


def _is_own(graph: Graph) -> bool:
    """Whether a member opens the matter in its own case."""
    return any(
        word in (SUBJECT, "member", "each member")
        for move in graph.moves
        if move.opens
        for word in move.by
    )


def _end_of(asked: Questions, act: Act) -> Iterator[Exit]:
    """The end of a deed or a mandate; of those that each has done, the one that is barred."""
    bits = asked.graph.mask("in force", act.name)
    places = [place for place in range(bits.bit_length()) if bits >> place & 1]
    ways = [_end_of_one(asked, act.name, 1 << place) for place in reversed(places)]
    there = [way for way in ways if way is not None]
    yield from sorted(there, key=lambda way: way.is_free)[:1]


def _end_of_one(asked: Questions, name: str, in_force: int) -> Exit | None:
    space = asked.walk(asked.graph.cone(in_force))
    over = [state for state in space.came if not state & in_force]
    freely = space.leads_to(over, _is_chosen)
    held = space.first(lambda state: bool(state & in_force))
    if held is None:
        return None
    stuck = space.first(lambda state: state not in freely)
    here = held if stuck is None else stuck
    graph = space.graph

    def is_over(state: int) -> bool:
        return not state & in_force

    if stuck is None:
        graph = graph.without(m for m in graph.moves if not _is_chosen(m))
        onward = asked.walk(graph, is_over, here)
        out = onward.path(next(reversed(onward.came)))
        return Exit(name, (*space.path(here), *out), (), is_free=True)
    by_somebody = graph.without(m for m in graph.moves if m.is_end)
    onward = asked.walk(by_somebody, is_over, here)
    last = next(reversed(onward.came))
    votes = tuple(move for move in onward.path(last) if move.is_voted)
    has_term = any(m.is_end and m.clears & in_force for m in graph.moves)
    is_alone = not is_over(last) and has_term
    return Exit(name, space.path(here), votes if is_over(last) else (), False, is_alone)


def _is_chosen(move: Move) -> bool:
    """Whether a move is somebody's own choice: no vote, and not the mere passing of time."""
    return not move.is_voted and not move.is_end


def _leaving(asked: Questions, name: str) -> Iterator[Exit]:
    graph = asked.graph
    moves = graph.moves_of(name)
    cone = graph.cone(reduce(or_, (move.looks_at for move in moves), 0))

    def leaves(state: int) -> bool:
        return any(move.is_open(state) for move in moves)

    freely = cone.without(move for move in cone.moves if move.is_voted)
    for way in (freely, cone):
        space = asked.walk(way, leaves)
        last = next(reversed(space.came))
        open_moves = tuple(move for move in moves if move.is_open(last))
        if open_moves and not (way is freely and open_moves[0].is_voted):
            path = (*space.path(last), open_moves[0])
            votes = tuple(move for move in path if move.is_voted)
            yield Exit(name, path, votes, not votes)
            return


def idle(asked: Questions, text: Text) -> Iterator[Idle]:
    """What stops in a kind of matter for each organ that alone may do something in it."""
    graph = asked.graph
    dead = {one.act for one in asked.dead()}
    unmet = {one.duty for one in asked.unmet()}
    for organ in text.organs:
        gone = [move for move in graph.moves if move.by == (organ,)]
        if gone:
            without = Questions(asked.whole.without(gone))
            never = [one.act for one in without.dead() if one.act not in dead]
            owed = [one.duty.name for one in without.unmet() if one.duty not in unmet]
            asked.states += without.states
            yield Idle(organ, graph.kind, tuple(never), tuple(dict.fromkeys(owed)))
