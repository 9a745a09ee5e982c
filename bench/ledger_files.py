"""Measure proofs, and `peyman verify` of a long case file, beside what they must hash and check."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from peyman.ledger import derive, write_folder
from peyman.ledger.log.tree import Tree, hash_leaf, proves_inclusion
from tests.ledger.disks import QuickDisk
from tests.ledger.long import long_case

PEYMAN = Path(sys.executable).parent / "peyman"
PROOFS = 20_000
# A process begins with the memory of whoever started it, so a small one has to.
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
CHARTER = Path("charters/csto.toml")


def report_files(entries: int) -> None:
    """Print the rates of proofs, and what verifying so many entries takes."""
    print(f"Proofs of inclusion in a tree of {entries} leaves, per second:")
    print(_proofs(entries))
    with tempfile.TemporaryDirectory(prefix="peyman-bench-") as folder:
        case = Path(folder) / "case"
        signed_s = _write(case, entries)
        print(f"`peyman verify` of a folder of {entries} entries, in seconds:")
        print(f"  {'all of its signatures alone, one core':44} {signed_s:7.2f}")
        for words, goal in (((), "< 15"), (("--no-signatures",), "< 1")):
            took_s, most_mb = _verify(case, *words)
            name = " ".join(("verify", *words))
            print(f"  {name:44} {took_s:7.2f} goal {goal}; memory {most_mb:.0f} MB")


def _proofs(size: int) -> str:
    tree = Tree(hash_leaf(b"%d" % n) for n in range(size))
    places = [n * 7919 % size for n in range(PROOFS)]
    proofs = [tree.inclusion(place, size) for place in places]
    hashes = sum(map(len, proofs))
    lines = [
        f"  {name:44} {PROOFS / _took_s(run):9.0f} {goal}"
        for name, run, goal in (
            ("made", partial(_make, tree, places), "goal 20,000"),
            ("checked", partial(_check, tree, places, proofs), "goal 100,000"),
            ("as many hashes as checks need, alone", partial(_hash, hashes), ""),
        )
    ]
    return "\n".join(lines) + "\n"


def _make(tree: Tree, places: Sequence[int]) -> None:
    for place in places:
        tree.inclusion(place, tree.size)


def _check(
    tree: Tree, places: Sequence[int], proofs: Sequence[tuple[bytes, ...]]
) -> None:
    root, hashes = tree.root(), tree.levels[0]
    for place, proof in zip(places, proofs, strict=True):
        if not proves_inclusion(proof, place, tree.size, hashes[place], root):
            raise AssertionError(f"no proof of {place}")


def _hash(count: int) -> None:
    left, right = bytes(32), bytes(32)
    begun = sha256(b"\x01").copy
    for _ in range(count):
        node = begun()
        node.update(left)
        node.update(right)
        node.digest()


def _took_s(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _write(case: Path, entries: int) -> float:
    """Write a case of notes; give what checking its signatures alone takes, in s."""
    charters = {"csto": {"csto.toml": CHARTER.read_bytes()}}
    write_folder(long_case(entries, charters), case, QuickDisk())
    key, message = derive("peyman bench", "an office"), bytes(600)
    signature = key.sign(message)
    sample = 2000

    def check() -> None:
        for _ in range(sample):
            key.public.verifies(signature, message)

    return _took_s(check) * entries / sample


def _verify(case: Path, *words: str) -> tuple[float, float]:
    """Verify in a process of its own: how long it took, in s, and its memory, in MB."""
    command: list[str | Path] = [sys.executable, "-c", _MEASURED, PEYMAN]
    began = time.perf_counter()
    done = subprocess.run(
        [*command, "verify", case, *words], check=True, capture_output=True
    )
    return time.perf_counter() - began, int(done.stderr.split()[-1]) / 1024
