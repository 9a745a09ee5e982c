"""`peyman read`: what a report says, as proposals. Offline and the same every time."""

import json
from pathlib import Path

import click

from peyman.cli.files import bytes_of
from peyman.cli.printing import say
from peyman.picture.read import read_report
from peyman.picture.source import receive


@click.command("read")
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--published", metavar="DATE", help="When the report was published.")
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
def read_command(report: Path, published: str | None, as_json: bool) -> None:
    """Propose the claims of REPORT: exact words, who says so, where, when.

    Nothing is accepted: `peyman open` and `peyman accept` make a case of them.
    """
    reading = read_report(receive(bytes_of(report), published))
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
        return
    for claim in reading.claims:
        kind = claim.type or "no type"
        say(f"{claim.id}  {claim.span.start}:{claim.span.end}  {kind}")
        say(f"  {' > '.join(claim.speakers)}: {claim.span.text}")
        when = f"; {claim.time.value}" if claim.time.value else ""
        say(f"  {claim.form}; {claim.reason}{when}")
