"""When: a column of times as microseconds since 1970, with what is doubtful about each.

A time with its offset is an instant. Without one it is read in a zone that the caller
names, and marked. A date is the whole of that day in the zone. What is no time at all, or
lies outside of the years 1900 to 2999, is marked, and its case will have no verdict.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntFlag

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peyman.charter.moment import start_of, zone_of

MICRO = 1_000_000
_OFFSET = r"\d[Tt ]?.*(Z|z|[+-]\d\d:?\d\d)$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_FIRST, _LAST = (
    int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * MICRO for year in (1900, 3000)
)


class Doubt(IntFlag):
    """What is doubtful about a row."""

    NO_TIME = 1
    NO_TIME_READ = 2
    NAIVE = 4
    AWARE = 8
    NO_CASE = 16
    NO_ACT = 32


@dataclass(frozen=True, slots=True)
class Times:
    """One entry a row: microseconds since 1970, seconds that it lasts, doubts."""

    at: NDArray[np.int64]
    lasts_s: NDArray[np.int32]
    doubts: NDArray[np.uint8]


def times_of(column: pa.Array, zone: str) -> Times:
    """Read a column of timestamps, dates or texts, with days and naive times in `zone`."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        return _stamps(column, zone, is_aware=column.type.tz is not None)
    if pa.types.is_date(column.type):
        return _days(column.cast(pa.date32()), zone)
    return _texts(column.cast(pa.string()), zone)


def _blank(many: int) -> Times:
    return Times(
        np.zeros(many, np.int64), np.zeros(many, np.int32), np.zeros(many, np.uint8)
    )


def _stamps(column: pa.Array, zone: str, *, is_aware: bool) -> Times:
    kind = pa.timestamp("us", column.type.tz)
    plain = column.cast(kind, safe=False).cast(pa.int64())
    at = plain.fill_null(0).to_numpy(zero_copy_only=False)
    many, doubt = len(at), Doubt.AWARE if is_aware else Doubt.NAIVE
    times = Times(at, np.zeros(many, np.int32), np.full(many, doubt, np.uint8))
    in_range: slice | NDArray[np.bool_] = slice(None)
    if column.null_count or at.min(initial=0) < _FIRST or at.max(initial=0) >= _LAST:
        there = pc.is_valid(column).to_numpy(zero_copy_only=False)
        good = there & (at >= _FIRST) & (at < _LAST)
        times.doubts[~good] = Doubt.NO_TIME_READ
        times.doubts[~there] = Doubt.NO_TIME
        at, in_range = np.where(good, at, 0), good
    if not is_aware:
        at = at.copy()
        at[in_range] -= _offsets(at[in_range], zone)
    return replace(times, at=at)


def _offsets(local: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """How far a zone is ahead of UTC at local times, asked once a quarter of an hour."""
    quarter = 900 * MICRO
    coded = pa.array(local // quarter).dictionary_encode()
    ahead = [
        _ahead(int(number) * 900, zone) * MICRO
        for number in coded.dictionary.to_pylist()
    ]
    where: NDArray[np.int64] = np.asarray(ahead, np.int64)[coded.indices.to_numpy()]
    return where


def _ahead(local_s: int, zone: str) -> int:
    naive = datetime(1970, 1, 1) + timedelta(seconds=local_s)  # noqa: DTZ001  (local)
    offset = naive.replace(tzinfo=zone_of(zone)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _days(column: pa.Array, zone: str) -> Times:
    times = _blank(len(column))
    coded = column.dictionary_encode()
    edges = [_day(day, zone) for day in coded.dictionary.to_pylist()]
    places = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    for number, (at, lasts_s, doubt) in enumerate(edges):
        here = places == number
        times.at[here], times.lasts_s[here], times.doubts[here] = at, lasts_s, doubt
    times.doubts[places < 0] = Doubt.NO_TIME
    return times


def _day(day: date, zone: str) -> tuple[int, int, int]:
    if not 1900 <= day.year < 3000:
        return 0, 0, Doubt.NO_TIME_READ
    first = start_of(day, zone)
    return first * MICRO, start_of(day + timedelta(days=1), zone) - first, 0


def _texts(column: pa.Array, zone: str) -> Times:
    """Texts: all of one kind as one column, else each kind by itself."""
    times = _blank(len(column))
    left = pc.is_valid(column).to_numpy(zero_copy_only=False)
    times.doubts[~left] = Doubt.NO_TIME
    days = _matching(column, _DAY) & left
    aware = _matching(column, _OFFSET) & left & ~days
    for mask, kind in (
        (days, pa.date32()),
        (aware, pa.timestamp("us", "UTC")),
        (left & ~days & ~aware, pa.timestamp("us")),
    ):
        if mask.any():
            some = column if mask.all() else column.filter(pa.array(mask))
            read = times_of(_cast(some, kind), zone)
            times.at[mask], times.lasts_s[mask] = read.at, read.lasts_s
            unread = read.doubts == Doubt.NO_TIME
            times.doubts[mask] = np.where(unread, Doubt.NO_TIME_READ, read.doubts)
    return times


def _matching(column: pa.Array, pattern: str) -> NDArray[np.bool_]:
    found = pc.match_substring_regex(column, pattern).fill_null(False)
    mask: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return mask


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column of texts as times; one by one, where one of them is none."""
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        return pa.array([_read(text, kind) for text in column.to_pylist()], kind)


def _read(text: str, kind: pa.DataType) -> date | datetime | None:
    try:
        if pa.types.is_date(kind):
            return date.fromisoformat(text.strip())
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if (found.tzinfo is None) == (kind.tz is None) else None
