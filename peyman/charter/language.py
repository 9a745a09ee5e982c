"""The words of the charter language, as data: what the reader walks, docs are made of.

For every table: its words, the shape of each value, what it means, what holds without it.
A word that is not here is refused. What words do to a case belongs to
`peyman.charter.kernel`.

Source: docs/charter-language.md, sections 1, 2 and 4.
"""

from peyman.charter.reading.shapes import Ref, Shape, Table, Word

ACT = "section 2: the words of an act"
RULE = "section 4: rules"
VERSION = "section 1: one rule of versions and variants"


def _words(*words: Word) -> dict[str, Word]:
    return {word.name: word for word in words}


def _while(means: str) -> Word:
    shape, ref = Shape.ALL_OR_ANY, Ref.ACT
    return Word("while", shape, means, ref=ref, sees_above=True, attribute="meanwhile")


def _art(*, is_required: bool = False) -> Word:
    means = "the article that it rests on"
    default = "required" if is_required else "none"
    ref = Ref.ARTICLE
    return Word("art", Shape.NAME, means, default, ref, is_required=is_required)


_RECKONING = _words(
    Word("zone", Shape.ZONE, "whose days are meant", "required", is_required=True),
    Word("holidays", Shape.DATES, "days that are no working days"),
    Word(
        "notice",
        Shape.CHOICE,
        "whether a notice counts from the day it is sent or received",
        "sent",
        choices=("sent", "received"),
    ),
)

_ORGANS = _words(
    Word("name", Shape.TEXT, "its full name", "its key", attribute="title"),
    _art(),
    Word("of", Shape.OF, "whose states sit in it", "not of states"),
    Word("members", Shape.NAMES, "who sits in it, where not all do", ref=Ref.MEMBER),
    Word(
        "except",
        Shape.NAMES,
        "members without a seat in it",
        ref=Ref.MEMBER,
        attribute="without",
    ),
    Word("seat", Shape.TEXT, "who sits there for a member", "not said"),
    Word("chair", Shape.NAME, "the office that leads it", ref=Ref.OFFICE),
    Word("secretary", Shape.NAME, "the office that keeps its papers", ref=Ref.OFFICE),
    Word("outside", Shape.FLAG, "true: it belongs to another organization", "false"),
)

_OFFICES = _words(
    _art(),
    Word(
        "held_by",
        Shape.NAME,
        "the office whose holder the text puts here",
        "whom the register names",
        Ref.OFFICE,
    ),
)

_ARTICLES = _words(
    Word(
        "says",
        Shape.SAYS,
        "what it says, in our own words; a plain string is English",
        "required",
        is_required=True,
    ),
    Word(
        "checked",
        Shape.CHOICE,
        "read in the text itself, in a secondary source, or known from memory",
        "memory",
        choices=("text", "secondary", "memory"),
    ),
    Word("source", Shape.TEXT, "where it was read", "not said"),
)

_GROUNDS = _words(
    _art(is_required=True),
    Word(
        "word_of",
        Shape.NAME,
        "whose word decides whether it is met",
        "required",
        Ref.WORD_OF,
        is_required=True,
    ),
    Word("elements", Shape.TEXTS, "what a claim must speak to"),
)

_RULES = _words(
    _art(),
    Word("organ", Shape.NAME, "who decides", "required", Ref.ORGAN, is_required=True),
    Word(
        "carry",
        Shape.SHARE,
        "what carries a decision; the words decide between > and >=",
        "required",
        choices=("no objection", "unanimity"),
        is_required=True,
    ),
    Word(
        "of",
        Shape.CHOICE,
        "of whom the share is taken; voting is yes and no only",
        "roll",
        choices=("roll", "present", "voting"),
    ),
    Word(
        "quorum",
        Shape.SHARE,
        "how many of the roll must be present; carry: as many as carry",
        choices=("carry",),
    ),
    Word(
        "veto", Shape.NAMES, "members whose no defeats it", "nobody has", ref=Ref.MEMBER
    ),
    Word(
        "except",
        Shape.NAMES,
        "out of the roll: the subject, those under an act, whom a fact names",
        "nobody",
        ref=Ref.LEFT_OUT,
        attribute="without",
    ),
    Word(
        "else",
        Shape.NAME,
        "the rule tried on the same ballots when this does not carry",
        ref=Ref.RULE,
        attribute="otherwise",
    ),
    Word("modes", Shape.TEXTS, "ways of meeting that the rule knows", "any"),
    Word("binds", Shape.TEXT, "whom a decision binds", "not shown"),
)

_LIMITS = _words(
    _art(is_required=True),
    Word(
        "acts",
        Shape.NAMES,
        "the acts that it limits",
        "required",
        Ref.ACT,
        is_required=True,
    ),
    Word("after", Shape.ALL_OR_ANY, "what it wants done first", ref=Ref.ACT),
    _while("what it wants in force"),
    Word(
        "disputed",
        Shape.READINGS,
        "readings of it that are held against each other",
        "not disputed",
    ),
)

_ACTS = _words(
    Word("by", Shape.NAMES, "who may", "the organ of the rule of `decide`", Ref.ACTOR),
    Word("to", Shape.NAMES, "the addressee", "nobody checked", Ref.ADDRESSEE),
    Word("decide", Shape.NAME, "is only if this rule adopts it", "no vote", Ref.RULE),
    Word(
        "opens",
        Shape.OPENS,
        "true: begins a matter of its kind; a name: under one of that",
        "false",
        Ref.KIND,
    ),
    Word(
        "after",
        Shape.DONE,
        "only once these are done, or done by so many members",
        ref=Ref.ACT,
        sees_above=True,
    ),
    Word(
        "before",
        Shape.NAMES,
        "only as long as none of these is done",
        ref=Ref.ACT,
        sees_above=True,
    ),
    _while("only while these are in force"),
    Word("on", Shape.NAMES, "grounds that it may name", ref=Ref.GROUND),
    Word(
        "art",
        Shape.NAMES,
        "articles on which it may rest; their letters give the parties",
        "those of the act that opened the matter",
        Ref.ARTICLE,
    ),
    Word("form", Shape.TEXTS, "forms that it may take", "any"),
    Word("fixes", Shape.TEXTS, "facts that it must state"),
    Word("implies", Shape.FACTS, "facts that the text supplies where it is silent"),
    Word("mandate", Shape.FLAG, "true: what it sets up is a mandate", "false"),
    Word("at_most", Shape.LIMITS, "what goes beyond has no effect"),
    Word("agrees", Shape.NAME, "the act that it should repeat", ref=Ref.ACT),
    Word("binds", Shape.TEXT, "who is bound by it", "the rule's `binds`"),
    Word("duty", Shape.SPANS, "obliges to these acts, once", ref=Ref.ACT),
    Word(
        "every",
        Shape.SPANS,
        "obliges to these acts again and again while it is in force",
        ref=Ref.ACT,
    ),
    Word("lapse", Shape.SPANS, "time does these acts on their day", ref=Ref.ACT),
    Word(
        "lasts",
        Shape.LASTS,
        "its own term in force",
        "until ended",
        Ref.ACT,
        sees_above=True,
    ),
    Word(
        "undo",
        Shape.SPANS,
        "on a deed: owed when it stands without a footing",
        ref=Ref.ACT,
    ),
    Word("ends", Shape.NAMES, "these are no longer in force", ref=Ref.ACT),
    Word("amends", Shape.NAMES, "changes these, which are in force", ref=Ref.ACT),
    Word("waive", Shape.NAMES, "discharges the duties to do these", ref=Ref.ACT),
    Word("joins", Shape.NAMES, "the subject joins these texts", ref=Ref.TEXT),
    Word("leaves", Shape.NAMES, "the subject leaves these texts", ref=Ref.TEXT),
    Word("deed", Shape.FLAG, "true: done in the world, not by words", "false"),
    Word(
        "void",
        Shape.CHOICE,
        "the defect that leaves this act without effect",
        choices=("form",),
    ),
    Word("known", Shape.TEXT, "why what `peyman check` finds of it is meant so"),
)

VERSIONS = _words(
    Word("from", Shape.DATE, "the provision begins", "it was always there"),
    Word("repealed", Shape.FLAG, "in a sub-table headed by a date: it ends", "false"),
    Word("unsure", Shape.DAYS, "the change came on a day between these two"),
)
"""Words of every table that dates may change."""

NO_DAY = "no day"
"""The span of what is owed without a day."""

TABLES = {
    table.name: table
    for table in (
        Table(
            "texts",
            "[texts]",
            "a text",
            "letter = name and date of an instrument",
            keys="one capital letter",
            shape=Shape.TEXT,
            is_required=True,
        ),
        Table(
            "reckoning",
            "[reckoning]",
            "the reckoning",
            "how days are counted",
            words=_RECKONING,
            is_required=True,
        ),
        Table(
            "reading",
            "[reading]",
            "a reading",
            "a word without a number = the span that we use for it",
            keys="words of a text",
            shape=Shape.SPAN,
        ),
        Table(
            "members",
            "[members]",
            "a member",
            "who is bound by every text without its own [parties.T], and when",
            keys="the letters of a state or a part of one (ISO 3166)",
            shape=Shape.BOUND,
        ),
        Table(
            "parties",
            "[parties.T]",
            "a party",
            "who is bound by text T, and when",
            keys="the letters of a state or a part of one (ISO 3166)",
            shape=Shape.BOUND,
        ),
        Table(
            "organs",
            "[organs.X]",
            "an organ",
            "a body that decides or is addressed",
            words=_ORGANS,
            is_dated=True,
        ),
        Table(
            "offices",
            "[offices.X]",
            "an office",
            "an office, never a person",
            words=_OFFICES,
            is_dated=True,
        ),
        Table(
            "articles",
            '[articles."T 4"]',
            "an article",
            "what the text says, and how sure we are of it",
            words=_ARTICLES,
            is_dated=True,
        ),
        Table(
            "grounds",
            "[grounds.X]",
            "a ground",
            "a condition of the charter",
            words=_GROUNDS,
            is_dated=True,
        ),
        Table(
            "rules",
            "[rules.X]",
            "a rule",
            "how an organ decides",
            RULE,
            _RULES,
            is_dated=True,
        ),
        Table(
            "limits",
            "[limits.X]",
            "a limit",
            "what a higher norm asks of acts of one kind of matter",
            words=_LIMITS,
            is_dated=True,
        ),
        Table(
            "names",
            "[names]",
            "a name",
            "what readers call an act, a kind of matter, a body, a ground or a member",
            keys="a name of this charter, or `title` for the charter itself",
            shape=Shape.SAYS,
        ),
        Table(
            "acts",
            "[kind.act]",
            "an act",
            "what may be done in a matter of that kind",
            ACT,
            _ACTS,
            is_dated=True,
            has_forms=True,
        ),
    )
}
"""Every table of a charter, by name. `title`, a string, stands before them all."""
