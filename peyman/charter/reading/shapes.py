"""What a word of the charter language is: its shape, what its names stand for, its table.

The words themselves are in `peyman.charter.language`, which is all that a reader of a
charter needs to see; how a shape is read belongs to `peyman.charter.reading.values`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

FILE = "section 1: the file"

LANGUAGES = ("en", "fa", "ru")
"""Languages in which `says` may stand."""


class Shape(StrEnum):
    """What a value looks like, in the words in which a message asks for it."""

    TEXT = "words in quotation marks"
    TEXTS = "words in quotation marks, or a list of them"
    FLAG = "true or false"
    DATE = "a date without quotation marks, such as 2012-12-19"
    DATES = "a list of dates without quotation marks"
    CHOICE = "one of its words"
    NAME = "a name in quotation marks"
    NAMES = "a name in quotation marks, or a list of them"
    ALL_OR_ANY = "a name, a list (all of them), or { any = [..] } (one of them)"
    DONE = "a name, a list (all of them), { any = [..] } or { ratify = 9 }"
    OPENS = 'true, or the kind of matter under which it opens, such as "aid"'
    SAYS = "words in quotation marks, or { en = .., fa = .., ru = .. }"
    OF = '"members" or "parties to T", where T is a letter of [texts]'
    SHARE = '"at least 2/3", "more than 1/2" or "at least 9", or one of its words'
    SPAN = 'a number and a unit, such as "24 hours" or "5 working days"'
    SPANS = 'a table of acts, each with its span, such as { consult = "24 hours" }'
    LIMITS = 'a table of facts, each with its span, such as { term = "30 days" }'
    LASTS = "a span, a date, a fact, { later = [..] }, { earlier = [..] } or { while = [..] }"
    FACTS = 'a table of facts, each with its words, such as { cost = "theirs" }'
    READINGS = "a list of two or more readings, each in words or { en = .., fa = .. }"
    ZONE = 'an IANA time zone, such as "Asia/Almaty"'
    DAYS = 'two days, the later one last, such as "2022-02-07/2022-02-18"'
    BOUND = 'a date, "1994-04-20/1999-04-02", or a list of them'


@dataclass(frozen=True, slots=True)
class Known:
    """What a name may stand for: where it is defined, and words that need no table.

    Attributes:
        what: The kind of thing, as a message says it.
        add: How to define one; `{}` is its name.
        tables: The tables of a charter whose keys are such names.
        words: Names that the language itself has.
    """

    what: str
    add: str
    tables: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_BODY = ("add [organs.{0}] or [offices.{0}]", ("organs", "offices"))
_ANYBODY = (
    "member",
    "each member",
    "another member",
    "each other member",
    "subject",
    "time",
    "outside",
)


class Ref(Enum):
    """What the names in a value refer to."""

    ARTICLE = Known("article", 'add [articles."{}"]', ("articles",))
    GROUND = Known("ground", "add [grounds.{}]", ("grounds",))
    RULE = Known("rule", "add [rules.{}]", ("rules",))
    ORGAN = Known("organ", "add [organs.{}]", ("organs",))
    OFFICE = Known("office", "add [offices.{}]", ("offices",))
    TEXT = Known("text", "add it to [texts]", ("texts",))
    MEMBER = Known("member", "add it to [members] or [parties.T]", ("members",))
    ACT = Known("act", "add [{}]", ("acts",))
    KIND = Known("kind of matter", "add an act [{}.ask]", ("kinds",))
    ADDRESSEE = Known("organ or office", *_BODY)
    ACTOR = Known("organ or office", *_BODY, _ANYBODY)
    WORD_OF = Known("organ or office", *_BODY, ("member", "subject"))
    LEFT_OUT = Known(
        "act or fact",
        "add it to the `fixes` of an act",
        ("acts", "facts"),
        ("subject",),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a table.

    Attributes:
        name: As it stands in a file.
        shape: What its value looks like.
        means: One line of explanation.
        default: What holds without it, in words.
        ref: What the names in its value refer to.
        choices: The words that its value may be, where they are few.
        is_required: Whether a table in force must have it.
        sees_above: Whether it may name acts of the matter under which its own opened.
        attribute: The attribute of the model that holds it.
    """

    name: str
    shape: Shape
    means: str
    default: str = "none"
    ref: Ref | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    sees_above: bool = False
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table.

    Attributes:
        name: Its name at the top of a file; `acts` are under any other name.
        header: How it is headed.
        a: How a message names it: `an organ`.
        section: Where docs/charter-language.md explains it.
        words: Its words; empty where its keys are names.
        keys: What its own keys are, where they are names.
        shape: The shape of its values, where its keys are names.
        is_dated: Whether dates may head sub-tables.
        has_forms: Whether forms may head sub-tables.
        is_required: Whether every charter has it.
    """

    name: str
    header: str
    a: str
    means: str
    section: str = FILE
    words: Mapping[str, Word] = field(default_factory=dict)
    keys: str = ""
    shape: Shape | None = None
    is_dated: bool = False
    has_forms: bool = False
    is_required: bool = False
