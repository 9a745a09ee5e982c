"""Where a table or a key stands in a TOML source, for the message that refuses it.

`tomllib` reads values and forgets lines. `places` walks the source once more, by tokens,
and is called only when something is wrong. It reads no values and judges nothing.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from peyman.errors import PeymanError

Path = tuple[str, ...]
"""The keys that lead to a table or a value: `("rules", "consensus", "carry")`."""

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')[ \t]*""")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"""|[^"'#\[\]{}\n]+"""
    r"|.",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One header or one key with its value, and the line on which it begins."""

    path: Path
    line: int
    is_header: bool


def places(source: str) -> Iterator[Place]:
    r"""Every header and every key of a TOML source, in order, with its line from 1.

    Keys inside inline tables are not listed. Stops without a word at what is no TOML.

    >>> [(p.path, p.line) for p in places('a = 1\n\n[b."c d"] # x\ne.f = [\n]\n')]
    [(('a',), 1), (('b', 'c d'), 3), (('b', 'c d', 'e', 'f'), 4)]
    """
    table: Path = ()
    line, counted = 1, 0
    at = _end_of_gap(source, 0)
    while at < len(source):
        line += source.count("\n", counted, at)
        counted = at
        brackets = 2 if source.startswith("[[", at) else int(source[at] == "[")
        path, at = _dotted(source, at + brackets)
        if not path:
            return
        if brackets:
            table = path
            yield Place(path, line, is_header=True)
        else:
            yield Place(table + path, line, is_header=False)
        at = _end_of_gap(source, _end_of_statement(source, at))


def _end_of_gap(source: str, at: int) -> int:
    gap = _GAP.match(source, at)
    return gap.end() if gap else at


def _dotted(source: str, at: int) -> tuple[Path, int]:
    keys: list[str] = []
    while found := _KEY.match(source, at):
        keys.append(_plain(found[1]))
        at = found.end()
        if not source.startswith(".", at):
            return tuple(keys), at
        at += 1
    return (), at


def _plain(key: str) -> str:
    if key[0] not in "\"'":
        return key
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except ValueError:
        return key


def _end_of_statement(source: str, at: int) -> int:
    """The end of the line on which the value that begins here ends."""
    depth = 0
    while found := _TOKEN.match(source, at):
        part, at = found[0], found.end()
        if part in ("[", "{"):
            depth += 1
        elif part in ("]", "}"):
            depth -= 1
        elif part == "\n" and depth <= 0:
            break
    return at


def line_of(source: str, path: Path) -> int:
    r"""The line of a table or key; of the nearest thing around it that has one.

    A header or a key of exactly that path goes before a header that only implies it.

    >>> line_of('[a.b.c]\nx = { y = 1 }\n[a.b]\n', ("a", "b"))
    3
    >>> line_of('[a.b.c]\nx = { y = 1 }\n[a.b]\n', ("a", "b", "c", "x", "y"))
    2
    """
    exact: dict[int, int] = {}
    implied: dict[int, int] = {}
    for place in places(source):
        depth = _shared(place.path, path)
        if depth == len(place.path):
            exact.setdefault(depth, place.line)
        for part in range(1, depth + 1):
            implied.setdefault(part, place.line)
    deepest = max(implied, default=0)
    return exact.get(deepest) or implied.get(deepest, 1)


def _shared(one: Path, other: Path) -> int:
    """How many keys two paths have in common from the top."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def twice(source: str) -> tuple[Place, Place] | None:
    r"""The first table or key that stands twice, and where it stood before.

    >>> twice('[a]\nb = 1\n[c]\n[a]\n')[1].line
    4
    """
    seen: dict[Path, Place] = {}
    for place in places(source):
        if place.path in seen:
            return seen[place.path], place
        seen[place.path] = place
    return None


def header(path: Path) -> str:
    """A path as the header of a table is written.

    >>> header(("articles", "T 4", "2012-12-19"))
    '[articles."T 4".2012-12-19]'
    """
    keys = [key if _BARE.fullmatch(key) else f'"{key}"' for key in path]
    return f"[{'.'.join(keys)}]"


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that is most like this one; None if none is so much like it."""
    found = get_close_matches(word, sorted(set(known)), n=1, cutoff=likeness)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Page:
    """A source with the name of its file, as messages cite it."""

    name: str
    source: str

    def refuse(
        self, path: Path, problem: str, *, section: str, remedy: str
    ) -> PeymanError:
        """The error that names file and line, the section of the language, the remedy."""
        return self.refuse_line(
            line_of(self.source, path), problem, section=section, remedy=remedy
        )

    def refuse_line(
        self, line: int, problem: str, *, section: str, remedy: str
    ) -> PeymanError:
        """The same where the line is known already."""
        return PeymanError(
            f"{self.name}, line {line}: {problem}",
            authority=f"docs/charter-language.md, {section}",
            remedy=remedy,
        )

    def has_header(self, path: Path) -> bool:
        """Whether a header of exactly that path stands in the source."""
        return any(p.is_header and p.path == path for p in places(self.source))
