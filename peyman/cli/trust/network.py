"""Ask a server for something in the name of an account, and give the password to no other.

A name and a password go out by HTTP Basic: only over https, or to this machine itself,
and never to where an answer would lead on.
"""

import base64
from dataclasses import dataclass
from http.client import HTTPResponse
from ipaddress import ip_address
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import click

from peyman.cli.files import bytes_of
from peyman.errors import PeymanError


class _Stays(HTTPRedirectHandler):
    """Follows nothing: what the first server was given is not for the next."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = build_opener(_Stays)


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a server, with its password."""

    user: str
    password: str

    @property
    def header(self) -> dict[str, str]:
        """The header that names it."""
        secret = f"{self.user}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(secret).decode()}"}


def account(user: str, file: Path | None) -> Account:
    """Give an account with its password, of the first line of a file or as it is typed."""
    if file is not None:
        return Account(user, _first_line(file))
    asked = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return Account(user, str(asked))


def _first_line(file: Path) -> str:
    try:
        lines = bytes_of(file).decode().splitlines()
    except UnicodeDecodeError as error:
        raise PeymanError(
            f"{file} is no text, so it holds no password.",
            authority="the option --password-file: its first line, in UTF-8",
            remedy="Write the password into a text file, on its first line.",
        ) from error
    return lines[0] if lines else ""


def check_private(url: str) -> None:
    """See that a password may be sent to an address.

    Raises:
        PeymanError: If others on the way could read it.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not _is_here(parts.hostname or ""):
        raise PeymanError(
            f"A password is not sent to {url}: it would go in the clear.",
            authority="SECURITY.md: a name and a password by https alone",
            remedy="Give the address with https.",
        )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def open_as(request: Request, who: Account | None, wait_s: float) -> HTTPResponse:
    """Send a request, in the name of an account if there is one; redirects are refused.

    Raises:
        PeymanError: If the password would go in the clear.
        OSError: If there is no answer, or one that is a refusal (HTTPError).
    """
    if who is not None:
        check_private(request.full_url)
        for name, value in who.header.items():
            request.add_unredirected_header(name, value)
    return cast("HTTPResponse", _opener.open(request, timeout=wait_s))
