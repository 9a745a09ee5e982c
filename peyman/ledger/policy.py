"""Read a trust policy: which logs, by which keys, a reader has reason to trust.

This release pins logs. It checks no witness, so a policy that demands a quorum of them is
refused: it must not seem to be met.

Source: C2SP tlog-policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peyman.errors import PeymanError
from peyman.ledger.keys import PublicKey
from peyman.ledger.note import read_verifier_key

_AUTHORITY = "c2sp.org/tlog-policy"


@dataclass(frozen=True, slots=True)
class Trust:
    """The logs that a reader trusts: origin to the keys that may sign for it."""

    logs: Mapping[str, tuple[PublicKey, ...]]


def read_policy(data: bytes) -> Trust:
    """Read a policy of `log` lines and `quorum none`.

    Raises:
        PeymanError: If a line cannot be read, or the policy demands witnesses.
    """
    logs: dict[str, tuple[PublicKey, ...]] = {}
    quorums = 0
    text = data.decode("utf-8", errors="surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        match words:
            case ["log", key, *rest] if len(rest) <= 1:
                name, public = read_verifier_key(key)
                if any(public in known for known in logs.values()):
                    raise _refuse(f"Line {number} of the policy names a log again.")
                logs[name] = (*logs.get(name, ()), public)
            case ["quorum", "none"]:
                quorums += 1
            case ["witness" | "group" | "quorum", *_]:
                raise _refuse(
                    f"Line {number} of the policy asks for witnesses, which this release"
                    " does not check."
                )
            case _:
                raise _refuse(f"Line {number} of the policy cannot be read.")
    if quorums != 1:
        raise _refuse("The policy does not have one quorum line.")
    return Trust(logs)


def _refuse(problem: str) -> PeymanError:
    return PeymanError(
        problem,
        authority=_AUTHORITY,
        remedy="Give a policy of `log VKEY` lines and one line `quorum none`.",
    )
