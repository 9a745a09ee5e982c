import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.model import Act, Article, Ground, Office, Organ, Rule, Unsure
from peyman.charter.read import load_charter, read_charter
from peyman.errors import PeymanError

HERE = Path(__file__).parent / "charters"
SMALL = (HERE / "small.toml").read_text()
REFUSED = tomllib.loads((HERE / "refused.toml").read_text())["refused"]
CHARTERS = sorted(Path(__file__).parents[2].joinpath("charters").glob("*.toml"))
CHANGE = date(2012, 12, 19)


def read(text):
    data = text if isinstance(text, bytes) else text.encode()
    return read_charter(data, id="small", name="small.toml")


def edited(*edits):
    """The small charter with each first string, which stands once, made the second."""
    text = SMALL
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def small():
    return load_charter(HERE / "small.toml")


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["what"])
def test_a_charter_is_refused_for(case):
    with pytest.raises(PeymanError) as caught:
        read(edited(*case["edits"]))
    assert str(caught.value) == case["says"]


def test_no_two_refusals_are_tried_under_one_name():
    assert len({case["what"] for case in REFUSED}) == len(REFUSED)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'title = "a"\nb = "\xff"', "line 2: Byte 17 is not UTF-8."),
        (b'\xef\xbb\xbftitle = "a"', "line 1: The file begins with a byte-order mark."),
    ],
)
def test_bytes_that_are_no_plain_utf_8_are_refused(data, problem):
    with pytest.raises(PeymanError) as caught:
        read(data)
    assert str(caught.value) == (
        f"small.toml, {problem}\n"
        "  Authority: docs/charter-language.md, section 1: a charter is one TOML file\n"
        "  Next step: Save the file in the encoding UTF-8, without a byte-order mark."
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = " + "[" * 9999, "lists or tables are nested too deeply"),
        ("a = " + "9" * 9999, "exceeds the limit (4300 digits) for integer"),
        ("a = 1\n[a]\nb = 1", "[a] stands here a second time"),
        ("[a.b]\n[a]\nb.c = 1", "cannot redefine namespace"),
        ("a = ", "invalid value"),
        ("", "The charter has no title."),
        ("a" + ".a" * 9999 + " = 1", "The charter has no title."),
        ("title = 'x'\na" + ".a" * 9999 + " = 1", "[a] is no table of a charter"),
        ("title = 'x'\na.b.opens" + ".a" * 9999 + " = 1", "The charter has no [texts]"),
    ],
)
def test_a_file_made_to_break_the_reader_is_refused_like_any_other(text, problem):
    with pytest.raises(PeymanError) as caught:
        read(text)
    assert problem in caught.value.problem


@given(st.text(alphabet="[]{}=\"'\\.# \n\taé1-", max_size=40))
def test_whatever_stands_in_the_middle_the_reader_reads_it_or_says_what_is_wrong(noise):
    half = SMALL.index("[help.confirm]")
    try:
        problem = str(bool(read(SMALL[:half] + noise + SMALL[half:])))
    except PeymanError as error:
        problem = error.problem
    assert problem.startswith(("True", "small.toml, line "))


# ---------------------------------------------------------------- what is read


def test_every_value_of_the_small_charter_is_read(small):
    assert (small.id, small.title) == ("small", "League of the Two Rivers")
    assert small.texts == {
        "T": "Treaty of the Ford, 1 March 2000",
        "S": "Statute of the Hall, 1 March 2001",
    }
    assert (small.zone, small.notice) == ("Asia/Almaty", "received")
    assert small.holidays == {date(2022, 1, 1), date(2022, 1, 7)}
    assert small.reading == {"at once": "24 hours"}
    assert small.unsure == (
        Unsure("organs.council", date(2012, 12, 1), date(2013, 1, 1)),
    )
    assert [text.since for text in small.versions] == [date.min, CHANGE]


def test_members_are_bound_by_every_text_without_parties_of_its_own(small):
    first, second = date(2000, 3, 1), date(2001, 3, 1)
    assert small.parties == {
        "T": {
            "XA": ((first, None),),
            "XB": ((first, date(2010, 5, 1)), (date(2012, 5, 1), None)),
            "XC": ((first, date(2015, 1, 1)),),
        },
        "S": {"XA": ((second, None),), "XB": ((second, None),)},
    }


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(2010, 4, 30), ("XA", "XB", "XC")),
        (date(2010, 5, 1), ("XA", "XC")),  # up to but not on the second day
        (date(2012, 5, 1), ("XA", "XB", "XC")),
        (date(2015, 1, 1), ("XA", "XB")),
    ],
)
def test_a_member_is_bound_from_the_first_day_up_to_but_not_on_the_second(
    small, day, bound
):
    assert small.bound_by("T", day) == bound


def test_tables_that_are_no_acts_are_read_word_by_word(small):
    text = small.versions[0]
    assert text.organs == {
        "council": Organ(
            "council",
            art="T 5",
            parties_to="S",
            without=("XC",),
            seat="head of state",
            chair="chair",
            secretary="secretary",
        ),
        "panel": Organ("panel", members=("XA", "XB")),
        "assembly": Organ("assembly", of_members=True),
        "world": Organ("world", title="Assembly of the World", outside=True),
    }
    assert text.offices == {
        "chair": Office("chair", art="T 5"),
        "secretary": Office("secretary", held_by="chair"),
    }
    says = {"en": "The others help one that is attacked.", "fa": "کمک", "ru": "Помощь"}
    assert text.articles == {
        "T 4": Article("T 4", says, "text", "Gazette of the League, 1"),
        "T 5": Article("T 5", {"en": "There is a council."}, "memory"),
    }
    assert text.grounds == {
        "attack": Ground("attack", "T 4", "council", ("attack", "from outside"))
    }
    assert text.rules == {
        "consensus": Rule(
            "consensus",
            organ="council",
            carry="no objection",
            art="T 5",
            without=("subject", "help.refuse", "whom"),
            modes=("session", "video"),
            binds="takers",
        ),
        "majority": Rule(
            "majority",
            organ="panel",
            carry="at least 2/3",
            of="present",
            quorum="carry",
            veto=("XA",),
            otherwise="consensus",
        ),
    }


def test_acts_are_read_with_full_names_and_with_the_organ_of_their_rule(small):
    acts = small.versions[0].acts
    assert acts["help.grant"] == {
        "": Act(
            "help.grant",
            bit=4,
            by=("council",),
            decide="consensus",
            after=(("help.consult", "help.confirm"),),
            meanwhile=(("help.ask",),),
            art=("T 4", "T 5"),
            fixes=("tasks", "term", "whom"),
            mandate=True,
            at_most={"term": "90 days"},
            binds="nobody to send",
            lasts="term",
        )
    }
    assert acts["help.send"][""] == Act(
        "help.send",
        bit=7,
        by=("each other member",),
        meanwhile=(("help.ask",), ("help.grant",)),
        lasts=("help.grant", "help.confirm"),
        undo={"help.withdraw": "no day"},
        deed=True,
    )
    assert acts["leave.go"][""].leaves == ("T", "S")
    assert acts["help.refuse"][""].by == ("panel",)


def test_bits_are_in_the_order_of_the_file_in_all_versions(small):
    assert small.names[:3] == ("help.ask", "help.confirm", "help.consult")
    for text in small.versions:
        for name, forms in text.acts.items():
            assert {act.bit for act in forms.values()} == {small.names.index(name)}


# ---------------------------------------------------------------- versions and forms


def test_a_date_replaces_line_by_line_from_its_day_on(small):
    before, after = small.on(date(2012, 12, 18)), small.on(CHANGE)
    old, new = before.act("help.ask"), after.act("help.ask")
    assert (old.by, old.on) == (("member",), ("attack",))
    assert new == replace(old, by=("subject",), on=("attack", "flood"))
    assert after.articles["T 4"] == replace(
        before.articles["T 4"],
        says={"en": "On its request the others help one that is attacked."},
    )


def test_the_request_for_help_reads_as_in_1992_and_as_in_2012():
    charter = load_charter(HERE / "request.toml")
    starts = [date.min, date(2009, 1, 15), CHANGE]
    first, second, third = charter.versions
    assert [text.since for text in charter.versions] == starts
    of_1992 = Act(
        "assistance.request",
        bit=0,
        by=("member",),
        to=("council",),
        opens=True,
        on=("aggression_by_a_state",),
        art=("T 4",),
    )
    of_2012 = replace(
        of_1992, by=("subject",), on=("armed_attack",), art=("T 4", "P 3")
    )
    acts = [text.act("assistance.request") for text in charter.versions]
    assert acts == [of_1992, of_1992, of_2012]
    grounds = [[*text.grounds] for text in charter.versions]
    assert grounds == [["aggression_by_a_state"]] * 2 + [["armed_attack"]]
    assert [[*text.articles] for text in (first, second)] == [["T 4"], ["T 4", "P 3"]]
    assert [text.articles["T 4"].checked for text in (second, third)] == [
        "text",
        "secondary",
    ]
    assert charter.unsure == (
        Unsure("assistance.request", date(2012, 12, 10), date(2012, 12, 20)),
    )
    assert charter.bound_by("T", date(1999, 4, 2)) == ("AM",)


def test_an_empty_list_removes_a_line(small):
    assert small.versions[0].organs["council"].seat == "head of state"
    assert small.versions[1].organs["council"].seat is None


def test_a_provision_begins_on_its_day_and_ends_when_repealed(small):
    assert [*small.versions[0].grounds] == ["attack"]
    assert [*small.versions[1].grounds] == ["attack", "flood"]
    assert small.versions[0].act("help.prolong").bit == 6
    assert small.versions[1].act("help.prolong") is None
    again = "[help.prolong.2014-01-01]\nrepealed = false\nfixes = []\n[help.send]"
    text = read(edited(("[help.send]", again))).on(date(2014, 1, 1))
    assert text.act("help.prolong").fixes == ()


def test_a_form_replaces_lines_after_all_dates(small):
    for text in small.versions:
        plain, voice = text.act("help.ask"), text.act("help.ask", "voice")
        duty = {"help.consult": "at once", "help.confirm": "30 days"}
        assert voice == replace(plain, duty=duty)
        assert text.act("help.ask", "writing") is plain


def test_a_form_that_a_version_does_not_list_has_no_lines_there():
    text = edited(('by = "subject"\non = [', 'form = "writing"\non = ['))
    assert [*read(text).versions[0].acts["help.ask"]] == ["", "voice"]
    assert [*read(text).versions[1].acts["help.ask"]] == [""]


def test_an_act_follows_its_rule_to_another_organ():
    text = edited(
        ("[help.ask]", '[rules.consensus.2014-01-01]\norgan = "panel"\n[help.ask]')
    )
    by = [text.act("help.grant").by for text in read(text).versions]
    assert by == [("council",), ("council",), ("panel",)]


def test_what_did_not_change_is_the_same_object_in_both_versions(small):
    first, second = small.versions
    assert first.rules is second.rules
    assert first.organs["panel"] is second.organs["panel"]
    assert first.acts["help.grant"] is second.acts["help.grant"]


def test_a_change_on_an_uncertain_day_may_stand_beside_from():
    text = edited(("from    =", 'unsure = "2012-12-01/2013-01-01"\nfrom    ='))
    assert [one.table for one in read(text).unsure] == [
        "grounds.flood",
        "organs.council",
    ]


def test_a_charter_without_members_is_read_if_no_act_is_of_members():
    charter = read(
        'title = "a"\ntexts.T = "t"\nreckoning.zone = "UTC"\n[offices.president]\n'
        '[state.declare]\nby = "president"\nopens = true\n'
    )
    assert charter.parties == {}
    assert charter.members == ()


# ---------------------------------------------------------------- the charters we ship


def test_every_charter_of_the_library_is_read():
    read_ones = [load_charter(path) for path in CHARTERS]
    assert {"csto", "kazakhstan"} <= {charter.id for charter in read_ones}
    assert all(charter.names for charter in read_ones)
