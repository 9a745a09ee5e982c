"""`peyman serve` as a person starts it: a process of its own, asked over HTTP."""

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

FIRST_LINE = re.compile(r"Peyman serves on (http://127\.0\.0\.1:[0-9]+)/  \(Ctrl-C")
LAST_LINE = "  analyst    analyst\n"
SECOND_START_S = 4
MEMORY_MB = 200


def peyman(home, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-c", "from peyman.cli import main; main()", *arguments],
        env={**os.environ, "PEYMAN_HOME": str(home), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Server:
    """A running server: its address, what it printed, how soon it printed it."""

    def __init__(self, home):
        begun = time.monotonic()
        self.process = peyman(home, "serve", "--port", "0")
        self.told = []
        for line in self.process.stdout:
            self.told.append(line)
            if line == LAST_LINE:
                break
        found = FIRST_LINE.match(self.told[0]) if self.told else None
        if found is None:
            pytest.fail(self.process.communicate()[1])
        self.address = found[1]
        try:
            self.get("/en/")
        except HTTPError as error:
            with error:
                pytest.fail(self.end()[1])
        self.started_s = time.monotonic() - begun

    def get(self, path, **headers):
        asked = Request(self.address + path, headers=headers)  # noqa: S310  (our own)
        with urlopen(asked) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=10)

    @property
    def memory_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+([0-9]+) kB", status)[0]) / 1024


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in which a server has been once."""
    folder = tmp_path_factory.mktemp("home")
    server = Server(folder)
    assert server.end() == ("", "")
    assert server.told[1].startswith("Demonstration, password ")
    return folder


@pytest.fixture(scope="module")
def server(home):
    server = Server(home)
    yield server
    server.end()


def test_the_second_start_serves_soon(server):
    assert server.started_s < SECOND_START_S


def test_the_server_stays_small(server):
    for language in ("en", "fa", "ru"):
        for day in range(1, 29):
            server.get(f"/{language}/cases/kazakhstan-2022/?at=2022-01-{day:02}")
    assert server.memory_mb < MEMORY_MB


def test_the_secret_and_the_keys_are_closed_to_others(home):
    assert (home / "secret-key").stat().st_mode & 0o077 == 0
    keys = list((home / "keys").iterdir())
    assert keys
    assert all(one.stat().st_mode & 0o077 == 0 for one in keys)


@pytest.mark.parametrize(
    ("asked", "language"),
    [("fa-IR,fa;q=0.9,en;q=0.5", "fa"), ("ru", "ru"), ("de", "en"), ("", "en")],
)
def test_the_root_answers_in_the_language_of_the_browser(server, asked, language):
    _, headers, body = server.get("/", **{"Accept-Language": asked})
    assert headers["Content-Language"] == language
    assert f'<html lang="{language}"'.encode() in body


def test_every_file_of_a_page_is_from_here_and_kept_for_good(server):
    _, _, body = server.get("/en/cases/kazakhstan-2022/")
    files = re.findall(rb'(?:src|href)="(/static/[^"]+)"', body)
    assert len(files) > 2
    for one in files:
        status, headers, _ = server.get(one.decode())
        assert status == 200
        assert "immutable" in headers["Cache-Control"]


def test_files_come_compressed(server):
    _, _, page = server.get("/en/")
    sheet = re.findall(rb'href="(/static/[^"]+\.css)"', page)[0].decode()
    _, headers, body = server.get(sheet, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert b"@font-face" in gzip.decompress(body)


def test_another_name_than_the_loopback_is_not_answered(server):
    with pytest.raises(HTTPError) as caught:
        server.get("/en/", Host="peyman.example.org")
    with caught.value as answer:
        assert answer.code == 400


def test_a_port_that_is_taken_is_said(server, home):
    port = server.address.rpartition(":")[2]
    process = peyman(home, "serve", "--port", port)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err == (
        f"Port {port} of 127.0.0.1 cannot be taken: Address already in use"
        f" (while attempting to bind on address ('127.0.0.1', {port})).\n"
        "  Authority: the machine: one server a port\n"
        "  Next step: End the other server, or give another port with --port.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "more", "told"),
    [
        (["--host", "0.0.0.0"], {}, "0.0.0.0 (127.0.0.1, localhost, [::1])"),  # noqa: S104
        ([], {"PEYMAN_HOSTS": "peyman.example.org"}, "127.0.0.1 (peyman.example.org)"),
        (["--host", "::", "--no-demo"], {}, ":: (127.0.0.1, localhost, [::1])"),
    ],
)
def test_demonstration_accounts_are_served_on_the_loopback_only(
    home, arguments, more, told
):
    process = peyman(home, "serve", "--port", "0", *arguments, **more)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err == (
        f"Demonstration accounts are not served on {told}.\n"
        "  Authority: their password is printed, so whoever reaches them can sign\n"
        "  Next step: Serve on 127.0.0.1 without PEYMAN_HOSTS; or, with another"
        " PEYMAN_HOME, with --no-demo.\n"
    )


def test_rebuild_says_how_many_cases_it_filled_again(home):
    process = peyman(home, "rebuild")
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out == "Rebuilt the tables of 6 cases.\n"
