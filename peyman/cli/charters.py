"""`peyman check`: read a charter, verify it, and say what it holds and what is found."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from peyman.charter.model import Charter, Text
from peyman.charter.read import read_charter
from peyman.charter.verification.report import Decision, Found, Report, Way, verify
from peyman.cli.library import charter_path
from peyman.cli.printing import say


@click.command("check")
@click.argument("charter")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
@click.option(
    "--on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Verify the text of that day; by default the last.",
)
@click.pass_context
def check_command(
    context: click.Context, charter: str, as_json: bool, on: datetime | None
) -> None:
    """Read CHARTER, an id or a TOML file, and verify it.

    Asked are: acts that can never be done, duties that may be owed and never met, powers
    that go on without a vote, and deeds or texts that only a vote lets one out of; who can
    block what, and what stops when an organ never meets. `known` in an act acknowledges
    what is found of it.

    Exit status: 0 nothing is found that the charter does not acknowledge, 1 something
    is, 2 it cannot be read; the line and the reason are named.
    """
    read = _read(charter_path(charter))
    report = verify(read, on.date() if on else None)
    if as_json:
        told = summary(read, report)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in lines(read, report):
            say(line)
    context.exit(1 if report.open else 0)


def _read(path: Path) -> Charter:
    return read_charter(path.read_bytes(), id=path.stem, name=path.name)


def summary(charter: Charter, report: Report) -> dict[str, object]:
    """What `peyman check --json` prints."""
    text = charter.on(report.day)
    return {
        "charter": charter.id,
        "title": charter.title,
        "acts": list(charter.names),
        "versions": [str(one.since) for one in charter.versions],
        "checked": marks(text),
        "on": str(_since(text, report.day)),
        "states": report.states,
        "found": [_told(one) for one in report.found],
        "decisions": [_decision(one) for one in report.decisions],
        "ways_out": [_way(one) for one in report.ways],
        "never_meets": [
            {
                "organ": one.organ,
                "kind": one.kind,
                "never": list(one.never),
                "owed": list(one.owed),
                "text": one.text,
            }
            for one in report.stops
        ],
        "without_a_day": [
            {"act": one.act, "because": one.because, "article": list(one.articles)}
            for one in report.undated
        ],
    }


def marks(text: Text) -> dict[str, list[str]]:
    """How surely each article was read, to the names of those read so."""
    found: dict[str, list[str]] = {"text": [], "secondary": [], "memory": []}
    for article in text.articles.values():
        found[article.checked].append(article.name)
    return found


def _since(text: Text, day: date) -> date:
    """From when a text reads so; the day itself where it always did."""
    return day if text.since == date.min else text.since


def _told(found: Found) -> dict[str, object]:
    return {
        "finding": found.finding,
        "act": found.act,
        "article": list(found.articles),
        "text": found.text,
        "story": list(found.story),
        "known": found.known,
    }


def _decision(one: Decision) -> dict[str, object]:
    block = one.block
    return {
        "rule": block.rule.name,
        "article": [block.rule.art] if block.rule.art else [],
        "acts": list(one.acts),
        "carry": [rule.carry for rule in block.rules],
        "roll": block.roll if block.is_known else None,
        "fewest": block.fewest,
        "saying_no": block.noes,
        "alone": list(block.alone),
        "text": one.text,
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "act": way.act,
        "article": list(way.articles),
        "free": way.is_free,
        "votes": list(way.votes),
        "text": way.text,
        "story": list(way.story),
    }


def lines(charter: Charter, report: Report) -> Iterator[str]:
    """What `peyman check` prints."""
    text = charter.on(report.day)
    yield f"{charter.id}: {charter.title}"
    yield (
        f"{len(charter.names)} acts, {len(text.articles)} articles,"
        f" {len(charter.versions)} versions of the text"
    )
    for mark, names in marks(text).items():
        yield f"  known by {mark}: {', '.join(names) or 'none'}"
    yield ""
    yield f"Verified as it reads on {report.day}; {report.states} states walked."
    yield from _found(report)
    yield from _answers(report)


def _found(report: Report) -> Iterator[str]:
    if not report.found:
        yield "Nothing is found."
    for one in sorted(report.found, key=lambda one: one.known is not None):
        yield ""
        how = "Found" if one.known is None else "Found, and acknowledged"
        yield f"{how}: {_named(one.act, one.articles)}: {one.finding}"
        yield from _story(one.story)
        yield f"  {one.text}."
        if one.known is not None:
            yield f"  It is meant so: {one.known}"


def _answers(report: Report) -> Iterator[str]:
    yield from _titled("Who can block a decision", map(_blocks, report.decisions))
    ways = (line for way in report.ways for line in _way_told(way))
    yield from _titled("Ways out", ways)
    stops = (f"  {one.kind}: {one.text}" for one in report.stops)
    yield from _titled("If an organ never meets", stops)
    undated = (
        f"  {_named(one.act, one.articles)}, because of {_short(one.because)}"
        for one in report.undated
    )
    yield from _titled("Owed without a day, so that nobody is ever late", undated)


def _titled(title: str, told: Iterator[str]) -> Iterator[str]:
    listed = list(told)
    if listed:
        yield ""
        yield f"{title}:"
        yield from listed


def _blocks(one: Decision) -> str:
    acts = ", ".join(_short(act) for act in one.acts)
    block = one.block
    who = f" ({', '.join(block.alone)})" if 0 < len(block.alone) < block.roll else ""
    return f"  {block.rule.name}: {one.text}{who}. Decides {acts}"


def _way_told(way: Way) -> Iterator[str]:
    yield f"  {_named(way.act, way.articles)}: {way.text}"
    yield from _story(way.story, "    ")


def _story(story: tuple[str, ...], indent: str = "  ") -> Iterator[str]:
    for number, sentence in enumerate(story, 1):
        yield f"{indent}{number}. {sentence}"


def _named(act: str, articles: tuple[str, ...]) -> str:
    return f"{_short(act)} ({', '.join(articles)})" if articles else _short(act)


def _short(act: str) -> str:
    return act.partition(".")[2]
