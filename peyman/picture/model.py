"""What a reading of a report consists of: spans, times, proposals, actors.

Plain values. `peyman.picture.read` makes them; `as_json` gives the printed contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NARRATOR = "narrator"
"""The outlet, where the report does not name it."""

Detail = Mapping[str, Any]
"""What a draft act may be built from: plain values, by type of proposal."""


@dataclass(frozen=True, slots=True)
class Span:
    """Exact characters of the received text: code points, end exclusive."""

    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, object]:
        """The span as printed."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Time:
    """When, on which clock.

    Attributes:
        expression: The words that say it, if any.
        clock: `narration` (told by the outlet) or `quotation` (told by a speaker).
        anchor: `published` or `speech`: what a relative expression is relative to;
            `calendar` where the expression is absolute.
        value: A date, an instant, or A/B for one moment within; None if not known.
        note: What a reader should know about it.
    """

    expression: Span | None
    clock: str
    anchor: str
    value: str | None
    note: str | None = None

    def as_json(self) -> dict[str, object]:
        """The time as printed."""
        shown: dict[str, object] = {
            "clock": self.clock,
            "anchor": self.anchor,
            "value": self.value,
        }
        if self.expression:
            shown["expression"] = self.expression.as_json()
        if self.note:
            shown["note"] = self.note
        return shown


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed claim. An analyst accepts it; nothing here is accepted.

    Attributes:
        id: Twelve hex digits of the digest of source, span and type.
        span: Its words.
        speakers: Who says so, outermost first, by the name the report gives first.
        speaker_ids: The office of each, `None` where it is not resolved.
        voice: `outlet` where only the outlet speaks, else `attributed`.
        form: headline, narration, announcement, quotation, denial or notice.
        type: A suggestion, or None.
        reason: The cue and the rule behind form and type.
        places: Ids of places that its words name.
        time: When, on the right clock.
        detail: What a draft act may be built from, by type.
        cue: The words that name the speaker, if any.
        note: What a reader should know about it.
    """

    id: str
    span: Span
    speakers: tuple[str, ...]
    speaker_ids: tuple[str | None, ...]
    voice: str
    form: str
    type: str | None
    reason: str
    places: tuple[str, ...]
    time: Time
    detail: Detail = field(default_factory=dict)
    cue: Span | None = None
    note: str | None = None

    def as_json(self) -> dict[str, object]:
        """The proposal as printed."""
        return {
            "id": self.id,
            "span": self.span.as_json(),
            "speakers": list(self.speakers),
            "speaker_ids": list(self.speaker_ids),
            "voice": self.voice,
            "form": self.form,
            "type": self.type,
            "reason": self.reason,
            "places": list(self.places),
            "time": self.time.as_json(),
            "detail": dict(self.detail),
            "cue": self.cue.as_json() if self.cue else None,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Actor:
    """One who speaks or is spoken of, under all the names that the report uses."""

    name: str
    ids: tuple[str, ...]
    names: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The actor as printed."""
        return {"name": self.name, "ids": list(self.ids), "names": list(self.names)}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is proposed for one report."""

    sha256: str
    language: str
    published: str | None
    outlet: str
    actors: tuple[Actor, ...]
    claims: tuple[Proposal, ...]

    def as_json(self) -> dict[str, object]:
        """The reading in the form of `peyman read --json`."""
        return {
            "source": {
                "sha256": self.sha256,
                "language": self.language,
                "published": self.published,
                "outlet": self.outlet,
            },
            "actors": [actor.as_json() for actor in self.actors],
            "claims": [claim.as_json() for claim in self.claims],
        }
