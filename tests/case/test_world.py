from tests.case.small import claim, record, shown


def test_a_status_of_a_place_cites_the_claims_from_which_it_was_read():
    made = claim(
        record(), "c", facility={"place": "almaty-airport", "status": "seized"}
    )
    claim(
        made,
        "d",
        speakers=["Another agency"],
        facility={"place": "almaty-airport", "status": "open"},
    )
    made.add(
        "st", "status", place="almaty-airport", status="disputed", claims=["c", "d"]
    )
    (place,) = shown(made)["world"]["facilities"]
    assert place["place"] == "almaty-airport"
    assert [(one["status"], one["entry"], one["by"]) for one in place["told"]] == [
        ("seized", "e3", "XB"),
        ("open", "e4", "Another agency"),
    ]
    assert place["contested"] is True
    assert [(one["status"], one["claims"]) for one in place["statuses"]] == [
        ("disputed", ["e3", "e4"])
    ]


def test_figures_stand_in_a_series_and_a_changed_one_says_what_revised_it():
    made = claim(record(), "c", figures=[{"item": "killed", "value": 164}])
    claim(made, "d", figures=[{"item": "killed", "value": 225}], revises="c")
    claim(made, "e", figures=[{"item": "killed", "low": 200}], speakers=["Another"])
    made.add("g", "grade", claim="c", status="deleted", reason="The post is gone.")
    (series,) = shown(made)["world"]["figures"]
    assert (series["item"], series["unit"]) == ("killed", "people")
    assert [
        (one["low"], one["high"], one["entry"], one["revised_by"], one["claim"])
        for one in series["series"]
    ] == [
        (164, 164, "e3", ["e4"], "deleted"),
        (225, 225, "e4", [], "held"),
        (200, None, "e5", [], "held"),
    ]


def test_flights_and_aircraft_are_never_in_one_series():
    made = record()
    for label, unit in (("c", "flights"), ("d", "aircraft")):
        claim(made, label, figures=[{"item": "airlift", "value": 75, "unit": unit}])
    series = shown(made)["world"]["figures"]
    assert [(one["item"], one["unit"], len(one["series"])) for one in series] == [
        ("airlift", "aircraft", 1),
        ("airlift", "flights", 1),
    ]


def test_the_force_is_told_with_its_contradictions_and_corrected_entries_are_left_out():
    made = record()
    pledge = {
        "member": "XB",
        "what": "a company",
        "caveats": ["no patrols"],
        "state": "offered",
    }
    for label, people in (("p", 150), ("q", 70), ("z", 1)):
        made.add(label, "pledge", people={"value": people}, **pledge)
    made.add("x", "correct", entry="z", reason="Misread.")
    made.add("st", "strength", member="all", people={"low": 2000})
    serial = {"mode": "air", "member": "XB", "from": "ivanovo", "to": "almaty"}
    made.add(
        "f",
        "serial",
        serial="B-1",
        direction="in",
        state="reported",
        flights=3,
        **serial,
    )
    force = shown(made)["force"]
    assert [(p["entry"], p["people"], p["caveats"]) for p in force["pledges"]] == [
        ("e3", "150", ["no patrols"]),
        ("e4", "70", ["no patrols"]),
    ]
    assert force["conflicts"] == {"XB": ["150", "70"]}
    assert [(s["member"], s["people"]) for s in force["strength"]] == [
        ("all", "at least 2000")
    ]
    assert [(s["serial"], s["flights"], s["aircraft"]) for s in force["serials"]] == [
        ("B-1", 3, None)
    ]
    assert [(t["flights"], t["aircraft"], t["silent"]) for t in force["totals"]] == [
        (3, 0, 0)
    ]
