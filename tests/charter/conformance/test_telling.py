"""What is at fault is said in words, with its articles and how surely they were read."""

from pathlib import Path

import pytest

from peyman.charter.conformance.runs.automaton import Automaton
from peyman.charter.conformance.runs.course import Course, Event
from peyman.charter.conformance.steps import step
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.law import Law, Row
from peyman.charter.conformance.telling import tell
from peyman.charter.conformance.unjudged import unjudged
from peyman.charter.moment import read_instant
from peyman.charter.read import load_charter, read_charter

CHARTERS = Path(__file__).parents[3] / "charters"


def audited(charter, *rows, at=None):
    """Everything that is at fault with rows, each given as its time and what it says."""
    law = Law(charter)
    events = []
    for number, (time, *said) in enumerate(rows, 1):
        fields = said.pop() if isinstance(said[-1], dict) else {}
        when = read_instant(time)
        events.append(Event(number, Row(*said, **fields), when, when))
    remarks = Course(Automaton(law), Calendar(charter)).run(events, at)
    return [tell(law, one, events[-1].at) for one in remarks]


def told(charter, *rows, **how):
    """Row, fault and text of everything that is at fault."""
    name = charter if isinstance(charter, str) else None
    read = load_charter(CHARTERS / f"{name}.toml") if name else charter
    return [(one.row, one.fault, str(one.text)) for one in audited(read, *rows, **how)]


DAY = "2022-01-05T08:00Z"
ASKED = (DAY, "assistance.request", "KZ", {"to": ("csto/council",)})


@pytest.mark.parametrize(
    ("row", "fault", "text"),
    [
        (
            ("assistance.consent", "KZ"),
            "no power",
            "KZ may not; each other member may",
        ),
        (("assistance.end", "RU"), "no power", "RU may not; csto/council may"),
        (
            ("assistance.ask_to_end", "KZ", {"to": ("RU",)}),
            "wrong addressee",
            "addressed to RU; csto/council is meant",
        ),
        (
            ("assistance.end", "csto/council"),
            "not open",
            "the log shows no mandate in force",
        ),
        (
            ("assistance.withdraw", "RU"),
            "too early",
            "the log shows no deploy before",
        ),
        (
            ("leaving.recall", "KZ"),
            "no such matter",
            "nothing in this case began a matter of the kind leaving",
        ),
        (
            ("assistance.withdrew", "RU"),
            "unknown act",
            "csto has no act assistance.withdrew; the nearest name is assistance.withdraw",
        ),
        (("???", "RU"), "unknown act", "csto has no act ???"),
    ],
)
def test_a_fault_is_said_with_its_reason(row, fault, text):
    found = told("csto", ASKED, (DAY.replace("08", "09"), *row))
    assert (2, fault, text) in found


def test_a_stranger_to_the_treaty_is_no_party():
    rows = (DAY, "assistance.request", "AZ", {"to": ("csto/council",)})
    assert told("csto", rows) == [
        (1, "no power", "AZ is not a party to T 4, T 2, P 3"),
    ]


def test_the_text_of_the_day_decides():
    early = ("1995-01-05T08:00Z", "assistance.prolong", "csto/council")
    (one,) = told("csto", early)
    text = "no provision of csto on 1995-01-05 knows the act assistance.prolong"
    assert one == (1, "no provision", text)


def test_what_is_late_and_what_is_never_done_say_by_when_and_because_of_what():
    late = ("2022-01-07T08:00Z", "assistance.consult", "csto/chair")
    assert told("csto", ASKED, late) == [
        (2, "late", "owed by 2022-01-06T08:00:00Z because of request")
    ]
    assert told("csto", ASKED) == [
        (
            None,
            "never met",
            "owed by 2022-01-06T08:00:00Z because of request, and never done",
        )
    ]


def test_a_form_that_the_text_does_not_know_is_told():
    (one, *_) = told("csto", (DAY, "leaving.notice", "KZ", {"form": "voice"}))
    assert one == (1, "form", "done in the form voice; writing is meant")


def test_how_surely_the_articles_were_read_goes_with_the_fault():
    csto = load_charter(CHARTERS / "csto.toml")
    (one,) = audited(csto, (DAY, "sanction.propose", "KZ"))
    assert (one.fault, one.article, one.checked) == ("no power", ("C 20",), "memory")


# ------------------------------------------------------------- what time does, and the rest


def test_a_row_that_tells_what_time_did_is_no_fault_once_time_has_done_it():
    notice = ("2022-01-05T08:00Z", "leaving.notice", "KZ")
    on_its_day = ("2022-07-05T21:00Z", "leaving.leave", "time")
    before = ("2022-06-05T21:00Z", "leaving.leave", "time")
    assert told("csto", notice, on_its_day) == []
    text = "time does this on its day, and that had not come"
    assert told("csto", notice, before) == [(2, "too early", text)]


def test_a_row_that_tells_what_time_did_on_a_day_that_is_not_known_is_believed():
    rows = [
        ("2022-01-05T08:00Z", "consultation.invoke", "US"),
        ("2022-01-05T09:00Z", "consultation.circulate", "nato/secretary_general"),
        ("2022-01-06T09:00Z", "consultation.agree", "time"),
    ]
    charter = load_charter(CHARTERS / "nato.toml")
    assert [one.act for one in audited(charter, *rows)] == ["consultation.consult"]
    assert [one.row for one in audited(charter, rows[0], rows[2])] == [2, None]


SMALL = """title = "S"
[texts]
T = "T"
[reckoning]
zone = "UTC"
[members]
AA = 2000-01-01
BB = 2000-01-01
CC = 2000-01-01
[articles."T 1"]
says = "."
[file.ask]
by = "member"
opens = true
art = "T 1"
[file.sign]
by = "each member"
before = "sign"
[file.act]
by = "member"
after = { sign = "all" }
every = { report = "1 week" }
[file.report]
by = "member"
"""


def small():
    return read_charter(SMALL.encode(), id="small", name="small.toml")


def signed(*members):
    ask = ("2022-01-01T08:00Z", "file.ask", "AA")
    return ask, *(
        (f"2022-01-01T{hour:02}:00Z", "file.sign", who)
        for hour, who in enumerate(members, 9)
    )


def test_so_many_members_must_have_done_it_each_once():
    act = ("2022-01-02T08:00Z", "file.act", "BB")
    assert told(small(), *signed("AA", "BB", "CC"), act) == []
    text = "sign must have been done by all of the members before"
    assert told(small(), *signed("AA", "BB"), act) == [(4, "too early", text)]
    assert told(small(), *signed("AA", "AA")) == [
        (3, "too late", "sign was done before")
    ]


def test_what_is_owed_again_and_again_is_a_fault_only_once_its_day_is_over():
    rows = [*signed("AA", "BB", "CC"), ("2022-01-02T08:00Z", "file.act", "BB")]
    report = "2022-01-{}T08:00Z", "file.report", "CC"
    assert told(small(), *rows, (report[0].format("09"), *report[1:])) == []
    assert told(small(), *rows, (report[0].format("11"), *report[1:])) == [
        (6, "late", "owed by 2022-01-10T00:00:00Z because of act")
    ]
    (never,) = told(small(), *rows, at=read_instant("2022-01-11T00:00Z"))
    assert never[1:] == (
        "never met",
        "owed by 2022-01-10T00:00:00Z because of act, and never done",
    )


def test_more_than_is_kept_apart_is_told_and_not_guessed():
    many = [
        (f"2022-01-01T{n // 60:02}:{n % 60:02}Z", "file.act", "AA") for n in range(60)
    ]
    deed = SMALL.replace('after = { sign = "all" }', "deed = true")
    charter = read_charter(deed.encode(), id="small", name="small.toml")
    rows = [("2022-01-01T00:00Z", "file.ask", "AA"), *many]
    found = told(charter, *rows)
    text = "more stands open at this row than is kept apart"
    assert found[0] == (step.MOST // 2 + 2, "too much", text)


def test_what_is_not_judged_is_said_for_every_charter():
    for path in sorted(CHARTERS.glob("*.toml")):
        said = unjudged(load_charter(path))
        assert said[-1].startswith("who is suspended")
        assert len({*said}) == len(said)
    nato = [str(one) for one in unjudged(load_charter(CHARTERS / "nato.toml"))]
    assert nato[0] == "votes: a decision counts as carried, as the log announces it"
