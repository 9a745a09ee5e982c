from peyman.charter.moment import Moment
from peyman.force.reports.pledges import conflicts, pledges
from peyman.force.reports.strength import gap, strength
from peyman.force.reports.told import Amount, Told


def pledge(entry, member, **more):
    body = {"member": member, "what": "a company", "caveats": [], "state": "offered"}
    return Told(entry, Moment(0, 0), {**body, **more})


def present(entry, at, member, **more):
    return Told(entry, Moment(at, at), {"member": member, **more})


def test_pledges_stand_by_member_and_for_one_member_in_the_order_of_the_record():
    told = [pledge("e3", "XC"), pledge("e4", "XA"), pledge("e5", "XC")]
    assert [(row.member, row.entry) for row in pledges(told)] == [
        ("XA", "e4"),
        ("XC", "e3"),
        ("XC", "e5"),
    ]


def test_a_pledge_keeps_its_caveats_its_state_and_both_amounts():
    body = {"caveats": ["no patrols", "no nights"], "state": "honoured"}
    (row,) = pledges(
        [
            pledge(
                "e3",
                "XA",
                people={"low": 70, "high": 100},
                vehicles={"value": 9},
                **body,
            )
        ]
    )
    assert (row.what, row.caveats, row.state) == (
        "a company",
        ("no patrols", "no nights"),
        "honoured",
    )
    assert (row.people, row.vehicles) == (Amount(70, 100), Amount(9, 9))


def test_pledges_told_with_different_numbers_contradict_each_other():
    told = [
        pledge("e3", "XA", people={"value": 150}),
        pledge("e4", "XA", people={"low": 100, "high": 200}),
        pledge("e5", "XA", people={"value": 150}),
        pledge("e6", "XB", people={"value": 70}),
        pledge("e7", "XB", people={"value": 70}),
    ]
    assert conflicts(pledges(told)) == {"XA": ("150", "100 to 200")}


def test_a_pledge_without_a_number_contradicts_nobody():
    told = [pledge("e3", "XA", people={"value": 150}), pledge("e4", "XA")]
    assert conflicts(pledges(told)) == {}


def test_the_latest_statement_of_a_members_strength_stands_last():
    told = [
        present("e3", 20, "XB", people={"value": 90}),
        present("e4", 10, "XB", people={"value": 70}, at_place="almaty"),
        present("e5", 15, "XA", vehicles={"low": 5}),
        present("e6", 5, "all", people={"value": 2030}),
    ]
    rows = strength(told)
    assert [(row.member, row.entry) for row in rows] == [
        ("XA", "e5"),
        ("XB", "e4"),
        ("XB", "e3"),
        ("all", "e6"),
    ]
    assert [row.place for row in rows] == [None, "almaty", None, None]
    assert (rows[0].people, rows[0].vehicles) == (Amount(None, None), Amount(5, None))


def test_the_gap_takes_the_most_of_each_part_for_its_lower_end_and_the_least_for_its_upper():
    whole = Amount(1000, 1200)
    assert gap(whole, [Amount(100, 150), Amount(200, 200)]) == Amount(650, 900)


def test_a_part_without_a_number_leaves_the_least_unknown_and_takes_nothing_off_the_most():
    whole = Amount(1000, 1200)
    assert gap(whole, [Amount(100, 100), Amount(None, None)]) == Amount(None, 1100)
    assert gap(whole, [Amount(100, None)]) == Amount(None, 1100)


def test_of_a_whole_without_a_number_no_gap_is_known():
    assert gap(Amount(None, None), [Amount(100, 100)]) == Amount(None, None)
    assert gap(Amount(1000, 1000), []) == Amount(1000, 1000)
