"""The rules from entry to entry: refused at the door, and found by `verify`.

Each case makes a log whose last entry breaks one rule. The door must refuse it in the
words that `verify` uses when a keeper without a door has let it in.
"""

import pytest

from peyman.errors import PeymanError
from tests.ledger import broken, sound, undone
from tests.ledger.builders import COUNCIL, REGISTRAR, faults_of, small_case

CASES = [
    (broken.other_origin, "It is an entry of another log: demo.peyman/other."),
    (broken.first_is_a_note, "The first entry, and no other, is `open`."),
    (broken.opened_twice, "The first entry, and no other, is `open`."),
    (broken.opened_by_another, "`open` is not signed by peyman/registrar."),
    (broken.opened_with_the_log_key, "It gives an office the key of the log itself."),
    (broken.opened_with_other_charters, "`open` lists other charters than case.toml."),
    (broken.opened_after_something, "`open` comes after nothing and cites nothing."),
    (
        broken.clock_runs_backwards,
        "It was entered at 2022-01-04T00:00:00Z, before the entry that stands ahead of"
        " it, at 2022-01-05T20:00:00Z.",
    ),
    (broken.the_same_again, "It is the same entry as e4."),
    (broken.the_nonce_again, "It has the nonce of e1."),
    (
        broken.hour_of_no_source,
        "entered_from is stated in a reconstructed case, and only there.",
    ),
    (
        broken.hour_of_a_source_in_a_live_case,
        "entered_from is stated in a reconstructed case, and only there.",
    ),
    (
        broken.seen_what_is_to_come,
        "It has seen a head of 2 entries, which stood not yet.",
    ),
    (
        broken.seen_another_log,
        "It has seen a head of 1 entries that this log never had.",
    ),
    (
        broken.seen_another_nothing,
        "It has seen a head of 0 entries that this log never had.",
    ),
    (
        broken.act_beside_an_act,
        "It is an act of csto/council that has not seen its previous one, e3.",
    ),
    (broken.cites_nothing, "It cites eeeeeeeeeeeeeeee…, which is no earlier entry."),
    (
        broken.cites_nothing_in_a_register,
        "It cites eeeeeeeeeeeeeeee…, which is no earlier entry.",
    ),
    (
        broken.unknown_key,
        "It is signed with a key that the log did not know:"
        f" {broken.STRANGER.public.fingerprint[:16]}…",
    ),
    (
        broken.key_of_another_office,
        "It is signed for csto/council with the key of peyman/analyst.",
    ),
    (broken.false_signature, "The signature of peyman/registrar is false."),
    (
        broken.key_added_by_another,
        "peyman/analyst may not add a key of peyman/analyst.",
    ),
    (
        broken.key_rotated_by_another,
        "peyman/analyst may not rotate a key of csto/council.",
    ),
    (broken.key_added_again, "It enters a key that the log has or had already."),
    (broken.log_key_added, "It gives an office the key of the log itself."),
    (broken.key_rotated_of_nobody, "csto/chair has no key to rotate."),
    (broken.stranger_revoked, "It revokes a key that peyman/analyst never had."),
    (broken.revoked_from_what_is_to_come, "It revokes from e2 on, which is to come."),
    (broken.revoked_twice, "It revokes a key that is revoked already."),
    (
        broken.signed_with_a_revoked_key,
        "It is signed with a key of peyman/analyst that e1 ended.",
    ),
    (
        broken.signed_with_a_rotated_key,
        "It is signed with a key of peyman/analyst that e1 ended.",
    ),
    (
        broken.signed_with_a_key_before_it_is_added,
        "It is signed with a key that the log did not know:"
        f" {broken.NEW_KEY.public.fingerprint[:16]}…",
    ),
    (broken.adopted_by_another, "`adopt` is not signed by peyman/registrar."),
    (lambda: broken.with_register(size=2), "The register csto shrinks."),
    (
        lambda: broken.with_register(origin="demo.peyman/x"),
        "The register csto becomes another log.",
    ),
    (broken.register_of_no_charter, "nato is a register of no charter of the case."),
    (
        broken.register_that_is_the_case,
        "The register csto is the log of the case itself.",
    ),
    (broken.source_again, "It enters the source of e1 again."),
    (
        lambda: undone.corrected(2, entry=broken.NOWHERE),
        "The entry of `correct` is no earlier entry.",
    ),
    (
        lambda: undone.corrected(2, successor=broken.NOWHERE),
        "The successor of `correct` is no earlier entry.",
    ),
    (lambda: undone.corrected(2, by=COUNCIL), "Only peyman/analyst may correct e2."),
    (
        lambda: undone.corrected(3, by=COUNCIL),
        "e3 is a performed act: no entry corrects it.",
    ),
    (lambda: undone.corrected(0, by=REGISTRAR), "e0 is `open`: no entry corrects it."),
    (
        lambda: undone.corrected(2, times=2),
        "It corrects what e5 has corrected already.",
    ),
    (
        undone.corrected_in_a_circle,
        "Its successor is corrected by e3.",
    ),
    (undone.corrected_by_another_kind, "Its successor is `note`, not `claim`."),
    (undone.corrected_by_another_office, "Its successor is not of peyman/analyst."),
    (undone.corrected_by_a_performed_act, "Its successor is a performed act."),
    (undone.one_successor_of_two, "Its successor is that of another entry already."),
    (undone.cites_what_is_erased, "It cites e4, which is erased."),
    (
        broken.cites_another_log,
        "It cites demo.peyman/far, no register of the case.",
    ),
    (
        broken.cites_its_own_as_a_registers,
        f"It cites {broken.first_of_a_register()[:16]}…, which is no earlier entry.",
    ),
    (
        undone.released_by_another,
        "`release` is not signed by peyman/registrar, and seconds none.",
    ),
    (undone.correction_corrected, "e2 is `correct`: no entry corrects it."),
    (undone.erased_as_another_kind, "It says e1 is `note`: it is `source`."),
    (
        undone.erased_what_is_not_there,
        "It erases eeeeeeeeeeeeeeee…, which is no earlier entry.",
    ),
    (
        undone.erased_without_what_quotes_it,
        "It leaves e2, which quotes what it erases.",
    ),
    (undone.erased_twice, "e4 is erased already."),
    (lambda: undone.released(size=8), "It releases entries that are to come."),
    (lambda: undone.released(indexes=[1, 2, 3, 4, 5]), "It leaves out e0, `open`."),
    (
        lambda: undone.released(indexes=[0, 1, 3, 4, 5]),
        "It leaves out e2 and does not say that it shows not every `claim`.",
    ),
    (
        lambda: undone.released(indexes=[0, 1, 2, 3, 4], kinds_not_shown=["correct"]),
        "It shows e4 without its correction e5.",
    ),
    (undone.released_what_is_erased, "It shows e4, which is erased."),
]


def last_entry(draft):
    index = draft.size - 1
    return f"envelopes/{index:06d}.json", index


@pytest.mark.parametrize(("make", "problem"), CASES)
def test_verify_finds_what_breaks_a_rule(make, problem):
    draft = make()
    assert (*last_entry(draft), problem) in faults_of(draft.forge())


@pytest.mark.parametrize(("make", "problem"), CASES)
def test_the_door_refuses_what_breaks_a_rule(make, problem):
    draft = make()
    with pytest.raises(PeymanError) as caught:
        draft.build()
    assert caught.value.problem.startswith(f"e{draft.size - 1} (")
    assert problem in caught.value.problem


def test_the_whole_words_of_a_refusal_at_the_door():
    with pytest.raises(PeymanError) as caught:
        broken.clock_runs_backwards().build()
    assert str(caught.value) == (
        "e1 (note) cannot be entered. It was entered at 2022-01-04T00:00:00Z, before the"
        " entry that stands ahead of it, at 2022-01-05T20:00:00Z.\n"
        "  Authority: docs/record.md, section 2\n"
        "  Next step: Set the clock right by which entries are taken in, or wait until it"
        " is past that hour."
    )


@pytest.mark.parametrize(
    ("make", "remedy"),
    [
        (
            broken.seen_another_log,
            "Whoever signed it was shown another log of this name",
        ),
        (
            broken.seen_what_is_to_come,
            "Correct the entry, sign it again, and enter that.",
        ),
    ],
)
def test_who_has_seen_a_fork_is_not_told_to_sign_again(make, remedy):
    with pytest.raises(PeymanError) as caught:
        make().build()
    assert caught.value.remedy is not None
    assert caught.value.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "make",
    [
        small_case,
        sound.a_key_added_and_used,
        sound.a_key_rotated_by_its_office,
        sound.a_figure_corrected,
        sound.a_later_act_that_saw_the_first,
        sound.two_offices_that_act_without_seeing_each_other,
        sound.a_reported_act_beside_a_performed_one,
        sound.a_release_that_another_office_seconds,
        sound.a_grown_register,
        sound.everything_released,
    ],
)
def test_what_the_rules_allow_is_genuine(make):
    assert faults_of(make().build()) == []
