"""`peyman serve` as a person starts it: a process of its own, asked over HTTP."""

import gzip
import re
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from peyman.web.server import listen
from tests.web.served import Served, memory_mb, peyman

MEMORY_MB = 200
WORKED = "/en/cases/kazakhstan-2022"


def get(server, path, **headers):
    asked = Request(server.address + path, headers=headers)  # noqa: S310  (our own)
    with urlopen(asked) as answer:  # noqa: S310
        return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in which a server has been once."""
    folder = tmp_path_factory.mktemp("home")
    server = Served(folder)
    assert server.end() == ("", "")
    assert server.told[1].startswith("Demonstration, password ")
    return folder


@pytest.fixture(scope="module")
def server(home):
    with Served(home) as started:
        yield started


def test_the_server_stays_small(server):
    for language in ("en", "fa", "ru"):
        for day in range(1, 29):
            get(server, f"/{language}/cases/kazakhstan-2022/?at=2022-01-{day:02}")
    assert memory_mb(server.process.pid) < MEMORY_MB


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
    _, headers, body = get(server, "/", **{"Accept-Language": asked})
    assert headers["Content-Language"] == language
    assert f'<html lang="{language}"'.encode() in body


def test_every_file_of_a_page_is_from_here_and_kept_for_good(server):
    _, _, body = get(server, "/en/cases/kazakhstan-2022/")
    files = re.findall(rb'(?:src|href)="(/static/[^"]+)"', body)
    assert len(files) > 2
    for one in files:
        status, headers, _ = get(server, one.decode())
        assert status == 200
        assert "immutable" in headers["Cache-Control"]


def test_files_come_compressed(server):
    _, _, page = get(server, "/en/")
    sheet = re.findall(rb'href="(/static/[^"]+\.css)"', page)[0].decode()
    _, headers, body = get(server, sheet, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert b"@font-face" in gzip.decompress(body)


def test_a_page_comes_compressed_and_says_on_what_that_hangs(server):
    _, headers, page = get(server, f"{WORKED}/map/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in headers["Vary"]
    assert gzip.decompress(page).startswith(b"<!doctype html>")
    _, headers, page = get(server, f"{WORKED}/map/")
    assert headers["Content-Encoding"] is None
    assert "Accept-Encoding" in headers["Vary"]
    assert page.startswith(b"<!doctype html>")


def test_a_compressed_case_file_is_the_same_one_and_says_that_its_bytes_differ(server):
    _, whole, plain = get(server, f"{WORKED}/file/")
    _, short, packed = get(server, f"{WORKED}/file/", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed) == plain
    assert short["ETag"] == f"W/{whole['ETag']}"


def test_an_open_page_that_has_nothing_new_to_learn_is_told_so_without_a_body(server):
    _, _, page = get(server, "/en/cases/live/")
    (head,) = re.findall(rb'hx-get="(/en/cases/live/head/[^"]+)"', page)
    answer = get(server, head.decode(), **{"Accept-Encoding": "gzip"})
    assert (answer[0], answer[1]["Content-Encoding"], answer[2]) == (204, None, b"")


def test_another_name_than_the_loopback_is_not_answered(server):
    with pytest.raises(HTTPError) as caught:
        get(server, "/en/", Host="peyman.example.org")
    with caught.value as answer:
        assert answer.code == 400


def test_the_body_of_a_page_does_not_wait_for_its_head_to_be_acknowledged():
    with (
        listen("127.0.0.1", 0) as taken,
        create_connection(taken.getsockname()),
        taken.accept()[0] as connection,
    ):
        assert connection.getsockopt(IPPROTO_TCP, TCP_NODELAY)


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
    assert out == "Rebuilt the tables of 7 cases.\n"
