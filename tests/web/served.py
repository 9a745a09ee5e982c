"""A server as `make run` starts it, and a real browser before it.

For the tests, for `make bench` and for `make screenshot`. None of them looks inside.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

_ADDRESS = re.compile(r"Peyman serves on (http://127\.0\.0\.1:[0-9]+)/")
_PASSWORD = re.compile(r"Demonstration, password (\S+);")
_LAST = "  analyst    analyst\n"
_COMMAND = "from peyman.cli import main; main()"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_GOODBYE_S = 20


def peyman(home: Path, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    """Start the command in a home of its own; `more` goes into its environment."""
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, *arguments],
        env={**os.environ, "PEYMAN_HOME": str(home), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Served:
    """A server that runs, at any free port, until `end` or the end of a `with`.

    Attributes:
        told: What it printed, line by line.
        home: Where its database and its keys are.
        address: Where it serves, without a slash at the end.
        password: Of the demonstration.
        started_s: How long it took until it answered with a page, in seconds.
    """

    def __init__(self, home: Path, *words: str, **more: str) -> None:
        begun = time.monotonic()
        self.home = home
        self.process = peyman(home, "serve", "--port", "0", *words, **more)
        self.told: list[str] = []
        for line in self.process.stdout or ():
            self.told.append(line)
            if line == _LAST:
                break
        text = "".join(self.told)
        address, password = _ADDRESS.search(text), _PASSWORD.search(text)
        if address is None or password is None:
            raise RuntimeError(text + self.process.communicate()[1])
        self.address, self.password = address[1], password[1]
        with urlopen(f"{self.address}/en/") as answer:  # noqa: S310  (our own)
            answer.read()
        self.started_s = time.monotonic() - begun

    def end(self) -> tuple[str, str]:
        """End it as Ctrl-C does; what else it printed, on both streams."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=_GOODBYE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def memory_mb(process: int) -> float:
    """What a process holds in memory now, in MB; on Linux."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmRSS:\s+([0-9]+) kB", status)[0]) * 1024 / 1e6


def browser_path() -> str | None:
    """Where the browser is: `$PEYMAN_BROWSER`, else Debian's; None where there is none."""
    named = os.environ.get("PEYMAN_BROWSER")
    return named or next(filter(None, map(shutil.which, _BROWSERS)), None)


@contextmanager
def open_browser(path: str) -> Iterator[Browser]:
    """Chromium, driven; while it is open, Django refuses to work in this process."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
