"""`peyman ask`: what would follow if somebody did something; nothing is written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from peyman.case.asking.supposing import Supposed, suppose
from peyman.case.boards.changes import Change
from peyman.charter.doing import Verdict
from peyman.charter.moment import show
from peyman.cli.printing import say
from peyman.cli.showing import instant_of, load_case
from peyman.cli.world import short

Json = dict[str, Any]


@click.command("ask")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--if",
    "supposed",
    metavar="SENTENCE",
    required=True,
    help='Such as "RU withdraw", "RU object to mandate", "council end at 2022-01-14".',
)
@click.option("--at", metavar="T", help="As of when; a date means the end of that day.")
@click.option("--known-at", metavar="T", help="What the record had by then.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def ask_command(
    context: click.Context,
    case: Path,
    supposed: str,
    at: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Say how the standing of CASE would differ if somebody did something.

    A sentence names who does which act of a charter, or casts which ballot: yes, no (or
    object), abstain, present or absent. Nothing is written.

    Exit status: 0 it would have effect, 1 it would have none, 2 a name in it stands for
    nothing, or for more than one thing.
    """
    read = load_case(case)
    answer = suppose(read, supposed, instant_of(at, read), instant_of(known_at, read))
    if as_json:
        click.echo(json.dumps(told(answer), ensure_ascii=False, indent=1))
    else:
        for line in lines(answer):
            say(line)
    context.exit(0 if answer.has_effect else 1)


def told(answer: Supposed) -> Json:
    """What `peyman ask --json` prints."""
    return {
        "case": answer.before.case.origin,
        "at": show(answer.after.at),
        "known_at": show(answer.before.known_at),
        "if": answer.said,
        "assumed": answer.assumed,
        "effect": answer.has_effect,
        "findings": [
            {
                "act": f"{charter}.{verdict.doing.act}",
                "finding": finding.code,
                "article": list(finding.articles),
                "checked": finding.checked,
                "text": finding.text,
                "effect": verdict.has_effect,
            }
            for charter, verdict in answer.verdicts
            for finding in verdict.findings
        ],
        "changes": [_changed(one) for one in answer.changes],
    }


def _changed(one: Change) -> Json:
    return {
        "change": "comes" if one.comes else "goes",
        "list": one.listed,
        "matter": one.matter,
        "act": one.act,
        "by": list(one.by),
        "article": list(one.articles),
        "due": one.due,
    }


def lines(answer: Supposed) -> Iterator[str]:
    """What `peyman ask` prints."""
    yield f"If {answer.said}, as of {short(show(answer.after.at))} UTC:"
    if answer.assumed is not None:
        yield f"  taken for granted: {answer.assumed}"
    for charter, verdict in answer.verdicts:
        yield from _found(charter, verdict)
    yield ""
    if not answer.changes:
        yield "No row of the standing would change."
    for one in answer.changes:
        yield _line(one)


def _found(charter: str, verdict: Verdict) -> Iterator[str]:
    effect = "it would have effect" if verdict.has_effect else "it would have NO EFFECT"
    yield f"  {charter}: {effect}"
    for finding in verdict.findings:
        articles = f" ({', '.join(finding.articles)})" if finding.articles else ""
        yield f"  {charter}: {finding.code}: {finding.text}{articles}"


def _line(one: Change) -> str:
    sign = "+" if one.comes else "-"
    name = one.act.rpartition(".")[2].replace("_", " ")
    articles = f" ({', '.join(one.articles)})" if one.articles else ""
    due = f", by {short(one.due['latest'])}" if one.due else ""
    listed = one.listed.replace("_", " ")
    who = ", ".join(one.by)
    return f"  {sign} {listed}: {name}{articles}, {who}{due} [{one.matter}]"
