"""Every field that a body may hold has a name in the language of the page."""

import re
from inspect import getsource

import pytest

from peyman.case.entering import bodies as case_bodies
from peyman.ledger.entries import bodies as ledger_bodies
from peyman.web.views.telling.labels import LABELS, label

OWN = {
    name.rstrip("?")
    for fields in (*case_bodies.BODIES.values(), case_bodies.ACT)
    for name in fields
}
BOUND = set(
    re.findall(r'strict\.\w+\((?:body|entry)\["(\w+)"\]', getsource(ledger_bodies))
)


@pytest.mark.parametrize("name", sorted(OWN | BOUND))
def test_a_field_has_a_name(name):
    assert name in LABELS


def test_the_fields_of_the_ledger_are_found():
    assert {"digest", "kinds_not_shown", "may_add_keys", "reason"} <= BOUND


def test_a_field_is_called_by_what_it_holds_and_not_by_a_kind_of_its_name(db):
    assert (label("status"), label("text"), label("serial")) == (
        "status",
        "words",
        "serial",
    )
    assert label("IL_76") == "IL 76"
