"""`peyman witness`: sign the heads of logs that others keep, on a machine of one's own."""

import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from peyman.cli.library import home
from peyman.cli.office.locks import witness_key
from peyman.cli.printing import say
from peyman.cli.trust.network import Account, account, check_private
from peyman.errors import PeymanError
from peyman.ledger.log.note import read_verifier_key, verifier_key, witness_kind
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.witnesses.cosignature import witness_name
from peyman.ledger.witnesses.witness import Witness


@click.command("witness")
@click.option("--name", required=True, help="The witness: HOST/NAME, without a scheme.")
@click.option(
    "--ml-dsa",
    "is_mldsa",
    is_flag=True,
    help="Begin with a key of ML-DSA-44, which a quantum computer does not break.",
)
@click.option(
    "--log",
    "logs",
    multiple=True,
    metavar="VKEY",
    help="A log to watch, by its key as note tools write it; as often as there are logs.",
)
@click.option(
    "--follow",
    multiple=True,
    metavar="PLACE",
    help="Fetch this log by itself: the address of its files, or the folder of a case.",
)
@click.option(
    "--user", metavar="NAME", help="Your account there, for a case that is not public."
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="A file with its password; else you are asked.",
)
@click.option(
    "--every",
    default=60,
    show_default=True,
    type=click.IntRange(1),
    help="Seconds from one look to the next.",
)
@click.option("--once", is_flag=True, help="Look once at what is followed, and end.")
@click.option(
    "--listen",
    default="127.0.0.1:8001",
    show_default=True,
    metavar="HOST:PORT",
    help="Where pushes are answered.",
)
def witness_command(
    name: str,
    is_mldsa: bool,
    logs: tuple[str, ...],
    follow: tuple[str, ...],
    once: bool,
    listen: str,
    **looks: Any,
) -> None:
    """Check that logs only grow, and sign their heads: a witness with a key of its own.

    It answers pushes (tlog-witness), and looks by itself at what it is told to follow.
    Without --log it prints its key, which goes into policies and to the keepers.

    Exit status: 0 fine; with --once 1 if a head was not signed; 2 the input is bad.
    """
    key = witness_key(witness_name(name), is_mldsa=is_mldsa)
    say(f"Witness {verifier_key(name, key.public, witness_kind(key.public))}")
    if not logs:
        return
    witness = Witness(
        home() / "witness" / name.replace("/", "--"), name, key, _read_logs(logs)
    )
    follower = _follower(witness, follow, **looks)
    if once:
        raise SystemExit(0 if follower.look() else 1)
    _serve(witness, follower, listen)


def _follower(
    witness: Witness,
    places: tuple[str, ...],
    every: int,
    user: str | None,
    password_file: Path | None,
) -> "_Follower":
    """Ready to look; with an account, at one server, which is the one that has it.

    Raises:
        PeymanError: If the password would go to several servers, or in the clear.
    """
    if user is None:
        return _Follower(witness, places, every)
    addresses = [one for one in places if "://" in one]
    if len({urlsplit(one)[:2] for one in addresses}) != 1:
        raise PeymanError(
            "The account of --user is one server's, and --follow does not name one.",
            authority="peyman witness --help",
            remedy="Follow the logs of one server with its account; run another witness"
            " for another server.",
        )
    check_private(addresses[0])
    return _Follower(witness, places, every, account(user, password_file))


def _read_logs(texts: tuple[str, ...]) -> dict[str, tuple[PublicKey, ...]]:
    found: dict[str, tuple[PublicKey, ...]] = {}
    for text in texts:
        origin, key = read_verifier_key(text)
        found[origin] = (*found.get(origin, ()), key)
    return found


@dataclass(frozen=True, slots=True)
class _Follower:
    """Looks at the logs that are followed."""

    witness: Witness
    places: tuple[str, ...]
    every_s: int
    who: Account | None = None

    def look(self) -> bool:
        """Look at each once; whether each head was signed."""
        from peyman.cli.trust.witness_http import look

        is_good = True
        for place in self.places:
            try:
                told = look(self.witness, place, self.who)
            except PeymanError as error:
                told = f"{error.problem} {error.remedy}"
            is_good &= told.startswith("Signed")
            say(told, err=not told.startswith("Signed"))
        for path in self.witness.forks():
            say(f"Evidence of a fork: {path}  (peyman verify says what it proves)")
        return is_good

    def go_on(self) -> None:
        """Look again and again."""
        while True:
            self.look()
            time.sleep(self.every_s)


def _serve(witness: Witness, follower: _Follower, listen: str) -> None:
    from contextlib import suppress

    import uvicorn

    from peyman.cli.trust.witness_http import application

    config = uvicorn.Config(
        application(witness),
        log_level="warning",
        lifespan="off",
        server_header=False,
        limit_concurrency=64,
        timeout_keep_alive=10,
    )
    with _listen(listen) as taken:
        host, port = taken.getsockname()[:2]
        say(f"Pushes are answered on http://{host}:{port}  (Ctrl-C ends it)")
        sys.stdout.flush()
        if follower.places:
            threading.Thread(target=follower.go_on, daemon=True).start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[taken])


def _listen(where: str) -> socket.socket:
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal():
        raise click.BadParameter(f"{where} is not HOST:PORT.", param_hint="--listen")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as error:
        raise PeymanError(
            f"{where} cannot be taken: {error.strerror}.",
            authority="the machine: one server a port",
            remedy="End the other server, or give another port with --listen.",
        ) from error
