"""`peyman plan`: who covers what the mandate needs, how it gets there, what stays open and why."""

import json
from pathlib import Path
from typing import Any

import click

from peyman.case.planned import planned
from peyman.case.reading import Reading, read_case
from peyman.cli.plan_drawings import write_drawings
from peyman.cli.plan_files import (
    read_filled,
    read_plan_file,
    write_plan,
    write_template,
)
from peyman.cli.plan_keeping import (
    Wanted,
    approve,
    keep_plan,
    print_proposals,
    print_replanned,
    propose,
    read_plan_bytes,
)
from peyman.cli.printing import say
from peyman.cli.showing import instant_of, load_case
from peyman.cli.solving import Solver
from peyman.force.schedule import changes

Json = dict[str, Any]

_UNITS = {
    "undelivered": " weighted kg",
    "lateness": " weighted kg-minutes",
    "closure": " minutes after its beginning",
    "lift": " minutes flown",
}
"""What an objective of a movement counts: docs/force.md, "What is best"."""

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
@click.option("--seed", type=int, default=0, show_default=True, help="Of the search.")
@click.option("--svg", type=_FILE, help="Draw the plan: FILE-lines.svg and others.")
@click.option("--against", type=_FILE, help="A plan of --json: print what is changed.")
@click.option("--template", type=_FILE, help="Write a template (.xlsx, or a folder).")
@click.option("--with", "filled", type=_FILE, help="Plan with what a template says.")
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
@click.option("--plan", "made", type=_FILE, help="Propose the plan that --keep wrote.")
@click.option("--proposals", is_flag=True, help="List the plans that the record keeps.")
@click.option("--approve", metavar="ENTRY", help="Put the plan of an entry in force.")
@click.option("--as", "office", metavar="OFFICE", help="Who proposes or approves.")
@click.option("--reason", default="", help="Why it is approved.")
def plan_command(
    case: Path, at: str | None, known_at: str | None, as_json: bool, **more: Any
) -> None:
    """Cover the requirement lines of CASE with its pledges, and say why one stays open.

    What stays open is part of the answer, and no failure: the rest is planned. What a template
    says (--with) is planned with and not entered.

    Exit status: 0 there is a plan, 2 the input is bad.
    """
    if entry := more["approve"]:
        return approve(case, entry, more["office"], more["reason"])
    read = load_case(case)
    reading = read_case(read, instant_of(at, read), instant_of(known_at, read))
    if more["proposals"]:
        return print_proposals(reading)
    if more["keep"] or more["propose"]:
        return _keep(case, reading, more)
    if more["replan"]:
        return print_replanned(reading, more["now"], as_json=as_json)
    return _print_plan(reading, as_json, more)


def _keep(case: Path, reading: Reading, more: Json) -> None:
    """Keep one movement's plan: in a file, in the record, or both."""
    if more["made"]:
        data = read_plan_bytes(more["made"])
    else:
        names = ("way", "now", "keep", "office")
        wanted = Wanted(again=more["replan"], **{name: more[name] for name in names})
        data = keep_plan(reading, wanted, Solver(more["seconds"], more["seed"]))
    if more["propose"]:
        propose(case, more["office"], data)


def _print_plan(reading: Reading, as_json: bool, more: Json) -> None:
    read = reading.case
    if template := more["template"]:
        write_template(reading, template)
    supposed = read_filled(more["filled"]) if more["filled"] else None
    solver = Solver(more["seconds"], more["seed"])
    made = planned(reading, solver, supposed)
    for path in filter(None, (more["xlsx"], more["csv"])):
        write_plan(made, read.title.get("en", read.origin), path)
    if svg := more["svg"]:
        write_drawings(made, read.zone, svg)
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))
    elif before := more["against"]:
        print_changes(read_plan_file(before), made)
    else:
        print_assignment(made)
        print_movement("Movement in", made["movement"])
        print_movement("Movement home", made["withdrawal"])


def print_changes(before: Json, made: Json) -> None:
    """Print which serials another plan has changed, for somebody to approve."""
    for way in ("movement", "withdrawal"):
        found = changes(before[way]["serials"], made[way]["serials"])
        loaded = [one for one in before[way]["serials"] if one["parts"]]
        same = len(loaded) - sum(one["change"] != "new" for one in found)
        say(f"{way}: {same} of {len(loaded)} serials unchanged")
        for one in found:
            what = f": {', '.join(one['fields'])}" if one["fields"] else ""
            say(f"  {one['serial']} {one['change']}{what}")


def print_assignment(made: Json) -> None:
    """Print the board: each line, who covers it, what is open, and the assumptions."""
    if not made["lines"]:
        say("No requirement line is entered: there is nothing to cover.")
    for line in made["lines"]:
        _print_line(line, made)
    for task in made["drafts"]:
        say(f"No line yet for the task: {task}")
    say()
    _print_objectives(made["objectives"])
    if made["assumptions"]:
        say()
        say("Assumed, because nobody tells it:")
        for told in made["assumptions"]:
            say(f"  {told}")


def _print_line(line: Json, made: Json) -> None:
    required = f", by {line['required'][:16]}" if line["required"] else ""
    say(
        f"{line['priority']}  {line['line']}: {line['covered']} of {line['quantity']}"
        f" {line['unit']}, {line['place']}{required}, {line['entry']}"
    )
    for one in made["assignment"]:
        if one["line"] == line["line"]:
            how = ", reckoned from its people" if one["reckoned"] else ""
            say(
                f"     {one['member']} gives {one['quantity']}{how}, {one['entries'][1]}"
            )
    for one in made["unmet"]:
        if one["line"] == line["line"]:
            say(f"     open: {one['quantity']}")
            for reason in one["reasons"]:
                entry = f" {reason['entry']}" if reason["entry"] else ""
                say(f"       {reason['says']}{entry}")


def print_movement(title: str, made: Json) -> None:
    """Print a movement: its span, each line's closure, how good it is, what is not moved."""
    if not made["serials"] and not made["unmet"]:
        return
    loaded = sum(bool(one["parts"]) for one in made["serials"])
    say()
    standing = ", the plan in force, " + made["in_force"] if made["in_force"] else ""
    say(
        f"{title}{standing}, from {_short(made['from'])} UTC: {loaded} serials with loads,"
    )
    say(
        f"  {len(made['serials'])} in all; closure {_short(made['closure'] or 'none')} UTC"
    )
    for line, closes in made["lines"].items():
        say(f"  {line}: there by {_short(closes)}")
    for one in made["unmet"]:
        say(f"  not moved: {one['load']}, {one['quantity']} {one['unit']}")
        for reason in one["reasons"]:
            say(f"    {reason['says']}")
    _print_objectives(made["objectives"])
    for told in made["held_up"]["says"]:
        say(f"  {told}")
    _print_days(made)
    for told in made["violations"]:
        say(f"  NOT ALLOWED: {told}")


def _print_days(made: Json) -> None:
    """Print what was reported beside the plan: by serial where it is named, and by day."""
    for one in made["followed"]:
        if one["outcome"] not in ("to come", "not reported"):
            say(f"  {one['serial']} {one['outcome']}, {', '.join(one['reports'])}")
    told = [one for one in made["days"] if one["announced"]["serials"]]
    told += [one for one in made["days"] if one["reported"]["serials"]]
    if not told:
        return
    say("  by day: serials and people planned; announced; reported")
    for one in made["days"]:
        planned = f"{one['planned']['serials']} ({one['planned']['people']})"
        say(f"    {one['day']}  {planned}; {_sums(one, 'announced')}; {_sums(one)}")


def _sums(one: Json, state: str = "reported") -> str:
    """What serials of a day count, each unit alone; a dash where there is none."""
    sums = one[state]
    if not sums["serials"]:
        return "-"
    units = ("flights", "aircraft", "people")
    found = [f"{sums[unit]} {unit}" for unit in units if sums[unit]] or ["no number"]
    return f"{', '.join(found)} ({', '.join(sums['entries'])})"


def _print_objectives(objectives: list[Json]) -> None:
    for one in objectives:
        proof = "proven best" if one["gap"] == 0 else f"gap {one['gap']:.1%}"
        unit = _UNITS.get(one["name"], "")
        say(f"{one['name']}: {one['value']}{unit} (bound {one['bound']}, {proof})")


def _short(instant: str) -> str:
    return instant[:16].replace("T", " ")
