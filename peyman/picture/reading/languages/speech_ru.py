"""Reporting clauses in Russian.

Before what was said («X заявил, что ...», «X сообщил: ...»), behind it («..., — сказал
X», «..., сообщает X»), within it («..., по словам X, ...»), and verbs whose object is
what was said («X опроверг ...»). Subject and verb change places freely, and a body may
stand in the place of a subject («сообщили в министерстве»).
"""

import re
from dataclasses import replace
from functools import cache

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
from peyman.picture.reading.heads import in_headline
from peyman.picture.reading.languages.lexicon import any_of, lexicon
from peyman.picture.reading.languages.subject_ru import (
    cut_to_name,
    is_aside,
    is_pronoun,
    led,
    name_end,
    subject_before,
    words,
)

_LEX = lexicon("ru")
_LINK = re.compile(
    rf"(?P<adjunct>(?:[^,:;«»\"]|«[^«»,]{{1,30}}»){{0,110}}?)"
    rf"(?:,\s(?P<that>что|будто|как)(?=\s)|(?P<colon>:)|\s?(?P<quote>[«\"]{MASK}))"
)
_DATELINE = re.compile(
    r"(?P<place>[А-Я][А-Яа-я-]+(?:\s[А-Я][А-Яа-я-]+)?)(?:\s?[,./—-]+\s?|\s)"
    r"(?:\d{1,2}\s[а-я]{2,9}\.?(?:\s\d{4})?)?\s?(?:[—,./-]+\s?)*"
    r"(?:[(/«]?(?P<outlet>[A-ZА-Я][^/()».,—:]{1,30}?)[)/».]?)?\s?(?:[./—:-]+\s?)+"
)
_INSIDE = re.compile(r"[,?!.]\s—\s[^—«»]{3,120}?[,.]\s—\s")
_RELATIVE = re.compile(r"(?:котор\w+|что|кто|чтобы|не)\s$", re.IGNORECASE)
_TAIL_END = re.compile(r"[\s.»\"]*$")


@cache
def _verbs(name: str) -> "re.Pattern[str]":
    return re.compile(any_of(_LEX.words(name), "ru"), re.IGNORECASE)


def outlet(text: str, start: int, end: int) -> Masthead | None:
    """«МОСКВА, 6 января. /ТАСС/.», «АЛМА-АТА, 6 янв — РИА Новости.»."""
    found = _DATELINE.match(text, start, min(end, start + 120))
    if not found or not found["place"].isupper():
        return None
    named = found.span("outlet") if found["outlet"] else None
    whole = trimmed(text, *found.span())
    stops = max(whole[1], named[1]) if named else whole[1]
    return Masthead(named, None, (whole[0], stops), found.end())


def headline(text: str, start: int, end: int) -> Attribution | None:
    """Who speaks in a headline, if anybody but the outlet does."""
    return in_headline(text, start, end) or attribution(text, start, end)


def attribution(text: str, start: int, end: int) -> Attribution | None:
    """The outermost reporting clause of a stretch of text, or None."""
    return (
        _relaying_source(text, start, end)
        or _source(text, start, end)
        or _as_said(text, start, end)
        or _pre_posed(text, start, end)
        or _around_quotes(text, start, end)
        or _post_posed(text, start, end)
        or _predicate(text, start, end)
    )


def _relaying_source(text: str, start: int, end: int) -> Attribution | None:
    """«Согласно X, ..., сообщает Y.»: Y speaks, and within it X."""
    if not words("sources").match(text, led(text, start, end), end):
        return None
    found = _post_posed(text, start, end)
    if not found or not found.verb or found.cue[1] < end - 1:
        return None
    return replace(found, parts=tuple(replace(p, is_plain=False) for p in found.parts))


def _source(text: str, start: int, end: int) -> Attribution | None:
    """«По словам X, ...»; «..., по словам X, ...» and «..., по данным X.» too."""
    begins = led(text, start, end)
    if own := words("own_sources").match(text, begins, end):
        said = trimmed(text, own.end(), end)
        return Attribution(
            None, (begins, own.end()), (Part(*said, "announcement"),), kind="source"
        )
    cue = words("sources").match(text, begins, end)
    if cue is None:
        return None
    comma = name_end(text, cue.end(), end)
    if comma is None:
        return None
    speaker = trimmed(text, cue.end(), comma)
    kind = "source"
    if document := words("documents").match(text, *speaker):
        if words_in(text, document.end(), speaker[1]):
            speaker = trimmed(text, document.end(), speaker[1])
        else:
            kind = "document"
    said = trimmed(text, comma, end)
    form = "notice" if kind == "document" else "announcement"
    return Attribution(speaker, (start, speaker[1]), (Part(*said, form),), kind=kind)


def _as_said(text: str, start: int, end: int) -> Attribution | None:
    """«Как сообщил X, ...»; «Об этом сообщил X.» names a speaker and no content."""
    lead = re.compile(r"(?:как|об этом)\s(?:ранее\s|также\s)?", re.IGNORECASE).match(
        text, start, end
    )
    verb = _verbs("said").match(text, lead.end(), end) if lead else None
    if lead is None or verb is None:
        return None
    is_about = lead.group().lower().startswith("об")
    comma = end if is_about else name_end(text, verb.end(), end)
    if comma is None:
        return None
    speaker = cut_to_name(text, *trimmed(text, verb.end(), comma))
    said = trimmed(text, comma, end)
    parts = (Part(*said, "announcement"),) if said[0] < said[1] else ()
    return Attribution(speaker, (start, comma), parts, kind="source")


def _pre_posed(text: str, start: int, end: int) -> Attribution | None:
    """«X заявил, что ...», «X сообщил: ...», «Сообщил X, что ...»."""
    for verb in _verbs("said").finditer(text, start, end):
        if MASK in text[start : verb.start()]:
            return None
        if _RELATIVE.search(text[start : verb.start()]):
            continue
        link = _LINK.match(text, verb.end(), end)
        if link is None:
            continue
        begins = link.start("quote") if link["quote"] else link.end()
        parts = _said_parts(text, *trimmed(text, begins, end), link)
        if not parts:
            return None
        return Attribution(
            _speaker(text, start, verb, link), (start, link.end()), parts,
            verb=verb.span(), continues=_continues(verb),
            runs_on=bool(link["colon"]) and MASK not in text[begins:end],
        )  # fmt: skip
    return None


def _speaker(
    text: str, start: int, verb: "re.Match[str]", link: "re.Match[str]"
) -> Region | None:
    """The subject before the verb, else behind it: «в министерстве», «министр»."""
    subject = subject_before(text, start, verb.start())
    if subject or is_pronoun(text, start, verb.start()):
        return subject
    return cut_to_name(text, *trimmed(text, *link.span("adjunct")))


def _said_parts(
    text: str, begins: int, end: int, link: "re.Match[str]"
) -> tuple[Part, ...]:
    if begins >= end:
        return ()
    if text[begins:end].lstrip('«" ').startswith(MASK):
        return tuple(quoted_parts(text, begins, end, words("participials")))
    form = "quotation" if link["colon"] else "announcement"
    pieces = coordinated(
        text, begins, end, (m.span() for m in _again().finditer(text, begins, end))
    )
    return tuple(Part(*piece, form) for piece in pieces)


@cache
def _again() -> "re.Pattern[str]":
    """«..., и добавил, что», «, добавив, что»: the same speaker goes on."""
    verbs = any_of(_LEX.words("said"), "ru")
    added = any_of([w for w in _LEX.words("participials") if w.endswith("что")], "ru")
    return re.compile(
        rf",?\s(?:и|а)\s(?:также\s)?{verbs},\sчто\s|,\s(?:также\s)?{added}\s"
    )


def _around_quotes(text: str, start: int, end: int) -> Attribution | None:
    """«...», — сказал X; «..., — сказал X, — ...»."""
    first = text.find(MASK, start, end)
    if first < 0:
        return None
    for verb in _verbs("said").finditer(text, first, end):
        gap = text.rfind(MASK, start, verb.start()) + 1
        begins = trimmed(text, gap, verb.start(), " «»\"',.—-")[0]
        stops = text.find(MASK, verb.end(), end)
        subject = _near(text, begins, verb, stops if stops >= 0 else end)
        return Attribution(
            subject, (begins, verb.end()),
            tuple(quoted_parts(text, start, end, words("participials"))),
            verb=verb.span(), continues=_continues(verb),
        )  # fmt: skip
    return None


def _near(text: str, begins: int, verb: "re.Match[str]", stops: int) -> Region | None:
    """The subject beside a verb: «сказал X», «X сказал», «сообщили в X»."""
    if text[begins : verb.start()].strip():
        if is_pronoun(text, begins, verb.start()):
            return None
        return subject_before(text, begins, verb.start())
    mark = re.compile(r"[,.;:«»\"]|\s—").search(text, verb.end(), stops)
    stop = mark.start() if mark else stops
    begins, stop = trimmed(text, verb.end(), stop)
    return cut_to_name(text, begins, stop)


def _post_posed(text: str, start: int, end: int) -> Attribution | None:
    """«..., сообщает X.», «..., заявил X.», «..., по данным X, ...»."""
    for comma in re.compile(r",\s(?:—\s)?(?:как\s|об этом\s)?").finditer(
        text, start, end
    ):
        if words_in(text, start, comma.start()) < 1:
            continue
        source = words("sources", "own_sources").match(text, comma.end(), end)
        verb = _verbs("said").match(text, comma.end(), end)
        if source:
            return _aside(text, start, comma, source, end)
        if verb and not re.match(r",\s(?:что|будто)", text[verb.end() : end]):
            found = _aside(text, start, comma, verb, end)
            is_he = words("pronouns").match(text, verb.end() + 1, end)
            if found.speaker or is_he or not text[verb.end() : end].strip(" ."):
                return found
    return None


def _aside(
    text: str, start: int, comma: "re.Match[str]", cue: "re.Match[str]", end: int
) -> Attribution:
    mark = re.compile(r",\s").search(text, cue.end(), end)
    while mark:
        following = re.compile(r",\s|$").search(text, mark.end(), end)
        stop = following.start() if following else end
        if not is_aside(text[mark.end() : stop].strip(" .")):
            break
        mark = re.compile(r",\s").search(text, stop, end)
    stop = mark.start() if mark else end
    cited = words("quoting").search(text, cue.end(), stop)
    speaker = cut_to_name(
        text, *trimmed(text, cue.end(), cited.start() if cited else stop)
    )
    if words("own_sources").fullmatch(cue.group()):
        speaker = None
    said = trimmed(text, start, comma.start())
    if mark:
        said = trimmed(text, start, end)
    is_verb = bool(_verbs("said").fullmatch(cue.group()))
    return Attribution(
        speaker, (cue.start(), stop), (Part(*said, "announcement", is_plain=True),),
        verb=cue.span() if is_verb else None, kind="speech" if is_verb else "source",
        continues=is_verb and _continues(cue),
        relay=trimmed(text, cited.end(), stop) if cited else None,
    )  # fmt: skip


def _predicate(text: str, start: int, end: int) -> Attribution | None:
    """«X опроверг ...», «X призвал ...»."""
    for verb in _verbs("predicates").finditer(text, start, end):
        before = text[start : verb.start()]
        if MASK in before or _RELATIVE.search(before) or "," in before[-2:]:
            continue
        subject = subject_before(text, start, verb.start())
        if subject is None and not is_pronoun(text, start, verb.start()):
            continue
        denial = words("denied").search(verb.group())
        said = trimmed(text, verb.start(), end)
        if words_in(text, *said) < 3:
            continue
        return Attribution(
            subject, (start, verb.end()),
            (Part(*said, "denial" if denial else "announcement", is_plain=True),),
            verb=verb.span(),
        )  # fmt: skip
    return None


def _continues(verb: "re.Match[str]") -> bool:
    return bool(words("continued").search(verb.group()))


def is_first_person(text: str, start: int, end: int) -> bool:
    """Whether a sentence says "we" or "I"."""
    return bool(words("first_person").search(text, start, end))


def pieces(text: str, start: int, end: int) -> list[Region]:
    """«A, — сказал X, — B» stands in one pair of quotation marks: A and B."""
    inside = _INSIDE.search(text, start, end)
    while inside and not _verbs("said").search(text, *inside.span()):
        inside = _INSIDE.search(text, inside.end() - 3, end)
    if inside is None:
        return [(start, end)]
    return [(start, inside.start() + 1), *pieces(text, inside.end(), end)]
