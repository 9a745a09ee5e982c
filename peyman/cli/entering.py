"""`peyman accept` and `peyman enter`: what goes into a case, through the one door."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import click

from peyman.case.entering.accept import accept
from peyman.case.entering.draft import draft_of
from peyman.charter.moment import show
from peyman.cli.files import bytes_of
from peyman.cli.office.keeper import Keeper
from peyman.cli.printing import say
from peyman.cli.showing import find_entry
from peyman.errors import PeymanError

_CASE = click.argument("case", type=click.Path(path_type=Path))
_AS = click.option("--as", "office", metavar="OFFICE", help="Who signs; the registrar.")


@click.command("accept")
@_CASE
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Accept every proposal.")
@_AS
def accept_command(
    case: Path, ids: tuple[str, ...], everything: bool, office: str | None
) -> None:
    """Make claims of what the reports of CASE propose, and their draft acts.

    What was accepted before is not entered again.
    """
    if bool(ids) == everything:
        raise PeymanError(
            "Say which proposals you accept.",
            authority="peyman accept --help",
            remedy="Give their ids, or --all; not both.",
        )
    keeper = Keeper(case, office)
    entered = 0
    for one in accept(keeper.door, None if everything else ids, keeper.enter):
        entered += 1
        keeper.print(one)
    say(f"{entered} entered; {keeper.door.case.size} entries in the record.")


@click.command("enter")
@_CASE
@click.argument("entry", type=click.Path(path_type=Path), metavar="ENTRY")
@_AS
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The bytes of the source that a signed ENTRY.json enters.",
)
def enter_command(
    case: Path, entry: Path, office: str | None, source: Path | None
) -> None:
    """Enter ENTRY into CASE: an ENTRY.toml, or an ENTRY.json that `peyman sign` made.

    In an ENTRY.toml other entries are named as `peyman show` names them (e31); see
    docs/record.md. An ENTRY.json is signed already: its office's key is not needed here.
    """
    if entry.suffix == ".json":
        keeper = Keeper(case, office, signs=False)
        keeper.print(
            keeper.submit(
                bytes_of(entry), source_file(bytes_of(source)) if source else None
            )
        )
        return
    written = read_toml(entry)
    keeper = Keeper(case, office)
    files = source_files(written, entry.parent)
    keeper.at(written.pop("entered", None))
    known = keeper.door.case

    def resolve(label: str) -> str:
        return find_entry(known, label).commitment

    draft = draft_of(written, resolve, known.texts.get, show(keeper.clock))
    keeper.print(keeper.enter(draft, files))


def read_toml(path: Path) -> dict[str, Any]:
    """An entry as a person writes it.

    Raises:
        PeymanError: If it is not TOML.
    """
    try:
        return tomllib.loads(bytes_of(path).decode())
    except ValueError as error:
        raise PeymanError(
            f"{path.name} is not TOML: {error}.",
            authority="docs/record.md, section 7: how an entry is written",
            remedy="Correct that line.",
        ) from error


def source_files(written: dict[str, Any], folder: Path) -> dict[str, bytes] | None:
    """The bytes of a source that an entry brings, under `file` or as `text`."""
    if written.get("kind") != "source":
        return None
    if "file" in written:
        data = bytes_of(folder / str(written.pop("file")))
    else:
        data = str(written.pop("text", "")).encode()
    written |= {"digest": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    written.setdefault("media_type", "text/plain; charset=utf-8")
    return source_file(data)


def source_file(data: bytes) -> dict[str, bytes]:
    """Where the bytes of a source stand in a case."""
    return {f"sources/{hashlib.sha256(data).hexdigest()}": data}
