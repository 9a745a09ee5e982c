"""The versions that a case is bound to, and what it means when they are not ours.

A replay ten years on gives the same answer only with the same language and zones.
"""

from collections.abc import Mapping

import tzdata

from peyman.errors import PeymanError

LANGUAGE = "1"
"""The version of the charter language that this program reads."""

READER = "1"
"""The version of the reader of reports: the same report gives the same proposals."""


def check_language(bound: Mapping[str, str], origin: str) -> None:
    """Refuse a case whose charters are in another version of the language.

    Raises:
        PeymanError: If they are.
    """
    if bound.get("language", LANGUAGE) != LANGUAGE:
        raise PeymanError(
            f"The charters of {origin} are in version {bound['language']} of the language.",
            authority="docs/record.md, section 3: `open` and `adopt` bind the version",
            remedy=f"Read it with a Peyman that reads it; this one reads {LANGUAGE}.",
        )


def differences(bound: Mapping[str, str]) -> tuple[str, ...]:
    """What a reader must know of other versions: one sentence for each."""
    found = []
    zones = bound.get("tzdata", tzdata.IANA_VERSION)
    if zones != tzdata.IANA_VERSION:
        found.append(
            f"The case was made with time zones of {zones}, and is read with those of"
            f" {tzdata.IANA_VERSION}: an hour that changed since reads otherwise."
        )
    if bound.get("reader", READER) != READER:
        found.append(
            f"Its proposals are of reader {bound['reader']}; this one is {READER}."
        )
    return tuple(found)
