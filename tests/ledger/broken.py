"""Logs whose last entry breaks one rule, for test_rules."""

from peyman.ledger import Citation, Seen, commitment, derive, first_key, seal
from peyman.ledger.log.tree import EMPTY_ROOT
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    REGISTRAR,
    Draft,
    a_register,
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
    draft.add(
        "note", {"text": "n"}, cites=(Citation(NOWHERE, "demo.peyman/csto-register"),)
    )
    return draft


def cites_another_log():
    draft = opened()
    draft.add("note", {"text": "n"}, cites=(Citation(NOWHERE, "demo.peyman/far"),))
    return draft


def first_of_a_register():
    return commitment(opened(registers={"csto": a_register().build()}).entries[0][0])


def cites_its_own_as_a_registers():
    draft = opened(registers={"csto": a_register().build()})
    own = Citation(first_of_a_register(), "demo.peyman/csto-register")
    draft.add("note", {"text": "n"}, cites=(own,))
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
