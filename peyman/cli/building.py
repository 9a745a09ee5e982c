"""`peyman build`: make a worked case from its source, bit for bit the same every time."""

import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import click

from peyman.case.load import Opened, load
from peyman.case.making.build import build
from peyman.cli.files import bytes_of
from peyman.cli.library import charter_path
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.ledger.files.build import write_log
from peyman.ledger.files.casefile import read_case_file


@click.command("build")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The folder to make.")
def build_command(source: Path, out: Path | None) -> None:
    """Make the worked case of SOURCE, cases/src/NAME.toml, in cases/NAME.

    A register that the case names is taken from the folder beside it: build it first.
    """
    data = bytes_of(source)
    head = _head(data, source.name)
    target = out or source.parent.parent / source.stem
    _check_free(target)
    charters = {
        name: charter_path(name).read_bytes() for name in head.get("charters", [])
    }
    registers = _registers(head, source.parent.parent)
    built = build(data, source.stem, charters, registers)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        write_log(made, built.files, built.entries, built.log_key)
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)
    say(f"{target}: {len(built.entries)} entries")


def _check_free(target: Path) -> None:
    """Refuse to build over a folder that holds anything but a case."""
    has_files = target.is_file() or (target.is_dir() and any(target.iterdir()))
    if has_files and not (target / "checkpoint").is_file():
        raise PeymanError(
            f"{target} is there already, and is no case that could be built anew.",
            authority="docs/record.md, section 6: the case file",
            remedy="Give another folder with --out.",
        )


def _head(data: bytes, name: str) -> dict[str, Any]:
    try:
        head = tomllib.loads(data.decode()).get("case", {})
    except ValueError as error:
        raise PeymanError(
            f"{name} is not TOML: {error}.",
            authority="docs/record.md, section 7: the source of a worked case",
            remedy="Correct that line.",
        ) from error
    return head if isinstance(head, dict) else {}


def _registers(head: dict[str, Any], folder: Path) -> dict[str, Opened]:
    found = {}
    for name in head.get("registers", []):
        read = read_case_file(folder / str(name))
        settings = tomllib.loads(read.files["case.toml"].decode())
        found[str(settings["register"])] = load(read)
    return found
