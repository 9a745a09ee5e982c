"""`peyman plan`: who covers what the mandate needs, how it gets there, what stays open and why."""

import json
from pathlib import Path
from typing import Any

import click

from peyman.case.planning.planned import planned
from peyman.case.reading import Reading, read_case
from peyman.cli.plan.disturbing import add_outlooks
from peyman.cli.plan.plan_drawings import write_drawings
from peyman.cli.plan.plan_entering import enter_filled
from peyman.cli.plan.plan_files import (
    read_filled,
    read_plan_file,
    write_plan,
    write_template,
)
from peyman.cli.plan.plan_keeping import (
    Wanted,
    approve,
    keep_plan,
    print_proposals,
    print_replanned,
    propose,
    read_plan_bytes,
)
from peyman.cli.plan.plan_printing import (
    TITLES,
    print_assignment,
    print_changes,
    print_movement,
)
from peyman.cli.plan.problems import Asked, answer_problem, problem_at, write_problems
from peyman.cli.plan.solving import Solver
from peyman.cli.showing import instant_of, load_case

Json = dict[str, Any]

_OF_CASES = (
    *("at", "known_at", "xlsx", "csv", "svg", "against", "template", "with", "problem"),
    *(
        "disturb",
        "replan",
        "now",
        "keep",
        "propose",
        "plan",
        "proposals",
        "approve",
        "enter",
        "as",
    ),
)
"""Options that only the plan of a case can answer."""

_FILE = click.Path(path_type=Path)


@click.command("plan")
@click.argument("case", type=_FILE)
@click.option("--at", metavar="T", help="As of when; a date means the end of that day.")
@click.option("--known-at", metavar="T", help="What the record had by then.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--xlsx", type=_FILE, help="Write the plan to this workbook.")
@click.option("--csv", type=_FILE, help="Write the plan to CSV files in this folder.")
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    default=10,
    show_default=True,
    help="How long to search for each movement; Ctrl-C keeps the best.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Of chance."
)
@click.option(
    "--disturb",
    type=click.IntRange(1),
    metavar="N",
    help="Will it hold? Carry it out N times with breakdowns, weather and late loads.",
)
@click.option("--cluster", metavar="ADDRESS", help="Do so on this Dask scheduler.")
@click.option("--svg", type=_FILE, help="Draw the plan: FILE-lines.svg and others.")
@click.option("--against", type=_FILE, help="A plan of --json: print what is changed.")
@click.option("--template", type=_FILE, help="Write a template (.xlsx, or a folder).")
@click.option("--with", type=_FILE, help="Plan with what a template says.")
@click.option("--enter", is_flag=True, help="Enter the rows of --with: all, or none.")
@click.option("--problem", type=_FILE, help="Write the movements: FILE-in.json, -home.")
@click.option(
    "--check", "plan_at", type=_FILE, help="Is this plan of a problem allowed?"
)
@click.option("--replan", is_flag=True, help="Make the plan in force again, from now.")
@click.option("--now", metavar="T", help="From when --replan plans; else this moment.")
@click.option(
    "--way",
    type=click.Choice(["in", "out"]),
    default="in",
    show_default=True,
    help="Which movement --keep and --propose mean.",
)
@click.option("--keep", type=_FILE, help="Write one movement's plan and its problem.")
@click.option("--propose", is_flag=True, help="Enter that plan, to be approved.")
@click.option("--plan", type=_FILE, help="Propose the plan that --keep wrote.")
@click.option("--proposals", is_flag=True, help="List the plans that the record keeps.")
@click.option("--approve", metavar="ENTRY", help="Put the plan of an entry in force.")
@click.option("--as", metavar="OFFICE", help="Who proposes, approves or enters.")
@click.option("--reason", default="", help="Why it is approved.")
def plan_command(
    case: Path, at: str | None, known_at: str | None, as_json: bool, **more: Any
) -> None:
    """Cover the requirement lines of CASE with its pledges, and say why one stays open.

    What stays open is part of the answer, and no failure: the rest is planned. What a template
    or a transport request says that came back (--with) is planned with; --enter enters its new rows
    instead, all or none, and passes over what stands already.

    CASE may be a movement problem as well, as --problem writes it and docs/force.md states it:
    its plan is printed, or a plan that somebody made is held against every rule (--check).

    Exit status: 0 there is a plan, 1 it is not allowed, 2 the input is bad.
    """
    solver = Solver(more["seconds"], more["seed"])
    if problem := problem_at(case):
        _refuse_for_problems({"at": at, "known_at": known_at, **more})
        answer_problem(problem, solver, more["plan_at"], as_json=as_json)
    elif more["plan_at"]:
        raise click.UsageError("--check asks for a problem, as --problem writes it.")
    elif entry := more["approve"]:
        approve(case, entry, more["as"], more["reason"])
    elif more["enter"]:
        if not more["with"]:
            raise click.UsageError("--enter asks for the file of --with.")
        enter_filled(case, more["with"], more["as"])
    else:
        read = load_case(case)
        reading = read_case(read, instant_of(at, read), instant_of(known_at, read))
        _plan_case(case, reading, solver, {"json": as_json, **more})


def _refuse_for_problems(given: Json) -> None:
    for name in _OF_CASES:
        if given[name]:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"A problem without a case takes no {option}.")


def _plan_case(case: Path, reading: Reading, solver: Solver, more: Json) -> None:
    if more["proposals"]:
        print_proposals(reading)
    elif more["keep"] or more["propose"]:
        _keep(case, reading, solver, more)
    elif more["replan"]:
        print_replanned(reading, more["now"], solver, as_json=more["json"])
    else:
        _print_plan(reading, solver, more)


def _keep(case: Path, reading: Reading, solver: Solver, more: Json) -> None:
    """Keep one movement's plan: in a file, in the record, or both."""
    if more["plan"]:
        data = read_plan_bytes(more["plan"])
    else:
        names = ("way", "now", "keep")
        told = {name: more[name] for name in names}
        wanted = Wanted(again=more["replan"], office=more["as"], **told)
        data = keep_plan(reading, wanted, solver)
    if more["propose"]:
        propose(case, more["as"], data)


def _print_plan(reading: Reading, solver: Solver, more: Json) -> None:
    read = reading.case
    if template := more["template"]:
        write_template(reading, template)
    came = more["with"]
    supposed = read_filled(came, reading).told(came.name) if came else None
    asked: list[Asked] = []
    made = planned(reading, solver, supposed, heard=asked.append)
    if target := more["problem"]:
        write_problems(target, asked)
    if count := more["disturb"]:
        add_outlooks(made, asked, count, more["seed"], more["cluster"])
    for path in filter(None, (more["xlsx"], more["csv"])):
        write_plan(made, read.title.get("en", read.origin), path)
    if svg := more["svg"]:
        write_drawings(made, read.zone, svg)
    if more["json"]:
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))
    elif before := more["against"]:
        print_changes(read_plan_file(before), made)
    else:
        print_assignment(made)
        print_movement(TITLES["in"], made["movement"])
        print_movement(TITLES["out"], made["withdrawal"])
