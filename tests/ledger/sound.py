"""Logs that come near to breaking a rule and do not, for test_rules."""

from peyman.ledger import Seen
from tests.ledger.broken import NEW_KEY, key_body, opened
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    REGISTRAR,
    a_register,
    register_entry,
    small_case,
)
from tests.ledger.undone import released


def a_key_added_and_used():
    draft = opened()
    draft.add("key", key_body("add", "csto/chair", NEW_KEY))
    draft.add("note", {"text": "n"}, by="csto/chair", key=NEW_KEY)
    return draft


def a_key_rotated_by_its_office():
    draft = opened()
    draft.add("key", key_body("rotate", ANALYST, NEW_KEY), by=ANALYST)
    draft.add("note", {"text": "n"}, by=ANALYST, key=NEW_KEY)
    return draft


def a_figure_corrected():
    draft = opened()
    one = draft.add("claim", {"says": "3"}, by=ANALYST)
    two = draft.add("claim", {"says": "4"}, by=ANALYST)
    draft.add("correct", {"entry": one, "successor": two, "reason": "r"}, by=ANALYST)
    return draft


def a_later_act_that_saw_the_first():
    draft = small_case()
    draft.add("act", {"acts": []}, by=COUNCIL)
    return draft


def two_offices_that_act_without_seeing_each_other():
    draft = small_case()
    draft.add("act", {"acts": []}, by=REGISTRAR, seen=Seen())
    return draft


def a_reported_act_beside_a_performed_one():
    draft = small_case()
    draft.add("act", {"acts": []}, by=COUNCIL, seen=Seen(), known_as="reported")
    return draft


def a_release_that_another_office_seconds():
    draft = small_case()
    body = {"size": 5, "indexes": [*range(5)], "kinds_not_shown": []}
    first = draft.add("release", body)
    draft.add("release", body, by=COUNCIL, cites=(first,))
    return draft


def a_grown_register():
    small, grown = a_register(2).build(), a_register(4).build()
    draft = opened(registers={"csto": small})
    draft.bring_register("csto", grown)
    draft.add("adopt", {"registers": [register_entry("csto", grown)]})
    return draft


def everything_released():
    return released()
