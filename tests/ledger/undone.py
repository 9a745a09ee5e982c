"""Logs whose last entry corrects, erases or releases what it may not, for test_rules."""

from peyman.ledger import commitment
from tests.ledger.broken import NOWHERE, opened
from tests.ledger.builders import ANALYST, COUNCIL, small_case


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


def succeeded(*, kind="claim", by=ANALYST, **more):
    """A claim that another entry succeeds."""
    draft = opened()
    one = draft.add("claim", {"says": "3"}, by=ANALYST)
    two = draft.add(kind, {"says": "4"}, by=by, **more)
    draft.add("correct", {"entry": one, "successor": two, "reason": "r"}, by=ANALYST)
    return draft


def corrected_by_another_kind():
    return succeeded(kind="note")


def corrected_by_another_office():
    return succeeded(by=COUNCIL)


def corrected_by_a_performed_act():
    draft = opened()
    one = draft.add("act", {"acts": []}, known_as="reported")
    two = draft.add("act", {"acts": []})
    draft.add("correct", {"entry": one, "successor": two, "reason": "r"})
    return draft


def one_successor_of_two():
    draft = opened()
    one, two, three = (draft.add("note", {"text": text}) for text in "abc")
    for entry in (one, two):
        draft.add("correct", {"entry": entry, "successor": three, "reason": "r"})
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


def cites_what_is_erased():
    draft, body = erased_note()
    draft.add("note", {"text": "n"}, cites=body["entries"])
    return draft


def released_by_another():
    draft = small_case()
    body = {"size": 5, "indexes": [*range(5)], "kinds_not_shown": []}
    draft.add("release", body, by=COUNCIL)
    return draft


def erased_twice():
    draft, body = erased_note()
    draft.add("erase", body)
    return draft


def released(**body):
    draft = small_case()
    draft.add(
        "correct", {"entry": draft_commitments(draft)[4], "reason": "r"}, by=ANALYST
    )
    whole = {"size": 6, "indexes": [*range(6)], "kinds_not_shown": []}
    draft.add("release", {**whole, **body})
    return draft


def released_what_is_erased():
    draft, _ = erased_note()
    release = {"size": 7, "indexes": [*range(7)], "kinds_not_shown": []}
    draft.add("release", release)
    return draft
