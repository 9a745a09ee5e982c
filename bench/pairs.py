"""Charters that say only what Declare can say too: precedence, and response without a day.

Kinds of matter of real charters, with what is `after` or `while` there as `after`, and
their duties without a day. What closes something, who may, votes and days are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peyman.charter.model import Charter
from peyman.charter.read import load_charter, read_charter
from peyman.charter.verification.voting import last_day

KINDS = (
    ("csto", "assistance"),
    ("nato", "defence"),
    ("ecowas", "crisis"),
    ("rio", "consultation"),
    ("gcc", "defence"),
)
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


@dataclass(frozen=True, slots=True)
class Pairs:
    """Such a charter, and the same as pairs of acts.

    Attributes:
        charter: The charter.
        precedence: First the act that must come before, then the one that needs it.
        response: First the act that obliges, then what it obliges to.
    """

    charter: Charter
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
    """Make the charter of all `KINDS`."""
    text, before, owed = _HEAD, [], []
    for id, kind in KINDS:  # noqa: A001  (a charter's id)
        name = f"{id}_{kind}"
        after, duties = _relations(load_charter(charters / f"{id}.toml"), kind)
        opener, *others = after
        for act in (opener, *others):
            lines = [f"[{name}.{act}]", 'by = "member"', 'art = "T 1"']
            lines += ["opens = true"] if act == opener else [f"after = {[*after[act]]}"]
            if duties[act]:
                owes = ", ".join(f'{one} = "no day"' for one in duties[act])
                lines.append(f"duty = {{ {owes} }}")
            text += "\n".join(lines) + "\n"
            before += [(f"{name}.{one}", f"{name}.{act}") for one in after[act]]
            owed += [(f"{name}.{act}", f"{name}.{one}") for one in duties[act]]
    charter = read_charter(text.encode(), id="pairs", name="pairs.toml")
    return Pairs(charter, tuple(before), tuple(owed))


Relations = dict[str, dict[str, None]]


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
