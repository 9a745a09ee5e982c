"""`peyman key`: make, show, enter, rotate and revoke keys.

A private key lies locked in $PEYMAN_HOME/keys, never in a case. Which key may sign in a
log is said by the log alone: adding, rotating and revoking are entries.
"""

from pathlib import Path

import click

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Entered
from peyman.charter.moment import show
from peyman.cli.office.keeper import Keeper
from peyman.cli.office.locks import keys_folder, lock_keys_again, make_key
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.ledger import strict
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.signing.keyfile import held_keys, key_path
from peyman.ledger.signing.keyring import KeyLife
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.signing.locks import HKDF, SCRYPT
from peyman.ledger.verifying.verify import examine

_LOCKED = {
    SCRYPT: "locked by a passphrase",
    HKDF: "locked by a key file",
    "": "NOT LOCKED",
}
_CASE = click.argument("case", type=click.Path(path_type=Path))
_AS = click.option("--as", "office", metavar="OFFICE", help="Whose; the registrar's.")
_ASKS = click.option(
    "--passphrase", "asks", is_flag=True, help="Ask for a passphrase to lock it by."
)


@click.group("key")
def key_command() -> None:
    """Make, show, enter, rotate and revoke the keys by which offices sign."""


@key_command.command("new")
@click.argument("name", metavar="OFFICE")
@_ASKS
def new_command(name: str, asks: bool) -> None:
    """Make a key for OFFICE on this machine, and print its public half."""
    strict.office(name, "OFFICE")
    public = make_key(name, asks=asks).public
    say(f"{name}: made, {key_path(keys_folder(), name)}")
    say(f"  key    {public.fingerprint}")
    say(f"  public {public.text}")
    say("Only you can sign with it. If it is lost, no record is: have another entered.")
    say(f"Next: have it entered: peyman key add CASE {name} {public.text}")


@key_command.command("show")
@click.argument("name", metavar="[OFFICE]", required=False)
@click.option(
    "--in", "case", type=click.Path(path_type=Path), help="Show the keys of this case."
)
def show_command(name: str | None, case: Path | None) -> None:
    """Show the keys that lie here, or those that a case knows. Opens none."""
    if case is not None:
        for life in _log_of(case).keyring.lives:
            if name in (None, life.office):
                say(f"{life.office}  {_told(life)}")
                say(f"  key    {life.key.fingerprint}")
        return
    held = held_keys(keys_folder(), name)
    for one in held:
        say(f"{one.name}  {_LOCKED[one.kdf]}")
        say(f"  key    {one.public.fingerprint}")
        say(f"  public {one.public.text}")
    if not held:
        say(f"No key lies in {keys_folder()}.")


@key_command.command("lock")
@click.argument("name", metavar="[OFFICE]", required=False)
@_ASKS
@click.option(
    "--by",
    type=click.Path(path_type=Path),
    help="A file that will open them from now on: a passphrase, or a key file.",
)
def lock_command(name: str | None, asks: bool, by: Path | None) -> None:
    """Lock the keys that lie here, or those of one office, by another lock."""
    for held in lock_keys_again(name, asks=asks, by=by):
        say(f"{held.name}  locked again, {held.path.name}")


@key_command.command("add")
@_CASE
@click.argument("office")
@click.argument("public")
@click.option(
    "--held-by", metavar="OFFICE", help="Who holds it, where not the office itself."
)
@click.option("--as", "signer", metavar="OFFICE", help="Who signs; the registrar.")
def add_command(
    case: Path, office: str, public: str, held_by: str | None, signer: str | None
) -> None:
    """Enter the PUBLIC key of an office into CASE, so that it may sign there."""
    keeper = Keeper(case, signer)
    _refuse_derived(keeper)
    key = PublicKey.from_text(public, "PUBLIC")
    body = _body("add", office, key) | {"held_by": held_by or office}
    keeper.print(_enter(keeper, body))


@key_command.command("rotate")
@_CASE
@_AS
@_ASKS
def rotate_command(case: Path, office: str | None, asks: bool) -> None:
    """Make a new key of an office, and enter it into CASE in place of the old.

    The old key signs the entry, and may sign nothing after it there. It stays on this
    machine, for other cases where it is still good.
    """
    keeper = Keeper(case, office)
    _refuse_derived(keeper)
    key = make_key(keeper.office, asks=asks, is_another=True)
    body = _body("rotate", keeper.office, key.public) | {"held_by": keeper.office}
    keeper.print(_enter(keeper, body))
    say(f"  key    {key.public.fingerprint}")


@key_command.command("revoke")
@_CASE
@click.argument("office")
@click.argument("fingerprint", metavar="KEY")
@click.option(
    "--since",
    required=True,
    metavar="eN",
    help="The first entry that it should not have signed.",
)
@click.option("--as", "signer", metavar="OFFICE", help="Who signs; the registrar.")
def revoke_command(
    case: Path, office: str, fingerprint: str, since: str, signer: str | None
) -> None:
    """End a KEY of an office in CASE; what it signed from --since on is contested."""
    keeper = Keeper(case, signer)
    key = _one_of(keeper.store.log, office, fingerprint)
    body: dict[str, object] = {
        "do": "revoke",
        "office": office,
        "key": key.fingerprint,
        "alg": "ed25519",
        "since": _index(since),
    }
    keeper.print(_enter(keeper, body))


def _body(do: str, office: str, key: PublicKey) -> dict[str, object]:
    return {
        "do": do,
        "office": office,
        "key": key.fingerprint,
        "public": key.text,
        "alg": "ed25519",
    }


def _enter(keeper: Keeper, body: dict[str, object]) -> Entered:
    at = show(keeper.clock)
    return keeper.enter(Draft("key", "performed", at, None, (), body))


def _refuse_derived(keeper: Keeper) -> None:
    if keeper.door.case.is_reconstructed:
        raise PeymanError(
            "The keys of a reconstructed case derive from a published seed.",
            authority="docs/record.md, section 4",
            remedy="Enter keys of people's own in a case that is kept live.",
        )


def _log_of(path: Path) -> Log:
    found = examine(read_case_file(path), signatures=False)
    if found.log is None:
        raise PeymanError(
            f"The log of {path} cannot be read.",
            authority="docs/record.md, section 6",
            remedy="See what is wrong with it: peyman verify",
        )
    return found.log


def _told(life: KeyLife) -> str:
    told = f"good from e{life.first}"
    if life.last is not None:
        told += f", ended by e{life.last}"
    if life.since is not None:
        told += f", revoked back to e{life.since}"
    if life.held_by is not None and life.held_by != life.office:
        told += f"; {life.held_by} holds it and signs with it"
    return told


def _one_of(log: Log, office: str, fingerprint: str) -> PublicKey:
    """The key of an office that a fingerprint, or the beginning of one, names."""
    known = [
        life.key
        for life in log.keyring.lives
        if life.office == office and life.key.fingerprint.startswith(fingerprint)
    ]
    if len(known) != 1:
        raise PeymanError(
            f"{office} has {len(known)} keys here that begin with {fingerprint}.",
            authority="docs/record.md, section 5",
            remedy="Name one by more of its fingerprint: peyman key show --in CASE",
        )
    return known[0]


def _index(name: str) -> int:
    if not name.removeprefix("e").isdecimal():
        raise PeymanError(
            f"{name} is no entry.",
            authority="peyman key revoke --help",
            remedy="Name an entry as `peyman show` does: e31.",
        )
    return int(name.removeprefix("e"))
