"""A floor for the web: Django with one view, which hands out bytes that are ready made.

`python -m bench.floor FILE` serves them at a free port of the loopback, on the uvicorn that
serves Peyman, and prints where. What a page takes beyond this is ours.
"""

import socket
import sys
from pathlib import Path

import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def main() -> None:
    """Serve the bytes of a file until told to end."""
    ready = Path(sys.argv[1]).read_bytes()

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(ready)

    settings.configure(ROOT_URLCONF=(path("", answer),), ALLOWED_HOSTS=["127.0.0.1"])
    taken = socket.create_server(("127.0.0.1", 0))
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"http://127.0.0.1:{taken.getsockname()[1]}/", flush=True)
    config = uvicorn.Config(get_asgi_application(), log_level="warning", lifespan="off")
    uvicorn.Server(config).run(sockets=[taken])


if __name__ == "__main__":
    main()
