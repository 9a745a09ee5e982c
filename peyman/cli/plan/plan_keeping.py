"""Plans in the record, at the terminal: keep one, propose it, approve it, plan again from now."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import Direction, movement
from peyman.case.reading import Reading
from peyman.case.tracking.kept_plan import (
    APPROVED,
    approval_draft,
    check_kept,
    held_as,
    in_force,
    kept_plans,
    may_approve,
    read_kept,
    source_draft,
    write_kept,
)
from peyman.case.tracking.replanned import replanned, replanned_json
from peyman.charter.moment import show
from peyman.cli.entering import source_file
from peyman.cli.files import bytes_of
from peyman.cli.office.keeper import Keeper
from peyman.cli.plan.plan_printing import TITLES, print_remaining
from peyman.cli.plan.solving import Solver
from peyman.cli.printing import say, short
from peyman.cli.showing import find_entry, instant_of
from peyman.errors import PeymanError

Json = dict[str, Any]
WAYS: tuple[Direction, ...] = ("in", "out")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plan is meant, and what is to be done with it.

    Attributes:
        again: Whether the plan in force is made again from `now`, or one from nothing.
        now: The moment from which is planned again, as it was typed.
        keep: The file that gets the plan.
        office: Who proposes or approves.
    """

    way: Direction
    again: bool
    now: str | None
    keep: Path | None
    office: str | None


def print_replanned(
    reading: Reading, now: str | None, solver: Solver, *, as_json: bool
) -> None:
    """Print what planning again from now would change of every plan in force."""
    at = _now(reading, now)
    found = [
        replanned_json(was, replanned(reading, was, at, solver), at)
        for way in WAYS
        if (was := in_force(reading, way)) is not None
    ]
    if not found:
        raise _none_in_force()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in found:
        _print_changes(one)


def keep_plan(reading: Reading, wanted: Wanted, solver: Solver) -> bytes:
    """Make the plan that is wanted, and write it with its problem where that is asked."""
    if wanted.again:
        was = in_force(reading, wanted.way)
        if was is None:
            raise _none_in_force()
        kept = replanned(reading, was, _now(reading, wanted.now), solver).kept
        data = write_kept(kept.direction, kept.problem, kept.plan)
    else:
        problem = movement(reading, generation(reading), wanted.way)
        data = write_kept(wanted.way, problem, solver(problem))
    check_kept(read_kept(data))
    if wanted.keep is not None:
        wanted.keep.write_bytes(data)
        say(f"{wanted.keep}: {TITLES[wanted.way]}, {len(data)} bytes")
    return data


def propose(case: Path, office: str | None, data: bytes) -> None:
    """Enter a plan into a case, for an office to approve; the same plan only once."""
    keeper = Keeper(case, office)
    here = held_as(keeper.door.case.entries, data)
    if here is not None:
        say(f"{here.name}: this plan is here already; nothing was entered")
        return
    draft = source_draft(data, keeper.office, show(keeper.clock))
    keeper.print(keeper.enter(draft, source_file(data)))


def approve(case: Path, entry: str, office: str | None, reason: str) -> None:
    """Put the plan of an entry in force, for an office of a charter.

    Raises:
        PeymanError: If the entry keeps no plan, or the office may put none in force.
    """
    keeper = Keeper(case, office)
    known = keeper.door.case
    found = find_entry(known, entry)
    if found.commitment not in known.plans:
        raise PeymanError(
            f"{entry} keeps no plan.",
            authority="docs/record.md, section 3: a plan that is kept",
            remedy="Name one that `peyman plan CASE --proposals` lists.",
        )
    if not may_approve(known, keeper.office):
        raise PeymanError(
            f"{keeper.office} puts no plan in force.",
            authority="docs/decisions/0025-plans-in-the-record.md",
            remedy="Approve with --as CHARTER/OFFICE, an office or organ of a charter.",
        )
    draft = approval_draft(found.commitment, show(keeper.clock), reason)
    keeper.print(keeper.enter(draft))


def print_proposals(reading: Reading) -> None:
    """Print every plan in the record: what it is worth, and which is in force."""
    plans = kept_plans(reading)
    if not plans:
        say("No plan is kept in the record.")
    standing = {one.entry.name for way in WAYS if (one := in_force(reading, way))}
    for one in plans:
        values = ", ".join(f"{o.name} {o.value}" for o in one.kept.plan.objectives)
        mark = "  IN FORCE" if one.entry.name in standing else ""
        say(f"{one.entry.name}  {TITLES[one.kept.direction]}: {values}{mark}")
        for note in one.approvals:
            why = str(note.body["text"]).removeprefix(APPROVED).strip()
            say(f"      approved by {note.signer}, {note.name}{why and f': {why}'}")


def read_plan_bytes(path: Path) -> bytes:
    """A plan that `--keep` wrote, read and checked."""
    data = bytes_of(path)
    check_kept(read_kept(data))
    return data


def _now(reading: Reading, text: str | None) -> int:
    """The moment that was typed; else the clock's in a live case, the reading's in another."""
    if text is not None:
        return instant_of(text, reading.case) or reading.at
    return reading.at if reading.case.is_reconstructed else int(time.time())


def _print_changes(one: Json) -> None:
    counts = one["counts"]
    say(
        f"{TITLES[one['direction']]}, {one['in_force']} made again from"
        f" {short(one['from'])} UTC: {counts['kept']} serials kept,"
        f" {counts['moved']} moved, {counts['new']} new, {counts['dropped']} dropped"
    )
    if not one["happened"]:
        say("  nothing happened that changes it")
    for told in one["happened"]:
        mark = "DECIDE: " if told["needs_decision"] else ""
        say(f"  {mark}{told['says']} {', '.join(told['entries'])}".rstrip())
    for row in one["serials"]:
        if row["change"] != "kept":
            say(f"  {row['change']:<8}{row['serial']}  {_told(row)}")
    for goal in one["objectives"]:
        say(f"  {goal['name']}: {goal['was']} -> {goal['now']}")
    print_remaining(one["remaining"])
    for wrong in one["violations"]:
        say(f"  NOT ALLOWED: {wrong}")


def _told(row: Json) -> str:
    ends = [_times(row[name]) for name in ("was", "now") if row[name]]
    return " -> ".join(ends)


def _times(row: Json) -> str:
    what = row["tail"] or row["mode"]
    leaves, comes = short(row["depart"]), short(row["arrive"])
    return f"{row['from']} {leaves} to {row['to']} {comes} ({what})"


def _none_in_force() -> PeymanError:
    return PeymanError(
        "No plan is in force, so there is none to make again.",
        authority="docs/decisions/0025-plans-in-the-record.md",
        remedy="Propose one (--propose), and have an office approve it (--approve).",
    )
