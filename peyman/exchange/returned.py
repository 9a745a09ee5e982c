"""What comes back from people who worked offline: a template, transport requests, or both.

The rows are planned with, and entered by whoever may (`peyman.case.entering.rows`).
"""

from collections.abc import Mapping

from peyman.case.boards.claims import seen
from peyman.case.entering.rows import Steps, steps_of
from peyman.case.reading import Reading
from peyman.exchange.asked_back import SHEETS, read_requests
from peyman.exchange.sheets import COLUMNS, Filled, Grid, read_sheets, through


def read_returned(grids: Mapping[str, Grid], reading: Reading) -> Filled:
    """Read every sheet that is a template's or of transport requests; others are left alone."""
    requests = [
        read_requests(grid, reading) for name, grid in grids.items() if name in SHEETS
    ]
    if not requests or any(kind in grids for kind in COLUMNS):
        requests.append(read_sheets(grids))
    return Filled(
        tuple(row for one in requests for row in one.rows),
        tuple(fault for one in requests for fault in one.faults),
        tuple(dict.fromkeys(kind for one in requests for kind in one.kinds)),
        tuple(text for one in requests for text in one.texts),
    )


def new_steps(reading: Reading, filled: Filled) -> Steps:
    """The rows that say something new, held against what stands in a case."""
    return steps_of(seen(reading), filled.rows, through)
