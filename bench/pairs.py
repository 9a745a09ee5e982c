"""Charters that say only what Declare can say too: precedence, and response without a day.

Kinds of matter of real charters, with what is `after` or `while` there as `after`, and
their duties without a day. What closes something, who may, votes and days are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peyman.charter.model import Charter
from peyman.charter.read import load_charter, read_charter
from peyman.charter.verification.compiling import kinds_of
from peyman.charter.verification.voting import last_day

LEAST_ACTS = 6
"""Kinds of matter with fewer acts have next to nothing to say."""

_HEAD = """title = "Precedence and response alone"
[texts]
T = "None"
[reckoning]
zone = "UTC"
[members]
AA = 2000-01-01
[articles."T 1"]
says = "."
"""


Relations = dict[str, dict[str, None]]
"""Acts of a kind of matter to others of it."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Such a charter, and the same as pairs of acts.

    Attributes:
        charter: The charter.
        kinds: The kinds of its matters.
        precedence: First the act that must come before, then the one that needs it.
        response: First the act that obliges, then what it obliges to.
    """

    charter: Charter
    kinds: tuple[str, ...]
    precedence: tuple[tuple[str, str], ...]
    response: tuple[tuple[str, str], ...]

    @property
    def declare(self) -> Mapping[str, Mapping[tuple[str, str], Mapping[str, float]]]:
        """The model of pm4py."""
        sure = {"support": 1.0, "confidence": 1.0}
        return {
            "precedence": dict.fromkeys(self.precedence, sure),
            "response": dict.fromkeys(self.response, sure),
        }

    @property
    def owing(self) -> frozenset[str]:
        """Acts that oblige; a case of the comparison has each of them at most once.

        Declare asks for one response to many of them, a charter for one to each.
        """
        return frozenset(first for first, _ in self.response)


def pairs(charters: Path) -> Pairs:
    """Make the charter of every kind of matter, with acts enough, of all charters."""
    text, before, owed, kinds = _HEAD, [], [], []
    for path in sorted(charters.glob("*.toml")):
        charter = load_charter(path)
        for kind in kinds_of(charter.on(last_day(charter))):
            after, duties = _relations(charter, kind)
            if len(after) >= LEAST_ACTS:
                name = f"{path.stem}_{kind}"
                kinds.append(name)
                text += _told(name, after, duties)
                before += [
                    (f"{name}.{b}", f"{name}.{a}") for a in after for b in after[a]
                ]
                owed += [
                    (f"{name}.{a}", f"{name}.{b}") for a in duties for b in duties[a]
                ]
    charter = read_charter(text.encode(), id="pairs", name="pairs.toml")
    return Pairs(charter, tuple(kinds), tuple(before), tuple(owed))


def _told(kind: str, after: Relations, duties: Relations) -> str:
    """The acts of a kind, as a charter has them; the first of them begins its matters."""
    lines = []
    for place, act in enumerate(after):
        lines += [f"[{kind}.{act}]", 'by = "member"', 'art = "T 1"']
        lines.append(f"after = {[*after[act]]}" if place else "opens = true")
        if duties[act]:
            owes = ", ".join(f'{one} = "no day"' for one in duties[act])
            lines.append(f"duty = {{ {owes} }}")
    return "\n".join(lines) + "\n"


def _relations(charter: Charter, kind: str) -> tuple[Relations, Relations]:
    """Each act of a kind to those before it, the opener first, and to those it obliges to.

    What two acts oblige to is left with the first of them: Declare is content with one
    response to both.
    """
    acts = [
        forms[""]
        for name, forms in charter.on(last_day(charter)).acts.items()
        if name.startswith(f"{kind}.")
    ]
    acts.sort(key=lambda act: act.opens is not True)
    names = [act.name.partition(".")[2] for act in acts]
    after: Relations = {}
    for place, (act, name) in enumerate(zip(acts, names, strict=True)):
        wanted = [one for (one,) in filter(_is_single, (*act.after, *act.meanwhile))]
        known = [one.partition(".")[2] for one in wanted]
        earlier = [one for one in known if one in names[:place]]
        after[name] = dict.fromkeys([*names[: place > 0], *earlier])
    owed: set[str] = set()
    duties: Relations = {}
    for act, name in zip(acts, names, strict=True):
        wanted = [one.partition(".")[2] for one in act.duty]
        duties[name] = dict.fromkeys(n for n in wanted if n in names and n not in owed)
        owed |= duties[name].keys()
    return after, duties


def _is_single(clause: tuple[str, ...]) -> bool:
    return len(clause) == 1
