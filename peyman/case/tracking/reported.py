"""When the serials of a plan did what they did, by the reports that name them.

A report that tells a departure or an arrival moves the serial to it; what it does not tell takes as
long as it was planned to. A report that something is late never makes it early, and one that tells only the
day is as late as that day goes. Other reports count where they tell the hour.
"""

from collections.abc import Mapping

from peyman.case.boards.claims import seen
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.case.tracking.kept_plan import Kept
from peyman.charter.moment import read_instant, read_moment
from peyman.force.live.begun import Times
from peyman.force.plan import Convoy, Flight

_EXACT_S = 3600
"""What is told more roughly than to the hour is taken of a late serial alone."""


def flown_times(reading: Reading, kept: Kept, now: int) -> Mapping[str, Times]:
    """Serial to its reported times, of those that a report gives a time; the last one holds.

    Args:
        reading: The case.
        kept: The plan in force.
        now: The minute from which is planned; what is late without a time is not over before.
    """
    planned: dict[str, Flight | Convoy] = {one.serial: one for one in kept.plan.flights}
    planned |= {one.serial: one for one in kept.plan.convoys}
    first = read_instant(kept.problem.epoch)
    found: dict[str, Times] = {}
    for entry in seen(reading):
        one = planned.get(str(entry.body.get("planned")))
        if entry.kind != "serial" or one is None or entry.body["state"] != "reported":
            continue
        depart, arrive = (_minute(entry, name, first) for name in ("depart", "arrive"))
        is_late = entry.body.get("outcome") == "late"
        if is_late and depart is None and arrive is None:
            arrive = _not_before(one, now)
        if depart is not None or arrive is not None:
            if depart is None and arrive is not None and one.start >= now:
                was = _planned(one)
                depart = max(arrive - (was.arrive - was.depart), 0)
            found[one.serial] = _times(one, depart, arrive, is_late=is_late)
    return found


def _minute(entry: Entry, name: str, first: int) -> int | None:
    """A time that a report tells, as a minute of the problem; None where it tells none."""
    told = str(entry.body.get(name, "unknown"))
    if told == "unknown":
        return None
    at = read_moment(told, entry.zone)
    if entry.body.get("outcome") != "late" and at.hi - at.lo > _EXACT_S:
        return None
    return max((at.hi - first) // 60, 0)


def _not_before(one: Flight | Convoy, now: int) -> int | None:
    """The arrival of what is late, without a time, and began before now: its tail is not free yet."""
    if one.start >= now:
        return None
    if isinstance(one, Convoy):
        return max(one.arrive, now)
    return max(one.arrive, now - (one.ready - one.arrive))


def _times(
    one: Flight | Convoy, depart: int | None, arrive: int | None, *, is_late: bool
) -> Times:
    was = _planned(one)
    if is_late:
        depart = None if depart is None else max(depart, was.depart)
        arrive = None if arrive is None else max(arrive, was.arrive)
    if depart is None:
        depart = was.depart if arrive is None else min(was.depart, arrive)
    if arrive is None:
        arrive = depart + was.arrive - was.depart
    depart = min(depart, arrive)
    return Times(
        start=max(depart - (was.depart - was.start), 0),
        depart=depart,
        arrive=arrive,
        unloaded=arrive + was.unloaded - was.arrive,
        ready=arrive + was.ready - was.arrive,
    )


def _planned(one: Flight | Convoy) -> Times:
    if isinstance(one, Convoy):
        return Times(one.start, one.start, one.arrive, one.arrive, one.arrive)
    return Times(one.start, one.depart, one.arrive, one.unloaded, one.ready)
