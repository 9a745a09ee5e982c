"""`peyman show`, `play` and `thread`: a case as of a time, moment by moment, and its roots."""

import json
import sys
from pathlib import Path

import click

from peyman.case.asking.thread import Strand, sources_of, thread, walk
from peyman.case.boards.standing import standing
from peyman.case.load import load
from peyman.case.model import Case, Entry
from peyman.case.reading import read_case
from peyman.charter.moment import read_moment, show
from peyman.cli.board import WIDTH, board
from peyman.cli.printing import say, say_lines
from peyman.cli.reasons import print_why
from peyman.errors import PeymanError
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.verifying.verify import examine

_CASE = click.argument("case", type=click.Path(path_type=Path))


@click.command("show")
@_CASE
@click.option("--at", metavar="T", help="As of when; a date means the end of that day.")
@click.option("--known-at", metavar="T", help="What the record had by then.")
@click.option(
    "--why",
    metavar="ENTRY|DUTY",
    help="Why an entry (e70) has its effect, or an act (notify) is owed, in force or allowed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def show_command(
    case: Path,
    at: str | None,
    known_at: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    """Say who may, who must by when, who is late, what is in force and contested in CASE.

    Both clocks stand at the last entry; --known-at alone sets both.
    """
    read = load_case(case)
    reading = read_case(read, instant_of(at, read), instant_of(known_at, read))
    if why is not None:
        print_why(reading, why, as_json=as_json)
        return
    shown = standing(reading)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        say_lines(board(shown, read.zone, titles(read)))


@click.command("play")
@_CASE
@click.option("--step/--no-step", default=None, help="Wait for a key between moments.")
def play_command(case: Path, step: bool | None) -> None:
    """Play CASE moment by moment: what was entered, and the standing that it made.

    A moment is the end of a day on which acts were entered. At a terminal it waits for a
    key after each; `peyman show` gives the whole board of any moment.
    """
    read = load_case(case)
    waits = sys.stdin.isatty() and sys.stdout.isatty() if step is None else step
    for instant, entries in moments(read):
        say("=" * WIDTH)
        say(f"Entered by {show(instant)[:16].replace('T', ' ')} UTC")
        for entry in entries:
            if entry.kind not in ("source", "open"):
                say(shorten(f"  {entry.name:<6} {told(entry)}", WIDTH))
        say()
        reading = read_case(read, instant, instant)
        names = {entry.name for entry in entries}
        fresh = {
            verdict.matter or ""
            for charter in reading.charters.values()
            for verdict in charter.state.verdicts
            if verdict.doing.entry in names
        }
        say_lines(board(standing(reading), read.zone, titles(read), fresh))
        say()
        if waits:
            click.pause()


@click.command("thread")
@_CASE
@click.argument("entry")
def thread_command(case: Path, entry: str) -> None:
    """Follow ENTRY of CASE (such as e31) back to the words of the sources it rests on."""
    read = load_case(case)
    found = find_entry(read, entry)
    strand = thread(read, found)
    for depth, one in walk(strand):
        _print_strand(one, depth)
    say()
    for source in sources_of(strand):
        address = source.body.get("address", "no address")
        kind = "abstract" if source.body.get("abstract") else "received"
        say(f"{source.name}  {source.body['publisher']}: {source.body['title']}")
        say(f"      {source.body['published']}, {kind}, {address}")


def load_case(path: Path) -> Case:
    """Read the case of a case file whose bytes are bound; signatures are `verify`'s.

    Raises:
        PeymanError: If it is no case file, or not a genuine one.
    """
    case_file = read_case_file(path)
    for fault in examine(case_file, signatures=False).report.all_faults():
        raise PeymanError(
            f"{path.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Run `peyman verify` on it, and ask for it again.",
        )
    return load(case_file).case


def titles(case: Case) -> dict[str, str]:
    """Charter to its title."""
    return {name: charter.title for name, charter in case.charters.items()}


def find_entry(case: Case, name: str) -> Entry:
    """The entry of that name or commitment.

    Raises:
        PeymanError: If it is not here.
    """
    for entry in case.by_commitment().values():
        if name in (entry.name, entry.commitment):
            return entry
    raise PeymanError(
        f"There is no entry {name} in {case.origin}.",
        authority=f"the record, which has {case.size} entries",
        remedy=f"Name one of e0 to e{case.size - 1} that is here, or a commitment.",
    )


def moments(case: Case) -> list[tuple[int, tuple[Entry, ...]]]:
    """The ends of the days on which acts were entered, each with that day's entries."""
    days: dict[int, list[Entry]] = {}
    for entry in case.entries:
        end = read_moment(show(entry.entered)[:10], case.zone).hi
        while end <= entry.entered:
            end += 86_400
        days.setdefault(end, []).append(entry)
    return [
        (end, tuple(entries))
        for end, entries in days.items()
        if any(entry.kind == "act" for entry in entries)
    ]


def shorten(line: str, width: int) -> str:
    """One line, cut where it is longer than the board."""
    flat = line.replace("\n", " ")
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"


def told(entry: Entry) -> str:
    """One line of what an entry says."""
    body = entry.body
    acts = body.get("acts")
    if isinstance(acts, list):
        names = ", ".join(f"{act['under']}.{act['act']}" for act in acts)
        return f"act: {names}, at {entry.stated_at}"
    for field in (
        "says",
        "text",
        "what",
        "title",
        "reason",
        "serial",
        "office",
        "status",
    ):
        if field in body:
            return f"{entry.kind}: {body[field]}"
    return entry.kind


def _print_strand(strand: Strand, depth: int) -> None:
    again = " (above)" if strand.is_repeated else ""
    say(f"{'  ' * depth}{strand.entry.name}  {told(strand.entry)}{again}")
    if strand.span:
        say(f"{'  ' * depth}    words: {strand.span}")
    for commitment in strand.missing:
        say(f"{'  ' * (depth + 1)}{commitment[:16]}…  not here")


def instant_of(text: str | None, case: Case) -> int | None:
    """The instant that an option names; a date means the end of that day."""
    if text is None:
        return None
    moment = read_moment(text, case.zone)
    return moment.hi
