"""A case that is not public has witnesses too: they follow it with an account."""

import os
import re
import subprocess
import sys

import pytest

from tests.web.served import Served
from tests.web.test_submitting import Visitor, call, found

NAME = "kz.example/w"
_CLOSED = """
from peyman.cli.serving import set_up
set_up()
from peyman.web.models import CaseRecord
assert CaseRecord.objects.filter(slug="live").update(is_public=False) == 1
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server whose demonstration case is for those who have a part in it."""
    home = tmp_path_factory.mktemp("server")
    with Served(home) as first:
        password = first.password
    subprocess.run(
        [sys.executable, "-c", _CLOSED],
        env={**os.environ, "PEYMAN_HOME": str(home)},
        check=True,
        timeout=60,
    )
    with Served(home) as one:
        assert one.password == password
        yield one


@pytest.fixture(scope="module")
def log_key(served):
    """The log's key, as a member finds it on the page of the case."""
    visitor = Visitor(served.address)
    visitor.send("/en/sign-in/", username="kz", password=served.password)
    page = visitor.get("/en/cases/live/").decode()
    return found(r"--log (\S+?\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+)", page)[0]


def witness(served, home, log_key, *more):
    address = f"{served.address}/log/live"
    log = ("--log", log_key, "--follow", address, "--once")
    return call(home, "witness", "--name", NAME, *log, *more)


def with_password(home, words):
    (home / "password").write_text(words + "\n")
    return ("--password-file", home / "password")


def test_a_member_witnesses_a_case_that_strangers_do_not_see(served, log_key, tmp_path):
    code, out, err = witness(served, tmp_path, log_key)
    assert code == 1
    assert "did not give checkpoint: 404 Not Found." in out + err
    account = ("--user", "kz", *with_password(tmp_path, served.password))
    code, out, err = witness(served, tmp_path, log_key, *account)
    assert (code, err) == (0, "")
    assert re.search(r"Signed: demo\.live/request-for-help at \d+ entries", out)


def test_a_wrong_password_is_refused_and_nothing_is_signed(served, log_key, tmp_path):
    account = ("--user", "kz", *with_password(tmp_path, "guessed"))
    code, out, err = witness(served, tmp_path, log_key, *account)
    assert code == 1
    assert "did not give checkpoint: 401 Unauthorized." in out + err
    assert "Signed" not in out


def test_a_password_goes_to_one_server_alone(served, log_key, tmp_path):
    words = with_password(tmp_path, served.password)
    other = ("--follow", "https://other.example/log/live", "--user", "kz", *words)
    code, _, err = witness(served, tmp_path, log_key, *other)
    assert code == 2
    assert err.startswith("The account of --user is one server's, and --follow does")
