"""`peyman backup` and `peyman restore`: the record, kept twice and brought back.

A backup is a case file. It holds no key: without them a restored case is read, and not
entered into. What this machine has seen lies outside of every backup, so that an old one
is known for what it is.
"""

import os
from pathlib import Path

import click

from peyman.cli.office.keeper import Keeper, kept_of
from peyman.cli.printing import say
from peyman.cli.serving import set_up
from peyman.errors import PeymanError
from peyman.ledger.files.build import write_folder
from peyman.ledger.files.casefile import CaseFile, read_case_file
from peyman.ledger.files.settings import read_settings
from peyman.ledger.keeping.restoring import Backup, read_backup, refuse_older
from peyman.ledger.keeping.store import Store
from peyman.ledger.witnesses.heads import LostEntries

_PATH = click.Path(path_type=Path)


@click.command("backup")
@click.argument("paths", nargs=-1, type=_PATH, metavar="[CASE] DEST")
@click.option(
    "--all", "everything", is_flag=True, help="Every live case of the server."
)
def backup_command(paths: tuple[Path, ...], everything: bool) -> None:
    """Write a backup of CASE to DEST, a zip or a folder; with --all, into the folder DEST.

    What is written is a whole, verified case file as of one moment. A backup that is there
    already gives way only to a longer one of the same log.
    """
    *cases, dest = paths or (Path(),)
    if not paths or len(cases) != (0 if everything else 1):
        raise _usage("backup", "Give a case and where to, or --all and a folder.")
    if not everything:
        case_file = Store.open(cases[0]).case_file()
        say(_written(case_file, dest))
        return
    set_up()
    from peyman.web.records import backups

    for slug, case_file in backups.live_cases():
        say(_written(case_file, dest / f"{slug}.zip"))


@click.command("restore")
@click.argument("paths", nargs=-1, type=_PATH, metavar="[BACKUP] [CASE]")
@click.option("--database", metavar="NAME", help="A case of the server, not a folder.")
@click.option(
    "--go-on",
    "reason",
    metavar="REASON",
    help="Decide to go on with CASE without the entries that are lost.",
)
def restore_command(
    paths: tuple[Path, ...], database: str | None, reason: str | None
) -> None:
    """Bring CASE back from BACKUP, or up to it where CASE is there and shorter.

    What was erased since stays erased. If the log was seen longer than it is now, nothing
    more is signed for it until a newer copy is restored over it, or a person decides with
    --go-on; the decision is entered into the record, with its reason.

    Exit status: 0 restored, 1 restored and shorter than it was seen.
    """
    wanted = (0 if reason is not None else 1) + (0 if database else 1)
    if len(paths) != wanted:
        raise _usage("restore", "Give a backup and where to; with --go-on, the case.")
    if reason is not None:
        _go_on(paths, database, reason)
        return
    read = read_case_file(paths[0])
    origin = read_settings(read.files.get("case.toml", b"")).origin
    backup = read_backup(read, kept_of(origin).erased())
    if database:
        set_up()
        from peyman.web.records import backups

        size = backups.restore(backup, database)
        say(f"{database}: restored, {size} entries. Who acts in it is not in a backup.")
    else:
        _restore_folder(backup, paths[1])
        say(f"{paths[1]}: restored, {backup.log.size} entries of {origin}")
    _tell_what_is_missing(backup)


def _restore_folder(backup: Backup, case: Path) -> None:
    """Write the folder; one that is there and shorter is moved aside, not removed."""
    if not case.exists():
        write_folder(backup.case_file, case)
        return
    refuse_older(backup.log, Store.open(case).log)
    fresh = case.with_name(f"{case.name}.restoring")
    aside = case.with_name(f"{case.name}.before-restore")
    if aside.exists():
        raise PeymanError(
            f"{aside} is there already, from an earlier restore.",
            authority="peyman restore --help",
            remedy="Move it away first: nothing is removed here.",
        )
    write_folder(backup.case_file, fresh)
    case.rename(aside)
    fresh.rename(case)
    say(f"What was there lies in {aside}.")


def _tell_what_is_missing(backup: Backup) -> None:
    origin = backup.log.settings.origin
    for index in backup.forgotten:
        say(
            f"  note    e{index} was erased after this backup was made, and is left out."
        )
    try:
        kept_of(origin).check(backup.log)
    except LostEntries as error:
        say(f"NOT TO BE SIGNED: {error.problem}")
        say(f"  {error.remedy}")
        raise SystemExit(1) from None
    if backup.forgotten:
        say("NOT TO BE SIGNED: it withholds entries. Restore a newer backup over it.")
        raise SystemExit(1)


def _go_on(paths: tuple[Path, ...], database: str | None, reason: str) -> None:
    if database:
        set_up()
        from peyman.web.records import backups

        say(f"e{backups.go_on(database, reason)}: the decision stands in the record.")
        return
    keeper = Keeper(paths[0], None, despite_loss=True)
    keeper.print(keeper.go_on(reason))


def _written(case_file: CaseFile, dest: Path) -> str:
    """Write a backup; one that is there gives way only to a longer one of its log."""
    backup = read_backup(case_file)
    if dest.exists():
        refuse_older(backup.log, read_backup(read_case_file(dest)).log)
    dest.parent.mkdir(parents=True, exist_ok=True)
    if dest.suffix == ".zip":
        _write_durably(dest, case_file.zip())
    elif dest.exists():
        raise _usage("backup", "Give a path that is not there, or one ending in .zip.")
    else:
        write_folder(case_file, dest)
    return f"{dest}: {backup.log.size} entries of {backup.log.settings.origin}"


def _write_durably(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _usage(command: str, remedy: str) -> PeymanError:
    return PeymanError(
        f"This is not how {command} is called.",
        authority=f"peyman {command} --help",
        remedy=remedy,
    )
