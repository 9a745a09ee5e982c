"""The rules from entry to entry: refused at the door, and found by `verify`.

Each case makes a log whose last entry breaks one rule. The door must refuse it in the
words that `verify` uses when a keeper without a door has let it in.
"""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Citation, Seen, commitment, derive, first_key, seal
from peyman.ledger.tree import EMPTY_ROOT
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    REGISTRAR,
    Draft,
    a_register,
    faults_of,
    register_entry,
    small_case,
)

STRANGER = derive("x", "a stranger")
NEW_KEY = derive("x", "a new key")
OLDER = "2022-01-04T00:00:00Z"
NOWHERE = "e" * 64


def opened(**more):
    draft = Draft(**more)
    draft.open()
    return draft


def other_origin():
    draft = opened()
    draft.add("note", {"text": "n"}, origin="demo.peyman/other")
    return draft


def first_is_a_note():
    draft = Draft()
    draft.add("note", {"text": "n"})
    return draft


def opened_twice():
    draft = opened()
    draft.open(keys=[first_key("x/y", NEW_KEY.public)])
    return draft


def opened_by_another():
    draft = Draft()
    draft.add("open", draft.opening, by=ANALYST)
    return draft


def opened_with_the_log_key():
    draft = Draft()
    keys = [*draft.opening["keys"], first_key("x/y", draft.log_key.public)]
    draft.open(keys=keys)
    return draft


def opened_with_other_charters():
    draft = Draft()
    draft.open(charters=[])
    return draft


def opened_after_something():
    draft = Draft()
    draft.add("open", draft.opening, cites=(Citation(NOWHERE, "demo.peyman/o"),))
    return draft


def clock_runs_backwards():
    draft = opened()
    draft.add("note", {"text": "n"}, entered=OLDER)
    return draft


def the_same_again():
    draft = small_case()
    draft.add_envelope(draft.entries[-1][0])
    return draft


def the_nonce_again():
    draft = opened()
    for text in "ab":
        draft.add("note", {"text": text}, nonce="a" * 64)
    return draft


def hour_of_no_source():
    draft = opened()
    draft.add("note", {"text": "n"}, entered_from=None)
    return draft


def hour_of_a_source_in_a_live_case():
    draft = opened(kept="live")
    draft.add("note", {"text": "n"}, entered_from="source")
    return draft


def seen_what_is_to_come():
    draft = opened()
    draft.add("note", {"text": "n"}, seen=Seen(2, "a" * 64))
    return draft


def seen_another_log():
    draft = opened()
    draft.add("note", {"text": "n"}, seen=Seen(1, "a" * 64))
    return draft


def seen_another_nothing():
    draft = opened()
    draft.add("note", {"text": "n"}, seen=Seen(0, "a" * 64))
    return draft


def act_beside_an_act():
    draft = small_case()
    draft.add("act", {"acts": []}, by=COUNCIL, seen=Seen(0, EMPTY_ROOT.hex()))
    return draft


def cites_nothing():
    draft = opened()
    draft.add("note", {"text": "n"}, cites=(NOWHERE,))
    return draft


def cites_nothing_in_a_register():
    draft = opened(registers={"csto": a_register().build()})
    draft.add("note", {"text": "n"}, cites=(Citation(NOWHERE, "demo.peyman/csto-register"),))
    return draft


def unknown_key():
    draft = opened()
    draft.add("note", {"text": "n"}, key=STRANGER)
    return draft


def key_of_another_office():
    draft = opened()
    draft.add("note", {"text": "n"}, by=COUNCIL, key=draft.keys[ANALYST])
    return draft


def false_signature():
    draft = opened()
    key = draft.keys[REGISTRAR]
    good = seal(draft.payload("note", {"text": "n"}), key)
    other = seal(draft.payload("note", {"text": "m"}), key)
    mark = b'"sig":"'
    end = good.index(mark) + len(mark)
    start = other.index(mark) + len(mark)
    draft.add_envelope(good[:end] + other[start:])
    return draft


def key_body(do, office, key, **more):
    body = {"do": do, "office": office, "key": key.public.fingerprint, "alg": "ed25519"}
    return {**body, **({} if do == "revoke" else {"public": key.public.text}), **more}


def key_added_by_another():
    draft = opened()
    draft.add("key", key_body("add", ANALYST, NEW_KEY), by=ANALYST)
    return draft


def key_rotated_by_another():
    draft = opened()
    draft.add("key", key_body("rotate", COUNCIL, NEW_KEY), by=ANALYST)
    return draft


def key_added_again():
    draft = opened()
    draft.add("key", key_body("add", COUNCIL, draft.keys[ANALYST]))
    return draft


def log_key_added():
    draft = opened()
    draft.add("key", key_body("add", COUNCIL, draft.log_key))
    return draft


def key_rotated_of_nobody():
    draft = opened()
    draft.add("key", key_body("rotate", "csto/chair", NEW_KEY))
    return draft


def stranger_revoked():
    draft = opened()
    draft.add("key", key_body("revoke", ANALYST, STRANGER, since=0))
    return draft


def revoked_from_what_is_to_come():
    draft = opened()
    draft.add("key", key_body("revoke", ANALYST, draft.keys[ANALYST], since=2))
    return draft


def revoked_twice():
    draft = opened()
    for _ in "ab":
        draft.add("key", key_body("revoke", ANALYST, draft.keys[ANALYST], since=1))
    return draft


def signed_with_a_revoked_key():
    draft = opened()
    draft.add("key", key_body("revoke", ANALYST, draft.keys[ANALYST], since=1))
    draft.add("note", {"text": "n"}, by=ANALYST)
    return draft


def signed_with_a_rotated_key():
    draft = opened()
    draft.add("key", key_body("rotate", ANALYST, NEW_KEY), by=ANALYST)
    draft.add("note", {"text": "n"}, by=ANALYST)
    return draft


def signed_with_a_key_before_it_is_added():
    draft = opened()
    body = key_body("add", REGISTRAR, NEW_KEY)
    draft.add("key", body, key=NEW_KEY)
    return draft


def adopted_by_another():
    draft = opened()
    draft.add("adopt", {"tzdata": "2027.1"}, by=ANALYST)
    return draft


def with_register(**changes):
    register = a_register(3).build()
    draft = opened(registers={"csto": register})
    entry = {**register_entry("csto", register), **changes}
    draft.add("adopt", {"registers": [entry]})
    return draft


def register_of_no_charter():
    draft = opened()
    entry = register_entry("nato", a_register().build())
    draft.add("adopt", {"registers": [entry]})
    return draft


def register_that_is_the_case():
    draft = opened()
    entry = {"id": "csto", "origin": draft.origin, "size": 1, "root": NOWHERE}
    draft.add("adopt", {"registers": [entry]})
    return draft


def source_again():
    draft = small_case()
    draft.add_source()
    return draft


def corrected(target, *, by=ANALYST, times=1, **more):
    draft = small_case()
    places = list(draft_commitments(draft))
    for _ in range(times):
        body = {"entry": places[target], "reason": "r", **more}
        draft.add("correct", body, by=by)
    return draft


def draft_commitments(draft):
    return [commitment(envelope) for envelope, _ in draft.entries]


def corrected_in_a_circle():
    draft = opened()
    one, two = (draft.add("note", {"text": text}) for text in "ab")
    draft.add("correct", {"entry": one, "successor": two, "reason": "r"})
    draft.add("correct", {"entry": two, "successor": one, "reason": "r"})
    return draft


def correction_corrected():
    draft = opened()
    note = draft.add("note", {"text": "n"})
    first = draft.add("correct", {"entry": note, "reason": "r"})
    draft.add("correct", {"entry": first, "reason": "r"})
    return draft


def erase_body(entries, kinds):
    return {"entries": entries, "kinds": kinds, "reason": "r", "authority": "a court"}


def erased_as_another_kind():
    draft = small_case()
    draft.add("erase", erase_body([draft_commitments(draft)[1]], ["note"]))
    return draft


def erased_what_is_not_there():
    draft = small_case()
    draft.add("erase", erase_body([NOWHERE], ["note"]))
    return draft


def erased_without_what_quotes_it():
    draft = small_case()
    body = erase_body([draft_commitments(draft)[1]], ["source"])
    first = draft.add("erase", body)
    draft.add("erase", body, by=COUNCIL, cites=(first,))
    return draft


def erased_note():
    draft = small_case()
    body = erase_body([draft_commitments(draft)[4]], ["note"])
    first = draft.add("erase", body)
    draft.add("erase", body, by=COUNCIL, cites=(first,))
    return draft, body


def erased_twice():
    draft, body = erased_note()
    draft.add("erase", body)
    return draft


def released(**body):
    draft = small_case()
    draft.add("correct", {"entry": draft_commitments(draft)[4], "reason": "r"}, by=ANALYST)
    whole = {"size": 6, "indexes": [*range(6)], "kinds_not_shown": []}
    draft.add("release", {**whole, **body})
    return draft


def released_what_is_erased():
    draft, _ = erased_note()
    release = {"size": 7, "indexes": [*range(7)], "kinds_not_shown": []}
    draft.add("release", release)
    return draft


CASES = [
    (other_origin, "It is an entry of another log: demo.peyman/other."),
    (first_is_a_note, "The first entry, and no other, is `open`."),
    (opened_twice, "The first entry, and no other, is `open`."),
    (opened_by_another, "`open` is not signed by peyman/registrar."),
    (opened_with_the_log_key, "It gives an office the key of the log itself."),
    (opened_with_other_charters, "`open` lists other charters than case.toml."),
    (opened_after_something, "`open` comes after nothing and cites nothing."),
    (
        clock_runs_backwards,
        "It was entered at 2022-01-04T00:00:00Z, before the entry that stands ahead of"
        " it, at 2022-01-05T20:00:00Z.",
    ),
    (the_same_again, "It is the same entry as e4."),
    (the_nonce_again, "It has the nonce of e1."),
    (
        hour_of_no_source,
        "entered_from is stated in a reconstructed case, and only there.",
    ),
    (
        hour_of_a_source_in_a_live_case,
        "entered_from is stated in a reconstructed case, and only there.",
    ),
    (
        seen_what_is_to_come,
        "It has seen a head of 2 entries, which stood not yet.",
    ),
    (seen_another_log, "It has seen a head of 1 entries that this log never had."),
    (seen_another_nothing, "It has seen a head of 0 entries that this log never had."),
    (
        act_beside_an_act,
        "It is an act of csto/council that has not seen its previous one, e3.",
    ),
    (cites_nothing, "It cites eeeeeeeeeeeeeeee…, which is no earlier entry."),
    (
        cites_nothing_in_a_register,
        "It cites eeeeeeeeeeeeeeee…, which is no earlier entry.",
    ),
    (
        unknown_key,
        "It is signed with a key that the log did not know:"
        f" {STRANGER.public.fingerprint[:16]}…",
    ),
    (
        key_of_another_office,
        "It is signed for csto/council with the key of peyman/analyst.",
    ),
    (false_signature, "The signature of peyman/registrar is false."),
    (key_added_by_another, "peyman/analyst may not add a key of peyman/analyst."),
    (key_rotated_by_another, "peyman/analyst may not rotate a key of csto/council."),
    (key_added_again, "It enters a key that the log has or had already."),
    (log_key_added, "It gives an office the key of the log itself."),
    (key_rotated_of_nobody, "csto/chair has no key to rotate."),
    (stranger_revoked, "It revokes a key that peyman/analyst never had."),
    (revoked_from_what_is_to_come, "It revokes from e2 on, which is to come."),
    (revoked_twice, "It revokes a key that is revoked already."),
    (
        signed_with_a_revoked_key,
        "It is signed with a key of peyman/analyst that e1 ended.",
    ),
    (
        signed_with_a_rotated_key,
        "It is signed with a key of peyman/analyst that e1 ended.",
    ),
    (
        signed_with_a_key_before_it_is_added,
        "It is signed with a key that the log did not know:"
        f" {NEW_KEY.public.fingerprint[:16]}…",
    ),
    (adopted_by_another, "`adopt` is not signed by peyman/registrar."),
    (lambda: with_register(size=2), "The register csto shrinks."),
    (
        lambda: with_register(origin="demo.peyman/x"),
        "The register csto becomes another log.",
    ),
    (register_of_no_charter, "nato is a register of no charter of the case."),
    (register_that_is_the_case, "The register csto is the log of the case itself."),
    (source_again, "It enters the source of e1 again."),
    (
        lambda: corrected(2, entry=NOWHERE),
        "The entry of `correct` is no earlier entry.",
    ),
    (
        lambda: corrected(2, successor=NOWHERE),
        "The successor of `correct` is no earlier entry.",
    ),
    (lambda: corrected(2, by=COUNCIL), "Only peyman/analyst may correct e2."),
    (
        lambda: corrected(3, by=COUNCIL),
        "e3 is a performed act: no entry corrects it.",
    ),
    (lambda: corrected(0, by=REGISTRAR), "e0 is `open`: no entry corrects it."),
    (lambda: corrected(2, times=2), "It corrects what e5 has corrected already."),
    (corrected_in_a_circle, "It makes an entry correct itself, by way of others."),
    (correction_corrected, "e2 is `correct`: no entry corrects it."),
    (erased_as_another_kind, "It says e1 is `note`: it is `source`."),
    (erased_what_is_not_there, "It erases eeeeeeeeeeeeeeee…, which is no earlier entry."),
    (erased_without_what_quotes_it, "It leaves e2, which quotes what it erases."),
    (erased_twice, "e4 is erased already."),
    (lambda: released(size=8), "It releases entries that are to come."),
    (lambda: released(indexes=[1, 2, 3, 4, 5]), "It leaves out e0, `open`."),
    (
        lambda: released(indexes=[0, 1, 3, 4, 5]),
        "It leaves out e2 and does not say that it shows not every `claim`.",
    ),
    (
        lambda: released(indexes=[0, 1, 2, 3, 4], kinds_not_shown=["correct"]),
        "It shows e4 without its correction e5.",
    ),
    (released_what_is_erased, "It shows e4, which is erased."),
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
        clock_runs_backwards().build()
    assert str(caught.value) == (
        "e1 (note) cannot be entered. It was entered at 2022-01-04T00:00:00Z, before the"
        " entry that stands ahead of it, at 2022-01-05T20:00:00Z.\n"
        "  Authority: docs/record.md, section 2\n"
        "  Next step: Correct the entry, sign it again, and enter that."
    )


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


def a_citation_of_a_log_that_is_not_here():
    draft = opened()
    draft.add("note", {"text": "n"}, cites=(Citation(NOWHERE, "demo.peyman/far"),))
    return draft


def a_grown_register():
    small, grown = a_register(2).build(), a_register(4).build()
    draft = opened(registers={"csto": small})
    draft.bring_register("csto", grown)
    draft.add("adopt", {"registers": [register_entry("csto", grown)]})
    return draft


def everything_released():
    return released()


@pytest.mark.parametrize(
    "make",
    [
        small_case,
        a_key_added_and_used,
        a_key_rotated_by_its_office,
        a_figure_corrected,
        a_later_act_that_saw_the_first,
        two_offices_that_act_without_seeing_each_other,
        a_reported_act_beside_a_performed_one,
        a_citation_of_a_log_that_is_not_here,
        a_grown_register,
        everything_released,
    ],
)
def test_what_the_rules_allow_is_genuine(make):
    assert faults_of(make().build()) == []

