"""Which of the three languages a text is in, by script and common words."""

import re

_SAMPLE = 20_000
_PERSIAN = frozenset("پچژگکی")
_ARABIC_ONLY = frozenset("ةىيكؤإ")
_NEITHER = frozenset("ٹڈڑےھںۂێۆڕڵټډړښګۍ")
"""Letters of Urdu, Kurdish and Pashto."""

_WORDS = {
    "fa": frozenset(
        re.findall(r"\w+", "و در به از که این را با است برای کرد شد آن تا")
    ),
    "ru": frozenset(
        re.findall(r"\w+", "и в на не что с по из за его как это для к он")
    ),
    "en": frozenset(
        re.findall(r"\w+", "the of and to in that is was for on said by has")
    ),
}
_NOT_RUSSIAN = frozenset("іїєґўәғқңөұүһђјљњћџѓќѕӣҷӯҳ")
_RUSSIAN_ONLY = frozenset("ыэё")
_SOON = 25
_LETTERS = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str | None:
    """Name the language, `fa`, `ru` or `en`, or None where it is none of them.

    The script decides between the three; a language of the same script is told apart
    by the commonest words and by letters of its own. A text of a few words is given
    the benefit of the doubt.

    >>> detect("Совет принял решение о направлении сил.")
    'ru'
    >>> detect("Der Rat hat heute in Wien beschlossen, keine Truppen zu entsenden.")
    """
    # The letters at the head decide, so that a text's end does not change its reading.
    words = [word.lower() for word in _LETTERS.findall(text[:_SAMPLE])]
    scripts = {"fa": 0, "ru": 0, "en": 0}
    for word in words:
        if script := _script(word[0]):
            scripts[script] += len(word)
    language = max(scripts, key=lambda name: scripts[name])
    if 2 * scripts[language] <= sum(len(word) for word in words):
        return None
    return language if _is_plausible(language, words) else None


def _script(letter: str) -> str | None:
    if "\u0600" <= letter <= "\u06ff":
        return "fa"
    if "а" <= letter <= "я" or letter == "ё":
        return "ru"
    if "a" <= letter <= "z":
        return "en"
    return None


def _is_russian(words: list[str]) -> bool:
    """Whether Cyrillic words are Russian: its letters, and ы or э before long."""
    foreign = sum(bool(set(word) & _NOT_RUSSIAN) for word in words)
    own = any(set(word) & _RUSSIAN_ONLY for word in words)
    return foreign * 20 <= len(words) and (own or len(words) < _SOON)


def _is_plausible(language: str, words: list[str]) -> bool:
    common = sum(word in _WORDS[language] for word in words)
    if language == "fa":
        own = sum(char in _PERSIAN for word in words for char in word)
        foreign = sum(char in _ARABIC_ONLY for word in words for char in word)
        if any(set(word) & _NEITHER for word in words):
            return False
        return own + common >= foreign or common * 12 >= len(words)
    if language == "ru":
        return _is_russian(words)
    return len(words) < 8 or common * 10 >= len(words)
