"""A member signs on its own machine and hands in over the network, as people do."""

import json
import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.web.served import Served, peyman


def found(pattern, text):
    """What a pattern finds in a text, where it must."""
    match = re.search(pattern, text)
    assert match is not None, text
    return match.groups()


class Visitor:
    """Somebody with a browser that keeps cookies and sends forms, and no more."""

    def __init__(self, address):
        self.address = address
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        return self.opener.open(self.address + path).read()

    def send(self, path, **fields):
        (mark,) = found(
            'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).decode()
        )
        data = urlencode({"csrfmiddlewaretoken": mark, **fields}).encode()
        return self.opener.open(self.address + path, data).read().decode()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("server")) as one:
        yield one


def call(home, *arguments):
    process = peyman(home, *map(str, arguments))
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture(scope="module")
def member(served, tmp_path_factory):
    """The delegate of KZ: a home with a key that the record knows, and a copy of it."""
    home = tmp_path_factory.mktemp("member")
    code, out, _ = call(home, "key", "new", "KZ")
    assert code == 0
    (public,) = found(r"  public (\S+)", out)
    visitor = Visitor(served.address)
    visitor.send("/en/sign-in/", username="kz", password=served.password)
    fields = {"step": "key", "key-public": public}
    assert "It is entered." in visitor.send("/en/cases/live/keys/", **fields)
    (home / "live.zip").write_bytes(visitor.get("/en/cases/live/file/"))
    (home / "password").write_text(served.password + "\n")
    return home


def sign(home, name, *options, **entry):
    written = home / f"{name}.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    written.write_text("\n".join(lines))
    out = home / f"{name}.json"
    code, _, err = call(
        home, "sign", home / "live.zip", written, "--as", "KZ", "--out", out, *options
    )
    assert code == 0, err
    return out


def submit(served, home, envelope, user="kz"):
    return call(
        home,
        "submit",
        envelope,
        *("--to", f"{served.address}/en/cases/live/", "--user", user),
        *("--case", home / "live.zip", "--password-file", home / "password"),
    )


def test_what_was_signed_at_home_is_entered_once_and_its_receipt_is_kept(
    served, member
):
    note = {"kind": "note", "text": "From home.", "known_as": "performed"}
    envelope = sign(member, "note", **note)
    code, out, err = submit(served, member, envelope)
    assert code == 0, err
    index, origin = found(r"^e([0-9]+): entered into (\S+) at ", out)
    assert origin == "demo.live/request-for-help"
    assert submit(served, member, envelope)[1] == out
    receipt = out.splitlines()[1].partition("is kept: ")[2]
    code, told, _ = call(member, "verify", receipt)
    assert code == 0
    assert told.startswith(f"PROVED: e{index} stands in {origin}, of ")
    page = Visitor(served.address).get(f"/en/cases/live/entries/{index}/").decode()
    assert "From home." in page
    assert "with this server" not in page


def test_another_accounts_hand_and_a_wrong_password_are_refused(served, member):
    note = {"kind": "note", "text": "x", "known_as": "performed"}
    envelope = sign(member, "other", **note)
    code, out, err = submit(served, member, envelope, "ru")
    assert (code, out) == (2, "")
    assert err.startswith("It is signed for KZ, and you act here for RU.\n")
    (member / "password").write_text("wrong\n")
    code, _, err = submit(served, member, envelope)
    (member / "password").write_text(served.password + "\n")
    assert code == 2
    assert err.startswith("Name and password do not belong together here.\n")


def test_a_server_that_is_not_there_is_named(served, member):
    envelope = member / "note.json"
    code, _, err = call(
        member,
        "submit",
        envelope,
        *("--to", "http://127.0.0.1:9/en/cases/live/", "--user", "kz"),
        *("--case", member / "live.zip", "--password-file", member / "password"),
    )
    assert code == 2
    assert err.startswith(
        "http://127.0.0.1:9/api/cases/live/entries/ cannot be reached:"
    )


def test_the_backup_of_a_server_is_a_case_file(served, member, tmp_path):
    home = served.home
    code, out, err = call(home, "backup", "--all", tmp_path)
    assert code == 0, err
    assert out.startswith(f"{tmp_path / 'live.zip'}: ")
    code, told, _ = call(home, "verify", tmp_path / "live.zip", "--whole")
    assert code == 0
    assert told.startswith("GENUINE: demo.live/request-for-help, ")
