from dataclasses import replace

from tests.case.small import DAY, REQUEST, Record, claim, record, shown


def home(made, case=None):
    (matter,) = [m for m in shown(made, case=case)["matters"] if m["charter"] == "home"]
    return matter


def contested(matter):
    return [
        (o["entry"], o["office"], o["holder"], o["finding"])
        for o in matter["contested"]
    ]


ALARM = {"under": "home", "act": "alarm.raise", "by": "home/watch"}


def test_an_act_in_an_office_that_the_text_gives_to_another_is_contested_and_read_both_ways():
    made = record().act("a", {**ALARM, "holder": "home/head"}, **DAY)
    matter = home(made)
    assert contested(matter) == [
        ("e3/1", "home/watch", "home/head", "contested office")
    ]
    (one,) = matter["contested"]
    assert one["text"] == (
        "home/head acts in home/watch; the text puts home/captain there:"
        " The captain leads the watch."
    )
    assert (one["article"], one["checked"]) == (["L 1"], "text")
    assert [row["only_if"] for row in matter["must"]] == [["e3"]]


def test_the_holder_whom_the_text_names_is_not_contested():
    made = record().act("a", {**ALARM, "holder": "home/captain"}, **DAY)
    assert home(made)["contested"] == []


def test_a_claim_that_another_holds_an_office_is_shown_beside_the_text_and_moves_nothing():
    made = record().act("a", {**ALARM, "holder": "home/captain"}, **DAY)
    rows = home(made)["must"]
    office = {"office": "home/watch", "holder": "home/head"}
    claim(made, "c", office=office)
    claim(made, "d", office=office)
    matter = home(made)
    assert contested(matter) == [("e4", "home/watch", "home/head", "contested office")]
    assert matter["contested"][0]["text"] == (
        "claimed for home/head; the text puts home/captain there:"
        " The captain leads the watch."
    )
    assert matter["must"] == rows


def test_a_claim_of_the_office_by_its_lawful_holder_is_not_contested():
    made = record().act("a", {**ALARM, "holder": "home/captain"}, **DAY)
    claim(made, "c", office={"office": "home/watch", "holder": "home/captain"})
    assert home(made)["contested"] == []


def test_a_corrected_claim_contests_no_office():
    made = record().act("a", {**ALARM, "holder": "home/captain"}, **DAY)
    claim(made, "c", office={"office": "home/watch", "holder": "home/head"})
    made.add("x", "correct", entry="c", reason="Misread.")
    assert home(made)["contested"] == []


def registered():
    """A case whose register says that XB holds the chair of the pact since 2022."""
    held = Record()
    for label, holder, during in (
        ("a", "XA", "../2022-01-01"),
        ("b", "XB", "2022-01-01/.."),
    ):
        said = {"office": "pact/chair", "holder": holder, "during": during}
        held.add(label, "hold", zone="Etc/UTC", entered="2022-01-02T00:00:00Z", **said)
    log = tuple(replace(entry, log="pact") for entry in held.case.entries)
    return Record(registers={"pact": log}).source()


def test_the_register_says_who_holds_an_office_as_of_the_reading():
    told = shown(registered())["offices"]
    assert told == [
        {
            "office": "pact/chair",
            "holder": "XB",
            "during": "2022-01-01T00:00:00Z/..",
            "entry": "pact:e1",
        }
    ]


def test_a_claim_against_the_register_is_shown_beside_it():
    made = registered().act("r", REQUEST, **DAY)
    claim(made, "c", office={"office": "pact/chair", "holder": "XC"}, **DAY)
    (matter,) = shown(made)["matters"]
    assert contested(matter) == [("e2", "pact/chair", "XC", "contested office")]
