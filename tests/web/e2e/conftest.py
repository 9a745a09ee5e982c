"""A server as `make run` starts it, and a real browser before it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

FIRST = re.compile(r"Peyman serves on (http://127\.0\.0\.1:[0-9]+)/")
SECRET = re.compile(r"Demonstration, password (\S+);")
LAST = "  analyst    analyst\n"
_MAIN = "from peyman.cli import main; main()"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Served:
    """A server that runs: where, and the password of its demonstration."""

    def __init__(self, home):
        self.process = subprocess.Popen(
            [sys.executable, "-c", _MAIN, "serve", "--port", "0"],
            env={**os.environ, "PEYMAN_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        told = ""
        for line in self.process.stdout or []:
            told += line
            if line == LAST:
                break
        where, secret = FIRST.search(told), SECRET.search(told)
        if where is None or secret is None:
            pytest.fail(self.process.communicate()[1])
        self.address, self.password = where[1], secret[1]

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The worked cases and the demonstration, in a home of their own."""
    server = Served(tmp_path_factory.mktemp("home"))
    yield server
    server.end()


@pytest.fixture(scope="module")
def browser():
    """Chromium, driven; it ends with the module, for Django refuses to share its loop."""
    driver = pytest.importorskip(
        "playwright.sync_api",
        reason="playwright is not installed: pip install playwright",
    )
    named = os.environ.get("PEYMAN_BROWSER")
    path = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no browser: apt-get install chromium")
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


class Person:
    """Somebody before a browser of their own."""

    def __init__(self, served, context):
        self.served = served
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message):
        # A form that is refused is answered 4xx, which a browser calls an error.
        is_answer = "the server responded with a status" in message.text
        if message.type == "error" and not is_answer:
            self.complaints.append(message.text)

    def go(self, path):
        return self.page.goto(self.served.address + path)

    def sign_in(self, name, language="en"):
        self.go(f"/{language}/sign-in/")
        self.page.locator("#id_username").fill(name)
        self.page.locator("#id_password").fill(self.served.password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**/{language}/")
        return self

    def press(self, name):
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name):
        self.page.get_by_role("link", name=name).first.click()


@pytest.fixture
def person(served, browser):
    """Make somebody with a browser of their own; nothing may be blocked or fail in it."""
    with _people(served, browser) as make:
        yield make


@contextmanager
def _people(served, browser):
    made = []

    def make(width=1280, **settings):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, **settings
        )
        context.set_default_timeout(15_000)
        one = Person(served, context)
        made.append((context, one))
        return one

    yield make
    said = [complaint for _, one in made for complaint in one.complaints]
    for context, _ in made:
        context.close()
    assert not said, said
