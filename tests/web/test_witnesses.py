"""Heads are pushed to witnesses on this machine, and the page says who saw what, when."""

import re
import time
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from django.conf import settings as django_settings
from django.urls import reverse

from peyman.case.entering.draft import Draft
from peyman.cli import main
from peyman.errors import PeymanError
from peyman.ledger import derive, read_case_file, read_policy, verify
from peyman.ledger.files.settings import read_settings
from peyman.ledger.log.note import (
    Checkpoint,
    read_checkpoint,
    sign_checkpoint,
    verifier_key,
)
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.signing.mldsa import MldsaKey
from peyman.ledger.verifying.policy import Witness
from peyman.ledger.witnesses.cosignature import cosign
from peyman.ledger.witnesses.follow import fetch_head, fetch_tree
from peyman.ledger.witnesses.fork import read_fork, told
from peyman.ledger.witnesses.witness import Answer
from peyman.web.models import Cosigned
from peyman.web.records import record
from peyman.web.records.keys import key_of
from peyman.web.witnessing import pushing, witnesses
from tests.web.served import peyman
from tests.web.test_enter import page_of

NAME = "kz.example/w"


def now():
    """This second: a witness signs by its own clock while the tests run."""
    return int(time.time())


def vkey_of(case):
    data = bytes(case.files.get(path="case.toml").data)
    return verifier_key(case.origin, read_settings(data).log_key)


@contextmanager
def a_witness(home, *logs, kind=()):
    """`peyman witness` at a free port: its key and its address."""
    watched = [f"--log={one}" for one in logs]
    arguments = ("witness", "--name", NAME, "--listen", "127.0.0.1:0", *kind, *watched)
    with peyman(home, *arguments) as process:
        assert process.stdout is not None
        key = process.stdout.readline().split()[1]
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        try:
            yield key, found[0]
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(params=[(), ("--ml-dsa",)], ids=["ed25519", "ml-dsa-44"])
def witness(live, settings, tmp_path, request):
    home = tmp_path / "kz"
    with a_witness(home, vkey_of(live), kind=request.param) as (key, address):
        settings.WITNESSES = tmp_path / "witnesses.policy"
        settings.WITNESSES.write_text(f"witness KZ {key} {address}\nquorum none\n")
        yield key


def note_in(case):
    draft = Draft("note", "performed", "unknown", None, (), {"text": "another"})
    record.enter(case.slug, draft, "peyman/registrar")
    case.refresh_from_db()


def test_a_head_is_pushed_and_signed_again_as_it_grows(live, witness, client):
    pushing.push_all(now())
    assert [one.size for one in live.cosigned.all()] == [live.size]
    note_in(live)
    pushing.push_all(now())
    pushing.push_all(now())
    assert [one.size for one in live.cosigned.all()] == [live.size - 1, live.size]
    page = page_of(client.get(reverse("case", args=(live.slug,))))
    assert "Witnesses" in page
    assert "all that are here" in page


def test_the_case_file_bears_the_line_and_verifies_under_the_policy(
    live, witness, client, tmp_path
):
    pushing.push_all(now())
    path = tmp_path / "case.zip"
    path.write_bytes(client.get(reverse("file", args=(live.slug,))).content)
    text = f"log {vkey_of(live)}\nwitness KZ {witness}\nquorum KZ\n"
    policy = tmp_path / "policy"
    policy.write_text(text)
    case_file = read_case_file(path)
    report = verify(case_file, read_policy(text.encode()))
    assert report.genuine, report.faults
    assert [one.witness for one in report.seen] == ["KZ"]
    found = CliRunner().invoke(main, ["verify", str(path), "--trust", str(policy)])
    assert found.exit_code == 0, found.output
    assert f"The witness KZ saw the head of {live.size} entries at" in found.output


def test_the_log_is_read_as_tiles_and_followed(live, client, tmp_path):
    def fetch(path):
        answer = client.get(f"/log/{live.slug}/{path}")
        assert answer.status_code == 200, path
        return answer.content

    _, head = fetch_head(fetch)
    assert fetch_tree(fetch, head).root().hex() == live.root
    bundle = fetch(f"tile/entries/000.p/{live.size}")
    assert bundle.startswith(b"\x00")
    for path in (
        f"tile/0/000.p/{live.size + 1}",
        "tile/0/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/1/000.p/1",
        "tile/00/000.p/1",
        "envelopes/000000.json",
        "tile/0/../../case.toml",
    ):
        assert client.get(f"/log/{live.slug}/{path}").status_code == 404, path


def test_the_page_says_how_to_witness_the_log_with_one_command(live, client):
    page = page_of(client.get(reverse("case", args=(live.slug,))))
    assert "No witness has signed the head of this log" in page
    address = f"http://testserver/log/{live.slug}"
    command = f"witness --name HOST/NAME --log {vkey_of(live)} --follow {address}"
    assert command in page


def test_who_may_not_see_a_case_may_not_read_its_log(live, client):
    live.is_public = False
    live.save()
    for path in ("checkpoint", "tile/0/000.p/1"):
        assert client.get(f"/log/{live.slug}/{path}").status_code == 404


def test_a_witness_that_is_away_delays_no_entry_and_is_told_of(live, settings, client):
    key = verifier_key(NAME, derive("x", "w").public, b"\x04")
    settings.WITNESSES = settings.KEYS / "policy"
    settings.KEYS.mkdir(exist_ok=True)
    settings.WITNESSES.write_text(f"witness KZ {key} http://127.0.0.1:9\nquorum none\n")
    note_in(live)
    pushing.push_all(now())
    (answer,) = live.unsigned.all()
    assert (answer.status, answer.witness) == (0, "KZ")
    page = page_of(client.get(reverse("case", args=(live.slug,))))
    assert "could not be reached since" in page
    assert not pushing._is_due(live, "KZ", now() + 1)
    assert pushing._is_due(live, "KZ", now() + pushing.AGAIN_S)


def test_a_line_by_another_key_is_not_kept(live, witness):
    trust = witnesses.policy()
    ((name, one),) = witnesses.named(trust)
    stranger = type(one)(one.name, derive("x", "stranger").public, one.url)
    assert not pushing.push(live, name, stranger, now())
    assert live.cosigned.count() == 0


OLD, NEW = derive("x", "w"), MldsaKey(b"n" * 32)


@pytest.mark.parametrize("own", [OLD, NEW], ids=["ed25519", "ml-dsa-44"])
def test_of_the_lines_of_several_keys_the_one_that_is_named_is_kept(live, own):
    head, _ = read_checkpoint(bytes(live.checkpoint))
    lines = [cosign(head, NAME, key, now()).line for key in (OLD, NEW)]
    one = Witness(NAME, own.public)
    answer = Answer(200, "".join(lines).encode())
    assert pushing._keep(live, "KZ", one, answer, now())
    (kept,) = live.cosigned.all()
    assert kept.line == lines[own is NEW]
    assert kept.line.encode() in witnesses.head_of(live)


@pytest.mark.parametrize("at", [0, 2**40])
def test_a_line_without_a_moment_or_of_the_future_is_not_kept(live, at):
    head, _ = read_checkpoint(bytes(live.checkpoint))
    answer = Answer(200, cosign(head, NAME, NEW, at).line.encode())
    assert not pushing._keep(live, "KZ", Witness(NAME, NEW.public), answer, now())
    assert live.cosigned.count() == 0


def test_the_longest_line_fits_into_the_database(live):
    head, _ = read_checkpoint(bytes(live.checkpoint))
    line = cosign(head, "w" * 128, NEW, now()).line
    Cosigned(
        case=live, witness="KZ", size=1, root="0" * 64, at=1, line=line
    ).full_clean()


@pytest.mark.parametrize("longer", [0, 3])
def test_a_witness_that_saw_another_log_shows_the_fork(
    live, witness, client, tmp_path, longer
):
    key = key_of(live.origin)
    other = Tree(hash_leaf(b"%d" % n) for n in range(live.size - 1 + longer))
    head = Checkpoint(live.origin, other.size, other.root())
    seen = sign_checkpoint(head, key)
    ((_, one),) = witnesses.named(witnesses.policy())
    assert pushing._push(one, other, 0, seen).status == 200
    pushing.push_all(now())
    assert live.cosigned.count() == 0
    # Nothing more is signed here: neither for a fork nor below what was witnessed.
    with pytest.raises(PeymanError, match="kz has seen"):
        note_in(live)
    page = page_of(client.get(reverse("case", args=(live.slug,))))
    if longer:
        assert "entries, more than are here" in page
        return
    assert "has seen another log of this case" in page
    (evidence,) = live.forks.all()
    data = client.get(reverse("fork", args=(live.slug, evidence.pk))).content
    path = tmp_path / "fork.json"
    path.write_bytes(data)
    found = CliRunner().invoke(main, ["verify", str(path)])
    assert found.exit_code == 0
    assert found.output.splitlines() == list(told(read_fork(data)))


def test_the_policy_lies_in_the_home_of_the_server():
    assert django_settings.WITNESSES.parent == django_settings.HOME
