"""What the compiled functions work on: the problem and a schedule, as arrays.

Tails, places, types and loads are numbers. The problem is one array that is written once (`arrays.py`)
and read by the functions below: numba passes every array of a tuple by itself, and a problem of
thirty of them took two minutes to compile.
"""

from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.compiling import compiled

Ints = NDArray[np.int64]
Short = NDArray[np.int16]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_TAILS: Final = 150
"""So many tails, by chance, are looked at for one load, where there are more."""
NONE: Final = cast("int", np.int64(-1))
ZERO: Final = cast("int", np.int64(0))
ONE: Final = cast("int", np.int64(1))
"""Numbers that are arguments: numba would compile a function anew for each that is written out."""
LIFT_WORTH: Final = 0.01
"""A minute flown, against one weighted kilogram-minute late: it decides between equals."""

# --- The problem: its head, and what stands of each tail, type, airfield and load ---

PLACES, TYPES, WINDOWS, ENDS, PARTS_MOST, HORIZON = range(6)
TAIL_AT, TYPE_AT, FIELD_AT, OPEN_AT, BLOCK_AT, LOAD_AT, END_AT = range(6, 13)
HEAD: Final = 13
TAIL_WIDE, TYPE_WIDE, FIELD_WIDE, LOAD_WIDE = 3, 5, 3, 8


@compiled
def types_of(world: Ints) -> int:
    """How many types of aircraft there are."""
    return world[TYPES]


@compiled
def ends_of(world: Ints) -> int:
    """The most destinations that a load has."""
    return world[ENDS]


@compiled
def parts_of(world: Ints) -> int:
    """The most parts that a flight can have."""
    return world[PARTS_MOST]


@compiled
def horizon_of(world: Ints) -> int:
    """The minute in which planning ends."""
    return world[HORIZON]


@compiled
def base_of(world: Ints, tail: int) -> int:
    """Where a tail begins."""
    return world[world[TAIL_AT] + TAIL_WIDE * tail]


@compiled
def kind_of(world: Ints, tail: int) -> int:
    """Its type."""
    return world[world[TAIL_AT] + TAIL_WIDE * tail + 1]


@compiled
def until_of(world: Ints, tail: int) -> int:
    """By when it has to be done with everything."""
    return world[world[TAIL_AT] + TAIL_WIDE * tail + 2]


@compiled
def load_min_of(world: Ints, kind: int) -> int:
    """Minutes of loading, by type."""
    return world[world[TYPE_AT] + TYPE_WIDE * kind]


@compiled
def unload_min_of(world: Ints, kind: int) -> int:
    """Minutes of unloading."""
    return world[world[TYPE_AT] + TYPE_WIDE * kind + 1]


@compiled
def turn_min_of(world: Ints, kind: int) -> int:
    """Minutes of turn-round."""
    return world[world[TYPE_AT] + TYPE_WIDE * kind + 2]


@compiled
def duty_min_of(world: Ints, kind: int) -> int:
    """The longest duty of a crew, in minutes."""
    return world[world[TYPE_AT] + TYPE_WIDE * kind + 3]


@compiled
def rest_min_of(world: Ints, kind: int) -> int:
    """The shortest rest."""
    return world[world[TYPE_AT] + TYPE_WIDE * kind + 4]


@compiled
def block_of(world: Ints, kind: int, place: int, there: int) -> int:
    """Minutes in the air; -1 where the type cannot fly."""
    size = world[PLACES]
    return world[world[BLOCK_AT] + (kind * size + place) * size + there]


@compiled
def working_of(world: Ints, place: int) -> int:
    """Working stands of an airfield."""
    return world[world[FIELD_AT] + FIELD_WIDE * place]


@compiled
def parking_of(world: Ints, place: int) -> int:
    """Parking stands; -1 is ample."""
    return world[world[FIELD_AT] + FIELD_WIDE * place + 1]


@compiled
def windows_of(world: Ints, place: int) -> int:
    """How many windows it is open in."""
    return world[world[FIELD_AT] + FIELD_WIDE * place + 2]


@compiled
def opens_of(world: Ints, place: int, window: int) -> int:
    """When a window begins."""
    return world[world[OPEN_AT] + 2 * (place * world[WINDOWS] + window)]


@compiled
def closes_of(world: Ints, place: int, window: int) -> int:
    """When a window ends."""
    return world[world[OPEN_AT] + 2 * (place * world[WINDOWS] + window) + 1]


@compiled
def origin_of(world: Ints, load: int) -> int:
    """Where a load begins; -1 if at no airfield."""
    return world[world[LOAD_AT] + LOAD_WIDE * load]


@compiled
def ready_of(world: Ints, load: int) -> int:
    """Before when nothing of it is loaded."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 1]


@compiled
def ead_of(world: Ints, load: int) -> int:
    """Before when nothing of it touches down."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 2]


@compiled
def due_of(world: Ints, load: int) -> int:
    """After when its unloading is late."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 3]


@compiled
def rate_of(world: Ints, load: int) -> int:
    """What a piece costs for each minute late."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 4]


@compiled
def whole_of(world: Ints, load: int) -> int:
    """What a piece costs that is left behind."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 5]


@compiled
def free_of(world: Ints, load: int) -> int:
    """1 if it is tied to no other load, 0 if it has to stay where it is."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 6]


@compiled
def last_of(world: Ints, load: int) -> int:
    """After when nothing of it is unloaded, for others wait for it or it keeps together with them."""
    return world[world[LOAD_AT] + LOAD_WIDE * load + 7]


@compiled
def there_of(world: Ints, load: int, end: int) -> int:
    """One of its destinations; -1 if it has fewer."""
    wide = 1 + world[TYPES]
    return world[world[END_AT] + (load * world[ENDS] + end) * wide]


@compiled
def most_at(world: Ints, kind: int, load: int, end: int) -> int:
    """Pieces of it that fill an aircraft of a type to there."""
    wide = 1 + world[TYPES]
    return world[world[END_AT] + (load * world[ENDS] + end) * wide + 1 + kind]


# --- A route is a table of tasks, one row each; the row after the last is how the tail is left ---

PLACE, READY, BEGAN, ORIGIN, THERE, FIRST, EAD = range(7)
"""Where the tail is before the task, since when, and when its crew's duty began (-1 if rested); from where
to where the task is, when all that it carries is ready, and before when nothing of it may touch down."""
HOME, FERRY, START, FREE, EMPTY, COUNT, PARTS = range(7, 14)
"""When the ferry by way of the base begins, the ferry to the origin (-1 if there is none), and the
loading; when that would begin if no stand or window were in its way; minutes flown empty; how many
parts it carries; then the load of each, and after those the pieces of each."""
TASKS, LEAVES = range(2)
"""Of a tail: how many tasks it has, and when the ferry home begins that comes last (or -1)."""
UPTO, ONWARD = range(2)
"""Of an airfield: from that minute on so many parking stands are taken, and none is written down."""


class Live(NamedTuple):
    """A schedule, changed in place.

    Attributes:
        stands: Working and parking stands that are taken, by place and minute.
        fields: By place what `UPTO` and `ONWARD` say.
        rows, cost, ends: By tail its tasks, what each costs, and what `TASKS` and `LEAVES` say.
        left: Pieces by load that no flight carries.
        tails: Those whose routes may change, in any order.
    """

    stands: Short
    fields: Ints
    rows: Ints
    cost: Floats
    ends: Ints
    left: Ints
    tails: Ints


class Kept(NamedTuple):
    """Routes as they were: of a step that may be put back, or of the best schedule.

    Attributes:
        is_kept: By tail: whether its route is kept (of a step), or has to be (of the best).
    """

    rows: Ints
    cost: Floats
    ends: Ints
    left: Ints
    is_kept: Bools


class Desk(NamedTuple):
    """Room to work in: a route that is tried, the best of those that were, ways, and an order."""

    rows: Ints
    cost: Floats
    best: Ints
    best_cost: Floats
    hope: Floats
    way: Ints
    names: Ints
    key: Floats
