"""A form that is sent twice enters once.

What a person was shown is signed: who, in which case, which draft, and how far the record
had grown. Under the lock of the case, an entry of that office with the same content that
came after is the one meant, and gets the same answer. Nothing else has to be kept.
"""

import json
from hashlib import sha256

from django.core import signing

from peyman.case.draft import Draft
from peyman.case.model import Entry
from peyman.web import record

LASTS_S = 3600
"""How long a page of confirmation may lie before it is shown anew, in seconds."""

_SALT = "peyman.web.forms.once"


def sign(user: int, slug: str, size: int, draft: Draft) -> str:
    """What a form carries from the page that was shown to the entry."""
    told = {"user": user, "slug": slug, "size": size, "draft": _digest(draft)}
    return signing.dumps(told, salt=_SALT)


def size_when_shown(token: str, user: int, slug: str, draft: Draft) -> int | None:
    """How many entries the record had when just this was shown to just this person.

    None if it was not, or too long ago: then it is shown again.
    """
    try:
        told = signing.loads(token, salt=_SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    known = {"user": user, "slug": slug, "draft": _digest(draft)}
    size = told.pop("size")
    return int(size) if told == known else None


def enter_once(slug: str, draft: Draft, office: str, size: int) -> int:
    """Enter a draft, if it was not since the record had `size` entries; give its index.

    Raises:
        PeymanError: If it is refused; then nothing is changed.
    """
    with record.desk(slug, office) as held:
        for entry in held.door.case.entries:
            if entry.index >= size and _is(entry, draft, office):
                return entry.index
        return held.enter(draft).receipt.index


def _is(entry: Entry, draft: Draft, office: str) -> bool:
    is_same_time = draft.known_as == "performed" or entry.stated_at == draft.at
    return is_same_time and (
        entry.signer,
        entry.kind,
        entry.known_as,
        entry.cites,
        entry.body,
    ) == (office, draft.kind, draft.known_as, draft.cites, draft.body)


def _digest(draft: Draft) -> str:
    told = json.dumps([*draft], sort_keys=True, ensure_ascii=True)
    return sha256(told.encode()).hexdigest()
