"""Read a report and propose claims: who said what, in which exact characters.

The reading assists and an analyst accepts. What carries over to unseen reports is the
chain of speakers and the spans; a type is a suggestion with its reason. Nothing here
knows the clock, the network or another report: the same bytes give the same claims.
"""

from collections.abc import Iterator
from hashlib import sha256

from peyman.picture.details import details
from peyman.picture.model import NARRATOR, Proposal, Reading, Span, Time
from peyman.picture.places import Mention, mentions
from peyman.picture.reading.cast import Cast
from peyman.picture.reading.clock import Clock
from peyman.picture.reading.drafts import Draft, Drafter
from peyman.picture.reading.fold import Folded, fold
from peyman.picture.reading.times import dushanbe
from peyman.picture.reading.voices import Act, Frame, Voices, voices
from peyman.picture.source import Report

_ID_DIGITS = 12
_TWO_READINGS = (
    "«دوشنبه» is read as the city of Dushanbe; it is also the word for Monday"
)


def read_report(report: Report) -> Reading:
    """Propose claims for a received report.

    Every span satisfies `span.text == report.text[span.start:span.end]`.
    """
    return _Reading(report).result()


class _Reading:
    """One reading of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.folded: Folded = fold(report.text)
        self.language = report.language
        self.cast = Cast(self.folded, report.language)
        self.voices: Voices = voices(self.folded, report.language, self.cast)
        self.drafter = Drafter(self.folded.text, report.language, self.cast)
        self.clock = Clock(self.folded, report, self.voices)

    def result(self) -> Reading:
        drafts = self._without_doubles(self._drafts())
        claims = [self._proposal(draft) for draft in drafts]
        outlet = self.cast.entities[0].name
        return Reading(
            self.report.sha256,
            self.language,
            self.report.published,
            outlet,
            tuple(entity.result() for entity in self.cast.entities[1:]),
            details(tuple(claims), drafts, self.cast, self.folded.text, self.language),
        )

    def _drafts(self) -> Iterator[Draft]:
        masthead = self.voices.masthead
        if masthead:
            frame = Frame(*masthead.whole, (0,), "narration", None, "the masthead")
            yield Draft(
                *masthead.whole, frame, "announcement", "who reports, and from where",
                masthead.whole,
            )  # fmt: skip
        for act in self.voices.acts:
            yield from self.drafter.of_act(act, self._frame_of(act))
        for frame in self.voices.frames:
            yield from self.drafter.of_frame(frame)

    def _frame_of(self, act: Act) -> Frame:
        start, end = act.attribution.cue
        return Frame(start, end, act.chain, "narration", None, "a reporting clause")

    def _without_doubles(self, drafts: Iterator[Draft]) -> list[Draft]:
        """Each stretch once; a phrase that ends with a like claim is part of it."""
        seen: set[tuple[int, int]] = set()
        ends: set[tuple[int, str | None, tuple[int, int]]] = set()
        kept = []
        for draft in sorted(drafts, key=lambda one: (one.start, -one.end)):
            end = (draft.end, draft.type, draft.clause)
            is_part = end in ends and draft.type in {"purpose", "limit"}
            if draft.start < draft.end and not is_part:
                if (draft.start, draft.end) not in seen:
                    kept.append(draft)
                seen.add((draft.start, draft.end))
                ends.add(end)
        return kept

    def _proposal(self, draft: Draft) -> Proposal:
        span = self._span(draft.start, draft.end)
        found = mentions(self.folded.text, draft.start, draft.end, self.language)
        chain = draft.frame.chain
        ids = tuple(self._id_of(index) for index in chain)
        note = _TWO_READINGS if self._names_dushanbe(found) else None
        return Proposal(
            self._digest(span, draft.type),
            span,
            tuple(self.cast.entities[index].name for index in chain),
            ids,
            "attributed" if self._is_attributed(chain) else "outlet",
            draft.frame.form,
            draft.type,
            f"{draft.reason}; {draft.frame.reason}",
            tuple(dict.fromkeys(self._places(found))),
            self.clock.time(draft, found),
            draft.detail,
            self._span(*draft.frame.cue) if draft.frame.cue else None,
            note,
        )

    def _span(self, start: int, end: int) -> Span:
        begins, stops = self.folded.span(start, end)
        return Span(begins, stops, self.report.text[begins:stops])

    def _id_of(self, index: int) -> str | None:
        ids = self.cast.entities[index].ids
        return ids[0] if ids else None

    def _is_attributed(self, chain: tuple[int, ...]) -> bool:
        return chain not in {(0,), self.voices.base}

    def _places(self, found: tuple[Mention, ...]) -> Iterator[str]:
        for one in found:
            if one.place.id != "dushanbe" or self._is_city(one):
                yield one.place.id

    def _is_city(self, one: Mention) -> bool:
        if self.language != "fa":
            return True
        return dushanbe(self.folded.text, one.start, one.end) == "city"

    def _names_dushanbe(self, found: tuple[Mention, ...]) -> bool:
        return self.language == "fa" and any(
            one.place.id == "dushanbe"
            and dushanbe(self.folded.text, one.start, one.end) != "Monday"
            for one in found
        )

    def _digest(self, span: Span, kind: str | None) -> str:
        words = f"{self.report.sha256}:{span.start}:{span.end}:{kind or ''}"
        return sha256(words.encode()).hexdigest()[:_ID_DIGITS]


__all__ = ["NARRATOR", "Reading", "Time", "read_report"]
