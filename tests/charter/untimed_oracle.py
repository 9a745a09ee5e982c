"""What a matter can come to, days aside, by sets and loops: slow, and easy to read.

It knows the text of the language and none of the code under test but the tally. A state
is a set of facts: ("open",), ("done", act, whose), ("in force", act, whose),
("owed", act, whose), ("clock", cause, whose, act), ("standing", deed, whose),
("bound", letter). Everybody who acts for himself is the subject or another member.
"""

from datetime import date
from itertools import product
from typing import Any

from peyman.charter.tally import Outcome, tally

NOBODY = (None,)


class Untimed:
    """All states of one kind of matter by the text of a day, and the steps between."""

    def __init__(self, charter, day, kind, *, wrongs=False):
        self.charter, self.day, self.wrongs = charter, day, wrongs
        self.text = charter.on(day)
        self.acts = {
            n: f for n, f in self.text.acts.items() if n.startswith(f"{kind}.")
        }
        self.steps: dict[Any, set[Any]] = {}
        self.doable = set()
        waiting: list[Any] = [frozenset()]
        while waiting:
            state = waiting.pop()
            if state not in self.steps:
                self.steps[state] = set(self.next(state))
                waiting += self.steps[state]

    # ----------------------------------------------------------------- what is asked

    def dead(self):
        return set(self.acts) - self.doable

    def unmet(self):
        """Acts that may be owed in a state from which no way leads to their discharge."""
        return {
            fact[1]
            for state in self.steps
            for fact in state
            if fact[0] == "owed" and not self.can_lose(state, fact)
        }

    def can_lose(self, state, fact):
        seen, waiting = set(), [state]
        while waiting:
            one = waiting.pop()
            if fact not in one:
                return True
            if one not in seen:
                seen.add(one)
                waiting += self.steps[one]
        return False

    # ------------------------------------------------------------------------- steps

    def next(self, state):
        for name, forms in self.acts.items():
            for act in forms.values():
                for whose in self.whose(name):
                    if self.may(act, whose, state):
                        self.doable.add(name)
                        yield self.done(act, whose, state)
        for fact in state:
            if fact[0] == "clock":
                yield from self.run_out(fact, state)
            if fact[0] == "in force" and self.has_term(fact[1]):
                yield self.settled(self.fallen(fact[1], fact[2], state))

    def has_term(self, name):
        forms = self.acts[name].values()
        return any(isinstance(act.lasts, str | date) and not act.deed for act in forms)

    def run_out(self, clock, state):
        _, _, whose, then = clock
        if then not in self.acts:
            return
        theirs = self.whose(then)
        self.doable.add(then)
        for one in [whose] if whose in theirs else theirs:
            yield self.done(self.acts[then][""], one, state - {clock})

    def whose(self, name):
        act = self.acts[name][""]
        if "each other member" in act.by:
            return ("another member",)
        return ("subject", "another member") if "each member" in act.by else NOBODY

    def debtors(self, name):
        """Who owes an act; nobody by name where the text no longer knows it."""
        return self.whose(name) if name in self.acts else NOBODY

    def sees(self, act, whose, fact):
        """Whether a doing of `act` by somebody meets what another doing left."""
        return fact[2] in (None, whose) or not any(w.startswith("each") for w in act.by)

    def may(self, act, whose, state):
        if not self.anybody(act):
            return False
        if act.opens:
            return ("open",) not in state
        if ("open",) not in state:
            return False
        if self.wrongs and act.deed and act.undo:
            return True
        if self.has_left(act, whose, state):
            return False
        return all(
            any(
                f[0] == what and f[1] in clause and self.sees(act, whose, f)
                for f in state
            )
            for what, clauses in (("done", act.after), ("in force", act.meanwhile))
            for clause in clauses
        )

    def letters(self, act):
        arts = act.art or [
            art
            for f in self.acts.values()
            for a in f.values()
            if a.opens
            for art in a.art
        ]
        return {art[0] for art in arts} or set(self.charter.texts)

    def has_left(self, act, whose, state):
        is_own = act.by == ("subject",) or whose == "subject"
        gone = {t for f in self.acts.values() for a in f.values() for t in a.leaves}
        left = gone - {fact[1] for fact in state if fact[0] == "bound"}
        return is_own and self.letters(act) <= left

    def anybody(self, act):
        if act.decide and not self.carries(self.text.rules[act.decide]):
            return False
        bound = {
            m for t in self.letters(act) for m in self.charter.bound_by(t, self.day)
        }
        return any(
            len(bound) > ("other" in word)
            if word == "subject" or "member" in word
            else word != "time"
            for word in act.by
        )

    def carries(self, rule):
        organ = self.text.organs[rule.organ]
        roll = organ.members or self.charter.bound_by(organ.parties_to or "T", self.day)
        roll = [m for m in roll if m not in organ.without]
        if "subject" in rule.without:
            roll = roll[:-1]
        for votes in product(("yes", "no", None), repeat=len(roll)):
            ballots = {m: v for m, v in zip(roll, votes, strict=True) if v}
            found = tally(rule, tuple(roll), ballots, rules=self.text.rules)
            if found.outcome is Outcome.ADOPTED:
                return True
        return False

    # ----------------------------------------------------------------------- effects

    def done(self, act, whose, state):
        facts = set(state) - {("owed", act.name, whose)}
        if act.opens:
            letters = [
                t for f in self.acts.values() for a in f.values() for t in a.leaves
            ]
            facts |= {("open",), *(("bound", t) for t in letters)}
        for fact in state:
            is_ended = fact[0] == "in force" and fact[1] in act.ends
            if is_ended and self.sees(act, whose, fact):
                facts = set(self.fallen(fact[1], fact[2], facts))
        facts -= {f for f in facts if f[0] == "owed" and f[1] in act.waive}
        facts -= {("bound", letter) for letter in act.leaves}
        facts |= {("done", act.name, whose), ("in force", act.name, whose)}
        facts |= {("owed", n, w) for n in act.duty for w in self.debtors(n)}
        facts |= {("clock", act.name, whose, then) for then in act.lapse}
        if act.undo:
            facts.add(("standing", act.name, whose))
        return self.settled(facts)

    def fallen(self, name, whose, state):
        own = {("in force", name, whose), ("standing", name, whose)}
        return {f for f in state if f not in own and f[:3] != ("clock", name, whose)}

    def settled(self, state):
        facts = set(state)
        for fact in sorted(facts, key=str):
            if fact[0] == "in force":
                act = self.acts[fact[1]][""]
                lasts = act.lasts if isinstance(act.lasts, tuple) else ()
                if lasts and not act.deed and not self.held(act, fact[2], lasts, facts):
                    return self.settled(self.fallen(fact[1], fact[2], facts))
        for fact in tuple(facts):
            if fact[0] == "standing":
                facts = self.on_footing(fact, facts)
        return frozenset(facts)

    def on_footing(self, fact, facts):
        _, name, whose = fact
        act = self.acts[name][""]
        own = isinstance(act.lasts, tuple)
        clauses = (act.lasts,) if own else act.meanwhile
        if all(self.held(act, whose, clause, facts) for clause in clauses):
            return facts
        owed = set()
        for then in act.undo:
            theirs = self.debtors(then)
            is_own = whose is not None and theirs != NOBODY
            owed |= {("owed", then, one) for one in ([whose] if is_own else theirs)}
        return facts - {fact} | owed

    def held(self, act, whose, names, facts):
        return any(
            f[0] == "in force" and f[1] in names and self.sees(act, whose, f)
            for f in facts
        )
