"""`peyman check`: read a charter and say what it holds."""

import json

import click

from peyman.charter.read import read_charter
from peyman.cli.library import charter_path
from peyman.cli.printing import say


@click.command("check")
@click.argument("charter")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def check_command(charter: str, as_json: bool) -> None:
    """Read CHARTER, an id or a TOML file, and refuse every word that is not known.

    Exit status: 0 it can be read, 2 it cannot; the line and the reason are named.
    """
    path = charter_path(charter)
    read = read_charter(path.read_bytes(), id=path.stem, name=path.name)
    latest = read.versions[-1]
    marks: dict[str, list[str]] = {"text": [], "secondary": [], "memory": []}
    for article in latest.articles.values():
        marks[article.checked].append(article.name)
    if as_json:
        summary = {
            "charter": read.id,
            "title": read.title,
            "acts": list(read.names),
            "versions": [str(text.since) for text in read.versions],
            "checked": marks,
            "found": [],
        }
        click.echo(json.dumps(summary, ensure_ascii=False, indent=1))
        return
    say(f"{read.id}: {read.title}")
    say(
        f"{len(read.names)} acts, {len(latest.articles)} articles,"
        f" {len(read.versions)} versions of the text"
    )
    for mark, names in marks.items():
        say(f"  known by {mark}: {', '.join(names) or 'none'}")
