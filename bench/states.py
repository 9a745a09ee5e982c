"""How fast a charter's states are walked, beside spin on the same graph; and verified.

The graph is two independent copies of a charter of eighteen acts. For spin it is written
as Promela, bit for bit: one process, one loop, one atomic step for each move. Both must
come to the same number of states and of transitions, or nothing is printed but that.

`python -m bench.states`; needs Debian's `spin` and `gcc`.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from peyman.charter.read import load_charter
from peyman.charter.verification.compiling import compile_kind
from peyman.charter.verification.graph import Footing, Graph, Outlived
from peyman.charter.verification.report import verify
from peyman.charter.verification.space import Space, explore
from peyman.charter.verification.voting import last_day

CHARTER = Path(__file__).parent / "charters" / "eighteen.toml"
WORD = 31
"""Bits in one variable of Promela: an `int` without its sign."""


def main() -> None:
    """Measure on its own."""
    parser = argparse.ArgumentParser(description="Walk states beside spin.")
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    report(parser.parse_args().rounds)


def report(rounds: int) -> None:
    """Print both: walking beside spin, and verifying."""
    report_walk(rounds)
    report_verification(rounds)


def report_walk(rounds: int) -> None:
    """Print states a second of both, and their ratio."""
    charter = load_charter(CHARTER)
    one = compile_kind(charter, last_day(charter), "aid").lawful
    graph = beside_itself(one)
    print(f"\nTwo copies of {CHARTER.stem} ({len(one.acts)} acts), {rounds} rounds.")
    if not (shutil.which("spin") and shutil.which("gcc")):
        print("Not measured: spin or gcc is missing. As root: apt-get install spin gcc")
        return
    with tempfile.TemporaryDirectory() as folder:
        pan = compiled(graph, Path(folder))
        counts, ours, theirs = measured(graph, pan, rounds)
    if len(counts) != 1:
        print(f"They do not agree: {sorted(counts)} (states, transitions).")
        return
    states, transitions = counts.pop()
    print(f"Both find {states:,} states and {transitions:,} transitions.\n")
    for name, seconds in (("peyman", ours), ("spin", theirs)):
        print(f"{name:<8}{spread([states / s for s in seconds])} states a second")
    ratios = [spin / own for own, spin in zip(ours, theirs, strict=True)]
    print(f"ratio   {spread(ratios, '.2f')} of spin's states a second")


def report_verification(rounds: int) -> None:
    """Print how long each charter of the library takes to verify."""
    print("\nVerifying a charter, ms; goal 2,000:")
    for path in sorted((CHARTER.parents[2] / "charters").glob("*.toml")):
        law, taken_ms = load_charter(path), []
        for _ in range(rounds):
            start = time.perf_counter()
            walked = verify(law).states
            taken_ms.append(1000 * (time.perf_counter() - start))
        print(f"  {path.stem:<12}{spread(taken_ms, '.0f')}, {walked:,} states")


Counts = tuple[int, int]
"""States, and transitions between them."""


def measured(
    graph: Graph, pan: Path, rounds: int
) -> tuple[set[Counts], list[float], list[float]]:
    """What was counted by either, and the seconds of every round of each."""
    counts, ours, theirs = set(), [], []
    for turn in range(rounds):
        start = time.perf_counter()
        space = explore(graph)
        ours.append(time.perf_counter() - start)
        if turn == 0:
            counts.add(counted(space))
        del space
        start = time.perf_counter()
        counts.add(spun(pan))
        theirs.append(time.perf_counter() - start)
    return counts, ours, theirs


def counted(space: Space) -> Counts:
    """The states of a space, and the steps between them, which it does not keep."""
    return len(space.came), sum(1 for _ in space.steps())


def spread(values: list[float], form: str = ",.0f") -> str:
    """The median, with the least and the most in brackets."""
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def spun(pan: Path) -> Counts:
    """Walk it with spin's verifier, which counts coming to the first state as a step."""
    asked = [
        str(pan),
        "-m2000000",
        "-w26",
        "-n",
        "-E",
    ]  # a state with no way on is no fault
    said = subprocess.run(
        asked, cwd=pan.parent, capture_output=True, text=True, check=True, timeout=600
    ).stdout
    states = re.search(r"(\d+) states, stored", said)
    transitions = re.search(r"(\d+) transitions", said)
    if states is None or transitions is None:
        raise SystemExit(f"spin said nothing that is known:\n{said}")
    return int(states[1]), int(transitions[1]) - 1


def compiled(graph: Graph, folder: Path) -> Path:
    """Spin's verifier of a graph, as its manual advises for a search without options."""
    (folder / "graph.pml").write_text(promela(graph), encoding="ascii")
    for step in (
        ["spin", "-a", "graph.pml"],
        ["gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"],
    ):
        subprocess.run(step, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder / "pan"


# --------------------------------------------------------------------------- two copies


def beside_itself(graph: Graph) -> Graph:
    """A graph and a copy of it that knows nothing of the first."""
    by = len(graph.bits)
    return replace(
        graph,
        bits=graph.bits * 2,
        moves=(
            *graph.moves,
            *(
                replace(
                    move,
                    need=move.need << by,
                    bar=move.bar << by,
                    any_of=tuple(mask << by for mask in move.any_of),
                    sets=move.sets << by,
                    clears=move.clears << by,
                    meets=move.meets << by,
                )
                for move in graph.moves
            ),
        ),
        outlived=graph.outlived
        + tuple(
            Outlived(one.in_force << by, one.holders << by, one.clears << by)
            for one in graph.outlived
        ),
        footings=graph.footings
        + tuple(
            Footing(
                one.standing << by,
                tuple(clause << by for clause in one.clauses),
                one.owes << by,
            )
            for one in graph.footings
        ),
    )


# ---------------------------------------------------------------------------- as Promela


def promela(graph: Graph) -> str:
    """A graph as Promela: its bits in a few integers, each move one indivisible step."""
    words = range((len(graph.bits) + WORD - 1) // WORD)
    lines = [f"int s{word} = 0;" for word in words]
    lines += ["active proctype graph() {", "do"]
    for move in graph.moves:
        guard = " && ".join(_guard(move.need, move.bar, move.any_of)) or "true"
        then = "; ".join((*_assign(move.clears, move.sets), *_settling(graph)))
        lines.append(f":: d_step {{ ({guard}) -> {then or 'skip'} }}")
    return "\n".join((*lines, "od", "}", ""))


def _split(mask: int) -> Iterator[tuple[int, int]]:
    """A mask as (word, mask within it), of the words that it touches."""
    word = 0
    while mask:
        if own := mask & ((1 << WORD) - 1):
            yield word, own
        mask >>= WORD
        word += 1


def _guard(need: int, bar: int, any_of: tuple[int, ...]) -> Iterator[str]:
    for word, mask in _split(need):
        yield f"(s{word} & {mask}) == {mask}"
    for word, mask in _split(bar):
        yield f"(s{word} & {mask}) == 0"
    for clause in any_of:
        yield _some(clause)


def _some(mask: int) -> str:
    """That one bit of a mask is there."""
    parts = [f"(s{word} & {own}) != 0" for word, own in _split(mask)]
    return f"({' || '.join(parts)})" if parts else "false"


def _assign(clears: int, sets: int) -> Iterator[str]:
    for word, mask in _split(clears):
        yield f"s{word} = s{word} & ~{mask}"
    for word, mask in _split(sets):
        yield f"s{word} = s{word} | {mask}"


def _settling(graph: Graph) -> Iterator[str]:
    """What ends by itself, and what deeds without footing owe, after every move."""
    for one in graph.outlived:
        ended = "; ".join(_assign(one.clears, 0))
        gone = f"{_some(one.in_force)} && !{_some(one.holders)}"
        yield f"if :: ({gone}) -> {ended} :: else -> skip fi"
    for deed in graph.footings:
        stands = " && ".join(_some(clause) for clause in deed.clauses) or "true"
        owes = "; ".join(_assign(deed.standing, deed.owes))
        falls = f"{_some(deed.standing)} && !({stands})"
        yield f"if :: ({falls}) -> {owes} :: else -> skip fi"


if __name__ == "__main__":
    main()
