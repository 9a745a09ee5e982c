"""What a witness's line says, and which lines count for a reader's quorum."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import derive, read_policy, verify
from peyman.ledger.log.note import (
    COSIGNATURE,
    open_checkpoint,
    read_checkpoint,
    verifier_key,
)
from peyman.ledger.witnesses.cosignature import (
    cosign,
    cosignatures_of,
    judge,
    with_cosignatures,
)
from tests.ledger.builders import Draft, changed, small_case

DRAFT = small_case()
SMALL = DRAFT.build()
NOTE = SMALL.files["checkpoint"]
HEAD, _ = read_checkpoint(NOTE)
LOG = f"log {verifier_key(DRAFT.origin, DRAFT.log_key.public)}"
AT = 1_700_000_000
KEYS = {name: derive("witnesses", name) for name in ("a", "b", "c")}


def name_of(one):
    return f"{one}.example/w"


def line(one, at=AT, head=HEAD, key=None):
    return cosign(head, name_of(one), key or KEYS[one], at)


def policy(*lines, at=AT + 10):
    witnesses = [
        f"witness {one} {verifier_key(name_of(one), key.public, COSIGNATURE)}"
        for one, key in KEYS.items()
    ]
    text = "\n".join([LOG, *witnesses, *lines])
    return replace(read_policy(text.encode()), at=at)


TWO = policy("group two 2 a b c", "quorum two")


def case_with(*lines):
    note = NOTE + "".join(one.line for one in lines).encode()
    return changed(SMALL, "checkpoint", note)


def problems(casefile, trust=TWO):
    return [fault.problem for fault in verify(casefile, trust).faults]


def test_the_message_is_that_of_the_specification():
    key = KEYS["a"]
    text = f"cosignature/v1\ntime {AT}\n{HEAD.text()}".encode()
    made = line("a")
    assert key.public.verifies(made.signature, text)
    (read,) = cosignatures_of(with_cosignatures(NOTE, [made]))
    assert read == made
    assert read.is_by(key.public, HEAD)
    assert not read.is_by(KEYS["b"].public, HEAD)


def test_the_log_opens_its_head_with_lines_of_witnesses_on_it():
    keys = {DRAFT.origin: DRAFT.log_key.public}
    assert open_checkpoint(with_cosignatures(NOTE, [line("a")]), keys) == HEAD


def test_one_less_than_the_quorum_is_refused_and_the_quorum_taken():
    assert problems(case_with(line("a"))) == [
        "The policy asks for two, and of its witnesses a signed."
    ]
    report = verify(case_with(line("c", AT + 1), line("a")), TWO)
    assert report.genuine
    assert [tuple(one) for one in report.seen] == [("a", AT), ("c", AT + 1)]
    assert (
        "The witness a saw the head of 5 entries at 2023-11-14T22:13:20Z:"
        " all of them were there by then." in report.notes
    )


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (line("a", AT + 1), None),  # doubled
        (
            line("b", key=derive("x", "stranger")),
            "It has a line of b.example/w, of whom you gave no key: not checked.",
        ),
        (
            line("b", AT + 11),
            "The witness b dates its line after your clock: not counted.",
        ),
    ],
)
def test_who_is_doubled_unknown_or_of_the_future_is_not_counted(second, told):
    report = verify(case_with(line("a"), second), TWO)
    assert [fault.problem for fault in report.faults] == [
        "The policy asks for two, and of its witnesses a signed."
    ]
    assert told is None or told in report.notes


def test_a_line_that_is_not_the_witnesses_own_is_a_fault():
    other = small_case("other").build().files["checkpoint"]
    wrong = line("b", head=read_checkpoint(other)[0])
    assert "The signature of the witness b is false." in problems(
        case_with(line("a"), line("c"), wrong)
    )


def test_without_a_policy_a_line_is_told_of_as_not_checked():
    report = verify(case_with(line("a")))
    assert report.genuine
    assert report.not_checked == ("a.example/w",)
    assert report.seen == ()


def test_more_than_sixteen_lines_are_refused():
    lines = [line("a", AT + n) for n in range(16)]
    assert problems(case_with(*lines)) == [
        "The checkpoint has more than 16 signatures."
    ]


def test_in_a_live_case_nothing_was_entered_after_a_witness_saw_it():
    draft = Draft(kept="live")
    draft.add("open", draft.opening, entered="2023-11-14T22:14:21Z")  # AT and 61 s
    built = draft.build()
    head, _ = read_checkpoint(built.files["checkpoint"])
    for second, is_sound in ((AT, False), (AT + 1, True)):
        lines = [line(one, second, head) for one in ("a", "b")]
        note = with_cosignatures(built.files["checkpoint"], lines)
        report = verify(changed(built, "checkpoint", note), policy("quorum none"))
        assert report.genuine is is_sound
    assert not verify(built, TWO).genuine


def test_every_byte_of_a_line_is_bound_for_who_pins_its_witness():
    whole = case_with(line("a"), line("b")).files["checkpoint"]
    for place in range(len(NOTE), len(whole)):
        data = bytearray(whole)
        data[place] ^= 1
        found = verify(changed(SMALL, "checkpoint", bytes(data)), TWO)
        assert not found.genuine, place


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["quorum d"], "Line 5 of the policy asks for what is not above it."),
        (["group g 4 a b c"], "Line 5 of the policy asks for '4'."),
        (["group g 0 a b c"], "Line 5 of the policy asks for '0'."),
        (["group g any a a"], "Line 5 of the policy groups something again."),
        (
            ["group g any a", "group h any a b"],
            "Line 6 of the policy groups something again.",
        ),
        (["group g any z"], "Line 5 of the policy groups what is not above it."),
        (["group none any a"], "Line 5 of the policy uses a name again."),
        (["group g any"], "Line 5 of the policy cannot be read."),
        (["quorum a\r"], "Line 5 of the policy cannot be read."),
        ([LOG], "Line 5 of the policy names a log again."),
    ],
)
def test_a_policy_that_says_nothing_sound_is_refused(lines, problem):
    with pytest.raises(PeymanError) as caught:
        policy(*lines, "quorum none")
    assert caught.value.problem == problem


def test_groups_of_groups_are_counted():
    nested = policy("group x all a b", "group y any x c", "quorum y")
    met = [nested.is_met(one) for one in (["a"], ["a", "b"], ["c"], [])]
    assert met == [False, True, True, False]


def test_an_office_whose_key_is_pinned_signs_with_no_other():
    office = "peyman/analyst"
    right = DRAFT.keys[office].public.fingerprint
    assert problems(SMALL, policy("quorum none", f"office {office} {right}")) == []
    found = verify(SMALL, policy("quorum none", f"office {office} {'0' * 64}"))
    assert [(one.path, one.index, one.problem) for one in found.faults] == [
        (
            f"envelopes/{n:06d}.json",
            n,
            "The policy does not name this key of peyman/analyst.",
        )
        for n in (2, 4)
    ]


NASTY = st.one_of(
    st.binary(max_size=300),
    st.tuples(st.integers(0, len(NOTE) - 1), st.binary(max_size=4)).map(
        lambda cut: NOTE[: cut[0]] + cut[1] + NOTE[cut[0] + len(cut[1]) :]
    ),
)


@given(NASTY)
def test_a_checkpoint_is_read_or_refused_and_never_breaks_the_reader(data):
    try:
        judge(data, HEAD, TWO.names(), AT)
    except PeymanError:
        return
    assert cosignatures_of(data) is not None


WORDS = st.sampled_from(
    ("log", "witness", "group", "quorum", "office", "none", "any", "2", "a", LOG[4:])
)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8).map(
            lambda lines: "\n".join(lines).encode()
        ),
    )
)
def test_a_policy_is_read_or_refused_and_never_breaks_the_reader(data):
    try:
        trust = read_policy(data)
    except PeymanError:
        return
    assert trust.is_met([]) or trust.quorum != "none"
