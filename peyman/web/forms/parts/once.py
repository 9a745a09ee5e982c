"""A form that is sent twice enters once.

What a person was shown is signed: who, in which case, which draft, and how far the record
had grown. Under the lock of the case, an entry of that office with the same content that
came after is the one meant, and gets the same answer. Nothing else has to be kept.
"""

import json
from hashlib import sha256
from typing import NamedTuple

from django.core import signing

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Entered
from peyman.case.model import Entry
from peyman.web.forms.acting.corrections import Correction, check
from peyman.web.records import record
from peyman.web.records.record import Desk

LASTS_S = 3600
"""How long a page of confirmation may lie before it is shown anew, in seconds."""

_SALT = "peyman.web.forms.parts.once"


class Meant(NamedTuple):
    """What a form comes to: an entry, and which other it corrects, if it does."""

    draft: Draft
    corrects: Correction | None = None

    def enter(self, desk: Desk) -> tuple[Entered, Entered]:
        """Enter it at a desk; the entry itself, and the last that was made.

        Raises:
            PeymanError: If it is refused.
        """
        check(self.draft, desk)
        first = desk.enter(self.draft)
        if self.corrects is None:
            return first, first
        correct = self.corrects.draft(first.entry.commitment)
        check(correct, desk)
        return first, desk.enter(correct)


def sign(user: int, slug: str, size: int, meant: Meant) -> str:
    """What a form carries from the page that was shown to the entry."""
    told = {"user": user, "slug": slug, "size": size, "draft": _digest(meant)}
    return signing.dumps(told, salt=_SALT)


def size_when_shown(token: str, user: int, slug: str, meant: Meant) -> int | None:
    """How many entries the record had when just this was shown to just this person.

    None if it was not, or too long ago: then it is shown again.
    """
    try:
        told = signing.loads(token, salt=_SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    known = {"user": user, "slug": slug, "draft": _digest(meant)}
    size = told.pop("size")
    return int(size) if told == known else None


def enter_once(slug: str, meant: Meant, office: str, size: int) -> int:
    """Enter what is meant, if it was not since the record had `size` entries.

    Returns:
        The index of its entry; what that corrects is in the one after it.

    Raises:
        PeymanError: If it is refused; then nothing is changed.
    """
    with record.desk(slug, office) as held:
        for entry in held.door.case.entries:
            if entry.index >= size and _is(entry, meant.draft, office):
                return entry.index
        return meant.enter(held)[0].receipt.index


def _is(entry: Entry, draft: Draft, office: str) -> bool:
    is_same_time = draft.known_as == "performed" or entry.stated_at == draft.at
    return is_same_time and (
        entry.signer,
        entry.kind,
        entry.known_as,
        entry.cites,
        entry.body,
    ) == (office, draft.kind, draft.known_as, draft.cites, draft.body)


def _digest(meant: Meant) -> str:
    told = json.dumps(meant, sort_keys=True, ensure_ascii=True)
    return sha256(told.encode()).hexdigest()
