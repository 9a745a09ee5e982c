"""Print a plan: the board, each movement, and what another plan changed."""

from typing import Any

from peyman.cli.plan.disturbing import print_outlook
from peyman.cli.plan.problems import print_objective
from peyman.cli.printing import say, short
from peyman.force.schedule import changes

Json = dict[str, Any]

TITLES = {"in": "Movement in", "out": "Movement home"}


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
        f"{title}{standing}, from {short(made['from'])} UTC: {loaded} serials with loads,"
    )
    say(
        f"  {len(made['serials'])} in all; closure {short(made['closure'] or 'none')} UTC"
    )
    for line, closes in made["lines"].items():
        say(f"  {line}: there by {short(closes)}")
    for one in made["unmet"]:
        say(f"  not moved: {one['load']}, {one['quantity']} {one['unit']}")
        for reason in one["reasons"]:
            say(f"    {reason['says']}")
    _print_worth(made)
    for told in made["held_up"]["says"]:
        say(f"  {told}")
    _print_days(made)
    for told in made["violations"]:
        say(f"  NOT ALLOWED: {told}")
    if "outlook" in made:
        print_outlook(title, made["outlook"])


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


def _print_worth(made: Json) -> None:
    """Print the objectives; where something had begun, those of what remains beside the whole."""
    if made["remaining"] is None:
        _print_objectives(made["objectives"])
        return
    for one in made["objectives"]:
        say(f"  {one['name']} in all: {one['value']}")
    print_remaining(made["remaining"])


def print_remaining(made: Json | None) -> None:
    """Print how good a plan is for what had not begun, and for what the bounds hold."""
    if made is not None:
        say(f"  {made['says']}")
        _print_objectives(made["objectives"], "  of what remains, ")


def _print_objectives(objectives: list[Json], before: str = "") -> None:
    for one in objectives:
        name = f"{before}{one['name']}"
        print_objective(one["name"], one["value"], one["bound"], one["gap"], name)
