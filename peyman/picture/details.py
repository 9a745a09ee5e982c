"""What a draft act may be built from: who asked whom, which organ decided, on what basis.

Each proposal gets a `detail` from its own words and from the proposals of its sentence
and its speech. What the report does not say is left out: nothing is filled in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peyman.picture.model import Proposal
from peyman.picture.places import mentions, places
from peyman.picture.reading.actors import Designation, designations, organ_of
from peyman.picture.reading.cast import Cast
from peyman.picture.reading.drafts import Draft
from peyman.picture.reading.languages.cues import kind_of
from peyman.picture.reading.languages.lexicon import Lexicon, lexicon

_SEND = "send peacekeeping force"
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:[ ,]\d{3})*(?![\d.])")
_COMMON_AGENCY = "csto"

Detail = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A proposal, and the draft that it was made from."""

    proposal: Proposal
    draft: Draft


def details(
    claims: Sequence[Proposal],
    drafts: Sequence[Draft],
    cast: Cast,
    text: str,
    language: str,
) -> tuple[Proposal, ...]:
    """Give each proposal what its words and its neighbours say for a draft act."""
    pairs = [_Pair(*both) for both in zip(claims, drafts, strict=True)]
    return _Details(pairs, cast, text, language).all()


class _Details:
    """Works out the details of one reading."""

    def __init__(
        self, pairs: Sequence[_Pair], cast: Cast, text: str, language: str
    ) -> None:
        self.pairs = pairs
        self.cast = cast
        self.text = text
        self.language = language
        self.words: Lexicon = lexicon(language)
        self.of_type = {
            "decision": self._decision,
            "request": self._request,
            "session": self._session,
            "attendee": self._attendee,
            "ground": self._ground,
            "office": self._office,
            "facility_status": self._facility,
            "civilian_harm": self._harm,
            "legal_basis": self._legal_basis,
        }

    def all(self) -> tuple[Proposal, ...]:
        """Every proposal with its detail."""
        made = []
        for pair in self.pairs:
            work = self.of_type.get(pair.proposal.type or "")
            found = work(pair) if work else {}
            known = {k: v for k, v in found.items() if v not in (None, [], "")}
            made.append(replace(pair.proposal, detail=known))
        return tuple(made)

    def _found(self, pair: _Pair, *names: str) -> "re.Match[str] | None":
        draft = pair.draft
        return self.words.regex(*names).search(self.text, draft.start, draft.end)

    def _offices(self, pair: _Pair) -> tuple[Designation, ...]:
        """Offices and organs in a claim; those without a state get the context's."""
        draft = pair.draft
        return designations(self.text, draft.start, draft.end, self.language, None)

    def _near(self, pair: _Pair, kind: str) -> list[_Pair]:
        """Proposals of a type in the same sentence, else in the same speech."""
        frame = pair.draft.frame
        same = [other for other in self.pairs if other.proposal.type == kind]
        inside = [
            other
            for other in same
            if frame.start <= other.draft.start and other.draft.end <= frame.end
        ]
        if inside or frame.speech is None:
            return inside
        return [
            other
            for other in same
            if other.draft.frame.speech == frame.speech
            and other.draft.frame.chain == frame.chain
        ]

    def _decision(self, pair: _Pair) -> Detail:
        sends = self._found(pair, "sending")
        peace = self._found(pair, "peacekeepers")
        if not sends:
            return {}
        return {
            "organ": self._organ(pair),
            "what": _SEND if peace else None,
            "to_place": self._country(pair),
            "basis": [self._basis(other) for other in self._near(pair, "legal_basis")],
            "purpose": self._span(self._near(pair, "purpose")),
            "limit": self._span(self._near(pair, "limit")),
            "force": self._span(self._near(pair, "force_type")),
        }

    def _span(self, found: Sequence[_Pair]) -> Detail | None:
        return found[0].proposal.span.as_json() if found else None

    def _organ(self, pair: _Pair) -> str | None:
        for one in self._offices(pair):
            if one.id and one.state is None and not one.id.endswith(("heads", "chair")):
                return one.id
        if self._found(pair, "this_organ"):
            return _COMMON_AGENCY
        return None

    def _country(self, pair: _Pair) -> str | None:
        """The last country named in the clause or, for "this country", before it."""
        start, end = pair.draft.start, pair.draft.end
        for first in (start, max(0, start - 400)):
            found = [
                one.place.id
                for one in mentions(self.text, first, end, self.language)
                if one.place.kind == "country"
            ]
            if found:
                return found[-1]
        return None

    def _legal_basis(self, pair: _Pair) -> Detail:
        return self._basis(pair)

    def _basis(self, pair: _Pair) -> Detail:
        """The treaty and the article that a legal basis names."""
        basis: Detail = {"text": pair.proposal.span.text}
        start, end = pair.draft.start, pair.draft.end
        if treaty := kind_of("treaty", self.text, start, end, self.language):
            basis["treaty"] = treaty
        word = self._found(pair, "articles")
        number = re.compile(r"\d+").search(self.text, word.end(), end) if word else None
        if number and number.start() - (word.end() if word else 0) <= 2:
            basis["article"] = number.group()
        return basis

    def _request(self, pair: _Pair) -> Detail:
        """Who asked whom for what; only for asking, not for talk about a request."""
        offices = self._offices(pair)
        if pair.draft.detail.get("content"):
            return {"content": pair.proposal.span.text}
        if pair.draft.reason.startswith("phrase"):
            by = next((one for one in offices if one.state), None)
            return self._asker(by.id) if by else {}
        speaker = pair.proposal.speaker_ids[-1]
        if not self._found(pair, "asking") or not speaker:
            return {}
        to = next((one for one in offices if one.state is None), None)
        if to is None:
            return {}
        basis = self._near(pair, "legal_basis")
        return self._asker(speaker) | {
            "to": to.slug.rpartition("/")[2],
            "to_words": self._words(to.start, to.end),
            "treaty_words": basis[0].proposal.span.text if basis else None,
            "treaty": self._basis(basis[0]).get("treaty") if basis else None,
        }

    def _asker(self, office: str | None) -> Detail:
        slug = (office or "").partition("/")[0]
        state = next((one for one in places().values() if one.slug == slug), None)
        return {"by": office, "member": state.member if state else None}

    def _words(self, start: int, end: int) -> str:
        begins, stops = self.cast.folded.span(start, end)
        return self.cast.folded.original[begins:stops]

    def _session(self, pair: _Pair) -> Detail:
        offices = [one for one in self._offices(pair) if one.id]
        if pair.draft.reason.startswith("noun") or not offices:
            return {}
        chairs = [one for one in offices if organ_of(one)]
        organ = organ_of(chairs[0]) if chairs else None
        named = [one.id for one in offices if one.state and not organ_of(one)]
        if organ is None:
            organ = next((one for one in named if one and "council" in one), None)
        holder = next((one for one in named if one != organ), None)
        after = self._until_next_session(pair)
        return {
            "organ": organ,
            "chair": holder,
            "as_office": chairs[0].id if chairs else None,
            "qualifier": "emergency" if self._found(pair, "emergency") else None,
            "attendees": [
                one.proposal.id for one in after if one.proposal.type == "attendee"
            ],
            "agenda": [
                one.proposal.id for one in after if one.proposal.type == "agenda"
            ],
        }

    def _until_next_session(self, pair: _Pair) -> list[_Pair]:
        start = pair.draft.start
        later = [other for other in self.pairs if other.draft.start > start]
        found = []
        for other in later:
            is_session = other.proposal.type == "session"
            if is_session and other.draft.frame != pair.draft.frame:
                break
            found.append(other)
        return found

    def _attendee(self, pair: _Pair) -> Detail:
        offices = self._offices(pair)
        office = (offices[0].id or offices[0].slug) if offices else None
        state = next(
            (
                str(one.id).partition("/")[0]
                for other in self._near(pair, "session")
                for one in self._offices(other)
                if one.state
            ),
            None,
        )
        if office and "/" not in office and state:
            office = f"{state}/{office}"
        return {
            "office": office,
            "acting": True if self._found(pair, "acting") else None,
        }

    def _ground(self, pair: _Pair) -> Detail:
        start, end = pair.draft.start, pair.draft.end
        word = kind_of("ground", self.text, start, end, self.language)
        if word is None:
            return {}
        return {"word": word, "negated": bool(self._found(pair, "no_longer"))}

    def _office(self, pair: _Pair) -> Detail:
        """An office that an actor known by another holds, or says that he holds."""
        entity = pair.draft.detail.get("holder")
        if isinstance(entity, int):
            ids = self.cast.entities[entity].ids
            office = str(pair.draft.detail["office"])
            holder = ids[0] if ids else None
        else:
            holder = pair.proposal.speaker_ids[-1]
            found = [one for one in self._offices(pair) if organ_of(one)]
            office = found[0].id or found[0].slug if found else ""
        if "/" not in office and office and holder:
            office = f"{holder.partition('/')[0]}/{office}"
        if not office or not holder or office == holder:
            return {}
        return {"holder": holder, "office": office}

    def _facility(self, pair: _Pair) -> Detail:
        start, end = pair.draft.start, pair.draft.end
        status = kind_of("status", self.text, start, end, self.language)
        return {
            "facility": self._airport(pair),
            "status": pair.draft.detail.get("status") or status,
            "count": self._count(pair, "counted"),
        }

    def _harm(self, pair: _Pair) -> Detail:
        return {"count": self._count(pair, "harm")}

    def _airport(self, pair: _Pair) -> str | None:
        named = [places()[name] for name in pair.proposal.places]
        for one in named:
            if one.kind in {"airport", "facility"}:
                return one.id
        if self._found(pair, "airport"):
            for one in named:
                if one.kind == "city" and f"{one.id}-airport" in places():
                    return f"{one.id}-airport"
        return None

    def _count(self, pair: _Pair, table: str) -> Detail | None:
        start, end = pair.draft.start, pair.draft.end
        item = kind_of(table, self.text, start, end, self.language)
        value = self._number(start, end)
        if item is None or value is None:
            return None
        approx = bool(self._found(pair, "approximately"))
        return {"item": item, "value": value, "approx": approx}

    def _number(self, start: int, end: int) -> int | None:
        if figures := _NUMBER.search(self.text, start, end):
            return int(re.sub(r"[ ,]", "", figures.group()))
        for number, forms in enumerate(self.words.words("numbers"), 1):
            for form in forms.split("|"):
                if re.compile(rf"(?<!\w){form}(?!\w)").search(self.text, start, end):
                    return number
        return None
