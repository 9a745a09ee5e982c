"""How a witness speaks HTTP: it answers pushes, and fetches the logs that it follows.

What is signed is decided in `peyman.ledger.witnesses.witness`; here bytes come and go, within
bounds of size and time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request

from peyman.cli.trust.network import Account, open_as
from peyman.errors import PeymanError
from peyman.ledger.witnesses.follow import Fetch, fetch_head, fetch_tree
from peyman.ledger.witnesses.witness import LARGEST_REQUEST, TEXT, Answer, Witness

_Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[_Message]]
Send = Callable[[_Message], Awaitable[None]]
Application = Callable[[_Message, Receive, Send], Awaitable[None]]

TIMEOUT_S = 10
"""How long a log may take to answer."""

_LARGEST_ANSWER = 64 * 1024
"""Bytes of a checkpoint or of a tile."""

_PUSH, _SEEN = "/add-checkpoint", "/head/"


def application(witness: Witness) -> Application:
    """Make the ASGI application of a witness: `add-checkpoint`, and `head/ORIGIN`.

    The second is ours: the last head of a log that the witness signed, for whoever
    restores the log or compares.
    """

    async def answer(scope: _Message, receive: Receive, send: Send) -> None:
        given = await _answer(witness, scope, receive)
        headers = [
            (b"content-type", given.type.encode()),
            (b"content-length", b"%d" % len(given.body)),
        ]
        start = {"type": "http.response.start", "status": given.status}
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": given.body})

    return answer


async def _answer(witness: Witness, scope: _Message, receive: Receive) -> Answer:
    path, method = str(scope["path"]), scope["method"]
    if path.startswith(_SEEN) and method == "GET":
        origin = path.removeprefix(_SEEN)
        latest = witness.latest(origin) if origin in witness.logs else None
        return Answer(200, latest) if latest else Answer(404, b"Nothing is signed.\n")
    if path != _PUSH:
        return Answer(404, b"A witness has /add-checkpoint.\n")
    if method != "POST":
        return Answer(405, b"Heads are pushed with POST.\n")
    body = b""
    while len(body) <= LARGEST_REQUEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return await asyncio.to_thread(
                witness.add_checkpoint, body, int(time.time())
            )
    return Answer(413, b"A push has at most 64 KiB.\n", TEXT)


def fetch_from(place: str, who: Account | None = None) -> Fetch:
    """Give what fetches the files of a log from an address, or from a folder.

    Args:
        place: The address or the folder.
        who: The account that may see the case, if it is not public.
    """
    if urlsplit(place).scheme not in ("http", "https"):
        return _fetch_from_folder(Path(place))

    def fetch(path: str) -> bytes:
        request = Request(f"{place.rstrip('/')}/{path}")  # noqa: S310  (asked above)
        try:
            with open_as(request, who, TIMEOUT_S) as answer:
                found = bytes(answer.read(_LARGEST_ANSWER + 1))
        except HTTPError as error:
            raise _refused(place, path, error) from error
        except (URLError, HTTPException, TimeoutError, OSError) as error:
            raise _unfetched(f"{place} did not give {path}: {error}.") from error
        if len(found) > _LARGEST_ANSWER:
            raise _unfetched(f"{place} gave too much for {path}.")
        return found

    return fetch


def _refused(place: str, path: str, error: HTTPError) -> PeymanError:
    """Say what a server answers who may not see a case, or is not known to it."""
    with error:
        problem = f"{place} did not give {path}: {error.code} {error.reason}."
    if error.code not in (401, 404):
        return _unfetched(problem)
    return PeymanError(
        problem,
        authority="the log is shown to whoever may see the case",
        remedy="Check the address; if the case is not public, give --user NAME of an"
        " account that has a part in it, and its password.",
    )


def _fetch_from_folder(folder: Path) -> Fetch:
    def fetch(path: str) -> bytes:
        try:
            with (folder / path).open("rb") as file:
                found = file.read(_LARGEST_ANSWER + 1)
        except OSError as error:
            raise _unfetched(f"{folder} has no {path}: {error.strerror}.") from error
        if len(found) > _LARGEST_ANSWER:
            raise _unfetched(f"{folder} gave too much for {path}.")
        return found

    return fetch


def _unfetched(problem: str) -> PeymanError:
    return PeymanError(
        problem,
        authority="c2sp.org/tlog-tiles",
        remedy="Give the address of the log, or the folder of the case; or try later.",
    )


def look(witness: Witness, place: str, who: Account | None = None) -> str:
    """Fetch a log, have the witness look at it, and say in words what came of it.

    Raises:
        PeymanError: If it cannot be fetched, or its tiles are not those of its head.
    """
    fetch = fetch_from(place, who)
    note, head = fetch_head(fetch)
    if head.origin not in witness.logs:
        return f"{head.origin} is not watched: name its key with --log."
    given = witness.follow(note, fetch_tree(fetch, head), int(time.time()))
    if given.status != 200:
        text = unquote(given.body.decode()).strip()
        return f"NOT signed, {head.origin} at {head.size} entries: {text}"
    return f"Signed: {head.origin} at {head.size} entries, root {head.root.hex()}"
