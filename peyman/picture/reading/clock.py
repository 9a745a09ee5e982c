"""The time of a claim: its own words, else its sentence's, else its speech's."""

from peyman.picture.model import Span, Time
from peyman.picture.places import Mention, mentions
from peyman.picture.reading.drafts import Draft
from peyman.picture.reading.fold import Folded
from peyman.picture.reading.languages.lexicon import lexicon
from peyman.picture.reading.times import (
    Anchor,
    Expression,
    day_of,
    expressions,
    published,
    value,
)
from peyman.picture.reading.voices import Frame, Voices
from peyman.picture.source import Report

_SAID = "the time of the speech"
_UNKNOWN_SPEECH = "relative to the speech, whose time the report does not give"
_UNKNOWN_DATE = "relative to the publication, whose date is not given"


class Clock:
    """Tells the time of claims in one report."""

    def __init__(self, folded: Folded, report: Report, found: Voices) -> None:
        self.folded = folded
        self.text = folded.text
        self.language = report.language
        self.published = report.published
        self.voices = found
        self.speeches: dict[int, tuple[str, Expression] | None] = {}
        self.sessions: list[tuple[int, set[int], tuple[str, Expression]]] = []
        self.meeting = lexicon(report.language).regex("sessions")
        self._follow()

    def _follow(self) -> None:
        """Find when each speech was held: its clause says so, or a session does."""
        for act in self.voices.acts:
            start, end = act.attribution.cue
            found = expressions(self.text, start, end, self.language)
            if found and act.speech not in self.speeches:
                zone = self._zone(start, end)
                given = value(found[0], published(self.published, zone), zone)
                if given:
                    self.speeches[act.speech] = (given, found[0])
        self.sessions = self._sessions()
        for act in self.voices.acts:
            if act.speech in self.speeches:
                continue
            at = act.attribution.cue[0]
            earlier = [
                one for one in self.sessions if one[0] < at and act.speaker in one[1]
            ]
            if earlier:
                self.speeches[act.speech] = earlier[-1][2]

    def _sessions(self) -> "list[tuple[int, set[int], tuple[str, Expression]]]":
        """Sessions told by the outlet, with who held them and when."""
        found = []
        for one in self.voices.sessions:
            zone = self._zone(one.start, one.end)
            for expression in expressions(self.text, one.start, one.end, self.language):
                given = value(expression, published(self.published, zone), zone)
                if given:
                    found.append((one.start, set(one.actors), (given, expression)))
                    break
        return found

    def time(self, draft: Draft, places: tuple[Mention, ...]) -> Time:
        """The time of a claim, on the clock of whoever says it."""
        frame = draft.frame
        own = expressions(
            self.text, draft.start, draft.end, self.language
        ) or expressions(self.text, *draft.clause, self.language)
        if frame.speech is None:
            return self._narrated(draft, own)
        return self._said(draft, own)

    def _narrated(self, draft: Draft, own: list[Expression]) -> Time:
        found = own or self._sentence(draft.frame)
        zone = self._zone(draft.frame.start, draft.frame.end)
        anchor = published(self.published, zone)
        if not found:
            return Time(None, "narration", "published", None)
        one = found[0]
        given = value(one, anchor, zone)
        return Time(
            self._span(one), "narration", _anchor_name(one, "published"), given,
            None if given else _UNKNOWN_DATE,
        )  # fmt: skip

    def _said(self, draft: Draft, own: list[Expression]) -> Time:
        said = self.speeches.get(draft.frame.speech or -1)
        if said is None and draft.frame.form == "notice":
            said = self._told_session(draft)
        anchor = Anchor(day_of(said[0]), said[0]) if said else None
        if not own:
            note = _SAID if said else None
            return Time(None, "quotation", "speech", said[0] if said else None, note)
        one = own[0]
        given = value(one, anchor, self._zone(draft.frame.start, draft.frame.end))
        return Time(
            self._span(one), "quotation", _anchor_name(one, "speech"), given,
            None if given else _UNKNOWN_SPEECH,
        )  # fmt: skip

    def _told_session(self, draft: Draft) -> tuple[str, Expression] | None:
        """When the session was held of which a notice tells: the last one told of."""
        if not self.meeting.search(self.text, draft.frame.start, draft.frame.end):
            return None
        earlier = [one for one in self.sessions if one[0] < draft.start]
        return earlier[-1][2] if earlier else None

    def _sentence(self, frame: Frame) -> list[Expression]:
        return expressions(self.text, frame.start, frame.end, self.language)

    def _zone(self, start: int, end: int) -> str | None:
        """The zone of the first place named there, else of the last named before."""
        here = mentions(self.text, start, end, self.language)
        before = mentions(self.text, max(0, start - 600), start, self.language)
        found = here[:1] or before[-1:]
        return found[0].place.zone if found else None

    def _span(self, one: Expression) -> Span:
        start, end = self.folded.span(one.start, one.end)
        return Span(start, end, self.folded.original[start:end])


def _anchor_name(one: Expression, relative: str) -> str:
    return "calendar" if one.kind == "date" else relative
