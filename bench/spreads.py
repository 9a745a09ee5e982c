"""Say many measurements in one line."""

import statistics
from collections.abc import Sequence


def spread(values: Sequence[float]) -> str:
    """Median, then 10th and 90th percentile in brackets."""
    # Of one measurement nothing is spread.
    known = values if len(values) > 1 else [*values, *values]
    tenths = statistics.quantiles(known, n=10, method="inclusive")
    brackets = f"[{tenths[0]:.2f}, {tenths[-1]:.2f}]"
    return f"{statistics.median(values):7.2f} {brackets:16}"
