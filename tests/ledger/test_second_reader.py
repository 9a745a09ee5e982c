"""The page is enough: a reader written from it alone takes the vectors, and nothing forged."""

import ast
import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from tests.ledger import second_reader
from tests.ledger.second_reader import RefusedError, check_case, check_proof, unlock

VECTORS = Path(__file__).parents[2] / "docs" / "vectors"
TOLD = json.loads((VECTORS / "vectors.json").read_bytes())
ORIGIN = "demo.peyman/vectors"
LOG_KEY = second_reader.unbase64(TOLD["keys"][ORIGIN]["public"])


def files():
    with zipfile.ZipFile(io.BytesIO((VECTORS / "case.zip").read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


FILES = files()


def test_the_second_reader_knows_nothing_of_peyman():
    tree = ast.parse(Path(second_reader.__file__).read_text(encoding="utf-8"))
    named = [
        getattr(node, "module", None) or node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert named
    assert not any(name.startswith(("peyman", "tests")) for name in named)


def test_the_second_reader_takes_the_case():
    assert check_case(FILES)


def refuses(call):
    """Whether the reader refuses, in its own words or by what it stumbles over."""
    try:
        call()
    except (RefusedError, ValueError, KeyError, TypeError, IndexError):
        return True
    return False


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_second_reader_finds_a_changed_byte_in_every_file(path):
    chance = random.Random(path)
    for place in chance.sample(range(len(FILES[path])), min(40, len(FILES[path]))):
        data = bytearray(FILES[path])
        data[place] ^= 1 << place % 8
        assert refuses(lambda data=data: check_case({**FILES, path: bytes(data)})), (
            place
        )


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_second_reader_misses_what_is_removed_and_finds_what_is_added(path):
    without = {one: data for one, data in FILES.items() if one != path}
    assert refuses(lambda: check_case(without))
    assert refuses(lambda: check_case({**FILES, f"{path}.copy": FILES[path]}))


def test_the_second_reader_takes_the_proof():
    payload = check_proof(TOLD["proof"], LOG_KEY)
    assert (payload["kind"], payload["origin"]) == ("act", ORIGIN)


def test_the_second_reader_refuses_a_changed_proof_and_another_log_key():
    text = TOLD["proof"]
    for place in range(0, len(text), 5):
        other = "A" if text[place] != "A" else "B"
        changed = text[:place] + other + text[place + 1 :]
        assert refuses(lambda changed=changed: check_proof(changed, LOG_KEY)), place
    stranger = second_reader.unbase64(TOLD["keys"]["csto/council"]["public"])
    assert refuses(lambda: check_proof(text, stranger))


@pytest.mark.parametrize("told", TOLD["locked_keys"], ids=["key file", "passphrase"])
def test_the_second_reader_opens_a_locked_key(told):
    secret = unlock(told["file"], told["opens"])
    assert secret.hex() == TOLD["keys"]["csto/council"]["secret"]
