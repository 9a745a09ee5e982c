"""Several servers of several processes on one database push each head to a witness once.

All of it is real: servers, database, writers, and `peyman witness` behind a counter.
"""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest

from peyman.ledger.log.note import Checkpoint, read_checkpoint, sign_checkpoint
from peyman.ledger.log.note import verifier_key as vkey
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.witnesses.witness import Push, read_push
from tests.web.served import Served
from tests.web.test_witnesses import a_witness
from tests.web.test_writers import LIMIT_S, ended, started
from tests.web.writers import begun

DRAFT = begun()
LIMIT = 60
"""Seconds until something is so."""


class Counter:
    """Stands before a witness, hands on what comes, and keeps what was answered.

    Attributes:
        pushes: Of each push of this log: from which size, to which, and the status.
    """

    def __init__(self, witness):
        self.witness, self.pushes = witness, []

    def hand_on(self, path, body=None):
        try:
            with urlopen(Request(self.witness + path, body), timeout=30) as answer:  # noqa: S310
                told = answer.status, answer.read()
        except HTTPError as error:
            told = error.code, error.read()
        if body is not None:
            push = read_push(body)
            head, _ = read_checkpoint(push.note)
            if head.origin == DRAFT.origin:
                self.pushes.append((push.old, head.size, told[0]))
        return told

    def head(self):
        status, note = self.hand_on(f"/head/{DRAFT.origin}")
        return read_checkpoint(note)[0].size if status == 200 else 0


@contextmanager
def counted(witness):
    counter = Counter(witness)

    class Hands(BaseHTTPRequestHandler):
        def do_GET(self):
            self.give(*counter.hand_on(self.path))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.give(*counter.hand_on(self.path, body))

        def give(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hands) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield counter, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("empty_postgresql")


@pytest.fixture
def counter(tmp_path):
    """A witness of the log, named in the policy of the servers' home."""
    log = vkey(DRAFT.origin, DRAFT.log_key.public)
    (tmp_path / "home").mkdir()
    with (
        a_witness(tmp_path / "kz", log) as (key, witness),
        counted(witness) as (it, at),
    ):
        policy = tmp_path / "home" / "witnesses.policy"
        policy.write_text(f"witness KZ {key} {at}\nquorum none\n")
        yield it


def serving(home, url):
    return Served(home, "--workers", "2", **({"DATABASE_URL": url} if url else {}))


def write(home, url, *words):
    return ended(started(home, url, *words), LIMIT_S)


def asked(home, url, statement):
    """Run one statement on the database, from outside."""
    if url:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(home / "peyman.sqlite3", timeout=30)) as file, file:
        return file.execute(statement).fetchall()


def wait_until(is_so):
    until = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_two_servers_push_each_head_once_and_find_their_place_again(
    counter, url, tmp_path
):
    home = tmp_path / "home"
    with serving(home, url), serving(home, url):
        write(home, url, "make")
        write(home, url, "write", 4, 5)
        wait_until(lambda: counter.head() == 21)
        time.sleep(4)
    signed = [size for _, size, status in counter.pushes if status == 200]
    assert signed == sorted({*signed})
    assert {status for _, _, status in counter.pushes} == {200}
    olds = [old for old, _, _ in counter.pushes]
    assert olds == [0, *signed[:-1]]
    # A server that forgot what was signed is told by the witness, and goes on from there.
    asked(home, url, "delete from web_cosigned")
    counter.pushes.clear()
    with serving(home, url), serving(home, url):
        wait_until(lambda: asked(home, url, "select size from web_cosigned"))
        time.sleep(3)
    assert counter.pushes == [(0, 21, 409), (21, 21, 200)]


def test_no_server_has_a_fork_signed_and_the_evidence_is_kept_once(
    counter, url, tmp_path
):
    home = tmp_path / "home"
    other = Tree(hash_leaf(b"%d" % number) for number in range(3))
    head = Checkpoint(DRAFT.origin, 3, other.root())
    seen = Push(0, (), sign_checkpoint(head, DRAFT.log_key)).encode()
    assert counter.hand_on("/add-checkpoint", seen)[0] == 200
    counter.pushes.clear()
    write(home, url, "tables")
    write(home, url, "make")
    write(home, url, "write", 1, 5)
    with serving(home, url), serving(home, url):
        wait_until(lambda: asked(home, url, "select digest from web_forkrecord"))
        time.sleep(3)
        # Each time that it is asked again, after half a minute, it says the same.
        assert counter.pushes[:2] == [(0, 6, 409), (3, 6, 422)]
        assert {*counter.pushes} == {*counter.pushes[:2]}
        assert counter.head() == 3
        assert len(asked(home, url, "select digest from web_forkrecord")) == 1
        assert asked(home, url, "select size from web_cosigned") == []
