"""`peyman accept` and `peyman enter`: what goes into a case, through the one door."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import click

from peyman.case.accept import accept
from peyman.case.draft import Draft, draft_of
from peyman.case.enter import Door, Entered, Hand
from peyman.case.model import Case, Entry
from peyman.case.reading import read_case
from peyman.case.votes import open_votes
from peyman.charter.moment import read_instant, show
from peyman.cli.opening import REGISTRAR, key_for, nonces, now
from peyman.cli.printing import say
from peyman.cli.reading import bytes_of
from peyman.cli.showing import find_entry, told
from peyman.errors import PeymanError
from peyman.ledger.store import Store

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
    keeper = _Keeper(case, office)
    entered = 0
    for one in accept(keeper.door, None if everything else ids, keeper.enter):
        entered += 1
        keeper.print(one)
    say(f"{entered} entered; {keeper.door.case.size} entries in the record.")


@click.command("enter")
@_CASE
@click.argument("entry", type=click.Path(path_type=Path), metavar="ENTRY.toml")
@_AS
def enter_command(case: Path, entry: Path, office: str | None) -> None:
    """Enter what ENTRY.toml says into CASE.

    Other entries are named as `peyman show` names them (e31); see docs/record.md.
    """
    written = _toml(entry)
    keeper = _Keeper(case, office)
    files = _source_files(written, entry.parent)
    keeper.at(written.pop("entered", None))
    known = keeper.door.case

    def resolve(label: str) -> str:
        return find_entry(known, label).commitment

    draft = draft_of(written, resolve, known.texts.get, show(keeper.clock))
    keeper.print(keeper.enter(draft, files))


class _Keeper:
    """Who stands at the door on the command line: the keys, the clock, the nonces."""

    def __init__(self, path: Path, office: str | None) -> None:
        self.door = Door(Store.open(path))
        case = self.door.case
        self.office = office or case.registrar
        key = self._key(case)
        log_key = key_for(case.origin, case.kept, case.origin)
        self.hand = Hand(self.office, key, log_key)
        self.clock = case.last_entered if case.is_reconstructed else now()
        self._nonce = nonces(case.origin, case.kept)

    def _key(self, case: Case) -> Any:
        key = key_for(case.origin, case.kept, self.office)
        if key.public.fingerprint not in self._keys(case):
            raise PeymanError(
                f"{self.office} has no key in this record, so it cannot sign.",
                authority="docs/record.md, section 5: keys are entered where they sign",
                remedy=f"Sign as {REGISTRAR}, or have the key entered first.",
            )
        return key

    def _keys(self, case: Case) -> list[str]:
        opened = case.entries[0].body["keys"]
        first = [one["key"] for one in opened] if isinstance(opened, list) else []
        added = [str(e.body["key"]) for e in case.entries if e.kind == "key"]
        return [*first, *added]

    def at(self, entered: object) -> None:
        """Take `entered` from the entry, in a reconstructed case."""
        if entered is None:
            return
        if not self.door.case.is_reconstructed:
            raise PeymanError(
                "The entry states `entered`, and this case is kept live.",
                authority="docs/record.md, section 4: in a live case the log's clock says",
                remedy="Leave the line out.",
            )
        self.clock = read_instant(str(entered))

    def enter(self, draft: Draft, files: dict[str, bytes] | None = None) -> Entered:
        """Take a draft through the door."""
        nonce = self._nonce(str(self.door.case.size))
        return self.door.enter(draft, self.hand, nonce, self.clock, files)

    def print(self, entered: Entered) -> None:
        """Say what was entered, and what the charters find on it."""
        say(f"{entered.entry.name:<6} {told(entered.entry)}")
        if entered.entry.kind == "ballot":
            self._tell_vote(entered.entry)
        if entered.entry.kind != "act":
            return
        for name, verdict in entered.verdicts():
            effect = "" if verdict.has_effect else " (no effect)"
            for finding in verdict.findings:
                articles = ", ".join(finding.articles)
                say(
                    f"       {name}: {finding.code}{effect}: {finding.text}"
                    f"{f' ({articles})' if articles else ''}"
                )

    def _tell_vote(self, ballot: Entry) -> None:
        """What the ballots come to with this one, and whether their vote was closed."""
        for vote in open_votes(read_case(self.door.case)):
            if ballot.name in vote.doing.cast.values():
                for sums in vote.tally.sums:
                    say(f"       so far: {vote.tally.outcome}; {sums}")
                if vote.earlier:
                    say(
                        f"       {vote.act} was voted on before, in {', '.join(vote.earlier)},"
                        " and that vote is closed: this ballot belongs to another"
                    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(bytes_of(path).decode())
    except ValueError as error:
        raise PeymanError(
            f"{path.name} is not TOML: {error}.",
            authority="docs/record.md, section 7: how an entry is written",
            remedy="Correct that line.",
        ) from error


def _source_files(written: dict[str, Any], folder: Path) -> dict[str, bytes] | None:
    """The bytes of a source that an entry brings, under `file` or as `text`."""
    if written.get("kind") != "source":
        return None
    if "file" in written:
        data = bytes_of(folder / str(written.pop("file")))
    else:
        data = str(written.pop("text", "")).encode()
    digest = hashlib.sha256(data).hexdigest()
    written |= {"digest": digest, "bytes": len(data)}
    written.setdefault("media_type", "text/plain; charset=utf-8")
    return {f"sources/{digest}": data}
