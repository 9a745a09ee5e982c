"""Live cases for the measure of the kernel: seeded, with findings, deadlines and votes.

A case has many matters that run side by side, each through a script in the order of its
charter. A seeded part of the steps is disturbed (an addressee left out, a ballot missing, a
fact that is not stated), so that acts have findings, some have no effect, and duties fall
due. Nothing is contested: every vote has its ballots, every time is an instant.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from peyman.charter.doing import Doing
from peyman.charter.model import Charter, Rule
from peyman.charter.moment import Moment, read_instant

HOUR = 3600
DAY = date(2022, 1, 5)
START = read_instant("2022-01-05T09:00Z")
AT_ONCE = 5
"""How many matters run side by side."""
DISTURBED = 0.15

Step = Mapping[str, Any]

_MANDATE = {
    "tasks": "protect",
    "term": "90 days",
    "ceiling": 2500,
    "area": "all",
    "commander": "RU",
}
_CSTO: tuple[Step, ...] = (
    {"act": "request", "by": "subject", "to": ("csto/council",), "basis": ("T 4",)},
    {"act": "consult", "by": "csto/council"},
    {"act": "mandate", "states": _MANDATE, "basis": ("T 4",)},
    {"act": "notify", "by": "csto/chair", "to": ("csto/un",), "basis": ("T 4",)},
    {"act": "consent", "by": "other"},
    {"act": "deploy", "by": "other"},
    {"act": "prolong", "states": {"term": "30 days"}},
    {"act": "notify", "by": "csto/chair", "to": ("csto/un",), "basis": ("T 4",)},
    {"act": "end"},
    {"act": "order_withdrawal"},
    {"act": "withdraw", "by": "other"},
)
_COUNCIL = ("nato/council",)
_NATO: tuple[Step, ...] = (
    {"act": "invoke", "basis": ("W 5",)},
    {"act": "determine", "basis": ("W 5",)},
    {"act": "report", "by": "nato/secretary_general", "to": ("nato/un",)},
    {"act": "ask", "by": "subject", "to": _COUNCIL, "states": {"what": "aircraft"}},
    {
        "act": "circulate",
        "by": "nato/secretary_general",
        "to": _COUNCIL,
        "states": {"measures": "eight", "deadline": "24 hours"},
    },
    {"act": "agree_measures", "states": {"measures": "eight"}},
    {"act": "assist", "by": "other"},
    {"act": "report", "by": "other", "to": ("nato/un",)},
    {"act": "stand_down", "by": "other"},
    {"act": "security_council_acts", "by": "nato/un"},
    {"act": "terminate"},
)
SCRIPTS = {"csto": ("assistance", "T", _CSTO), "nato": ("defence", "W", _NATO)}
_SPEAK = {"request", "mandate", "invoke", "determine"}
"""The acts that name the ground of an armed attack."""
EIGHT = (0, 1, 2, 3, 4, 5, 8, 10)
"""Of the script of `csto`: from the request to the last unit home."""


def live_case(charter: Charter, acts: int, seed: int = 1) -> tuple[Doing, ...]:
    """A case of so many acts, an hour apart, under a charter that has a script here."""
    rng = random.Random(seed)
    _, letter, script = SCRIPTS[charter.id]
    members = charter.bound_by(letter, DAY)
    doings: list[Doing] = []
    running: list[_Run] = []
    while len(doings) < acts:
        if len(running) < AT_ONCE:
            subject, other = rng.sample(members, 2)
            running.append(_Run(charter, script, subject, other))
        run = rng.choice(running)
        doings.append(disturbed(rng, run.next(len(doings))))
        if run.is_over:
            running.remove(run)
    return tuple(doings)


def eight_acts(charter: Charter) -> tuple[Doing, ...]:
    """One request for help under `csto`, undisturbed: eight acts in one matter."""
    script = [_CSTO[place] for place in EIGHT]
    run = _Run(charter, script, "KZ", "RU")
    return tuple(run.next(place) for place in range(len(script)))


def disturbed(rng: random.Random, doing: Doing) -> Doing:
    """Some acts in another way than the charter asks: with findings, or without effect."""
    if rng.random() >= DISTURBED or doing.matter is None:
        return doing
    if doing.ballots:
        noes = dict.fromkeys(rng.sample(sorted(doing.ballots), 1), "no")
        return replace(doing, ballots={**doing.ballots, **noes})
    if doing.to:
        return replace(doing, to=("eu/council",))
    return replace(doing, basis=("not shown",))


class _Run:
    """One matter on its way through the script."""

    def __init__(
        self,
        charter: Charter,
        script: Sequence[Step],
        subject: str,
        other: str,
    ) -> None:
        self._charter = charter
        self._kind, letter, _ = SCRIPTS[charter.id]
        self._members = charter.bound_by(letter, DAY)
        self._script = script
        self._actors = {"subject": subject, "other": other}
        self._at = 0
        self._id: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether every step was taken."""
        return self._at == len(self._script)

    def _rule(self, act: str) -> Rule | None:
        text = self._charter.versions[-1]
        decide = text.acts[f"{self._kind}.{act}"][""].decide
        return text.rules[decide] if decide else None

    def next(self, place: int) -> Doing:
        """The next step, as the act at that place of the case."""
        step = dict(self._script[self._at])
        act = step.pop("act")
        at = START + place * HOUR
        rule = self._rule(act)
        if rule is not None:
            step["by"] = f"{self._charter.id}/{rule.organ}"
            step["ballots"] = dict.fromkeys(self._members, "yes")
        if act in _SPEAK:
            step["grounds"] = {"armed_attack": "asserted"}
        if "by" in step:
            step["by"] = self._actors.get(step["by"], step["by"])
        if self._id is None:
            step["subject"] = self._actors["subject"]
        doing = Doing(
            entry=f"e{place + 1}",
            n=1,
            act=f"{self._kind}.{act}",
            at=Moment(at, at),
            entered=at,
            matter=self._id,
            **step,
        )
        self._id = self._id or doing.id
        self._at += 1
        return doing
