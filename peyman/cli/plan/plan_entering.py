"""`peyman plan --with FILE --enter`: the rows of a file that came back, entered in the record."""

from pathlib import Path

from peyman.case.entering.rows import enter_rows
from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import may_approve
from peyman.charter.moment import show
from peyman.cli.office.keeper import Keeper
from peyman.cli.office.rehearsing import Rehearsal
from peyman.cli.plan.plan_files import read_filled
from peyman.cli.printing import say
from peyman.exchange.returned import new_steps


def enter_filled(case: Path, file: Path, office: str | None) -> None:
    """Enter every row that says something new, for an office; all of them, or none.

    Raises:
        PeymanError: If a cell does not fit, or the record refuses a row.
    """
    keeper = Keeper(case, office)
    known = keeper.door.case
    reading = read_case(known)
    found = new_steps(reading, read_filled(file, reading))
    performs = frozenset({"pledge"})
    if may_approve(known, keeper.office) and not known.is_reconstructed:
        performs |= {"requirement"}
    told = (keeper.office, show(keeper.clock), performs)
    enter_rows(found.steps, Rehearsal(keeper).enter, *told)
    for one in enter_rows(found.steps, keeper.enter, *told):
        keeper.print(one)
    say(f"{len(found.steps)} rows entered; {found.stand} stand already, unchanged.")
