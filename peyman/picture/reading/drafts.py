"""From stretches in a voice to single claims, with a suggested type for each.

A sentence is cut into clauses; a clause gives itself and the phrases inside it that can
be held or disputed alone: a legal basis, a request, a purpose, a limit, an office.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from peyman.picture.reading.actors import Designation
from peyman.picture.reading.attribution import (
    Attribution,
    Region,
    trimmed,
    words_in,
)
from peyman.picture.reading.cast import Apposition, Cast
from peyman.picture.reading.clauses import Clause, clauses
from peyman.picture.reading.languages import cues
from peyman.picture.reading.languages.lexicon import Lexicon, lexicon
from peyman.picture.reading.languages.persian import finite
from peyman.picture.reading.voices import Act, Frame

_SHORT_NAME = 4
_PHRASE_STOPS = "،,؛;"


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has an id.

    Attributes:
        start: Where it begins, in the folded text.
        end: Where it ends.
        frame: The stretch that it stands in: whose words they are.
        type: A suggestion, or None.
        reason: The cue.
        clause: The clause that it stands in: claims of one clause belong together.
        detail: What is known beside the words.
    """

    start: int
    end: int
    frame: Frame
    type: str | None
    reason: str
    clause: Region
    detail: dict[str, object] = field(default_factory=dict)


class Drafter:
    """Makes the claims of one report."""

    def __init__(self, text: str, language: str, cast: Cast) -> None:
        self.text = text
        self.language = language
        self.words: Lexicon = lexicon(language)
        self.cast = cast

    def of_frame(self, frame: Frame) -> Iterator[Draft]:
        """The claims of a stretch in one voice."""
        found = clauses(self.text, frame.start, frame.end, self.language)
        for clause in found:
            yield from self._of_clause(frame, clause)

    def _draft(
        self, frame: Frame, region: Region, kind: str | None, reason: str, clause: Region,
        **detail: object,
    ) -> Draft:  # fmt: skip
        start, end = trimmed(self.text, *region)
        return Draft(start, end, frame, kind, reason, clause, dict(detail))

    def _typed(self, frame: Frame, region: Region, clause: Region) -> Draft:
        found = cues.suggest(self.text, *region, self.language)
        kind, reason = (found.type, found.reason) if found else (None, "no cue")
        return self._draft(frame, region, kind, reason, clause)

    def _of_clause(self, frame: Frame, clause: Clause) -> Iterator[Draft]:
        whole = (clause.start, clause.end)
        start = clause.start
        for begins, drafts in self._preamble(frame, clause):
            start = begins
            yield from drafts
        main = Clause(start, clause.end, clause.relatives)
        special = (
            self._attendees(frame, main)
            or self._agenda(frame, main)
            or self._held(frame, main)
            or self._parts(frame, main)
        )
        if special:
            yield from special
        else:
            yield self._typed(frame, (main.start, main.end), whole)
            yield from self._relatives(frame, main)
            yield from self._complement(frame, main)
        yield from self._inside(frame, main)
        yield from self._appositions(frame, whole)

    def _preamble(
        self, frame: Frame, clause: Clause
    ) -> Iterator[tuple[int, list[Draft]]]:
        """«با توجه به ... و در نظر گرفتن ...، MAIN»: what the main clause rests on."""
        opening = self.words.regex("preambles").match(
            self.text, clause.start, clause.end
        )
        if not opening:
            return
        comma = self._comma(clause)
        if comma is None:
            return
        joints = self.words.regex("preamble_joints")
        begins = clause.start
        drafts: list[Draft] = []
        for joint in [*joints.finditer(self.text, clause.start, comma), None]:
            stops = joint.start() if joint else comma
            drafts += self._adjunct(frame, clause, begins, stops)
            begins = joint.start() + 2 if joint else stops
        yield trimmed(self.text, comma, clause.end)[0], drafts

    def _comma(self, clause: Clause) -> int | None:
        """The comma that ends a preamble: the first outside relative clauses."""
        begins = clause.start
        while (at := self._mark(begins, clause.end)) is not None:
            if not any(start <= at < end for start, end in clause.relatives):
                return at
            begins = at + 1
        return None

    def _adjunct(
        self, frame: Frame, clause: Clause, start: int, end: int
    ) -> list[Draft]:
        whole = (clause.start, clause.end)
        inside = [one for one in clause.relatives if start <= one[0] < end]
        stops = inside[0][0] if inside else end
        opened = cues.openings(self.text, start, end, self.language)
        if not opened:
            return []
        phrase = opened[0]
        drafts = [self._draft(frame, (start, stops), phrase.type, phrase.reason, whole)]
        if inside:
            head = self._head(phrase.type, start, stops)
            drafts.append(
                self._draft(
                    frame, (head, inside[0][1]), phrase.type, phrase.reason, whole
                )
            )
        return drafts

    def _head(self, kind: str, start: int, end: int) -> int:
        """Where the noun that a relative clause belongs to begins."""
        found = self.words.regex(f"{kind}_heads").search(self.text, start, end)
        return found.start() if found else start

    def _relatives(self, frame: Frame, clause: Clause) -> Iterator[Draft]:
        """«نیروهایی که ... کردند، ...»: what a relative clause says of its noun."""
        for begins, stops in clause.relatives:
            if (
                begins < clause.start
                or stops - clause.start >= clause.end - clause.start
            ):
                continue
            found = cues.suggest(self.text, begins, stops, self.language)
            if found and found.type in {"assertion_perpetrators", "civilian_harm"}:
                yield self._draft(
                    frame, (clause.start, stops), found.type, found.reason,
                    (clause.start, clause.end),
                )  # fmt: skip

    def _complement(self, frame: Frame, clause: Clause) -> Iterator[Draft]:
        """«خواستم تا ...»: what is asked for."""
        asked = self.words.regex("complement_of_request").search(
            self.text, clause.start, clause.end
        )
        if asked and words_in(self.text, asked.end(), clause.end) > 2:
            yield self._draft(
                frame, (asked.end(), clause.end), "request",
                f"cue “{asked.group()}”: what is asked for",
                (clause.start, clause.end), content=True,
            )  # fmt: skip

    def _attendees(self, frame: Frame, clause: Clause) -> list[Draft]:
        came = self.words.regex("attended").search(self.text, clause.start, clause.end)
        opening = self.words.regex("attendee_openers").match(
            self.text, clause.start, clause.end
        )
        if not came or not opening or came.start() <= opening.end():
            return []
        whole = (clause.start, clause.end)
        return [
            self._draft(
                frame, item, "attendee", f"cue “{came.group()}”: in its list", whole
            )
            for item in self._items(opening.end(), came.start())
        ]

    def _items(self, start: int, end: int) -> Iterator[Region]:
        joint = self.words.regex("list_joints")
        begins = start
        for match in [*joint.finditer(self.text, start, end), None]:
            stops = match.start() if match else end
            region = trimmed(self.text, begins, stops)
            if region[0] < region[1]:
                yield region
            begins = match.end() if match else end

    def _agenda(self, frame: Frame, clause: Clause) -> list[Draft]:
        cue = self.words.regex("agenda_cues").search(
            self.text, clause.start, clause.end
        )
        if not cue or cue.start() <= clause.start:
            return []
        whole = (clause.start, clause.end)
        reason = f"cue “{cue.group()}”"
        inside = [one for one in clause.relatives if one[1] <= cue.start()]
        topic = (clause.start, inside[0][0] if inside else cue.start())
        drafts = [self._draft(frame, topic, "agenda", f"{reason}: its topic", whole)]
        drafts += [self._typed(frame, one, whole) for one in inside]
        drafts.append(
            self._draft(frame, (cue.start(), clause.end), "agenda", reason, whole)
        )
        return drafts

    def _held(self, frame: Frame, clause: Clause) -> list[Draft]:
        """«فرودگاه و پنج فروند هواپیما در تصرف آنها»: each thing held is a claim."""
        cue = self.words.regex("possession").search(self.text, clause.start, clause.end)
        if not cue:
            return []
        things = self.words.regex("facilities")
        items = list(self._split_things(clause.start, cue.start()))
        if not items or not all(things.search(self.text, *item) for item in items):
            return []
        return [
            self._draft(
                frame, item, "facility_status", f"cue “{cue.group()}”: a thing held",
                (clause.start, clause.end), status="seized",
            )
            for item in items
        ]  # fmt: skip

    def _split_things(self, start: int, end: int) -> Iterator[Region]:
        including = self.words.regex("including")
        for begins, stops in self._items(start, end):
            cut = including.search(self.text, begins, stops)
            if cut and cut.start() > begins:
                yield trimmed(self.text, begins, cut.start())
                yield trimmed(self.text, cut.start(), stops)
            else:
                yield begins, stops

    def _parts(self, frame: Frame, clause: Clause) -> list[Draft]:
        """«SUBJECT for a purpose / for a time / is sent»: one claim each."""
        marks = [
            phrase
            for phrase in cues.openings(
                self.text, clause.start, clause.end, self.language
            )
            if phrase.type in {"purpose", "limit"}
        ]
        if self.language != "fa" or not marks or marks[-1].type != "limit":
            return []
        whole = (clause.start, clause.end)
        drafts = []
        begins = clause.start
        for phrase, after in zip(marks, [*marks[1:], None], strict=True):
            stops = after.start if after else self._phrase_end(phrase, clause.end)
            drafts.append(
                self._draft(frame, (begins, stops), phrase.type, phrase.reason, whole)
            )
            begins = stops
        if begins < clause.end and words_in(self.text, begins, clause.end) > 1:
            drafts.append(self._typed(frame, (begins, clause.end), whole))
        return drafts

    def _inside(self, frame: Frame, clause: Clause) -> Iterator[Draft]:
        whole = (clause.start, clause.end)
        for phrase in cues.nouns(self.text, *whole, self.language):
            region = (phrase.start, phrase.end)
            yield self._draft(frame, region, phrase.type, phrase.reason, whole)
        for phrase in cues.openings(self.text, *whole, self.language):
            stops = self._phrase_end(phrase, clause.end)
            if phrase.start == clause.start and stops >= clause.end:
                continue
            if self.language == "fa" and phrase.type in {"limit"}:
                continue
            region = (phrase.start, stops)
            yield self._draft(frame, region, phrase.type, phrase.reason, whole)

    def _phrase_end(self, phrase: cues.Phrase, end: int) -> int:
        """Where a phrase ends: a comma, the next phrase, a verb, a preposition."""
        stop = end
        for at in range(phrase.start, end):
            if self.text[at] in _PHRASE_STOPS:
                stop = at
                break
        ends = self.words.regex("phrase_ends")
        opened = self.words.regex("phrase_opens")
        first = opened.match(self.text, phrase.start, stop)
        begins = first.end() if first else phrase.start + 1
        if found := ends.search(self.text, begins, stop):
            stop = found.start()
        if self.language == "fa" and (verb := finite().search(self.text, begins, stop)):
            stop = verb.start()
        return stop

    def _appositions(self, frame: Frame, whole: Region) -> Iterator[Draft]:
        for one in self.cast.beside(*whole):
            yield self._office(frame, one, whole)

    def _office(self, frame: Frame, one: Apposition, whole: Region) -> Draft:
        return self._draft(
            frame, (one.start, one.end), "office", "a name beside an office", whole,
            holder=one.entity, office=one.designation.id or one.designation.slug,
        )  # fmt: skip

    def of_act(self, act: Act, frame: Frame) -> Iterator[Draft]:
        """That somebody spoke, where a speech begins; and in which office."""
        found = act.attribution
        if found.speaker:
            for one in self.cast.beside(*found.speaker):
                yield self._office(frame, one, found.cue)
            if second := self.cast.second_office(*found.speaker):
                yield self._renamed(frame, act, found.speaker, second)
                return
        if found.kind == "document":
            yield self._draft(
                frame, found.cue, "announcement", "a document speaks", found.cue
            )
        elif act.opens and found.kind == "speech" and found.verb:
            yield self._spoke(frame, found, found.verb)

    def _spoke(self, frame: Frame, found: Attribution, verb: Region) -> Draft:
        start = verb[0]
        if found.speaker and words_in(self.text, *found.speaker) <= _SHORT_NAME:
            start = min(start, found.speaker[0])
        end = max(verb[1], start)
        return self._draft(
            frame, (start, end), "announcement", "a speech begins", found.cue
        )

    def _renamed(
        self, frame: Frame, act: Act, speaker: Region, one: Designation
    ) -> Draft:
        """The outlet calls a known actor by another of its offices."""
        stops = speaker[1]
        rest = trimmed(self.text, stops, act.attribution.cue[1])
        aside = self.words.regex("asides").match(self.text, *rest)
        if aside:
            comma = self._mark(aside.end(), rest[1])
            stops = comma if comma is not None else stops
        return self._draft(
            frame, (speaker[0], stops), "office", "a known actor under another office",
            act.attribution.cue, holder=act.speaker, office=one.id or one.slug,
        )  # fmt: skip

    def _mark(self, start: int, end: int) -> int | None:
        for at in range(start, end):
            if self.text[at] in "،,":
                return at
        return None
