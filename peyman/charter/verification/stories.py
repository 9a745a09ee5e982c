"""Tell a path as a story: who does what, by which article, and what comes of it.

Every sentence is made with `peyman.saying.say`, so that it can be told in another
language. What is found at the end of the path is one more sentence.
"""

from dataclasses import dataclass

from peyman.charter.judging.bench import actor_named
from peyman.charter.model import Charter, Text
from peyman.charter.verification.exits import Exit, Idle
from peyman.charter.verification.graph import Bit, Graph, Move
from peyman.charter.verification.questions import Dead, Prolonged, Unmet
from peyman.charter.verification.space import Path
from peyman.charter.verification.voting import Block
from peyman.saying import Either, Said, say, series

Story = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of one kind of matter by the text of one day."""

    charter: Charter
    text: Text
    graph: Graph

    def story(self, path: Path) -> Story:
        """One sentence for every step of a path."""
        moves = {move.key: move for move in self.graph.moves}
        told, state = [], 0
        for step in path:
            move = moves[step.key]
            then = self.graph.after(state, move)
            told.append(self._step(move, state, then))
            state = then
        return tuple(told)

    def _step(self, move: Move, before: int, after: int) -> Said:
        came = self.graph.named(after & ~before)
        went = self.graph.named(before & ~after)
        owed = _names(came, "owed")
        met = [name for name in _names(went, "owed") if name not in owed]
        ended = [name for name in _names(went, "in force") if name != move.act]
        sentence = series(
            self._what(move),
            say("owed from now: {act}", act=self._full(owed)) if owed else None,
            say("no longer owed: {act}", act=self._full(met)) if met else None,
            say("no longer in force: {act}", act=self._full(ended)) if ended else None,
        )
        if sentence is None:
            raise TypeError(move)
        return sentence

    def _what(self, move: Move) -> Said:
        act = self.full(move.act)
        if move.is_end:
            return say("the term of {act} runs out", act=act)
        articles = self.articles(move.act)
        if move.cause is not None:
            cause = self.full(move.cause)
            said = say(
                "time does {act}, the clock of {cause_act} having run out",
                act=act,
                cause_act=cause,
            )
        elif move.is_wrong:
            said = say(
                "{act}, by {actor}, without what it needs",
                act=act,
                actor=self.actors(move),
            )
        else:
            said = say("{act}, by {actor}", act=act, actor=self.actors(move))
        return say("{sentence} ({article})", sentence=said, article=articles)

    def actors(self, move: Move) -> Either:
        """Who may take a move."""
        words = (move.member,) if move.member else move.by
        return Either(actor_named(self.charter, self.text, word) for word in words)

    def full(self, name: str) -> str:
        """The full name of an act."""
        return f"{self.charter.id}.{name}"

    def _full(self, names: list[str]) -> tuple[str, ...]:
        return tuple(self.full(name) for name in names)

    def articles(self, name: str) -> tuple[str, ...]:
        """On what an act rests: its own articles, or those of the acts that open."""
        forms = self.text.acts.get(name, {}).values()
        own = dict.fromkeys(art for act in forms for art in act.art)
        opening = dict.fromkeys(
            art
            for other in self.graph.acts
            for act in self.text.acts[other].values()
            if act.opens
            for art in act.art
        )
        return tuple(own or opening)

    # ------------------------------------------------------------- what is found

    def dead(self, found: Dead) -> Said:
        """That an act can never be done, and why."""
        act = self.full(found.act)
        lacks = [self._lacks(bit) for bit in found.missing]
        reason = series(*lacks) or self._nobody(found.act)
        return say("{act} can never be done: {sentence}", act=act, sentence=reason)

    def _lacks(self, bit: Bit) -> Said:
        act = self.full(bit.name)
        if bit.what == "in force":
            return say("{act} is not in force then", act=act)
        if bit.what == "clock":
            return say("no clock of {act} is running then", act=act)
        return say("{act} was not done then", act=act)

    def _nobody(self, name: str) -> Said:
        rule = self.text.acts[name][""].decide
        if rule is not None:
            return say("no vote can carry it under {rule_code}", rule_code=rule)
        return say("there is nobody who may do it")

    def unmet(self, found: Unmet) -> Said:
        """That a duty can no longer be met."""
        return say(
            "{act} is owed, and from here it can never be done and is never waived",
            act=self.full(found.duty.name),
        )

    def prolonged(self, found: Prolonged) -> Said:
        """That something goes on as long as one wants, without a vote."""
        kept = tuple(self.full(name) for name in found.keeps)
        return say(
            "{act} may be done again and again, and no vote stands between: {kept_act} goes on",
            act=self.full(found.act),
            kept_act=kept,
        )

    def exit(self, found: Exit) -> Said:
        """Who can block a way out, or that nobody can."""
        act = self.full(found.act)
        if found.is_free:
            return say("{act} can be ended or left without a vote", act=act)
        if found.ends_itself:
            return say(
                "{act} ends with its term, and nobody can end it sooner", act=act
            )
        if not found.onward:
            return say("there is no way out of {act}", act=act)
        votes = tuple(self.full(move.act) for move in found.onward)
        return say(
            "from here {act} can be ended or left only by a vote on {vote_act}",
            act=act,
            vote_act=votes,
        )

    def idle(self, found: Idle) -> Said:
        """What stops when an organ never meets."""
        organ = f"{self.charter.id}/{found.organ}"
        never = self._full(list(found.never))
        owed = self._full(list(found.owed))
        sentence = series(
            say("never done: {act}", act=never) if never else None,
            say("owed for ever: {act}", act=owed) if owed else None,
        )
        return say(
            "if {actor} never meets: {sentence}",
            actor=organ,
            sentence=sentence or say("nothing else stops"),
        )


def blocked(block: Block) -> Said:
    """With how few a decision can be blocked."""
    carry = Either(rule.carry for rule in block.rules)
    if not block.is_known:
        return say("who votes is not known to this charter")
    if block.fewest is None:
        return say(
            "no vote can carry it: {roll_n} vote, and {code} is needed",
            roll_n=block.roll,
            code=carry,
        )
    absent = block.fewest - block.noes
    by = series(
        say("{n} saying no", n=block.noes) if block.noes else None,
        say("{n} staying away", n=absent) if absent else None,
    )
    return say(
        "{sentence}, of {roll_n}: it needs {code}",
        sentence=by,
        roll_n=block.roll,
        code=carry,
    )


def _names(bits: tuple[Bit, ...], what: str) -> list[str]:
    return list(dict.fromkeys(bit.name for bit in bits if bit.what == what))
