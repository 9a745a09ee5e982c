"""Who speaks in a Russian clause: a subject before its verb or behind it, or a body.

Words for when, where and to whom something was said are left outside; of "in a
statement of X" and "in the ministry" what remains is X and the ministry.
"""

import re
from itertools import pairwise

from peyman.picture.reading.attribution import Region, trimmed, words_in
from peyman.picture.reading.languages.lexicon import lexicon

_LEX = lexicon("ru")
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
_MEDIUM = re.compile(
    r"(?:(?:теле|радио)?канал\w*|газет\w*|агентств\w*|издани\w*|журнал\w*)?\s?"
    r"(?:«[^»]{1,40}»|\"[^\"]{1,40}\")\s(?=\w)"
)
_LONGEST_SUBJECT = 22
LONGEST_TAIL = 16
_UPPER = re.compile(r"[А-ЯA-Z]")


def words(*names: str) -> "re.Pattern[str]":
    """The words of lists of `ru.toml`, compiled."""
    return _LEX.regex(*names)


def led(text: str, start: int, end: int) -> int:
    """Where a sentence begins behind the words that lead into it."""
    while lead := _LEAD.match(text, start, end):
        if lead.group().strip().lower() in {"как", "об этом"}:
            break
        start = lead.end()
    return start


def name_end(text: str, start: int, end: int) -> int | None:
    """The comma that ends a name with what stands beside it."""
    commas = [at for at in range(start, end) if text[at] == ","][:3]
    if not commas or words_in(text, start, commas[0]) > LONGEST_TAIL:
        return None
    for comma, after in pairwise(commas):
        if not is_aside(text[comma + 1 : after].strip()):
            return comma
    return commas[0] if len(commas) == 1 else commas[-1]


def is_aside(piece: str) -> bool:
    """Whether words between commas are a name or an office, not a clause."""
    pieces = piece.split()
    if not pieces or len(pieces) > 6:
        return False
    if len(pieces) <= 3 and all(_UPPER.match(piece) for piece in pieces):
        return True
    return bool(
        re.match(
            r"(?:глав|министр|президент|премьер|представител|пресс-секретар|аким|мэр"
            r"|командующ|директор|секретар|руководител|замести|начальник|генсек|лидер)",
            piece,
        )
    )


def cut_to_name(text: str, begins: int, stop: int) -> Region | None:
    """A subject's words without time and place of speaking; None for a pronoun."""
    begins = _behind_place(text, begins, stop)
    cut = _CUT.search(text, begins, stop)
    if cut and cut.start() > begins:
        stop = cut.start()
    begins, stop = trimmed(text, begins, stop)
    if begins >= stop or words_in(text, begins, stop) > _LONGEST_SUBJECT:
        return None
    if words("first_person").search(text, begins, stop):
        return None
    if words("pronouns").fullmatch(text, begins, stop):
        return None
    return begins, stop


def subject_before(text: str, start: int, stop: int) -> Region | None:
    """The subject before a verb, without adverbials before it and after it."""
    begins, end = trimmed(text, start, stop)
    begins = led(text, begins, end)
    if words("leading").match(text, begins, end):
        comma = text.find(",", begins, end)
        when = re.compile(rf"(?:{_WHEN})\S*\s", re.IGNORECASE).match(text, begins, end)
        if comma >= 0:
            begins = trimmed(text, comma, end)[0]
        elif when:
            begins = when.end()
        elif body := re.compile(r"В[о]?\s").match(text, begins, end):
            begins = body.end()
    return cut_to_name(text, begins, end)


def is_pronoun(text: str, start: int, stop: int) -> bool:
    """Whether the words before a verb are only "he", with adverbials or not."""
    begins, end = trimmed(text, start, stop)
    begins = led(text, begins, end)
    alone = re.compile(
        rf"(?:{words('pronouns').pattern})(?:\s(?:{_WHEN}).*)?", re.IGNORECASE
    )
    return bool(alone.fullmatch(text, begins, end))


def _behind_place(text: str, begins: int, stop: int) -> int:
    """Where the name begins behind words for time, medium, body or document."""
    padded = max(begins - 1, 0)
    while lead := re.compile(rf"\s?(?:{_WHEN})[^\s]*\s").match(text, padded, stop):
        begins, padded = lead.end(), lead.end() - 1
    for regex in (_MEDIUM, re.compile(r"(?:в|во)\s(?=\w)")):
        if found := regex.match(text, begins, stop):
            begins = found.end()
    document = words("documents").match(text, begins, stop)
    if document and words_in(text, document.end(), stop):
        begins = document.end() + 1
    return begins
