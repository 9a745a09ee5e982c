"""How a page says things: its words, its numbers, its days. The drawings have none of these.

Words are asked for in English, and every one that a drawing may ask for is in `wording`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peyman.charter.moment import day_of, read_instant
from peyman.picture.places import places


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The language of a page, and the zone of its case.

    Attributes:
        code: `en`, `fa` or `ru`. Time runs from right to left where the text does.
        words: A word or sentence of `wording` in this language, or the words for an act
            that is named as CHARTER.KIND.ACT.
        number: A count, in its digits.
        day: A day in short, for an axis: `6 Jan`.
        moment: A moment as `peyman show --json` prints it, an instant or A/B, in full.
        actor: Who is said to speak or act: `csto/council`, or a name from a source.
        zone: The IANA zone whose days are drawn.
    """

    code: str = "en"
    words: Callable[[str], str] = str
    number: Callable[[int], str] = str
    day: Callable[[date], str] = date.isoformat
    moment: Callable[[str], str] = str
    actor: Callable[[str], str] = str
    zone: str = "UTC"

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.code == "fa"

    @property
    def comma(self) -> str:
        """What stands between parts of a list."""
        return "، " if self.is_rtl else ", "

    def when(self, at: str) -> str:
        """A moment in short: the day on which it began, the hour only where it is known."""
        begun, slash, _ = at.partition("/")
        if begun == ".." or not slash:
            return self.moment(at)
        return self.day(day_of(read_instant(begun), self.zone))

    def place(self, place: str) -> str:
        """The usual name of a place; its id where the list does not have it."""
        known = places().get(place)
        return known.names[self.code][0] if known else place

    def member(self, member: str) -> str:
        """The name of a member; `all` is the whole force."""
        return (
            self.words("all members") if member == "all" else self.place(member.lower())
        )

    def amount(self, low: int | None, high: int | None) -> str:
        """A count that may have bounds: `150`, `70–100`, `70 or more`, `not known`."""
        if low is None:
            return self.words("not known")
        if high is None:
            return self.words("{n} or more").format(n=self.number(low))
        if low == high:
            return self.number(low)
        return f"{self.number(low)}–{self.number(high)}"
