"""Make the catalogues from the code: `make messages`, for who changes a word of a page.

Every word of a page, and every sentence of the pure rooms (`peyman.saying.say`), stands in
`LANGUAGE/LC_MESSAGES/django.po`, where its translation is written. What is new comes in
empty, what is gone goes out, and nothing is guessed: a word without a translation fails a
test. Beside each catalogue is what Django reads of it, `django.mo`.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1]
LANGUAGES = ("fa", "ru")
STATES = HERE / "states.json"
_LETTERS = re.compile(r"[A-Z]{2}")
_KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "_plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "_": None,
    "say": None,
}
"""The functions that mark a word, and which of their arguments it is."""
_UNUSED = tuple(
    b'"' + name
    for name in (
        b"Project-Id-Version",
        b"Report-Msgid-Bugs-To",
        b"POT-Creation-Date",
        b"PO-Revision-Date",
        b"Last-Translator",
        b"Language-Team",
        b"Generated-By",
    )
)
"""Lines of a head that say nothing here, or something else every time."""
_OTHER_PAGES = frozenset({"cli"})
"""Rooms that print in English."""


class _Bare(Catalog):
    """A catalogue whose head says what is needed to read it: no date and no tool."""

    @property  # type: ignore[misc]  # nobody sets it here
    def mime_headers(self) -> list[tuple[str, str]]:
        """The letters, and which form goes with which number."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


def template() -> Catalog:
    """Every word that the code marks, untranslated, in the order of its files."""
    catalog = Catalog(charset="utf-8")
    for path, source in _sources():
        name = path.relative_to(PACKAGE.parent).as_posix()
        for _line, message, _comments, context in extract(
            "python", BytesIO(source), keywords=_KEYWORDS
        ):
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def _sources() -> Iterator[tuple[Path, bytes]]:
    """Every file with words, as Python: of a template, what Django makes of it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in _OTHER_PAGES:
            yield path, path.read_bytes()
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        yield path, templatize(path.read_text(), origin=path.name).encode()


def catalogue(language: str) -> Path:
    """The file of a language's words."""
    return HERE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The words of a language as they stand."""
    path = catalogue(language)
    if not path.exists():
        return Catalog(locale=language)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def renew(language: str) -> None:
    """Bring a language's words up to the code, and write what Django reads of them."""
    words = read(language)
    words.update(template(), no_fuzzy_matching=True)
    words.obsolete.clear()
    words.fuzzy = False
    words.header_comment = (
        f"# The words of Peyman, {language}. Made by `make messages`."
    )
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(words))
    path.with_suffix(".mo").write_bytes(compiled(words))


def as_text(words: Catalog) -> bytes:
    """A catalogue as a person edits it: sorted by words, without a date, so it diffs well."""
    written = BytesIO()
    write_po(written, words, omit_header=False, sort_output=True, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_UNUSED))


def compiled(words: Catalog) -> bytes:
    """A catalogue as Django reads it: the same words give the same bytes."""
    bare = _Bare(locale=words.locale)
    for message in words:
        if message.id:
            bare.add(message.id, message.string, context=message.context)
    written = BytesIO()
    write_mo(written, bare)
    return written.getvalue()


def states() -> str:
    """What states are called, by their letters, in every language: of the CLDR.

    As Babel has it, so that pages need no library for it.
    """
    names = {one: Locale(one).territories for one in ("en", *LANGUAGES)}
    letters = sorted(str(k) for k in names["en"] if _LETTERS.fullmatch(str(k)))
    lines = (
        f'"{key}": {json.dumps({one: names[one][key] for one in names}, ensure_ascii=False)}'
        for key in letters
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    for one in LANGUAGES:
        renew(one)
    STATES.write_text(states(), encoding="utf-8")
