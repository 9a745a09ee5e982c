from peyman.case.planning.moved import movement_of, on_the_map
from peyman.force.plan import Objective, Plan, Reason, Unmet
from tests.force.small_plan import PLAN, PROBLEM


def test_a_movement_says_its_serials_its_closure_and_its_objectives():
    plan = Plan(
        **{
            **{name: getattr(PLAN, name) for name in ("problem", "flights", "convoys")},
            "unmet": (Unmet("RU people", "Guard", 3, (Reason("runway", "None."),)),),
            "objectives": (Objective("lateness", 12, 9),),
        }
    )
    told = movement_of(PROBLEM, plan)
    assert (told["from"], told["closure"]) == (
        "2022-01-06T00:00:00Z",
        "2022-01-06T08:31:00Z",
    )
    assert len(told["serials"]) == 4
    assert told["objectives"] == [
        {"name": "lateness", "value": 12, "bound": 9, "gap": 0.25}
    ]
    assert told["unmet"] == [
        {
            "line": "Guard",
            "load": "RU people",
            "quantity": 3,
            "unit": "pieces",
            "reasons": [{"code": "runway", "says": "None.", "entry": ""}],
        }
    ]


def test_a_map_counts_flights_by_way_member_and_day_and_leaves_ferries_out():
    rows = on_the_map(movement_of(PROBLEM, PLAN)["serials"], "in")
    assert [(r["origin"], r["member"], r["mode"], r["flights"]) for r in rows] == [
        ("chkalovsky", "RU", "air", 2),
        ("kant", "KG", "road", None),
    ]
    assert rows[0]["at"] == "2022-01-06T02:00:00Z/2022-01-06T07:01:00Z"
    assert (rows[0]["people"], rows[0]["vehicles"]) == ("200", "3")
