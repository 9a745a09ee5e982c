"""The law of a stretch of days, and what has once been worked out from it.

Between two days on which a text begins, or a party comes or goes, the text in force and
those whom it binds are the same. So whatever a check asks of the law and of the words of a
doing, and of nothing else in its case, has one answer for the same words. It is worked out
by that check, once, and kept here. How much is kept has a bound: what is more is forgotten.
"""

from bisect import bisect_right
from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from peyman.charter.doing import Finding
from peyman.charter.model import Charter, Text
from peyman.charter.moment import ALWAYS, CALENDAR, start_of

_DAY = 86_400
_SURENESS = ("text", "secondary", "memory")

Found = tuple[Finding, ...]

Alone = tuple[Found, Found, Found, Found]
"""What is remarked on power, addressee and words, and on how surely all that was read."""

Kept = TypeVar("Kept")


class Known(dict[Hashable, Kept], Generic[Kept]):
    """What was worked out, by all that it rests on."""

    most = 4096

    def keep(self, key: Hashable, one: Kept) -> Kept:
        """Remember this; where there is no room, forget the rest."""
        if len(self) >= self.most:
            self.clear()
        self[key] = one
        return one


class Law:
    """The law of a stretch of days.

    Attributes:
        first: The first instant that is surely of these days, whatever the clocks did; so
            that of the days at both edges nothing is said here: that is for `law_on`.
        last: Just after the last such instant.
        text: What is in force.
        acts: Its acts, in no particular form.
        is_sure: Whether no change whose day is not known may fall into these days.
        words: What is remarked on the words of a doing alone, by those words.
        votes: What is remarked on a vote, by rule, roll and ballots.
        unmet: What is remarked where a clause is not met, by articles, clause and member.
        limited: The acts of which a higher norm asks something.
        spans: What each span means: its text, why it is read so, its seconds if it has hours.
        rolls: Who sits in each organ, as long as nobody joins or leaves by an act.
    """

    def __init__(self, charter: Charter, place: int) -> None:
        self.charter = charter
        self._day = charter.changes[place]
        later = charter.changes[place + 1 : place + 2]
        self.first = _instant(self._day, charter.zone) + _DAY
        self.last = _instant(later[0], charter.zone) - _DAY if later else -ALWAYS
        self.text: Text = charter.on(self._day)
        self.acts = {name: forms[""] for name, forms in self.text.acts.items()}
        self.limited = frozenset(
            name for limit in self.text.limits.values() for name in limit.acts
        )
        after = later[0] if later else date.max
        self.is_sure = not any(
            one.first <= after and one.last >= self._day for one in charter.unsure
        )
        self.words: Known[Alone] = Known()
        self.votes: Known[Found] = Known()
        self.unmet: Known[Finding] = Known()
        self.spans: Known[tuple[str, str | None, int | None]] = Known()
        self.rolls: dict[str, tuple[str, ...]] = {}
        self._bound: Known[tuple[str, ...]] = Known()
        self._checked: Known[str] = Known()

    def is_of(self, at: int) -> bool:
        """Whether an instant surely falls into these days."""
        return self.first <= at < self.last

    def bound_by(self, letter: str) -> tuple[str, ...]:
        """The parties to a text, as they are without any act of the case."""
        return self.charter.bound_by(letter, self._day)

    def bound(self, articles: tuple[str, ...]) -> tuple[str, ...]:
        """The parties to the texts of these articles (to any text, if there are none)."""
        known = self._bound.get(articles)
        if known is not None:
            return known
        letters = letters_of(articles) or frozenset(self.charter.texts)
        members = {member for letter in letters for member in self.bound_by(letter)}
        return self._bound.keep(articles, tuple(sorted(members)))

    def checked(self, articles: tuple[str, ...]) -> str:
        """How surely the least sure of these articles was read."""
        known = self._checked.get(articles)
        if known is not None:
            return known
        texts = self.text.articles
        marks = [texts[name].checked for name in articles if name in texts]
        least = max(marks, key=_SURENESS.index, default="text")
        return self._checked.keep(articles, least)


def law_on(charter: Charter, day: date) -> Law:
    """The law of a day of the charter's zone."""
    place = bisect_right(charter.changes, day) - 1
    law = charter.laws.get(place)
    if law is None:
        law = charter.laws[place] = Law(charter, place)
    return law


@lru_cache(maxsize=1024)
def letters_of(articles: tuple[str, ...]) -> frozenset[str]:
    """The texts to which articles belong: `T` of `T 4`."""
    return frozenset(name.partition(" ")[0] for name in articles)


def _instant(day: date, zone: str) -> int:
    return CALENDAR if day == date.min else start_of(day, zone)
