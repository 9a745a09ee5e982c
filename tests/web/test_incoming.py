"""A request that brings too much is refused while it comes, and nothing of it is kept."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.web.served import Served, memory_mb

GIB = 2**30
CHUNK = bytes(2**20)
PATH = "/en/sign-in/"
LIMIT_S = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("home")) as started:
        yield started


def connected(server):
    parts = urlsplit(server.address)
    return socket.create_connection((parts.hostname, parts.port), timeout=LIMIT_S)


def head(*lines, path=PATH):
    said = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *lines)
    return "\r\n".join(said).encode() + b"\r\n\r\n"


def answer_of(connection):
    """Everything that is answered, until the server closes."""
    found = b""
    try:
        while more := connection.recv(65536):
            found += more
    except ConnectionResetError:
        pass  # It does not wait for what it will not read.
    return found.decode()


def test_ten_gigabytes_that_are_announced_are_refused_before_they_come(server):
    before = memory_mb(server.process.pid)
    with connected(server) as connection:
        connection.sendall(head(f"Content-Length: {10 * GIB}"))
        answer = answer_of(connection)
    assert answer.startswith("HTTP/1.1 413 ")
    assert "What you sent is larger than the 64 MB that are taken here." in answer
    assert memory_mb(server.process.pid) < before + 20


def test_what_announces_no_length_is_refused_while_it_comes(server):
    before = memory_mb(server.process.pid)
    with connected(server) as connection:
        connection.sendall(head("Transfer-Encoding: chunked"))
        sent = 0
        try:
            while sent < 10 * GIB:
                connection.sendall(b"%x\r\n%b\r\n" % (len(CHUNK), CHUNK))
                sent += len(CHUNK)
        except (BrokenPipeError, ConnectionResetError):
            pass  # It was refused.
    assert 64 * 2**20 < sent < GIB
    assert memory_mb(server.process.pid) < before + 100


def test_it_is_said_in_the_language_of_the_page(server):
    with connected(server) as connection:
        connection.sendall(head(f"Content-Length: {GIB}", path="/fa/sign-in/"))
        answer = answer_of(connection)
    assert "content-language: fa" in answer


def test_the_server_goes_on_afterwards(server):
    with connected(server) as connection:
        connection.sendall(b"GET /en/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        assert answer_of(connection).startswith("HTTP/1.1 200 ")
