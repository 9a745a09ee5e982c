"""Reporting clauses in English.

Before what was said ("X said on Monday that ...", "X told Y: ..."), behind it ("...,
said X", "..., X said", "..., according to X"), within it ("The airport, X said, is
open"), and verbs whose object is what was said ("X denied ...", "X called for ...").
"""

import re
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
from peyman.picture.reading.languages.subject_en import (
    ADJUNCT,
    LONGEST_TAIL,
    WHOM,
    are_asides,
    beside,
    comma_after_name,
    could_speak,
    is_pronoun,
    issuer,
    subject_before,
    words,
)

_LEX = lexicon("en")
_AUX = (
    r"(?:(?:has|have|had|also|later|earlier|then|further|again|repeatedly|reportedly|"
    r"previously|publicly|already|did|would|and|is|was)\s)*"
)
_LINK = re.compile(
    rf"(?P<adjunct>{ADJUNCT}*?)"
    rf"(?:,?\s(?P<that>that)(?=\s)|(?P<colon>:)|,?\s?(?P<quote>[«\"']?{MASK}))"
)
_SUBJECT_BEHIND = re.compile(
    r"\s(?!(?:of|that|about|on|in|at|to|for|against|with|by|from|how|why|when|as|and|it"
    r"|there|what)\b)\w"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|should|did|does)\s"
)
_TAIL_WINDOW = 250
"""Characters behind a comma within which a verb of saying belongs to it."""
_LOOSE = re.compile(
    r"\s(?:in|at|on|to|during|by|through|from|via|after|before|late|early|with|the|an|a)"
    r"\s[^,:;.]{2,90}?\s(?P<that>that)(?=\s)"
)
_QUOTED_AS = re.compile(
    r"(?<!\w)(?:quoted|cited|quotes|cites)\s(?=[^,.]{2,80}\sas saying)"
)
_NO_CONTENT = (
    r"(?!(?:on|in|at|to|by|during|via|through|from|late|early|earlier|later|after|and"
    r"|before|of|about|for|with|when|while|as|nothing|but)\b)"
)
_BARE = re.compile(rf"(?P<adjunct>{ADJUNCT}*)\s(?=[\w«\"'$]){_NO_CONTENT}")
_CITING = re.compile(r",\s(?:citing|quoting|with reference to)\s")
_TOLD = re.compile(rf"\s(?:{WHOM})(?P<adjunct>{ADJUNCT}*)\s(?=\w)")
_TAIL = re.compile(rf"{ADJUNCT}*[\s.]*$")
_RELATIVE = re.compile(
    r"(?:\b(?:who|which|that|what|as|to|not|when|where|while|if|and\swho|than)"
    r"|n't)\s$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z'.-]+(?:\s[A-Z'.-]{2,})*(?:,\s[A-Z][\w.]+){0,2}?)"
    r"(?:[,.]?\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?|,?\s\d{1,2}\s[A-Z][a-z]+)?"
    r"[.,]?\s*(?:[(/](?P<outlet>[^()/]{2,40})[)/])?[.\s]*(?:—|--?|:)?\s*"
)


@cache
def _verbs(name: str) -> "re.Pattern[str]":
    return re.compile(_AUX + any_of(_LEX.words(name), "en"))


def outlet(text: str, start: int, end: int) -> Masthead | None:
    """«MOSCOW, January 6 (Agency) —» or «ALMATY. /AGENCY/.» at a report's head."""
    found = _DATELINE.match(text, start, end)
    if not found or text[found.end() - 1].isalnum():
        return None
    behind = text[found.end("place") : found.end()]
    if not found["outlet"] and not ("—" in behind or "-" in behind):
        return None
    if not found["outlet"] and not found["place"].isupper():
        return None
    named = found.span("outlet") if found["outlet"] else None
    whole = trimmed(text, *found.span())
    return Masthead(named, None, (whole[0], max(whole[1], named[1] if named else 0)),
                    found.end())  # fmt: skip


def headline(text: str, start: int, end: int) -> Attribution | None:
    """Who speaks in a headline, if anybody but the outlet does."""
    return in_headline(text, start, end) or attribution(text, start, end)


def attribution(text: str, start: int, end: int) -> Attribution | None:
    """The outermost reporting clause of a stretch of text, or None."""
    return (
        _relaying_source(text, start, end)
        or _source(text, start, end)
        or _relayed(text, start, end)
        or _pre_posed(text, start, end)
        or _around_quotes(text, start, end)
        or _post_posed(text, start, end)
        or _predicate(text, start, end)
    )


def _relaying_source(text: str, start: int, end: int) -> Attribution | None:
    """«According to X, ..., Y reported.»: Y speaks, and within it X."""
    if not words("sources").match(text, start, end):
        return None
    found = _post_posed(text, start, end)
    return found if found and found.verb and not found.parts[0].is_plain else None


def _source(text: str, start: int, end: int) -> Attribution | None:
    """«According to X, ...»."""
    cue = words("sources").match(text, start, end)
    if cue is None:
        return None
    comma = comma_after_name(text, cue.end(), end)
    if comma is None:
        return None
    rest = trimmed(text, comma, end)
    speaker, kind = issuer(text, *trimmed(text, cue.end(), comma))
    form = "notice" if kind == "document" else "announcement"
    return Attribution(speaker, (start, comma), (Part(*rest, form),), kind=kind)


def _relayed(text: str, start: int, end: int) -> Attribution | None:
    """«X quoted Y as saying ...»: X speaks, and within it Y."""
    verb = _QUOTED_AS.search(text, start, end)
    if verb is None:
        return None
    subject, own = subject_before(text, start, verb.start())
    parts = (Part(*trimmed(text, verb.end(), end), "announcement"),)
    return Attribution(subject, (start, verb.end()), parts, own=own, verb=verb.span(),
                       kind="source")  # fmt: skip


def _pre_posed(text: str, start: int, end: int) -> Attribution | None:
    """«X said that ...», «X told Y: ...», «X said the ...»."""
    for verb in _verbs("said").finditer(text, start, end):
        if MASK in text[start : verb.start()]:
            return None
        if _RELATIVE.search(text[start : verb.start()]) or verb.start() == start:
            continue
        if _is_behind(text[start : verb.start()]):
            continue
        begins, is_open = _content_start(text, verb, end)
        if begins is None:
            continue
        subject, own = subject_before(text, start, verb.start())
        if subject is None and not is_pronoun(text, start, verb.start()):
            continue
        if subject and words("first_person").search(text, *subject):
            return None
        parts = _said_parts(text, begins, end)
        return Attribution(
            subject, (start, begins), parts, own=own, verb=verb.span(),
            continues=_continues(verb), runs_on=is_open and MASK not in text[begins:end],
        )  # fmt: skip
    return None


def _is_behind(before: str) -> bool:
    """Whether a whole clause and a comma stand before a verb: «..., said X»."""
    if not before.rstrip().endswith(",") or re.search(r"\b(?:who|which)\b", before):
        return False
    return bool(_FINITE.search(before))


def _content_start(
    text: str, verb: "re.Match[str]", end: int
) -> tuple[int | None, bool]:
    """Where what was said begins behind a verb, and whether a colon opens it."""
    link = _LINK.match(text, verb.end(), end)
    if link:
        begins = link.start("quote") if link["quote"] else link.end()
        return trimmed(text, begins, end, " ")[0], bool(link["colon"])
    if loose := _LOOSE.match(text, verb.end(), end):
        return trimmed(text, loose.end(), end, " ")[0], False
    word = verb.group().split()[-1]
    if word in {"told", "tells", "assured", "informed"}:
        told = _TOLD.match(text, verb.end(), end)
        return (told.end() if told else None), False
    bare = _BARE.match(text, verb.end(), end)
    if bare is None or word not in {"said", "says", "say", "believes", "saying", "insists",
                                    "insisted", "claims", "claimed", "reports", "reported",
                                    "estimated", "confirmed", "alleges", "alleged"}:  # fmt: skip
        return None, False
    if words_in(text, bare.end(), end) < 3 or _TAIL.match(text, verb.end(), end):
        return None, False
    return bare.end(), False


def _said_parts(text: str, begins: int, end: int) -> tuple[Part, ...]:
    begins, end = trimmed(text, begins, end)
    lead = text[begins:end].lstrip("«\"' ")
    if lead.startswith(MASK):
        return tuple(quoted_parts(text, begins, end, words("participials")))
    pieces = coordinated(
        text, begins, end, (m.span() for m in _again().finditer(text, begins, end))
    )
    return tuple(Part(*piece, "announcement") for piece in pieces)


@cache
def _again() -> "re.Pattern[str]":
    """«..., and added that», «, adding that»: the same speaker goes on."""
    verbs = any_of(_LEX.words("said"), "en")
    added = any_of(
        [word for word in _LEX.words("participials") if word.endswith("that")], "en"
    )
    return re.compile(rf",?\sand\s(?:also\s)?{verbs}\s(?:that\s)?|,\s{added}\s")


def _around_quotes(text: str, start: int, end: int) -> Attribution | None:
    """«"...," X said», «"...," said X. », «"...," X said, "..."»."""
    first = text.find(MASK, start, end)
    if first < 0:
        return None
    for verb in _verbs("said").finditer(text, first, end):
        gap = text.rfind(MASK, start, verb.start()) + 1
        begins = trimmed(text, gap, verb.start(), " «»\"',.")[0]
        stops = text.find(MASK, verb.end(), end)
        stops = stops if stops >= 0 else end
        subject = beside(text, begins, verb, stops)
        before = trimmed(text, start, first, " «»\"'")
        own = (before,) if words_in(text, *before) > 3 else ()
        return Attribution(
            subject, (begins, verb.end()),
            tuple(quoted_parts(text, start, end, words("participials"))), own=own,
            verb=verb.span(), continues=_continues(verb),
        )  # fmt: skip
    return None


def _post_posed(text: str, start: int, end: int) -> Attribution | None:
    """«..., X said.», «..., said X.», «..., according to X.», «A, X said, B»."""
    commas = [at for at in range(start, end) if text[at] == ","]
    for comma in commas:
        found = _tail(text, start, comma, end)
        if found:
            return found
    sources = list(words("sources").finditer(text, start, end))
    return _behind(text, start, sources[-1], end) if sources else None


def _behind(
    text: str, start: int, source: "re.Match[str]", end: int
) -> Attribution | None:
    """«..., according to X.» and «A, according to X, B»."""
    if source.start() == start:
        return None
    is_within = text[: source.start()].rstrip().endswith(",")
    comma = comma_after_name(text, source.end(), end) if is_within else None
    speaker = trimmed(text, source.end(), comma or end)
    said = trimmed(text, start, end if comma else source.start())
    if words_in(text, *speaker) > LONGEST_TAIL or words_in(text, *said) < 3:
        return None
    speaker, kind = issuer(text, *speaker)
    part = Part(*said, "announcement", is_plain=bool(comma))
    return Attribution(speaker, (source.start(), comma or end), (part,), kind=kind)


def _tail(text: str, start: int, comma: int, end: int) -> Attribution | None:
    begins = comma + 2
    verb = _verbs("said").search(text, begins - 1, min(end, begins + _TAIL_WINDOW))
    if verb is None or words_in(text, begins, verb.start()) > LONGEST_TAIL:
        return None
    before = text[begins : verb.start()]
    if _RELATIVE.search(before) or not (
        _is_inverted(text, begins, verb, end) or are_asides(before)
    ):
        return None
    behind = re.compile(r",\s").search(text, verb.end(), end)
    stops = _CITING.search(text, verb.end(), end) or words("participials").search(
        text, verb.end(), end
    )
    closes = _TAIL.match(text, verb.end(), stops.start() if stops else end)
    if (
        before.strip()
        and not closes
        and not (behind and _TAIL.match(text[verb.end() : behind.start()]))
    ):
        return None
    is_within = behind and not closes and before.strip() and not stops
    said = trimmed(text, start, end if is_within else comma)
    if words_in(text, *said) < 2:
        return None
    has_source = bool(words("sources").match(text, *said))
    added = trimmed(text, stops.end(), end) if stops else (end, end)
    is_cited = bool(stops and _CITING.fullmatch(stops.group()))
    more = (Part(*added, "announcement"),) if stops and not is_cited else ()
    return Attribution(
        beside(text, begins, verb, stops.start() if stops else end),
        (begins, verb.end()),
        (Part(*said, "announcement", is_plain=not has_source), *more),
        verb=verb.span(), continues=_continues(verb), relay=added if is_cited else None,
    )  # fmt: skip


def _is_inverted(text: str, begins: int, verb: "re.Match[str]", end: int) -> bool:
    """«said X»: the verb first, and a subject behind it."""
    if text[begins : verb.start()].strip():
        return False
    return bool(_SUBJECT_BEHIND.match(text, verb.end(), end))


def _predicate(text: str, start: int, end: int) -> Attribution | None:
    """«X denied ...», «X called for ...»."""
    for verb in _verbs("predicates").finditer(text, start, end):
        if MASK in text[start : verb.start()] or _RELATIVE.search(
            text[start : verb.start()]
        ):
            continue
        if re.search(r"\b(?:was|were|is|are|been|be)\s", verb.group() + " "):
            continue
        subject, own = subject_before(text, start, verb.start())
        is_he = is_pronoun(text, start, verb.start())
        if (subject is None and not is_he) or words_in(text, verb.end(), end) < 1:
            continue
        if subject and words("first_person").search(text, *subject):
            return None
        if subject and not could_speak(text, subject):
            continue
        denial = words("denied").search(verb.group())
        said = trimmed(text, verb.start(), end)
        return Attribution(
            subject, (start, verb.end()),
            (Part(*said, "denial" if denial else "announcement", is_plain=True),),
            own=own, verb=verb.span(),
        )  # fmt: skip
    return None


def _continues(verb: "re.Match[str]") -> bool:
    return bool(words("continued").search(verb.group()))


def is_first_person(text: str, start: int, end: int) -> bool:
    """Whether a sentence says "we" or "I"."""
    return bool(words("first_person").search(text, start, end))


def pieces(text: str, start: int, end: int) -> list[Region]:
    """A quoted stretch; no reporting clause stands inside one."""
    return [(start, end)]
