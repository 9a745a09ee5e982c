"""`peyman publish` and `peyman withhold`: copies of a case that show less, and say so."""

from collections.abc import Iterator
from pathlib import Path

import click

from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.ledger.files.build import write_folder
from peyman.ledger.files.casefile import CaseFile, read_case_file
from peyman.ledger.files.copies import publish, withhold
from peyman.ledger.verifying.verify import verify

_PATH = click.Path(path_type=Path)
_CASE = click.argument("case", type=_PATH)
_DEST = click.argument("dest", type=_PATH)


@click.command("publish")
@_CASE
@_DEST
def publish_command(case: Path, dest: Path) -> None:
    """Write to DEST, a zip or a folder, what the last `release` of CASE shows.

    What it does not show is hidden with its leaf: neither what nor when can be read.
    """
    _write(publish(read_case_file(case)), dest)


@click.command("withhold")
@_CASE
@_DEST
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY...")
def withhold_command(case: Path, dest: Path, entries: tuple[str, ...]) -> None:
    """Write to DEST, a zip or a folder, CASE without each ENTRY (as e31).

    Their leaves stay: everybody sees that something was entered there, and when.
    """
    _write(withhold(read_case_file(case), [*_indexes(entries)]), dest)


def _indexes(entries: tuple[str, ...]) -> Iterator[int]:
    for name in entries:
        if not name.removeprefix("e").isdecimal():
            raise _usage(f"{name} is no entry.", "Name entries as `peyman show` does.")
        yield int(name.removeprefix("e"))


def _write(copy: CaseFile, dest: Path) -> None:
    if dest.exists():
        raise _usage(f"{dest} is there already.", "Give another path.")
    if dest.suffix == ".zip":
        dest.write_bytes(copy.zip())
    else:
        write_folder(copy, dest)
    report = verify(copy)
    say(f"{dest}: {report.present} of {report.size} entries of {report.origin}")


def _usage(problem: str, remedy: str) -> PeymanError:
    return PeymanError(problem, authority="peyman withhold --help", remedy=remedy)
