"""`peyman open`: a new case from a received report."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import click

from peyman.case.load import load
from peyman.case.making.founding import Founding
from peyman.case.making.opening import open_case
from peyman.charter.model import Charter
from peyman.charter.moment import day_of, read_moment
from peyman.charter.read import read_charter
from peyman.cli.files import bytes_of
from peyman.cli.library import charter_path, home, register_path
from peyman.cli.office.locks import keys_folder, make_key, open_key
from peyman.cli.printing import say
from peyman.ledger.files.build import write_log
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.files.settings import LIVE, RECONSTRUCTED, Settings
from peyman.ledger.keeping.kept import Kept
from peyman.ledger.signing.keyfile import key_path
from peyman.ledger.signing.keys import Key, derive, derive_nonce
from peyman.picture.read import read_report
from peyman.picture.source import receive

REGISTRAR = "peyman/registrar"


@click.command("open")
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--charter", "charters", multiple=True, required=True, metavar="ID")
@click.option(
    "--published", metavar="DATE", required=True, help="When it was published."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option("--kept", type=click.Choice([LIVE, RECONSTRUCTED]), default=RECONSTRUCTED)
@click.option("--zone", metavar="ZONE", help="Whose days; else the last charter's.")
def open_command(
    report: Path,
    charters: tuple[str, ...],
    published: str,
    out: Path,
    kept: str,
    zone: str | None,
) -> None:
    """Open a case from REPORT in DIR, and list what the report proposes.

    A reconstructed case stands at the end of the day of publication; a live one has the
    clock of this machine, and its keys in $PEYMAN_HOME.
    """
    received = receive(bytes_of(report), published)
    reading = read_report(received)
    read = _read_charters(charters)
    days = zone or list(read.values())[-1][1].zone
    name = _origin(out, kept)
    key, log_key = keys_for(name, kept, make=True)
    settings = Settings(
        origin=name,
        title={"en": f"Opened from a report of {published}"},
        zone=days,
        kept=kept,
        log_key=log_key.public,
        registrar=REGISTRAR,
        charters=tuple(read),
    )
    registers = {
        charter: load(read_case_file(path))
        for charter in read
        if (path := register_path(charter))
    }
    files = {charter: data for charter, (data, _) in read.items()}
    founding = Founding(settings, files, registers, key.public)
    entered = now() if kept == LIVE else _end_of_day(published, days)
    shop = open_case(founding, key, nonces(name, kept), received, reading, entered)
    seen = Kept(home() / "seen", name)
    guard = seen.check if kept == LIVE else None
    built = write_log(out, shop.files, shop.entries, log_key, guard)
    if kept == LIVE:
        seen.see(built.files["checkpoint"], log_key.public)
    say(f"{out}: opened, {kept}; the report is kept, sha256 {received.sha256}")
    for claim in reading.claims:
        who = " > ".join(claim.speakers)
        say(f"  {claim.id}  {claim.type or 'no type':<22} {who}")
        say(f"      {claim.span.text}")
    say(f"Next: peyman accept {out} --all, or the ids of those that you accept.")


def _end_of_day(published: str, zone: str) -> int:
    """The end of the day of the zone on which a report was published."""
    day = day_of(read_moment(published, zone).lo, zone)
    return read_moment(str(day), zone).hi


def _read_charters(names: tuple[str, ...]) -> dict[str, tuple[bytes, Charter]]:
    found = {}
    for name in dict.fromkeys(names):
        path = charter_path(name)
        data = path.read_bytes()
        found[path.stem] = (data, read_charter(data, id=path.stem, name=path.name))
    return found


def _origin(out: Path, kept: str) -> str:
    """The name of the log; a live one is never the name of another on this machine.

    Two logs of one name and one key would be two faces of the same log: a fork.
    """
    if kept == RECONSTRUCTED:
        return f"demo.peyman/{_slug(out)}"
    return f"keeper.local/{_slug(out)}-{os.urandom(4).hex()}"


def _slug(out: Path) -> str:
    letters = [c if c.isascii() and c.isalnum() else "-" for c in out.resolve().name]
    slug = "-".join(filter(None, "".join(letters).lower().split("-")))
    return slug or "case"


def keys_for(origin: str, kept: str, *, make: bool = False) -> tuple[Key, Key]:
    """The registrar's key and the log's: derived in a reconstructed case, else kept.

    Args:
        origin: The log.
        kept: `live` or `reconstructed`.
        make: Make and keep those that are not there yet.

    Raises:
        PeymanError: If a live case's keys are not in $PEYMAN_HOME.
    """
    return key_for(origin, kept, REGISTRAR, make=make), key_for(
        origin, kept, origin, make=make
    )


def key_for(
    origin: str,
    kept: str,
    office: str,
    good: tuple[str, ...] | None = None,
    *,
    make: bool = False,
) -> Key:
    """The key of an office in a case, or of the log where `office` is its origin."""
    if kept == RECONSTRUCTED:
        return derive(seed_of(origin), office)
    if make and not key_path(keys_folder(), office).exists():
        make_key(office)
    return open_key(office, good)


def seed_of(origin: str) -> str:
    """The published seed of a reconstructed case that a person opened."""
    return f"peyman reconstructed: {origin}"


def nonces(origin: str, kept: str) -> Callable[[str], str]:
    """From the label of an entry to its nonce: derived, or new from chance."""
    if kept == RECONSTRUCTED:
        return lambda label: derive_nonce(seed_of(origin), label)
    return lambda label: os.urandom(32).hex()


def now() -> int:
    """The clock of this machine, in whole seconds since 1970."""
    return int(time.time())
