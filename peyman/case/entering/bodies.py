"""What the body of every kind of entry holds: its fields, their shapes, and no others.

The kinds that bind the record itself (`open`, `key`, `adopt`, `source`, `correct`, `erase`,
`release`) are read by the ledger. Whether the names in a body exist is asked in
`peyman.case.entering.admit`. Source: docs/record.md, section 3.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from peyman.case.entering.shapes import (
    ACTOR,
    AMOUNT,
    AT,
    COMMITMENT,
    DURING,
    FACT,
    MATTER,
    MEMBER,
    ORDERED,
    PLACE,
    SPAN,
    TEXT,
    WHOLE,
    Shape,
    checked,
    either,
    is_ordered,
    many,
    one_of,
    record,
    some,
    table,
)
from peyman.errors import PeymanError
from peyman.saying import say

CREDIBILITY = Shape(
    "a whole number from 1 to 6", lambda x: WHOLE.holds(x) and x in range(1, 7)
)
BALLOT = one_of("yes", "no", "abstain", "present")
DEGREE = Shape(
    "a whole number from 1 to 6", lambda x: WHOLE.holds(x) and x in range(1, 7)
)

ACT: Mapping[str, Shape] = {
    "under": TEXT,
    "act": TEXT,
    "matter?": MATTER,
    "subject?": MEMBER,
    "member?": MEMBER,
    "by?": ACTOR,
    "holder?": ACTOR,
    "to?": either(ACTOR, many(ACTOR)),
    "form?": TEXT,
    "mode?": TEXT,
    "basis?": either(one_of("not shown"), many(TEXT)),
    "grounds?": table(one_of("asserted", "denied")),
    "states?": table(FACT),
    "ballots?": table(BALLOT),
    "announced_by?": ACTOR,
    "ripens?": TEXT,
    "unless?": TEXT,
    "received?": AT,
}
"""The fields of one act of an act entry; `?` marks those that may be left out."""

_TIME = record(
    expression_=SPAN,
    clock_=TEXT,
    anchor_=TEXT,
    value_=TEXT,
    note_=TEXT,
    value_from_=TEXT,
)
_FIGURE = checked(
    record(item=TEXT, value_=WHOLE, low_=WHOLE, high_=WHOLE, unit_=TEXT, scope_=TEXT),
    ORDERED,
    is_ordered,
)

BODIES: Mapping[str, Mapping[str, Shape]] = {
    "hold": {
        "office": ACTOR,
        "holder": either(ACTOR, one_of("vacant")),
        "during": DURING,
        "note?": TEXT,
    },
    "claim": {
        "source": COMMITMENT,
        "span?": SPAN,
        "says": TEXT,
        "speakers": some(TEXT),
        "form": one_of(
            "assertion",
            "quotation",
            "announcement",
            "denial",
            "headline",
            "narration",
            "notice",
        ),
        "type?": TEXT,
        "places?": many(PLACE),
        "time?": _TIME,
        "grounds?": table(one_of("for", "against")),
        "office?": record(office=ACTOR, holder=ACTOR),
        "facility?": record(place=PLACE, status=TEXT),
        "figures?": many(_FIGURE),
        "revises?": COMMITMENT,
        "proposal?": TEXT,
    },
    "grade": {
        "claim": COMMITMENT,
        "reliability?": one_of(*"ABCDEF"),
        "credibility?": CREDIBILITY,
        "status": one_of("held", "disputed", "corroborated", "withdrawn", "deleted"),
        "reason": TEXT,
    },
    "status": {
        "place": PLACE,
        "status": TEXT,
        "since?": AT,
        "claims": many(COMMITMENT),
    },
    "act": {"acts": many(Shape("an act", lambda x: isinstance(x, Mapping)))},
    "ballot": {"matter": MATTER, "act": TEXT, "member": MEMBER, "vote": BALLOT},
    "measure": {
        "what": TEXT,
        "by": ACTOR,
        "where?": many(PLACE),
        "from?": AT,
        "until?": AT,
        "under?": TEXT,
    },
    "requirement": {
        "line": TEXT,
        "capability": TEXT,
        "quantity": WHOLE,
        "unit": TEXT,
        "place": PLACE,
        "required?": AT,
        "priority": WHOLE,
        "task?": TEXT,
        "people?": WHOLE,
    },
    "pledge": {
        "member": MEMBER,
        "what": TEXT,
        "people?": AMOUNT,
        "vehicles?": AMOUNT,
        "caveats": many(TEXT),
        "state": one_of("offered", "honoured", "withdrawn", "stood_down"),
        "pledge?": TEXT,
        "package?": TEXT,
        "capabilities?": table(WHOLE),
        "not_for?": many(TEXT),
        "tonnes?": WHOLE,
        "outsize?": WHOLE,
        "ready?": AT,
        "expires?": AT,
        "from?": PLACE,
        "lift?": table(WHOLE),
    },
    "serial": {
        "serial": TEXT,
        "mode": one_of("air", "road", "rail"),
        "member": either(MEMBER, one_of("all")),
        "from": PLACE,
        "to": PLACE,
        "depart?": AT,
        "arrive?": AT,
        "flights?": WHOLE,
        "aircraft?": WHOLE,
        "people?": AMOUNT,
        "vehicles?": AMOUNT,
        "types?": table(WHOLE),
        "direction": one_of("in", "out"),
        "state": one_of("planned", "reported"),
        "planned?": TEXT,
        "tail?": TEXT,
        "tonnes?": WHOLE,
        "outcome?": one_of("on_time", "late", "lost"),
    },
    "strength": {
        "member": either(MEMBER, one_of("all")),
        "people?": AMOUNT,
        "vehicles?": AMOUNT,
        "at_place?": PLACE,
    },
    "note": {"text": TEXT},
}
"""Kind to the fields of its body; `?` marks those that may be left out."""


def _by_name(fields: Mapping[str, Shape]) -> Mapping[str, Shape]:
    return {name.rstrip("?"): shape for name, shape in fields.items()}


_ACT = _by_name(ACT)
_BODIES = {kind: _by_name(fields) for kind, fields in BODIES.items()}


def check_body(kind: str, body: Mapping[str, object]) -> None:
    """Refuse a body that lacks a field, has an unknown one, or one of a wrong shape.

    Raises:
        PeymanError: With the field, what was expected and the nearest known name.
    """
    fields = BODIES.get(kind)
    if fields is None:
        return
    _check(f"entry of the kind {kind}", fields, _BODIES[kind], body)
    if kind == "act":
        acts = body["acts"]
        assert isinstance(acts, list)  # noqa: S101  (its shape was just checked)
        if not acts:
            raise _refuse(
                say("An act entry lists no act."),
                say("List at least one under `acts`."),
            )
        for act in acts:
            _check("act", ACT, _ACT, act)


def _check(
    what: str,
    fields: Mapping[str, Shape],
    known: Mapping[str, Shape],
    body: Mapping[str, object],
) -> None:
    for name, value in body.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" The nearest known word is {near[0]!r}." if near else ""
            raise _refuse(
                say(
                    "The {kind_code} has an unknown word {words}.{hint_sentence}",
                    kind_code=what,
                    words=repr(name),
                    hint_sentence=hint,
                ),
                say(
                    "Use only these words: {known_words}.", known_words=", ".join(known)
                ),
            )
        if not known[name].holds(value):
            raise _refuse(
                say(
                    "In the {kind_code}, {words} = {value_words} is not {expected_words}.",
                    kind_code=what,
                    words=name,
                    value_words=repr(value),
                    expected_words=known[name].expects,
                ),
                say(
                    "Write {words} as {expected_words}.",
                    words=name,
                    expected_words=known[name].expects,
                ),
            )
    for name in fields:
        if not name.endswith("?") and name not in body:
            raise _refuse(
                say("The {kind_code} lacks {words}.", kind_code=what, words=name),
                say(
                    "Add {words}: {expected_words}.",
                    words=name,
                    expected_words=fields[name].expects,
                ),
            )


def _refuse(problem: str, remedy: str) -> PeymanError:
    return PeymanError(
        problem,
        authority=say("docs/record.md, section 3: kinds and bodies"),
        remedy=remedy,
    )
