"""Who may go when loads wait for others and units keep together: for tests that try every schedule."""

NOT_YET = None
"""Of a load of which nothing has been unloaded; else where, when first and when last."""


def may_begin(asked, parts, now, left, off):
    """Whether so many pieces of each load may be loaded then."""
    number = {one.id: i for i, one in enumerate(asked.loads)}
    return all(
        left[number[name]] == 0 and off[number[name]][2] <= now
        for one, n in zip(asked.loads, parts, strict=True)
        if n
        for name in one.after
    )


def unloaded(parts, place, at, off):
    """What has been unloaded once these are."""
    return tuple(
        (place, at, at)
        if n and old is NOT_YET
        else (old[0] if old[0] == place else "apart", min(old[1], at), max(old[2], at))
        if n
        else old
        for n, old in zip(parts, off, strict=True)
    )


def is_together(asked, off):
    """Whether units that keep together have come to one place, and within their minutes."""
    within: dict[str, int] = {}
    for one in asked.loads:
        if one.within_min is not None:
            within[one.unit] = min(one.within_min, within.get(one.unit, 99))
    for unit, most in within.items():
        rows = [
            one
            for load, one in zip(asked.loads, off, strict=True)
            if load.unit == unit and one is not NOT_YET
        ]
        places = {place for place, _, _ in rows}
        first = min((lo for _, lo, _ in rows), default=0)
        last = max((hi for _, _, hi in rows), default=0)
        if len(places) > 1 or "apart" in places or last - first > most:
            return False
    return True
