"""Sentences that can be said again in another language.

The pure rooms reason in English. `say` makes a sentence from a template and from what stands
in its gaps, and the sentence remembers both: whoever shows it in another language translates
the template and names what stands in the gaps by that language's words. As a text it is the
English sentence, so that nothing else needs to know. `peyman.web.views.telling.sentences` turns it.

The last word of a gap's name says what stands in it, the same in every template:

    actor     an office, an organ, a member, or a name from a source; `nobody named`
    charter   a charter by its id
    act       an act by its full name; in English its own name, `request`
    ground    a ground by its full name; in English its own name, `armed_attack`
    article   an article, `T 4`
    n         a number
    day, at   an ISO 8601 day; an instant
    place     a place of the list, by its id
    says      what an article says, language to text
    sentence  a sentence that was itself said
    outcome   what became of a vote
    code      a word of the standing or of a charter: a form, a fact, a span
    words     words that are nobody's to translate: a name, a path, what was typed
"""

from collections.abc import Mapping
from functools import cache
from typing import Final


class Either(tuple[object, ...]):
    """Things of which one is meant: `the council or the chair`."""

    __slots__ = ()


class Series(tuple[object, ...]):
    """Sentences that stand beside each other."""

    __slots__ = ()


class Said(str):
    """A sentence in English, and how it was made.

    Attributes:
        template: The sentence with its gaps, as it is translated.
        values: What stands in each gap; of a tuple, one thing after the other.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]


EACH: Final = "{each_sentence}"
"""The template of a series, which has no words of its own."""


def say(template: str, /, **values: object) -> Said:
    """Make a sentence.

    >>> said = say("{actor} may not; {other_actor} may", actor="RU", other_actor="KZ")
    >>> said
    'RU may not; KZ may'
    >>> said.values["other_actor"]
    'KZ'
    >>> say("{act} is not {other_act}", act="csto.help.ask", other_act=Either("ab"))
    'ask is not a or b'
    """
    english = template.format(
        **{gap: _english(gap, one) for gap, one in values.items()}
    )
    said = Said(english)
    said.template = template
    said.values = values
    return said


def series(*sentences: str | None) -> Said | None:
    """Sentences one after the other, those that are there; None where none is.

    >>> series("one", None, "two")
    'one; two'
    """
    there = Series(one for one in sentences if one)
    return say(EACH, each_sentence=there) if there else None


@cache
def kind_of(gap: str) -> str:
    """What stands in a gap of that name.

    >>> kind_of("other_actor")
    'actor'
    """
    return gap.rpartition("_")[2]


def _english(gap: str, value: object) -> str:
    if isinstance(value, tuple):
        between = {Either: " or ", Series: "; "}.get(type(value), ", ")
        return between.join(_english(gap, one) for one in value)
    kind = kind_of(gap)
    if kind == "says" and isinstance(value, Mapping):
        return str(value.get("en", ""))
    if kind == "act":
        return str(value).rpartition(".")[2]
    if kind == "ground":
        return str(value).rpartition("/")[2]
    return str(value)
