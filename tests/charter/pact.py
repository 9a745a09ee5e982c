"""A small invented pact for the tests of the kernel, and short words to act under it."""

from peyman.charter.doing import Doing
from peyman.charter.kernel import fold
from peyman.charter.moment import read_instant, read_moment, show
from peyman.charter.read import read_charter
from peyman.charter.standing import matters

ZONE = "Asia/Almaty"

FRAME = """
title = "Pact"
[texts]
T = "Treaty, 1 January 2000"
[reckoning]
zone = "Asia/Almaty"
[reading]
"at once" = "24 hours"
[members]
AA = 2000-01-01
BB = 2000-01-01
CC = "2000-01-01/2022-06-01"
[organs.council]
of        = "members"
chair     = "chair"
secretary = "secretary"
[organs.world]
outside = true
[offices.chair]
[offices.first]
[offices.secretary]
[articles."T 1"]
says    = "Help."
checked = "text"
[articles."T 2"]
says    = "More help."
checked = "text"
[articles."T 3"]
says    = "Recalled."
checked = "memory"
[grounds.attack]
art     = "T 2"
word_of = "council"
[rules.consensus]
organ = "council"
carry = "no objection"
[aid.ask]
art   = ["T 1", "T 2"]
by    = "member"
opens = true
"""

SENDING = """
[aid.grant]
decide = "consensus"
while  = "ask"
[aid.end]
decide = "consensus"
ends   = "grant"
[aid.consent]
by    = "each other member"
while = "grant"
[aid.send]
by    = "each other member"
deed  = true
after = "consent"
while = "grant"
undo  = { go_home = "2 days" }
[aid.go_home]
by    = "each other member"
deed  = true
after = "send"
ends  = "send"
"""

YES = {"AA": "yes", "BB": "yes", "CC": "yes"}


def pact(acts="", *changes):
    """The pact with these acts beside `aid.ask`; each change is an old and a new text."""
    source = FRAME + acts
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return read_charter(source.encode(), id="pact", name="pact.toml")


def do(entry, act, at="2022-01-05T10:00Z", **fields):
    """One doing, by AA in the matter e1/1, entered when it was over, unless said."""
    moment = read_moment(at, ZONE)
    entered = fields.pop("entered", None)
    fields = {"by": "AA", "matter": "e1/1", "n": 1, **fields}
    if act == "aid.ask" and fields["matter"] == "e1/1":
        fields["matter"] = None
    known = moment.hi if entered is None else read_instant(entered)
    if isinstance(fields.get("received"), str):
        fields["received"] = read_moment(fields["received"], ZONE)
    return Doing(entry, fields.pop("n"), act, moment, known, **fields)


def ask(at="2022-01-05T10:00Z", **fields):
    return do("e1", "aid.ask", at, **fields)


def decide(entry, act, at="2022-01-05T12:00Z", **fields):
    """A decision of the council, all for it unless said."""
    return do(entry, act, at, **{"by": "pact/council", "ballots": YES, **fields})


class Reading:
    """What the pact says of doings until a moment, in words that a test can compare."""

    def __init__(self, charter, *doings, until="2022-12-01T00:00Z", **how):
        self.state = fold(charter, doings, read_instant(until), **how)
        self.standing = {
            one.matter.id: one
            for one in matters(charter, self.state, tuple(how.get("holds", ())))
        }

    def verdict(self, name):
        """The codes, sorted, and whether it has effect; of the last one of that name."""
        found = [v for v in self.state.verdicts if v.doing.id == f"{name}/1"][-1]
        return sorted(found.codes - {"unchecked"}), found.has_effect

    def codes(self, name):
        return self.verdict(name)[0]

    def text(self, name, code):
        """The words of the one finding of that code on an entry."""
        (found,) = [
            finding.text
            for verdict in self.state.verdicts
            for finding in verdict.findings
            if verdict.doing.id == f"{name}/1" and finding.code == code
        ]
        return found

    def rows(self, which, matter="e1/1"):
        """`act by` of the rows of one list, with the day where there is one."""
        return sorted(
            f"{row.act.removeprefix('pact.aid.')} {row.by}"
            + (f" {show(row.due.latest)[:16]}" if row.due else "")
            for row in getattr(self.standing[matter], which)
        )
