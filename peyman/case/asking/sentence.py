"""A supposition as a person says it, taken apart: who, does what, and how.

    RU withdraw                         a member does an act
    council end in e55/1                an organ or office does one, in one of several matters
    KZ take_back_request at 2022-01-09  at a time; by default that of the reading
    council prolong with term=10 days   and states a fact
    RU object                           a ballot, on the decision that is open
    RU, KG abstain on mandate           ballots on a decision that is named
    RU object to e70                    on one that was taken, as if it had been cast then

What the names stand for is found in `peyman.case.asking.meaning`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from peyman.case.names import refuse
from peyman.saying import say

GRAMMAR = say("docs/tour.md, section 3: WHO DOES [to WHAT] [in MATTER] [at TIME] ..")

CLAUSES = ("in", "to", "on", "at", "as", "for", "with")
"""Words that begin a clause."""

BALLOTS = {
    "yes": "yes",
    "agree": "yes",
    "no": "no",
    "object": "no",
    "abstain": "abstain",
    "present": "present",
    "absent": "absent",
}
"""Words that cast a ballot, where no act has that name."""


class Sentence(NamedTuple):
    """A supposition taken apart."""

    who: tuple[str, ...]
    does: str
    clauses: Mapping[str, str]

    @property
    def ballot(self) -> str:
        """The ballot that its verb casts; empty if it casts none."""
        return BALLOTS.get(self.does, "")

    @property
    def is_ballot(self) -> bool:
        """Whether its verb may cast a ballot."""
        return bool(self.ballot)

    @property
    def on(self) -> str | None:
        """On which decision a ballot is cast, if it says so."""
        return self.clauses.get("on") or self.clauses.get("to")

    @property
    def facts(self) -> dict[str, str]:
        """The facts that it states."""
        pairs = (one.partition("=") for one in self.clauses.get("with", "").split(","))
        return {fact.strip(): value.strip() for fact, _, value in pairs if value}


def parsed(said: str) -> Sentence:
    """Take a supposition apart.

    Raises:
        PeymanError: If it does not say who does what.

    >>> parsed("RU, KG object to mandate at 2022-01-06")[:2]
    (('RU', 'KG'), 'object')
    """
    who, rest = _names(said.split())
    if not who or not rest:
        raise refuse(
            say("{words} does not say who does what.", words=repr(said)),
            GRAMMAR,
            say(
                'Write who and which act, such as "RU withdraw" or "RU object to mandate".'
            ),
        )
    does, *words = rest
    return Sentence(who, does, _clauses(does, words))


def _names(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The names before the verb, and the rest."""
    last = next((n for n, word in enumerate(words) if not word.endswith(",")), -1)
    return tuple(word.rstrip(",") for word in words[: last + 1]), words[last + 1 :]


def _clauses(does: str, words: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for word in words:
        if word in CLAUSES and current != []:
            current = found.setdefault(word, [])
        elif current is None:
            raise refuse(
                say(
                    "After {words} comes {next_words}, which begins nothing.",
                    words=repr(does),
                    next_words=repr(word),
                ),
                GRAMMAR,
                say("Begin it with one of {words}.", words=CLAUSES),
            )
        else:
            current.append(word)
    return {word: " ".join(rest) for word, rest in found.items()}
