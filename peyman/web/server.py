"""Start the server: tables, files of the package, worked cases, demonstration; then uvicorn.

It may be started again and again, and what is there already stays. One process serves, or
several on one port: what they share is the database, which has one writer to a case.
"""

import socket
from contextlib import suppress
from dataclasses import dataclass

import uvicorn
from django.core.management import call_command
from uvicorn.supervisors import Multiprocess

from peyman.errors import PeymanError
from peyman.web import demo
from peyman.web.demo import Account
from peyman.web.surroundings import is_loopback
from peyman.web.witnessing import pushing

_GOODBYE_S = 2
"""How long open requests have when the server ends, in seconds."""


@dataclass(frozen=True, slots=True)
class Started:
    """What is told to whoever starts a server."""

    accounts: tuple[Account, ...]
    password: str

    def lines(self, host: str, port: int) -> list[str]:
        """The address, and how to sign in where there is a demonstration."""
        host = f"[{host}]" if ":" in host else host
        told = [f"Peyman serves on http://{host}:{port}/  (Ctrl-C ends it)"]
        if self.accounts:
            told.append(f"Demonstration, password {self.password}; sign in as:")
            width = max(len(one.name) for one in self.accounts)
            told += [f"  {one.name:<{width}}  {one.what}" for one in self.accounts]
        return told


def prepare(host: str, *, with_demo: bool) -> Started:
    """Make ready what is served.

    Raises:
        PeymanError: If demonstration accounts would be served beyond this machine.
    """
    migrate()
    if not is_loopback(host) or demo.is_named_beyond():
        demo.refuse_beyond(f"{host} ({demo.names()})", wanted=with_demo)
    collect()
    demo.load_worked_cases()
    if not with_demo:
        return Started((), "")
    return Started(demo.make(), demo.password())


def migrate() -> None:
    """Bring the tables to this version."""
    call_command("migrate", interactive=False, verbosity=0)


def collect() -> None:
    """Lay out the files of the package under names with their digests."""
    call_command("collectstatic", interactive=False, verbosity=0)


def listen(host: str, port: int) -> socket.socket:
    """Take a port; 0 takes any that is free.

    Raises:
        PeymanError: If it is not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        taken = socket.create_server((host, port), family=family)
    except OSError as error:
        raise PeymanError(
            f"Port {port} of {host} cannot be taken: {error.strerror}.",
            authority="the machine: one server a port",
            remedy="End the other server, or give another port with --port.",
        ) from error
    # A page is sent as its head and its body. Held back until the head is acknowledged,
    # the body comes 40 ms late; connections that are taken here inherit this.
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken


def run(taken: socket.socket, workers: int = 1) -> None:
    """Serve on a port until told to end.

    Args:
        taken: The port.
        workers: How many processes answer; more than one are started anew when they die.
    """
    config = uvicorn.Config(
        "peyman.web.asgi:application",
        log_level="warning",
        timeout_graceful_shutdown=_GOODBYE_S,
        lifespan="off",
        server_header=False,
        workers=workers,
    )
    pushing.start()
    # It ends what it does, and then says so by the interrupt that it was sent.
    with suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, [taken]).run()
        else:
            uvicorn.Server(config).run(sockets=[taken])
