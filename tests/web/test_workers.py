"""Several processes answer on one port, keep one record, and all end together."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.web.served import Served

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def children(process):
    """The processes that a process started and that live, workers first of all."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(one) for task in tasks for one in task.read_text().split()]


def is_worker(process):
    return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request, tmp_path):
    named = {}
    if request.param == "postgresql":
        named["DATABASE_URL"] = request.getfixturevalue("empty_postgresql")
    with Served(tmp_path, "--workers", "2", **named) as server:
        yield server


def test_two_workers_serve_and_end_without_a_word(served):
    workers = [one for one in children(served.process.pid) if is_worker(one)]
    assert len(workers) == 2
    assert served.end() == ("", "")
    assert not any(Path(f"/proc/{one}").exists() for one in workers)


def test_who_signed_in_with_one_worker_is_known_to_the_other(served):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{served.address}/en/sign-in/") as page:
        token = _TOKEN.findall(page.read().decode())[0]
    said = {
        "username": "analyst",
        "password": served.password,
        "csrfmiddlewaretoken": token,
    }
    asked = urlencode(said).encode()
    with browser.open(f"{served.address}/en/sign-in/", asked) as page:
        assert page.status == 200

    def is_known(_):
        with browser.open(f"{served.address}/en/open/") as page:
            return page.status == 200

    with ThreadPoolExecutor(8) as people:
        assert all(people.map(is_known, range(24)))
