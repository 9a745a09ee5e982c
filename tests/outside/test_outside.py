"""Our log under Go's note and tlog: the genuine is taken, and every forged one refused."""

import base64
from pathlib import Path

import pytest

from peyman.ledger import derive, write_folder
from peyman.ledger.log.note import read_checkpoint, verifier_key
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.witnesses.cosignature import cosign, with_cosignatures
from tests.ledger.builders import Draft, changed, small_case
from tests.outside.verifier import ask, build

DRAFT = small_case()
VKEY = verifier_key(DRAFT.origin, DRAFT.log_key.public)
SMALL = DRAFT.build()
BUNDLE, TILE = "tile/entries/000.p/5", "tile/0/000.p/5"


@pytest.fixture(scope="session")
def outside(tmp_path_factory):
    return build(tmp_path_factory.mktemp("outside"))


def asked(outside, casefile, folder: Path):
    write_folder(casefile, folder)
    return ask(outside, "log", str(folder), VKEY)


def flipped(casefile, path, place):
    data = bytearray(casefile.files[path])
    data[place] ^= 1
    return changed(casefile, path, bytes(data))


def long_case(entries):
    draft = Draft()
    draft.open()
    for number in range(entries - 1):
        draft.add("note", {"text": str(number)})
    return draft.build()


def cosigned(casefile):
    note = casefile.files["checkpoint"]
    line = cosign(read_checkpoint(note)[0], "w.example/1", derive("x", "w"), 7)
    return changed(casefile, "checkpoint", with_cosignatures(note, [line]))


@pytest.mark.parametrize("size", [1, 5, 256, 257, 300])
def test_go_reads_our_log(outside, tmp_path, size):
    is_good, said = asked(outside, long_case(size), tmp_path / "case")
    assert is_good, said
    assert said.startswith(f"demo.peyman/case: {size} leaves, root ")


def test_go_reads_a_head_that_a_witness_signed(outside, tmp_path):
    assert asked(outside, cosigned(SMALL), tmp_path / "case")[0]


FORGED = {
    "another log key": lambda: Draft_of_a_stranger(),
    "a byte of the signature": lambda: flipped(SMALL, "checkpoint", -3),
    "a byte of the root": lambda: flipped(SMALL, "checkpoint", 21),
    "a byte of a leaf": lambda: flipped(SMALL, BUNDLE, 40),
    "a byte of a hash": lambda: flipped(SMALL, TILE, 40),
    "a leaf and its hash together": lambda: forged_together(),
    "a hash cut off": lambda: changed(SMALL, TILE, SMALL.files[TILE][:-1]),
    "a bundle cut off": lambda: changed(SMALL, BUNDLE, SMALL.files[BUNDLE][:-1]),
    "a note with CRLF": lambda: changed(
        SMALL, "checkpoint", SMALL.files["checkpoint"].replace(b"\n", b"\r\n")
    ),
}


def Draft_of_a_stranger():  # noqa: N802  (reads as what it is in the table)
    draft = small_case()
    draft.log_key = derive("x", "a stranger")
    return draft.forge()


def forged_together():
    bundle = bytearray(SMALL.files[BUNDLE])
    bundle[40] ^= 1
    first = int.from_bytes(bundle[:2], "big")
    leaf = hash_leaf(bytes(bundle[2 : 2 + first]))
    made = changed(SMALL, BUNDLE, bytes(bundle))
    return changed(made, TILE, leaf + SMALL.files[TILE][32:])


@pytest.mark.parametrize("what", sorted(FORGED))
def test_go_refuses_a_forged_log(outside, tmp_path, what):
    is_good, said = asked(outside, FORGED[what](), tmp_path / "case")
    assert not is_good, said


def test_go_agrees_on_every_proof_and_on_every_false_one(outside):
    tree = Tree(hash_leaf(b"%d" % n) for n in range(40))
    lines, expected = [], []

    def add(kind, first, second, *hashes):
        words = [base64.b64encode(one).decode() for one in hashes]
        lines.append(" ".join([kind, str(first), str(second), *words]))

    for size in range(1, 41):
        for index in range(size):
            leaf, proof = tree.levels[0][index], tree.inclusion(index, size)
            add("inclusion", size, index, leaf, tree.root(size), *proof)
            add("inclusion", size, index, leaf, tree.root(size), *proof, leaf)
            expected += [True, False]
        for old in range(1, size):
            proof = tree.consistency(old, size)
            roots = tree.root(old), tree.root(size)
            add("consistency", old, size, *roots, *proof)
            add("consistency", old, size, *reversed(roots), *proof)
            expected += [True, False]
    is_good, said = ask(outside, "proofs", lines="\n".join(lines) + "\n")
    assert is_good
    assert said.split() == [str(one).lower() for one in expected]
