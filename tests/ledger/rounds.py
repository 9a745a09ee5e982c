"""Give the parsers very many inputs, in rounds: `python -m tests.ledger.rounds 1000000`.

Hypothesis keeps some 30 kB of every input that it has tried, to try none twice: a million
in one process are 30 GB. So each round is a process of its own, with a seed of its own,
and no round may take more than its memory and its time: a parser that hangs, or swells, is
at fault as one that fails.
"""

import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

INPUTS = 13_000
"""In a round: a thousand for each of the tests that `PEYMAN_FUZZ` is shared among."""

MOST_BYTES = 4 * 2**30
LIMIT_S = 1800

COMMAND = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=soak"]
PARSERS = "tests/ledger/test_fuzz.py"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def passes(seed: int) -> bool:
    """Run one round; whatever it says is shown if it does not pass."""
    command = [sys.executable, *COMMAND, f"--hypothesis-seed={seed}", PARSERS]
    try:
        ended = subprocess.run(
            command,
            env={**os.environ, "PEYMAN_FUZZ": str(INPUTS)},
            preexec_fn=limited,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told, code = str(error), -1
    else:
        told, code = ended.stdout, ended.returncode
    if code:
        tell(
            f"{told}\nThe round of the seed {seed} ended with {code}. To have it again:"
        )
        tell(f"PEYMAN_FUZZ={INPUTS} {' '.join(command)}")
    return code == 0


def main(inputs: int) -> int:
    """Give that many inputs or a few more, on every core that it may use; 0 if every round passed."""
    began, rounds = time.time(), -(-inputs // INPUTS)
    seeds = range(int(began) * 1000, int(began) * 1000 + rounds)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for done, is_good in enumerate(pool.map(passes, seeds), 1):
            if not is_good:
                pool.shutdown(cancel_futures=True)
                return 1
            most_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            took_s = time.time() - began
            tell(f"{done * INPUTS} inputs, {took_s:.0f} s, at most {most_mb} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
