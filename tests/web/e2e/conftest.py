"""Somebody before a real browser, at a server as `make run` starts it."""

from contextlib import contextmanager

import pytest

from tests.web.served import Served, browser_path, open_browser


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The worked cases and the demonstration, in a home of their own."""
    with Served(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture(scope="package")
def browser():
    """One for all these tests; it ends with them, for Django refuses to share its loop."""
    path = browser_path()
    if path is None:
        pytest.skip("there is no browser: apt-get install chromium")
    with open_browser(path) as opened:
        yield opened


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
