"""Serve the files of the package: styles, scripts, fonts, icons. Nothing comes from elsewhere.

Their names carry a digest of their bytes, so a browser asks for each of them once.
"""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # it has no types
    """WhiteNoise, its answers whole: a stream of its kind waits badly under ASGI."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """Take note of the files that `peyman serve` laid out, if it has."""
        if Path(root).is_dir():
            super().add_files(root, prefix)

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Answer with a file, or that the browser has it already."""
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        response = HttpResponse(body, status=int(found.status))
        del response["content-type"]
        for name, value in found.headers:
            response[name] = value
        return response
