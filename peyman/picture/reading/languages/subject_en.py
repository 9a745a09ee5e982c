"""Who speaks in an English clause: the words of a subject, and what stands beside them.

A subject is found before its verb ("X, the mayor, said") or behind it ("said X, the
mayor"). Words for when, where and to whom something was said are left outside.
"""

import re
from itertools import pairwise

from peyman.picture.reading.attribution import Region, trimmed, words_in
from peyman.picture.reading.languages.lexicon import lexicon

_LEX = lexicon("en")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = (
    rf"(?:on\s|late\s|early\s)*(?:{_DAY}(?:\s(?:morning|evening|night|afternoon))?"
    r"|[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}|yesterday|today|earlier"
    r"|later|tonight|last\snight)"
)
_WHERE = (
    r"(?:in|at|during|via|on|through|after)\s(?:a|an|the|his|her|its|their)?\s?"
    r"(?:[\w'-]+\s){0,4}?(?:statement|interview|post|tweet|address|speech|briefing"
    r"|letter|conference|meeting|session|message|call|page|channel|account|remarks"
    r"|television|Facebook|Telegram|Twitter|X|summit|report)"
    r"(?:\s(?:with|to|of|published|posted|released)\s(?:[\w'-]+\s?){1,4}?)?"
)
WHOM = (
    r"(?:to|by)?\s?(?:reporters|journalists|the\spress|lawmakers|parliament"
    r"|(?:a|the)\s(?:[\w'-]+\s){0,2}(?:briefing|conference|meeting|council|session)"
    r"|state\s(?:television|media|TV)|him|her|them|us|[A-Z][\w'-]*(?:\s[A-Z][\w'-]*)*)"
)
ADJUNCT = rf"(?:,?\s(?:{_WHEN}|{_WHERE}|{WHOM}))"
_CUTS = re.compile(
    rf",\s(?:who|which|speaking|in\s|on\s|at\s|while|when|addressing|citing|also)"
    rf"|\s(?:on\s)?{_DAY}|\s(?:in|at|on)\s(?:a|an|his|her|its|their)\s|\searlier\b"
    r"|\slater\b|\salso\b|\s[a-z]+ed\s.*\band$|\s(?:met|held|went|came)\s.*\band$"
)
_LONGEST_SUBJECT = 24
LONGEST_TAIL = 12


def words(*names: str) -> "re.Pattern[str]":
    """The words of lists of `en.toml`, compiled."""
    return _LEX.regex(*names)


def issuer(text: str, start: int, end: int) -> tuple[Region, str]:
    """«a statement by X» is X speaking; «a notice» speaks for itself."""
    document = words("documents").match(text, start, end)
    if document is None:
        return (start, end), "source"
    by = re.compile(r"\b(?:by|from|of)\s").search(text, document.end(), end)
    if by:
        return (by.end(), end), "source"
    return (start, end), "document"


def comma_after_name(text: str, start: int, end: int) -> int | None:
    """The comma that ends a name with what stands beside it: «X, the mayor, ...»."""
    commas = [at for at in range(start, end) if text[at] == ","][:3]
    if not commas or words_in(text, start, commas[0]) > LONGEST_TAIL:
        return None
    for comma, after in pairwise(commas):
        if not is_aside(text[comma + 1 : after].strip()):
            return comma
    return commas[-1]


def is_aside(words: str) -> bool:
    """Whether words between commas are a name or an office, not a clause."""
    pieces = words.split()
    if not pieces or len(pieces) > LONGEST_TAIL:
        return False
    if len(pieces) <= 4 and all(piece[0].isupper() for piece in pieces):
        return True
    return bool(
        re.match(
            r"(?:the|a|an|its|his)?\s?(?:[\w'-]+\s){0,4}?(?:president|minister|chair\w*"
            r"|head|spokes\w+|mayor|governor|commander|chief|secretary|director|leader"
            r"|ambassador|premier|deputy|general|official|adviser|analyst)\b",
            words,
            re.IGNORECASE,
        )
    )


def beside(text: str, begins: int, verb: "re.Match[str]", stops: int) -> Region | None:
    """The subject before a verb, or else behind it: «X said», «said X»."""
    if verb.start() > begins and text[begins : verb.start()].strip():
        if is_pronoun(text, begins, verb.start()):
            return None
        return subject_before(text, begins, verb.start())[0]
    after = re.compile(r"[,.;:«\"]").search(text, verb.end(), stops)
    stop = after.start() if after else stops
    if after and after.group() == ",":
        following = re.compile(r"[,.;:«\"]").search(text, after.end(), stops)
        aside_end = following.start() if following else stops
        if is_aside(text[after.end() : aside_end].strip()):
            stop = aside_end
    begins, stop = trimmed(text, verb.end(), stop)
    cut = re.compile(ADJUNCT.replace(",?", "") + r"\s*$").search(text, begins, stop)
    if cut and cut.start() > begins and cut.group().strip()[:1].islower():
        stop = cut.start()
    if begins >= stop or words("pronouns").fullmatch(text, begins, stop):
        return None
    return trimmed(text, begins, stop)


def are_asides(words: str) -> bool:
    """Whether words before a verb are one subject and what stands beside it."""
    subject, *asides = [piece.strip() for piece in words.split(",")]
    if not subject:
        return False
    return len(subject.split()) <= LONGEST_TAIL and all(map(is_aside, asides))


def could_speak(text: str, subject: Region) -> bool:
    """Whether a subject is a person or body: a capital, or a word for one who speaks."""
    words = text[slice(*subject)].split()
    return any(word[0].isupper() for word in words[1:] or words) or bool(
        re.search(
            r"\b(?:official|minister|ministry|police|spokes\w+|president|mayor|governor"
            r"|government|source|witness|agency|commander|secretary|officials|leaders?"
            r"|council|committee|parliament|head|chief|resident|residents|lawyer)s?\b",
            text[slice(*subject)],
            re.IGNORECASE,
        )
    )


def subject_before(
    text: str, start: int, stop: int
) -> tuple[Region | None, tuple[Region, ...]]:
    """The subject before a verb, without adverbials; and an earlier predicate."""
    begins, end = trimmed(text, start, stop)
    while skipped := words("adverbials").match(text, begins, end):
        begins = trimmed(text, skipped.end(), end)[0]
    if words("leading").match(text, begins, end):
        comma = text.find(",", begins, end)
        if comma >= 0:
            begins = trimmed(text, comma, end)[0]
    cut = _CUTS.search(text, begins, end)
    own: tuple[Region, ...] = ()
    if cut:
        joined = text[begins:end].endswith(" and")
        own = ((begins, trimmed(text, begins, end - 3)[1]),) if joined else ()
        end = cut.start()
    begins, end = trimmed(text, begins, end)
    if begins >= end or words_in(text, begins, end) > _LONGEST_SUBJECT:
        return None, ()
    if is_pronoun(text, begins, end):
        return None, own
    return (begins, end), own


def is_pronoun(text: str, start: int, end: int) -> bool:
    """Whether the words before a verb are only "he", with adverbials or not."""
    begins, stops = trimmed(text, start, end)
    while skipped := words("adverbials").match(text, begins, stops):
        begins = trimmed(text, skipped.end(), stops)[0]
    comma = text.rfind(",", begins, stops)
    if comma >= 0 and words("leading").match(text, begins, stops):
        begins = trimmed(text, comma, stops)[0]
    return bool(words("pronouns").fullmatch(text, begins, stops))
