"""Start servers, ask them for pages, and see what they hold: what `bench.web` measures with."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.served import browser_path, open_browser

ROOT = Path(__file__).resolve().parent.parent
LOADED = """async () => {
    await document.fonts.ready;
    return ["navigation", "resource"]
        .flatMap((kind) => performance.getEntriesByType(kind))
        .reduce((sum, one) => sum + one.transferSize, 0);
}"""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+")


class Visitor:
    """Asks one server for pages, over a connection that is kept where the server keeps it."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc)

    def ask(self, path: str) -> tuple[float, bytes]:
        """How long it took to the last byte of the answer, in ms, and the bytes as they came.

        Raises:
            RuntimeError: If it is answered by anything but a page.
        """
        began = time.perf_counter()
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        took_ms = 1000 * (time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"{path} is answered {answer.status}")
        return took_ms, body


@contextmanager
def started(home: Path, *words: str | Path) -> Iterator[tuple[str, int]]:
    """Start a server that prints where it serves; give its address and its process."""
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        # Without MAKEFLAGS, `make run` is no part of a `make bench` that called us.
        env={**os.environ, "PEYMAN_HOME": str(home), "MAKEFLAGS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with process:
        said = map(_ADDRESS.search, process.stdout or ())
        address = next(filter(None, said), None)
        if address is None:
            raise RuntimeError(f"{words} does not serve.")
        yield address[0], process.pid
        os.killpg(process.pid, signal.SIGINT)


def first_answer_s(home: Path, path: str, *words: str | Path) -> float:
    """How long a server takes from its start until it has answered with a page, in s."""
    began = time.perf_counter()
    with started(home, *words) as (address, _):
        Visitor(address).ask(path)
        return time.perf_counter() - began


def first_visits_kb(address: str, paths: Iterable[str]) -> list[float]:
    """What a browser that has been nowhere loads with each page, fonts and all, in kB.

    Empty where there is no browser.
    """
    found = browser_path()
    if found is None:
        return []
    loaded = []
    with open_browser(found) as browser:
        for path in paths:
            page = browser.new_context().new_page()
            page.goto(address + path, wait_until="networkidle")
            loaded.append(page.evaluate(LOADED) / 1000)
    return loaded
