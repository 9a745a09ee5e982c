"""Reporting clauses in Russian.

Before what was said («X заявил, что ...», «X сообщил: ...»), behind it («..., — сказал
X», «..., сообщает X»), within it («..., по словам X, ...»), and verbs whose object is
what was said («X опроверг ...»). Subject and verb change places freely, and a body may
stand in the place of a subject («сообщили в министерстве»).
"""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

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
from peyman.picture.reading.lexicon import any_of, lexicon

_LEX = lexicon("ru")
_LINK = re.compile(
    rf"(?P<adjunct>(?:[^,:;«»\"]|«[^«»,]{{1,30}}»){{0,110}}?)"
    rf"(?:,\s(?P<that>что|будто|как)(?=\s)|(?P<colon>:)|\s?(?P<quote>[«\"]{MASK}))"
)
_WHEN = (
    r"(?:в\s(?:понедельник|четверг|воскресенье|среду|пятницу|субботу)|во\sвторник"
    r"|\d{1,2}\s(?:янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)[а-я]*|сегодня|вчера"
    r"|накануне|ранее|позже|также|в\sсвою\sочередь|отдельно|в\sходе\s|на\s(?:брифинге"
    r"|заседании|встрече|совещании|пресс-конференции|саммите)|в\s(?:интервью|эфире"
    r"|беседе|разговоре|своем|Telegram|Facebook|Twitter|соцсет)|журналистам|агентству"
    r"|по\sитогам|при\sэтом|при\sвстрече|во\sвремя|по\sтелефону|официально|подробно"
    r"|комментируя|выступая|отвечая|утром|вечером|днем|ночью|РИА\sНовости|ТАСС"
    r"|«?Интерфаксу»?|телеканалу|газете|изданию)"
)
_CUT = re.compile(rf"\s(?:{_WHEN})|,\s(?:который|которая|комментируя|выступая|отвечая)")
_LEAD = re.compile(
    r"(?:ранее|позже|также|еще|затем|как|об этом|кроме того,?|при этом,?|вместе с тем,?"
    r"|в свою очередь,?|между тем,?|однако|напомним,?|тем временем|теперь|одновременно)"
    r"\s(?=\S)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[А-Я][А-Яа-я-]+(?:\s[А-Я][А-Яа-я-]+)?)(?:\s?[,./—-]+\s?|\s)"
    r"(?:\d{1,2}\s[а-я]{2,9}\.?(?:\s\d{4})?)?\s?(?:[—,./-]+\s?)*"
    r"(?:[(/«]?(?P<outlet>[A-ZА-Я][^/()».,—:]{1,30}?)[)/».]?)?\s?(?:[./—:-]+\s?)+"
)
_INSIDE = re.compile(r"[,?!.]\s—\s[^—«»]{3,120}?[,.]\s—\s")
_RELATIVE = re.compile(r"(?:котор\w+|что|кто|чтобы|не)\s$", re.IGNORECASE)
_TAIL_END = re.compile(r"[\s.»\"]*$")
_LONGEST_SUBJECT = 22
_LONGEST_TAIL = 16
_UPPER = re.compile(r"[А-ЯA-Z]")


def _words(*names: str) -> "re.Pattern[str]":
    return _LEX.regex(*names)


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
    if not _words("sources").match(text, _led(text, start, end), end):
        return None
    found = _post_posed(text, start, end)
    if not found or not found.verb or found.cue[1] < end - 1:
        return None
    return replace(found, parts=tuple(replace(p, is_plain=False) for p in found.parts))


def _source(text: str, start: int, end: int) -> Attribution | None:
    """«По словам X, ...»; «..., по словам X, ...» and «..., по данным X.» too."""
    begins = _led(text, start, end)
    if own := _words("own_sources").match(text, begins, end):
        said = trimmed(text, own.end(), end)
        return Attribution(
            None, (begins, own.end()), (Part(*said, "announcement"),), kind="source"
        )
    cue = _words("sources").match(text, begins, end)
    if cue is None:
        return None
    comma = _name_end(text, cue.end(), end)
    if comma is None:
        return None
    speaker = trimmed(text, cue.end(), comma)
    kind = "source"
    if document := _words("documents").match(text, *speaker):
        if words_in(text, document.end(), speaker[1]):
            speaker = trimmed(text, document.end(), speaker[1])
        else:
            kind = "document"
    said = trimmed(text, comma, end)
    form = "notice" if kind == "document" else "announcement"
    return Attribution(speaker, (start, speaker[1]), (Part(*said, form),), kind=kind)


def _led(text: str, start: int, end: int) -> int:
    while lead := _LEAD.match(text, start, end):
        if lead.group().strip().lower() in {"как", "об этом"}:
            break
        start = lead.end()
    return start


def _name_end(text: str, start: int, end: int) -> int | None:
    """The comma that ends a name with what stands beside it."""
    commas = [at for at in range(start, end) if text[at] == ","][:3]
    if not commas or words_in(text, start, commas[0]) > _LONGEST_TAIL:
        return None
    for comma, after in pairwise(commas):
        if not _is_aside(text[comma + 1 : after].strip()):
            return comma
    return commas[0] if len(commas) == 1 else commas[-1]


def _is_aside(words: str) -> bool:
    pieces = words.split()
    if not pieces or len(pieces) > 6:
        return False
    if len(pieces) <= 3 and all(_UPPER.match(piece) for piece in pieces):
        return True
    return bool(
        re.match(
            r"(?:глав|министр|президент|премьер|представител|пресс-секретар|аким|мэр"
            r"|командующ|директор|секретар|руководител|замести|начальник|генсек|лидер)",
            words,
        )
    )


def _as_said(text: str, start: int, end: int) -> Attribution | None:
    """«Как сообщил X, ...»; «Об этом сообщил X.» names a speaker and no content."""
    lead = re.compile(r"(?:как|об этом)\s(?:ранее\s|также\s)?", re.IGNORECASE).match(
        text, start, end
    )
    verb = _verbs("said").match(text, lead.end(), end) if lead else None
    if lead is None or verb is None:
        return None
    is_about = lead.group().lower().startswith("об")
    comma = end if is_about else _name_end(text, verb.end(), end)
    if comma is None:
        return None
    speaker = _cut(text, *trimmed(text, verb.end(), comma))
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
    subject = _subject(text, start, verb.start())
    if subject or _is_pronoun(text, start, verb.start()):
        return subject
    return _cut(text, *trimmed(text, *link.span("adjunct")))


def _said_parts(
    text: str, begins: int, end: int, link: "re.Match[str]"
) -> tuple[Part, ...]:
    if begins >= end:
        return ()
    if text[begins:end].lstrip('«" ').startswith(MASK):
        return tuple(quoted_parts(text, begins, end, _words("participials")))
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
            tuple(quoted_parts(text, start, end, _words("participials"))),
            verb=verb.span(), continues=_continues(verb),
        )  # fmt: skip
    return None


def _near(text: str, begins: int, verb: "re.Match[str]", stops: int) -> Region | None:
    """The subject beside a verb: «сказал X», «X сказал», «сообщили в X»."""
    if text[begins : verb.start()].strip():
        if _is_pronoun(text, begins, verb.start()):
            return None
        return _subject(text, begins, verb.start())
    mark = re.compile(r"[,.;:«»\"]|\s—").search(text, verb.end(), stops)
    stop = mark.start() if mark else stops
    begins, stop = trimmed(text, verb.end(), stop)
    return _cut(text, begins, stop)


def _cut(text: str, begins: int, stop: int) -> Region | None:
    """A subject's words without time and place of speaking; None for a pronoun."""
    padded = max(begins - 1, 0)
    while lead := re.compile(rf"\s?(?:{_WHEN})[^\s]*\s").match(text, padded, stop):
        begins, padded = lead.end(), lead.end() - 1
    if body := re.compile(r"(?:в|во)\s(?=\w)").match(text, begins, stop):
        begins = body.end()
    cut = _CUT.search(text, begins, stop)
    if cut and cut.start() > begins:
        stop = cut.start()
    begins, stop = trimmed(text, begins, stop)
    if begins >= stop or words_in(text, begins, stop) > _LONGEST_SUBJECT:
        return None
    if _words("pronouns").fullmatch(text, begins, stop):
        return None
    return begins, stop


def _post_posed(text: str, start: int, end: int) -> Attribution | None:
    """«..., сообщает X.», «..., заявил X.», «..., по данным X, ...»."""
    for comma in re.compile(r",\s(?:—\s)?(?:как\s|об этом\s)?").finditer(
        text, start, end
    ):
        if words_in(text, start, comma.start()) < 1:
            continue
        source = _words("sources", "own_sources").match(text, comma.end(), end)
        verb = _verbs("said").match(text, comma.end(), end)
        if source:
            return _aside(text, start, comma, source, end)
        if verb and not re.match(r",\s(?:что|будто)", text[verb.end() : end]):
            found = _aside(text, start, comma, verb, end)
            if found.speaker or not text[verb.end() : end].strip(" ."):
                return found
    return None


def _aside(
    text: str, start: int, comma: "re.Match[str]", cue: "re.Match[str]", end: int
) -> Attribution:
    mark = re.compile(r",\s").search(text, cue.end(), end)
    while mark:
        following = re.compile(r",\s|$").search(text, mark.end(), end)
        stop = following.start() if following else end
        if not _is_aside(text[mark.end() : stop].strip(" .")):
            break
        mark = re.compile(r",\s").search(text, stop, end)
    stop = mark.start() if mark else end
    cited = _words("quoting").search(text, cue.end(), stop)
    speaker = _cut(text, *trimmed(text, cue.end(), cited.start() if cited else stop))
    if _words("own_sources").fullmatch(cue.group()):
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
        subject = _subject(text, start, verb.start())
        if subject is None and not _is_pronoun(text, start, verb.start()):
            continue
        denial = _words("denied").search(verb.group())
        said = trimmed(text, verb.start(), end)
        if words_in(text, *said) < 3:
            continue
        return Attribution(
            subject, (start, verb.end()),
            (Part(*said, "denial" if denial else "announcement", is_plain=True),),
            verb=verb.span(),
        )  # fmt: skip
    return None


def _subject(text: str, start: int, stop: int) -> Region | None:
    """The subject before a verb, without adverbials before it and after it."""
    begins, end = trimmed(text, start, stop)
    begins = _led(text, begins, end)
    if _words("leading").match(text, begins, end):
        comma = text.find(",", begins, end)
        when = re.compile(rf"(?:{_WHEN})\S*\s", re.IGNORECASE).match(text, begins, end)
        if comma >= 0:
            begins = trimmed(text, comma, end)[0]
        elif when:
            begins = when.end()
        elif body := re.compile(r"В[о]?\s").match(text, begins, end):
            begins = body.end()
    return _cut(text, begins, end)


def _is_pronoun(text: str, start: int, stop: int) -> bool:
    begins, end = trimmed(text, start, stop)
    begins = _led(text, begins, end)
    words = re.compile(
        rf"(?:{_words('pronouns').pattern})(?:\s(?:{_WHEN}).*)?", re.IGNORECASE
    )
    return bool(words.fullmatch(text, begins, end))


def _continues(verb: "re.Match[str]") -> bool:
    return bool(_words("continued").search(verb.group()))


def is_first_person(text: str, start: int, end: int) -> bool:
    """Whether a sentence says "we" or "I"."""
    return bool(_words("first_person").search(text, start, end))


def pieces(text: str, start: int, end: int) -> list[Region]:
    """«A, — сказал X, — B» stands in one pair of quotation marks: A and B."""
    inside = _INSIDE.search(text, start, end)
    while inside and not _verbs("said").search(text, *inside.span()):
        inside = _INSIDE.search(text, inside.end() - 3, end)
    if inside is None:
        return [(start, end)]
    return [(start, inside.start() + 1), *pieces(text, inside.end(), end)]
