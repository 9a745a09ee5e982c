"""What a matter can come to, days aside, by sets and loops: slow, and easy to read.

It knows the text of the language and none of the code under test but the tally. A state
is a set of facts: ("open", kind), ("done", act, whose), ("in force", act, whose),
("owed", act, whose), and with its cause where it is owed again and again,
("clock", cause, whose, act), ("standing", deed, whose), ("bound", letter). Everybody who acts for himself is the subject or another member.
"""

from datetime import date
from itertools import product
from typing import Any

from peyman.charter.model import Several
from peyman.charter.tally import Outcome, needed, tally

NOBODY = (None,)


class Untimed:
    """All states of one kind of matter by the text of a day, and the steps between."""

    def __init__(self, charter, day, kind, *, wrongs=False):
        self.charter, self.day, self.wrongs = charter, day, wrongs
        self.text = charter.on(day)
        self.kind, above = kind, {kind}
        for _ in self.text.acts:  # a kind above the kind above, and so on
            above |= {
                form.opens
                for f in self.text.acts.values()
                for form in f.values()
                if form.kind in above and isinstance(form.opens, str)
            }
        self.acts = {n: f for n, f in self.text.acts.items() if f[""].kind in above}
        every = [form for f in self.acts.values() for form in f.values()]
        self.joined = {t for form in every for t in form.joins}
        self.moving = self.joined | {t for form in every for t in form.leaves}
        self.steps: dict[Any, set[Any]] = {}
        self.doable = set()
        waiting: list[Any] = [frozenset()]
        while waiting:
            state = waiting.pop()
            if state not in self.steps:
                self.steps[state] = set(self.next(state))
                waiting += [then for then, _ in self.steps[state]]

    # ----------------------------------------------------------------- what is asked

    def dead(self):
        return {n for n in self.acts if n.startswith(f"{self.kind}.")} - self.doable

    def unmet(self):
        """Acts that may be owed in a state from which no way leads to their discharge."""
        return {
            fact[1]
            for state in self.steps
            for fact in state
            if fact[0] == "owed" and fact[1].startswith(f"{self.kind}.")
            if not self.can_lose(state, fact)
        }

    def can_lose(self, state, fact):
        seen, waiting = set(), [state]
        while waiting:
            one = waiting.pop()
            if fact not in one:
                return True
            if one not in seen:
                seen.add(one)
                for then, discharged in self.steps[one]:
                    if fact in discharged:
                        return True
                    waiting.append(then)
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
                yield self.settled(self.fallen(fact[1], fact[2], state)), frozenset()

    def has_term(self, name):
        forms = self.acts[name].values()
        terms = (act.lasts for act in forms if not act.deed)
        return any(isinstance(term, str | date | Several) for term in terms)

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
        is_open = ("open", act.kind) in state
        if act.opens is True:
            return not is_open
        if bool(act.opens) is is_open or (
            act.opens and ("open", act.opens) not in state
        ):
            return False
        if self.wrongs and act.deed and act.undo and not act.opens:
            return True
        done = {f[1] for f in state if f[0] == "done" and self.sees(act, whose, f)}
        if self.has_left(act, whose, state) or done & set(act.before):
            return False
        return all(
            self.are_enough(n, k, state) for n, k in act.numbers.items()
        ) and all(
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

    def are_enough(self, name, number, state):
        """Whether so many have done an act: of the others one stands for all of them."""
        theirs: tuple[Any, ...] = self.whose(name) if name in self.acts else ()
        did = [w for w in theirs if ("done", name, w) in state]
        letters = self.letters(self.acts[name][""]) if theirs else set()
        roll = {m for t in letters for m in self.charter.bound_by(t, self.day)}
        votes = not letters <= self.joined  # whoever is to join is not among them yet
        if number == "all" and votes:
            return did == [*theirs] and theirs != ("another member",)
        if number == "all":
            return bool(did) and did[-1] == theirs[-1]
        most = len(roll) - (theirs == ("another member",))
        return bool(did) and needed(number, len(roll)) <= most

    def has_left(self, act, whose, state):
        is_own = act.by == ("subject",) or whose == "subject"
        left = self.moving - {fact[1] for fact in state if fact[0] == "bound"}
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
        letters = [organ.parties_to] if organ.parties_to else self.charter.parties
        bound = {m for t in letters for m in self.charter.bound_by(t, self.day)}
        roll = organ.members or sorted(bound)
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
        owed = {f for f in state if f[:3] == ("owed", act.name, whose)}
        facts = {f for f in state if f not in owed or len(f) > 3}
        if act.opens:
            facts.add(("open", act.kind))
        if act.opens is True:
            facts |= {("bound", t) for t in self.moving - self.joined}
        for fact in state:
            is_ended = fact[0] == "in force" and fact[1] in act.ends
            if is_ended and self.sees(act, whose, fact):
                facts = set(self.fallen(fact[1], fact[2], facts))
        waived = {f for f in facts if f[0] == "owed" and f[1] in act.waive}
        facts -= waived | {("bound", letter) for letter in act.leaves}
        facts |= {("bound", letter) for letter in act.joins}
        facts |= {("done", act.name, whose), ("in force", act.name, whose)}
        facts |= {("owed", n, w) for n in act.duty for w in self.debtors(n)}
        facts |= {("owed", n, w, act.name) for n in act.every for w in self.debtors(n)}
        facts |= {("clock", act.name, whose, then) for then in act.lapse}
        if act.undo:
            facts.add(("standing", act.name, whose))
        return self.settled(facts), frozenset(owed | waived)

    def fallen(self, name, whose, state):
        own = {("in force", name, whose), ("standing", name, whose)}
        return {f for f in state if f not in own and f[:3] != ("clock", name, whose)}

    def settled(self, state):
        facts: set[Any] = set(state)
        for fact in sorted(facts, key=str):
            if fact[0] == "in force":
                act = self.acts[fact[1]][""]
                lasts = act.lasts if isinstance(act.lasts, tuple) else ()
                if lasts and not act.deed and not self.held(act, fact[2], lasts, facts):
                    return self.settled(self.fallen(fact[1], fact[2], facts))
        stands = {fact[1] for fact in facts if fact[0] == "in force"}
        again: set[Any] = {f for f in facts if f[0] == "owed" and len(f) > 3}
        facts -= {fact for fact in again if fact[3] not in stands}
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
