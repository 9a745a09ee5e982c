"""A copy of the text to match in, with the way back to the received characters.

Persian is typed in many ways: Arabic yeh and kaf, a half space or none, vowel marks.
Russian has ё and stress marks. Matching happens on the folded copy; every span that
leaves this package is translated back.
"""

from array import array
from dataclasses import dataclass

_LETTERS = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ئ": "ی", "ك": "ک", "ؤ": "و", "أ": "ا", "إ": "ا",
    "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ё": "е", "Ё": "Е",
    "’": "'", "ʼ": "'", "‘": "'", "–": "—", "―": "—", "−": "—", "‒": "—",
    "‐": "-", "‑": "-", "”": "»", "“": "«", "„": "«", "‟": "«", "‹": "«", "›": "»",
    "：": ":", "٫": ".", "…": ".", "؍": ",",
}  # fmt: skip
_LINE_ENDS = frozenset("\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_SPACES = frozenset("\t\u00a0\u1680\u202f\u205f\u3000\u200b\u200c\ufeff") | {
    chr(code) for code in range(0x2000, 0x200B)
}
_DROPPED = (
    {chr(code) for code in (*range(0x64B, 0x660), *range(0x300, 0x370), 0x670, 0x640)}
    | {chr(code) for code in (0xAD, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F))}
    | {chr(code) for code in range(0x2066, 0x206A)}
)


def _table() -> dict[str, str]:
    table = dict(_LETTERS)
    table.update(dict.fromkeys(_DROPPED, ""))
    table.update(dict.fromkeys(_SPACES, " "))
    table.update(dict.fromkeys(_LINE_ENDS, "\n"))
    table["\r"] = "\r"
    for zero in ("۰", "٠"):
        table.update({chr(ord(zero) + n): str(n) for n in range(10)})
    return table


_TABLE = _table()


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `starts[i]` is where its character i stands in the original."""

    text: str
    original: str
    starts: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters [start, end) stand in the original.

        Marks that folding dropped behind the last letter belong to it.
        """
        if end <= start:
            return self.starts[start], self.starts[start]
        last = self.starts[end - 1] + 1
        while last < len(self.original) and self.original[last] in _DROPPED:
            last += 1
        return self.starts[start], last


def fold(text: str) -> Folded:
    """Fold a text for matching.

    Runs of spaces become one, line ends become a line feed, Persian and Arabic digits
    become ASCII, and quotation marks with a side become « and ».

    >>> fold("رﺋيس  كشور").text == fold("رﺋیس کشور").text
    True
    """
    out: list[str] = []
    starts = array("l")
    before = ""
    for at, char in enumerate(text):
        seen = _TABLE.get(char, char)
        if seen == "\r":
            seen = "" if text[at + 1 : at + 2] == "\n" else "\n"
        if seen == "-" and before == " " and text[at + 1 : at + 2] in {" ", "\u00a0"}:
            seen = "—"
        if not seen or (seen == " " and before in {" ", "\n"}):
            continue
        out.append(seen)
        starts.append(at)
        before = seen
    starts.append(len(text))
    return Folded("".join(out), text, starts)
