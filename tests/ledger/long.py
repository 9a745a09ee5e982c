"""A case of very many notes, which can be read and is genuine."""

from collections.abc import Mapping

from peyman.ledger import CaseFile
from tests.ledger.builders import ANALYST, REGISTRAR, START, Draft


def long_case(entries: int, charters: Mapping[str, Mapping[str, bytes]]) -> CaseFile:
    """Make one of so many entries, `open` counted, under charters by id."""
    draft = Draft(
        "demo.peyman/long", offices=(REGISTRAR, ANALYST), charters=dict(charters)
    )
    draft.add("open", draft.opening, at=START)
    for number in range(entries - 1):
        words = f"A note of some length, as an analyst would write it: {number}."
        draft.add("note", {"text": words}, by=ANALYST, known_as="documented")
    made: CaseFile = draft.forge()
    return made
