"""Reporting clauses in Persian.

The verb of saying stands last in its clause, so the subject is looked for from the
front: "SUBJECT [pointing to X,] VERB that/: SPEECH", "SUBJECT on X VERB", "according
to SUBJECT, SPEECH", and quoted speech with its clause before or after it.
"""

import re
from collections.abc import Iterator
from functools import cache

from peyman.picture.reading.actors import designations
from peyman.picture.reading.attribution import (
    MASK,
    Attribution,
    Masthead,
    Part,
    Region,
    coordinated,
    quoted_parts,
    trimmed,
    words_in,
)
from peyman.picture.reading.fold import fold
from peyman.picture.reading.heads import in_headline
from peyman.picture.reading.languages.lexicon import lexicon
from peyman.picture.reading.languages.persian import finite, third_person

_LEX = lexicon("fa")
_TAKEN = {"در", "از", "به", "با"}
_POSTS = {fold(word).text for word in _LEX.words("posts_abroad")}
_AFTER = re.compile(
    rf"\s*(?P<colon>:)|\s*،?\s*(?P<that>که)(?!\w)|\s*،?\s*(?P<quote>[«\"']?{MASK})"
)
_AND_AGAIN = re.compile(r"(?:\s|،\s?)(?:و|سپس)\s$")
_THAT = re.compile(r"\sکه(?!\w)|\s?:")
_CLAUSE_END = re.compile(r"[،؛,;]")
_LONGEST_SOURCE = 14
_LONGEST_SUBJECT = 34
_SHORTEST = 3


@cache
def _said() -> "re.Pattern[str]":
    words = sorted(_LEX.words("said"), key=len, reverse=True)
    forms = "|".join(third_person(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)(?! ?و ?گو)")


def _is_one_of(name: str, verb: "re.Match[str]") -> bool:
    """Whether a verb is of a list, whatever its person and tense."""
    said = verb.group().replace(" ", "")
    heads = (fold(word).text.replace(" ", "")[:-2] for word in _LEX.words(name))
    return any(said.startswith(head) for head in heads)


def _any(*names: str) -> "re.Pattern[str]":
    return _LEX.regex(*names)


def attribution(text: str, start: int, end: int) -> Attribution | None:
    """The outermost reporting clause of a stretch of text, or None."""
    return (
        _source(text, start, end)
        or _pre_posed(text, start, end)
        or _post_posed(text, start, end)
        or _predicate(text, start, end)
        or _bare(text, start, end)
    )


def outlet(text: str, start: int, end: int) -> Masthead | None:
    """«به گزارش خبرنگار خبرگزاری X در Y، ...» at a report's head."""
    cue = _any("outlet_sources").match(text, start, end)
    if cue is None:
        return None
    begins = cue.end() + 1
    stops = _source_end(text, begins, end)
    relay = _any("quoting").search(text, begins, stops or begins)
    stops = relay.start() if relay else stops
    if stops is None:
        return None
    speaker = trimmed(text, begins, stops)
    named = _any("outlets").search(text, *speaker) or _any("reporter").match(
        text, *speaker
    )
    if named is None:
        return None
    is_reporter = bool(_any("reporter").match(text, *speaker))
    name_start = _any("outlets").search(text, *speaker)
    if name_start is None:
        return None
    name = (name_start.start(), _cut(text, name_start.start(), speaker[1]))
    return Masthead(
        trimmed(text, *name),
        speaker if is_reporter else None,
        (name_start.start(), speaker[1]),
        trimmed(text, stops, end)[0],
    )


def headline(text: str, start: int, end: int) -> Attribution | None:
    """Who speaks in a headline, if anybody but the outlet does."""
    return in_headline(text, start, end) or attribution(text, start, end)


def _source(text: str, start: int, end: int) -> Attribution | None:
    """«به گفته X، ...», «بنابر اطلاعیه ...، ...»."""
    cue = _any("sources").match(text, start, end)
    document = None
    if cue is None:
        opening = _any("document_sources").match(text, start, end)
        if opening:
            document = _any("documents").match(text, opening.end() + 1, end)
        if opening and document and opening.group() == "در":
            return _in_document(text, start, document, end)
    if cue is None and document is None:
        return None
    begins = cue.end() + 1 if cue else document.start() if document else start
    stops = _source_end(text, begins, end)
    if stops is None:
        return None
    relay = _any("quoting").search(text, begins, stops)
    if relay and relay.start() > begins:
        stops = relay.start()
    speaker = trimmed(text, begins, stops)
    kind = "document" if document else "source"
    if document and (issuer := _any("issuers").search(text, *speaker)):
        speaker = (issuer.start(), speaker[1])
    rest = trimmed(text, stops, end)
    form = "notice" if document else "announcement"
    parts = (Part(*rest, form),) if rest[0] < rest[1] else ()
    return Attribution(speaker, (start, speaker[1]), parts, kind=kind)


def _in_document(
    text: str, start: int, document: "re.Match[str]", end: int
) -> Attribution | None:
    """«در بیانیه X آمده است که ...»."""
    stated = _any("stated").search(text, document.end(), end)
    if stated is None:
        return None
    speaker = trimmed(text, document.start(), stated.start())
    kind = "document"
    if issuer := _any("issuers").search(text, *speaker):
        speaker, kind = (issuer.start(), speaker[1]), "source"
    link = _THAT.match(text, stated.end(), end)
    said = trimmed(text, link.end() if link else stated.end(), end)
    parts = (Part(*said, "notice"),) if said[0] < said[1] else ()
    return Attribution(speaker, (start, stated.end()), parts, kind=kind)


def _source_end(text: str, begins: int, end: int) -> int | None:
    comma = _CLAUSE_END.search(text, begins, end)
    if comma and words_in(text, begins, comma.start()) <= _LONGEST_SOURCE:
        return comma.start()
    if outlet := _any("outlets").match(text, begins, end):
        return outlet.end()
    marker = _any("markers", "adverbials").search(text, begins, end)
    if marker and marker.start() > begins:
        return marker.start()
    return None


def _pre_posed(text: str, start: int, end: int) -> Attribution | None:
    """«X اعلام کرد که ...», «X گفت: ...», «X گفت «...»»."""
    for verb in _said().finditer(text, start, end):
        link = _AFTER.match(text, verb.end(), end)
        if link is None or _is_relative(text, start, verb.start()):
            continue
        begins = link.start("quote") if link["quote"] else link.end()
        parts = _said_parts(text, begins, end, link)
        return _with_subject(
            text, start, verb, parts, runs_on=bool(link["colon"]) and not parts[1:]
        )
    return None


def _bare(text: str, start: int, end: int) -> Attribution | None:
    """«X اعلام کرد ...» with no "that" before what was said."""
    for verb in _said().finditer(text, start, end):
        begins, stops = trimmed(text, verb.end(), end)
        if begins >= stops or _any("and").match(text, begins, stops):
            continue
        if MASK in text[start:end] or not finite().search(text, begins, stops):
            continue
        subject, before = _subject(text, start, verb)
        if subject is None or words_in(text, begins, stops) < _SHORTEST:
            continue
        return Attribution(
            subject, (start, verb.end()), (*before, Part(begins, stops, "announcement")),
            verb=verb.span(), continues=_is_continuing(verb),
        )  # fmt: skip
    return None


def _again(text: str, start: int, end: int) -> Iterator[Region]:
    """«... و افزود که»: where the same speaker goes on."""
    for verb in _said().finditer(text, start, end):
        before = _AND_AGAIN.search(text[start : verb.start()])
        after = _THAT.match(text, verb.end(), end)
        if before and after:
            yield start + before.start(), after.end()


def _said_parts(
    text: str, begins: int, end: int, link: "re.Match[str]"
) -> tuple[Part, ...]:
    form = "quotation" if link["colon"] or link["quote"] else "announcement"
    if text[begins:end].lstrip(" «\"'").startswith(MASK):
        return tuple(quoted_parts(text, begins, end, _any("participials")))
    begins, end = trimmed(text, begins, end)
    pieces = coordinated(text, begins, end, _again(text, begins, end))
    return tuple(Part(*piece, form) for piece in pieces)


def _post_posed(text: str, start: int, end: int) -> Attribution | None:
    """«...»، X گفت."""
    last = text.rfind(MASK, start, end)
    if last < 0:
        return None
    for verb in _said().finditer(text, last, end):
        begins = trimmed(text, last + 1, end, " «»\"'،؛,.")[0]
        if this := _any("this_said").match(text, begins, end):
            begins = trimmed(text, this.end(), end)[0]
        subject, own = _subject(text, begins, verb)
        first_mask = text.index(MASK, start)
        parts = (Part(first_mask, last + 1, "quotation"), *own)
        return Attribution(
            subject, (last + 1, verb.end()), parts, verb=verb.span(),
            continues=_is_continuing(verb),
        )  # fmt: skip
    return None


def _predicate(text: str, start: int, end: int) -> Attribution | None:
    """«X بر ضرورت ... تاکید کرد»: the object of the verb is what was said."""
    verbs = [
        verb
        for verb in _said().finditer(text, start, end)
        if _is_one_of("predicates", verb)
        and trimmed(text, verb.end(), end)[0] >= trimmed(text, verb.end(), end)[1]
    ]
    if not verbs:
        return None
    verb = verbs[-1]
    subject, parts = _subject(text, start, verb)
    if subject is None and not _any("pronouns").match(text, start, end):
        return None
    begins = max([subject[1] if subject else start, *(part.end for part in parts)])
    said = trimmed(text, begins, verb.end())
    if words_in(text, *said) < len(verb.group().split()) + 2:
        return None
    form = "denial" if _is_one_of("denied", verb) else "announcement"
    return Attribution(
        subject, (start, verb.end()), (*parts, Part(*said, form, is_plain=True)), verb=verb.span(),
        continues=False,
    )  # fmt: skip


def _with_subject(
    text: str,
    start: int,
    verb: "re.Match[str]",
    parts: tuple[Part, ...],
    *,
    runs_on: bool,
) -> Attribution:
    subject, before = _subject(text, start, verb)
    return Attribution(
        subject,
        (start, verb.end()),
        (*before, *parts),
        verb=verb.span(),
        continues=_is_continuing(verb),
        runs_on=runs_on,
    )


def _is_continuing(verb: "re.Match[str]") -> bool:
    return _is_one_of("continued", verb)


def _is_relative(text: str, start: int, verb_start: int) -> bool:
    """Whether the verb stands in a relative clause: «مردی که گفت ...»."""
    before = text[start:verb_start].rstrip()
    return before.endswith(" که") and not finite().search(before)


def _subject(
    text: str, start: int, verb: "re.Match[str]"
) -> tuple[Region | None, tuple[Part, ...]]:
    """The subject's words before the verb, and what "pointing to" adds to the speech."""
    begins, stops = trimmed(text, start, verb.start())
    parts: list[Part] = []
    opening = _any("participials").search(text, begins, stops)
    subject_end = opening.start() if opening else stops
    if opening:
        comma = _CLAUSE_END.search(text, opening.end(), stops)
        said = trimmed(text, opening.end(), comma.start() if comma else stops)
        if said[0] < said[1]:
            parts.append(Part(*said, "announcement"))
    begins = _skip_adverbials(text, begins, subject_end)
    subject_end = _cut(text, begins, subject_end)
    begins, subject_end = trimmed(text, begins, subject_end)
    if begins >= subject_end or words_in(text, begins, subject_end) > _LONGEST_SUBJECT:
        return None, tuple(parts)
    if _any("pronouns").fullmatch(text, begins, subject_end):
        return None, tuple(parts)
    return (begins, subject_end), tuple(parts)


def _skip_adverbials(text: str, begins: int, end: int) -> int:
    while skipped := _any("adverbials").match(text, begins, end):
        begins = trimmed(text, skipped.end(), end)[0]
    return begins


def _cut(text: str, begins: int, end: int) -> int:
    """Where the subject's words end: at the first preposition or adverb."""
    for marker in _any("markers").finditer(text, begins, end):
        if marker.start() == begins:
            continue
        head = text[begins : marker.start()].split()
        if marker.group() in _TAKEN and head[0] in _POSTS and len(head) <= 3:
            continue
        return _office_end(text, begins, marker.start())
    return end


def _office_end(text: str, begins: int, end: int) -> int:
    """Before an object the subject is the office that it begins with, if any.

    Persian has no mark between a subject and an object, so a common noun behind an
    office is taken for the object's.
    """
    found = designations(text, begins, end, "fa", None)
    if not found or found[0].start != begins or found[0].end >= end:
        return end
    rest = trimmed(text, found[0].end, end)
    if _any("and").match(text, *rest) or text[found[0].end] in "،,":
        return end
    return found[0].end if _any("common").search(text, *rest) else end


def is_first_person(text: str, start: int, end: int) -> bool:
    """Whether a sentence says "we" or "I"."""
    return bool(_any("first_person").search(text, start, end)) or any(
        verb.group().endswith("م") for verb in finite().finditer(text, start, end)
    )


def pieces(text: str, start: int, end: int) -> list[Region]:
    """A quoted stretch; no reporting clause stands inside one."""
    return [(start, end)]
