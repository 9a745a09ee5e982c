"""A witness signs a head only after the one before, whatever is pushed or breaks."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import derive
from peyman.ledger.log.note import Checkpoint, read_checkpoint, sign_checkpoint
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.witnesses.cosignature import cosignatures_of
from peyman.ledger.witnesses.follow import fetch_head, fetch_tree
from peyman.ledger.witnesses.fork import is_fork, read_fork, told
from peyman.ledger.witnesses.witness import SIZE, Push, Witness, read_push
from tests.ledger.builders import small_case
from tests.ledger.disks import Crash, FailingDisk

ORIGIN = "demo.peyman/case"
KEY, OWN = derive("x", ORIGIN), derive("x", "witness")
NOW = 1_700_000_000


def tree_of(mark, size=12, common=3):
    """A log; two of other marks have the first entries in common, and no more."""
    return Tree(
        hash_leaf(b"%d" % n if n < common else f"{mark}{n}".encode())
        for n in range(size)
    )


A, B = tree_of("a"), tree_of("b")


def note(tree, size, key=KEY, origin=ORIGIN):
    return sign_checkpoint(Checkpoint(origin, size, tree.root(size)), key)


def push(tree, old, size, **more):
    return Push(old, tree.consistency(old, size), note(tree, size, **more)).encode()


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "w", "w.example/1", OWN, {ORIGIN: (KEY.public,)})


def answers(witness, *pushes, now=NOW):
    return [witness.add_checkpoint(one, now).status for one in pushes]


def test_a_head_that_goes_on_is_signed_with_its_moment(witness):
    assert answers(witness, push(A, 0, 3), push(A, 3, 8), push(A, 8, 8)) == [200] * 3
    given_ = witness.add_checkpoint(push(A, 8, 12), NOW + 5)
    head = note(A, 12)
    (line,) = cosignatures_of(head + given_.body)
    assert line.is_by(OWN.public, read_checkpoint(head)[0])
    assert (line.name, line.at) == ("w.example/1", NOW + 5)
    assert witness.latest(ORIGIN) == head + given_.body


def test_an_old_size_that_is_not_the_last_is_told_the_last(witness):
    answers(witness, push(A, 0, 3))
    for one in (push(A, 0, 8), push(A, 2, 8), push(A, 0, 2), push(B, 8, 12)):
        assert witness.add_checkpoint(one, NOW) == (409, b"3\n", SIZE)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (push(A, 3, 8, origin="demo.peyman/other"), 404),
        (push(A, 3, 8, key=derive("x", "stranger")), 403),
        (Push(9, (), note(A, 8)).encode(), 400),
        (Push(3, (), note(A, 8)).encode(), 422),
        (Push(3, (b"x" * 32,) * 63, note(A, 8)).encode(), 422),
        (Push(3, (b"x" * 32,) * 64, note(A, 8)).encode(), 400),
        (push(A, 3, 8).replace(b"old 3", b"old 03"), 400),
        (push(A, 3, 8).replace(b"\n", b"\r\n"), 400),
        (push(A, 3, 8) + b"\n", 400),
        (b"", 400),
        (b"old 0\n\n" + b"x" * 70_000, 400),
    ],
)
def test_what_is_no_push_of_a_log_that_goes_on_is_refused(witness, data, status):
    answers(witness, push(A, 0, 3))
    assert witness.add_checkpoint(data, NOW).status == status
    assert read_checkpoint(witness.latest(ORIGIN))[0].size == 3


def test_lines_of_other_keys_are_left_aside(witness):
    stranger = note(A, 3, key=derive("x", "stranger")).split(b"\n\n")[1]
    assert answers(witness, push(A, 0, 3) + stranger) == [200]
    assert stranger not in witness.latest(ORIGIN)


def test_a_clock_that_went_back_signs_nothing(witness):
    answers(witness, push(A, 0, 3))
    assert answers(witness, push(A, 3, 8), now=NOW - 1) == [503]


def test_two_heads_of_one_size_are_kept_as_evidence_and_not_signed(witness):
    answers(witness, push(A, 0, 8))
    assert answers(witness, push(B, 8, 8), push(B, 0, 8)) == [409, 409]
    (path,) = witness.forks()
    data = path.read_bytes()
    assert is_fork(data)
    lines = list(told(read_fork(data)))
    assert lines[0].startswith("FORK: one key signed two heads of demo.peyman/case")
    assert answers(witness, push(A, 8, 12)) == [200]


def test_a_fork_that_is_followed_is_proved_across_sizes(witness):
    assert witness.follow(note(A, 5), A, NOW).status == 200
    assert witness.follow(note(A, 8), A, NOW).status == 200
    assert witness.follow(note(A, 5), A, NOW).status == 409
    assert witness.forks() == ()  # an older head is not another log
    assert witness.follow(note(B, 12), B, NOW).status == 409
    (path,) = witness.forks()
    fork = read_fork(path.read_bytes())
    assert fork.root == B.root(8)
    assert read_fork(fork.encode()) == fork


def evidence(tmp_path):
    one = Witness(tmp_path, "w.example/1", OWN, {ORIGIN: (KEY.public,)})
    one.follow(note(A, 8), A, NOW)
    one.follow(note(B, 12), B, NOW)
    return one.forks()[0].read_bytes()


def test_evidence_with_any_byte_changed_proves_nothing_or_the_same(tmp_path):
    data = evidence(tmp_path)
    for place in range(len(data)):
        broken = bytearray(data)
        broken[place] ^= 1
        try:
            read = read_fork(bytes(broken))
        except PeymanError:
            continue
        # A changed witness's line is left aside: the two signed heads are the same.
        same = [read_checkpoint(one)[0] for one in read.heads]
        assert same == [read_checkpoint(one)[0] for one in read_fork(data).heads]


def test_one_log_is_no_evidence_against_itself(tmp_path):
    fork = read_fork(evidence(tmp_path))
    for heads, tree in (((note(A, 8), note(A, 12)), A), ((note(A, 8),) * 2, A)):
        sizes = [read_checkpoint(one)[0].size for one in heads]
        made = type(fork)(
            fork.key, heads, tree.root(sizes[0]), tree.consistency(*sizes)
        )
        with pytest.raises(PeymanError, match="do not contradict each other"):
            read_fork(made.encode())


def test_the_tree_of_a_case_is_fetched_and_compared_with_its_head(witness):
    files = dict(small_case().build().files)
    _, head = fetch_head(files.__getitem__)
    assert fetch_tree(files.__getitem__, head).root() == head.root
    files["tile/0/000.p/5"] = bytes(160)
    with pytest.raises(PeymanError, match="do not make the root of its head"):
        fetch_tree(files.__getitem__, head)


@pytest.mark.parametrize("step", range(1, 9))
@pytest.mark.parametrize("failure", [Crash(), OSError(28, "No space left on device")])
def test_a_disk_that_breaks_anywhere_never_makes_it_sign_a_fork(
    tmp_path, step, failure
):
    logs = {ORIGIN: (KEY.public,)}
    whole = Witness(tmp_path, "w.example/1", OWN, logs)
    whole.add_checkpoint(push(A, 0, 3), NOW)
    broken = Witness(tmp_path, "w.example/1", OWN, logs, FailingDisk(step, failure))
    given_ = []
    with suppress(Crash, OSError):
        given_.append(broken.add_checkpoint(push(A, 3, 8), NOW).status)
    seen = read_checkpoint(whole.latest(ORIGIN) or b"")[0].size
    assert seen in (3, 8)
    assert given_ == [] or seen == 8
    if seen == 8:
        assert whole.add_checkpoint(push(B, 8, 8), NOW).status == 409
    else:
        assert whole.add_checkpoint(push(A, 3, 8), NOW).status == 200


CHILD = """
import sys
from pathlib import Path
from tests.ledger.test_witness import *
witness = Witness(Path(sys.argv[1]), "w.example/1", OWN, {ORIGIN: (KEY.public,)})
turn = int(sys.argv[2])
while True:
    for tree, mark in ((A, "a"), (B, "b"))[:: 1 if turn % 2 else -1]:
        latest = witness.latest(ORIGIN)
        old = read_checkpoint(latest)[0].size if latest else 0
        size = min(old + 1, tree.size)
        if witness.add_checkpoint(push(tree, old, size), NOW).status == 200:
            print(size, mark, flush=True)
    turn += 1
"""


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_it_has_signed_one_history(tmp_path, seed):
    chance = random.Random(seed)
    signed = set()
    for turn in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, tmp_path, str(turn + seed)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": "."},
        ) as child:
            assert child.stdout is not None
            signed.add(tuple(child.stdout.readline().split()))
            time.sleep(chance.random() / 50)
            child.send_signal(signal.SIGKILL)
            signed |= {tuple(one.split()) for one in child.stdout.read().splitlines()}
    marks = {mark for size, mark in signed if int(size) > 3}
    assert len(marks) <= 1
    head, _ = read_checkpoint(
        (tmp_path / ORIGIN.replace("/", "--") / "head").read_bytes()
    )
    assert all(int(size) <= head.size for size, _ in signed)


@given(st.binary(max_size=400))
def test_a_push_is_read_or_refused_and_never_breaks_the_reader(data):
    for one in (data, b"old 3\n" + data, push(A, 3, 8)[: len(data)] + data):
        try:
            read = read_push(one)
        except PeymanError:
            continue
        assert read_push(read.encode()) == read


@given(st.binary(max_size=200))
def test_evidence_is_read_or_refused_and_never_breaks_the_reader(data):
    for one in (data, b'{"fork":' + data):
        with pytest.raises(PeymanError):
            read_fork(one)
