"""Take the steps of a path through the kernel, as a case with real times."""

from typing import Any

from peyman.charter.doing import Doing
from peyman.charter.kernel import fold
from peyman.charter.moment import Moment, start_of
from peyman.charter.verification.graph import OTHER, SUBJECT
from peyman.charter.verification.voting import block, last_day

MINUTE = 60


class Walk:
    """One matter of each kind under a charter, as the kernel keeps it; an act a minute."""

    def __init__(self, charter, day=None):
        self.charter = charter
        self.day = day or last_day(charter)
        self.text = charter.on(self.day)
        everybody = [m for m in charter.members if self.is_bound(m)]
        self.other, self.subject = (None, None, *everybody)[-2:]
        self.now = start_of(self.day, charter.zone) + 12 * 60 * MINUTE
        self.doings = []
        self.state: Any = None

    def is_bound(self, member):
        """Whether a member is bound by every text by which anybody is."""
        bound = (self.charter.bound_by(t, self.day) for t in self.charter.parties)
        return all(member in members for members in bound if members)

    @property
    def matters(self):
        return self.state.matters.values() if self.state else ()

    def everything(self, what):
        """Every duty, effect or clock of every matter."""
        return [one for matter in self.matters for one in getattr(matter, what)]

    def take(self, move):
        """Take one step; False if its clock is not the next to run out."""
        if move.by == ("time",):
            return self.wait(move)
        clocks = self.everything("clocks")
        if any(clock.due.latest <= self.now + MINUTE for clock in clocks):
            return False
        self.now += MINUTE
        doing = self.doing(move)
        self.doings.append(doing)
        self.fold()
        verdict = next(v for v in self.state.verdicts if v.doing.id == doing.id)
        assert verdict.has_effect, verdict.findings
        return True

    def wait(self, move):
        """Let the clock of a step run out, if no other runs out with it."""
        clocks = self.everything("clocks")
        if not clocks:
            return False
        due = min(clock.due.latest for clock in clocks)
        (first, *others) = [c for c in clocks if c.due.latest <= due + 2 * MINUTE]
        then = "" if move.is_end else move.act
        cause = first.cause.act.name
        is_it = (first.act, cause) == (then, move.cause)
        many = [e for e in self.everything("effects") if e.act.name == cause]
        whose = self.whose(move.act, first.cause.member)
        if others or not is_it or len(many) > 1 or whose != move.member:
            return False
        self.now = due + MINUTE
        self.fold()
        return True

    def fold(self):
        self.state = fold(self.charter, tuple(self.doings), self.now)

    def doing(self, move):
        act = self.text.act(move.act, move.form)
        bodies = [word for word in move.by if self.is_body(word)]
        by = move.member or (bodies or move.by)[0]
        entry = f"e{len(self.doings) + 1}"
        plain = [one for one in act.form if one not in self.text.acts[move.act]]
        return Doing(
            entry=entry,
            n=1,
            act=move.act,
            at=Moment(self.now, self.now),
            entered=self.now,
            matter=self.matter_of(act),
            subject=None if self.doings else self.subject,
            by=self.actor(by),
            member=self.debtor(act.name) if self.is_body(by) else None,
            to=tuple(f"{self.charter.id}/{name}" for name in act.to),
            form=move.form or (plain[0] if plain else None),
            states={fact: "40 days" for fact in act.fixes if fact != "basis"},
            ballots=self.ballots(act),
        )

    def matter_of(self, act):
        """The matter in which an act is done; that above, where it opens one under it."""
        if act.opens is True:
            return None
        kind = act.opens or act.kind
        return next(matter.id for matter in self.matters if matter.kind == kind)

    def ballots(self, act):
        """Everybody says yes; where nobody is known to vote, it is only announced."""
        if act.decide is None:
            return None
        found = block(self.charter, self.text, self.day, act.decide)
        yes = dict.fromkeys(self.charter.members, "yes")
        return yes if found.is_known else None

    def is_body(self, word):
        return word in self.text.organs or word in self.text.offices

    def debtor(self, name):
        """The member who owes what a body is about to do, and for whom it then does it."""
        duties = self.everything("duties")
        owed = [duty for duty in duties if duty.act == name and duty.met_by is None]
        return owed[0].debtor if owed else None

    def actor(self, word):
        if word in (SUBJECT, "member", "each member"):
            return self.subject
        if word in (OTHER, "each other member"):
            return self.other
        return "elsewhere/council" if word == "outside" else f"{self.charter.id}/{word}"

    # ---------------------------------------------------------------- what came of it

    def whose(self, name, member):
        forms = self.text.acts.get(name)
        if forms is None or not forms[""].is_each:
            return None
        return None if member is None else SUBJECT if member == self.subject else OTHER

    def is_doubled(self):
        """Whether something is owed twice, or by one alone of those who may do it."""
        owed = [d for d in self.everything("duties") if d.met_by is None]
        names = [(duty.act, self.whose(duty.act, duty.debtor)) for duty in owed]
        alone = [d for d in owed if d.debtor and self.whose(d.act, d.debtor) is None]
        return bool(alone) or len(set(names)) < len(names)

    def facts(self):
        """The matter as the graph says it, but for what it does not keep apart."""
        told: set[Any] = {("open", matter.kind) for matter in self.matters}
        for one in self.everything("effects"):
            name, whose = one.act.name, self.whose(one.act.name, one.member)
            told.add(("done", name, whose))
            if one.ended is None:
                told.add(("in force", name, whose))
                if one.act.undo and not one.owes_undoing:
                    told.add(("standing", name, whose))
        for duty in self.everything("duties"):
            if duty.met_by is None and duty.debtor in (None, self.subject, self.other):
                told.add(("owed", duty.act, self.whose(duty.act, duty.debtor)))
        return frozenset(told)
