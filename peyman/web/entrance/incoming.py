"""How much one request may bring: what is more is refused before and while it comes.

Django reads the whole body of a request before it looks at it. So this stands in front of
it: a length that is announced is believed when it is too large, and what comes is counted,
whatever was announced. Nothing of a body that is refused is kept, in memory or on the disk.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class _TooLargeError(Exception):
    """More came than is taken."""


class Limited:
    """An ASGI application of which no request reaches the inner one with more bytes."""

    def __init__(self, inner: Application, most: int) -> None:
        self.inner = inner
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with 413 and the reason."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.most:
            await self._refuse(scope, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.most:
                raise _TooLargeError
            return message

        try:
            await self.inner(scope, counted, send)
        except _TooLargeError:
            # The body is read before anything is answered, so nothing was yet.
            await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        language = translation.get_language_from_path(scope["path"]) or "en"
        with translation.override(language):
            lines = (
                _("What you sent is larger than the %(most)s MB that are taken here.")
                % {"most": self.most // 2**20},
                _("A record is handed to others whole, so what it holds is limited."),
                _("Send less, or enter a summary and where the whole can be had."),
            )
        body = "\n".join(lines).encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"content-language", language.encode()),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})
