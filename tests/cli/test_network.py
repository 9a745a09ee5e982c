"""A password goes to the server that it is for, where nobody can read it on the way."""

import base64
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from peyman.cli.trust.network import Account, check_private, open_as
from peyman.errors import PeymanError

KZ = Account("kz", "secret:with:colons")


@contextmanager
def a_server(status, location=""):
    """A server that answers everything so: its address, and the headers it was sent."""
    met = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            met.append(self.headers)
            self.send_response(status)
            self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/x", met
        server.shutdown()


def asked(url):
    return open_as(Request(url), KZ, 10)  # noqa: S310  (what is refused is tested)


def test_an_account_is_named_to_the_server_that_is_asked():
    with a_server(200) as (url, met):
        asked(url).close()
    given = met[0]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(given) == b"kz:secret:with:colons"


def test_where_a_server_leads_on_nobody_follows():
    with a_server(200) as (other, met), a_server(302, other) as (url, _):
        with pytest.raises(HTTPError, match="302"):
            asked(url)
        assert met == []


@pytest.mark.parametrize(
    "url", ["https://keeper.example/x", "http://127.0.0.1:8000", "http://localhost/x",
            "http://[::1]:8000/"]
)  # fmt: skip
def test_a_password_goes_by_https_or_stays_on_this_machine(url):
    check_private(url)


@pytest.mark.parametrize(
    "url", ["http://keeper.example/x", "http://localhost.example", "http://10.0.0.1",
            "http://127.0.0.1@keeper.example/", "ftp://keeper.example"]
)  # fmt: skip
def test_a_password_is_not_sent_in_the_clear(url):
    with pytest.raises(PeymanError) as caught:
        asked(url)
    assert str(caught.value) == (
        f"A password is not sent to {url}: it would go in the clear.\n"
        "  Authority: SECURITY.md: a name and a password by https alone\n"
        "  Next step: Give the address with https."
    )
