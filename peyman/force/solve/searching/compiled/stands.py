"""One airfield's stands in time: which are worked on, which are parked on, when one is free."""

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.searching.compiled.model import (
    ONWARD,
    UPTO,
    Ints,
    Live,
    Short,
    base_of,
    closes_of,
    opens_of,
    parking_of,
    windows_of,
    working_of,
)


@compiled
def next_free(world: Ints, live: Live, place: int, at: int, width: int) -> int:
    """The earliest minute from `at` with a working stand for so long, in one window; or -1."""
    working = working_of(world, place)
    for i in range(windows_of(world, place)):
        closes = closes_of(world, place, i)
        if at + width > closes:
            continue
        at = max(at, opens_of(world, place, i))
        while at + width <= closes:
            span = live.stands[0, place, at : at + width]
            full = width - 1
            while full >= 0 and span[full] < working:
                full -= 1
            if full < 0:
                return at
            at += full + 1
    return -1


@compiled
def shift(span: Short, by: int) -> None:
    """Take stands in some minutes, or give them back; a loop from 0 on is many minutes at once."""
    for i in range(len(span)):
        span[i] += by


@compiled
def reach(live: Live, place: int, upto: int) -> None:
    """Write down the parking stands minute by minute until then."""
    if upto > live.fields[place, UPTO]:
        span = live.stands[1, place, live.fields[place, UPTO] : upto]
        for i in range(len(span)):
            span[i] = live.fields[place, ONWARD]
        live.fields[place, UPTO] = upto


@entrance
def park(live: Live, place: int, since: int, until: int, by: int) -> None:
    """Take parking stands for some minutes, for good if `until` is -1; or give them back."""
    if until < 0:
        reach(live, place, since)
        shift(live.stands[1, place, since : live.fields[place, UPTO]], by)
        live.fields[place, ONWARD] += by
    elif since < until:
        reach(live, place, until)
        shift(live.stands[1, place, since:until], by)


@compiled
def may_stay(
    world: Ints, live: Live, tail: int, place: int, since: int, until: int
) -> bool:
    """Whether a tail may stay at an airfield from then on until then; for good if that is -1."""
    most = parking_of(world, place)
    if most < 0 or base_of(world, tail) == place:
        return True
    upto = live.fields[place, UPTO]
    if (until < 0 or until > upto) and live.fields[place, ONWARD] >= most:
        return not (until < 0 or until > since)
    ends = upto if until < 0 else min(until, upto)
    span = live.stands[1, place, since:ends]
    full = 0
    while full < len(span) and span[full] < most:
        full += 1
    return full == len(span)
