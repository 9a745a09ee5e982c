"""The outline of a charter: is it TOML, are its tables and the names of them right.

What stands inside the tables is read by `peyman.charter.read`.
"""

import re
import tomllib
from typing import Any

from peyman.charter.language import ACT, TABLES
from peyman.charter.reading.lines import Page, Path, header, nearest, twice
from peyman.charter.reading.names import Names, Raw, show
from peyman.charter.reading.shapes import FILE, Ref, Table
from peyman.errors import PeymanError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ARTICLE = re.compile(r"(\S+) \S.*")
_LETTER = re.compile(r"[A-Z]")
_LINE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")
_TOML = "section 1: a charter is one TOML file"
_TABLES = tuple(name for name in TABLES if name != "acts")


def parse(data: bytes, name: str) -> tuple[Page, Raw]:
    """Decode and parse a file.

    Raises:
        PeymanError: If it is not UTF-8 or not TOML, or has a table or a key twice.
    """
    page = Page(name, _decode(data, name))
    try:
        return page, tomllib.loads(page.source)
    except RecursionError:
        problem, last = "lists or tables are nested too deeply", 1
    except ValueError as error:
        found = _LINE.fullmatch(str(error))
        problem = found[1] if found else str(error).partition(":")[0]
        last = int(found[2]) if found and found[2] else page.source.count("\n") + 1
        if problem.startswith("Cannot"):
            raise _twice(page, last, problem) from error
    raise _no_toml(page, last, problem)


def _decode(data: bytes, name: str) -> str:
    remedy = "Save the file in the encoding UTF-8, without a byte-order mark."
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"Byte {error.start} is not UTF-8."
        raise Page(name, "").refuse_line(
            line, problem, section=_TOML, remedy=remedy
        ) from error
    if source.startswith("\ufeff"):
        problem = "The file begins with a byte-order mark."
        raise Page(name, "").refuse_line(1, problem, section=_TOML, remedy=remedy)
    return source


def _no_toml(page: Page, line: int, problem: str) -> PeymanError:
    return page.refuse_line(
        line,
        f"This is not TOML: {problem[:1].lower()}{problem[1:]}.",
        section=_TOML,
        remedy="Correct the line; https://toml.io/en/v1.0.0 says how TOML is written.",
    )


def _twice(page: Page, last: int, problem: str) -> PeymanError:
    """The error for a table or key that stands twice, with both lines."""
    found = twice("\n".join(page.source.split("\n")[:last]))
    if found is None:
        return _no_toml(page, last, problem)
    first, second = found
    what = header(second.path) if second.is_header else f"`{second.path[-1]}`"
    return page.refuse_line(
        second.line,
        f"{what} stands here a second time; the first is on line {first.line}.",
        section=_TOML,
        remedy="Merge the two, or head a sub-table by the date from which it changes.",
    )


def check_tables(page: Page, raw: Raw) -> None:
    """Refuse a top level with a table that no charter has, or without one that it needs.

    Raises:
        PeymanError: If it is so.
    """
    title = raw.get("title")
    if not isinstance(title, str) or not title.strip():
        problem = "The charter has no title."
        raise _refuse(page, ("title",), problem, 'Begin it with title = "..".')
    for key, value in raw.items():
        if key == "title":
            continue
        if not isinstance(value, dict):
            raise _no_table(page, (key,), value)
        if key not in _TABLES:
            _check_kind(page, key, value)
    for table in TABLES.values():
        _check_table(page, table, raw.get(table.name))


def _check_table(page: Page, table: Table, value: dict[str, Any] | None) -> None:
    if table.is_required and value is None:
        problem = f"The charter has no {table.header}: {table.means}."
        raise _refuse(page, (), problem, f"Add {table.header}.")
    if table.is_dated or table.name == "parties":
        for key, part in (value or {}).items():
            if not isinstance(part, dict):
                raise _no_table(page, (table.name, key), part)


def _check_kind(page: Page, kind: str, acts: dict[str, Any]) -> None:
    """A table of any other name is a kind of matter: it holds acts, and one opens it."""
    parts = [
        part
        for act in acts.values()
        if isinstance(act, dict)
        for part in (act, *act.values())
    ]
    has_opening = any(isinstance(part, dict) and "opens" in part for part in parts)
    if not has_opening or not _NAME.fullmatch(kind):
        raise _unknown_table(page, kind)
    for act, value in acts.items():
        if not isinstance(value, dict):
            raise _no_table(page, (kind, act), value)
        if not _NAME.fullmatch(act):
            raise _refuse(
                page,
                (kind, act),
                f"'{act}' cannot be the name of an act.",
                "Use small letters, digits and underscores, as [assistance.request].",
                ACT,
            )


def _unknown_table(page: Page, name: str) -> PeymanError:
    near = nearest(name, _TABLES)
    return _refuse(
        page,
        (name,),
        f"{header((name,))} is no table of a charter, and no kind of matter, for no act "
        "of it `opens` one.",
        f"Write [{near}], or add `opens = true` to the act that begins the matter."
        if near
        else "Add `opens = true` to the act that begins the matter, or take it out.",
    )


def _no_table(page: Page, path: Path, value: object) -> PeymanError:
    """The error for a value where only a table can stand."""
    if len(path) > 1 or path[0] in _TABLES:
        problem = f"`{path[-1]}` is {show(value)}, and not a table."
        return _refuse(page, path, problem, f"Head it {header(path)}.")
    near = nearest(path[0], ["title", *_TABLES])
    return _refuse(
        page,
        path,
        f"'{path[0]}' is not a word of a charter.",
        f"Write `{near}`." if near else "Put it under the header of its table.",
    )


def check_names(page: Page, raw: Raw, names: Names) -> None:
    """Refuse names that could not be told apart or could not be cited.

    Raises:
        PeymanError: If there is one.
    """
    _check_letters(page, raw)
    for article in names.of["articles"]:
        _check_article(page, article, raw["texts"])
    for table in ("organs", "offices", "grounds", "rules", "limits"):
        for name in names.of[table]:
            _check_name(page, TABLES[table], name)
    for name in names.of["names"]:
        _check_called(page, names, name)
    for name in sorted({*names.of["organs"]} & {*names.of["offices"]}):
        problem = f"'{name}' is both an organ and an office."
        raise _refuse(page, ("offices", name), problem, "Rename one of the two.")


_CALLED = ("kinds", "acts", "organs", "offices", "grounds", "members")


def _check_called(page: Page, names: Names, name: str) -> None:
    """What is called something must be a name of this charter, and of one thing alone."""
    tables = [table for table in _CALLED if name in names.of[table]]
    if len(tables) == 1 or name == "title":
        return
    near = nearest(name, [one for table in _CALLED for one in names.of[table]])
    raise _refuse(
        page,
        ("names", name),
        f"'{name}' stands for more than one thing: {' and '.join(tables)}."
        if tables
        else f"Nothing in this charter has the name '{name}'.",
        "Rename one of the two."
        if tables
        else f"Write '{near}', or take the line out."
        if near
        else "Take the line out.",
    )


def _check_letters(page: Page, raw: Raw) -> None:
    for letter in raw["texts"]:
        if not _LETTER.fullmatch(letter):
            problem = f"'{letter}' cannot be the letter of a text."
            raise _refuse(page, ("texts", letter), problem, "Use one capital letter.")
    for letter in raw.get("parties", {}):
        if letter not in raw["texts"]:
            problem = f"[texts] has no letter '{letter}'."
            remedy = (
                f"Use one of {', '.join(raw['texts'])}, or add '{letter}' to [texts]."
            )
            raise _refuse(page, ("parties", letter), problem, remedy)


def _check_article(page: Page, article: str, texts: dict[str, Any]) -> None:
    path = ("articles", article)
    found = _ARTICLE.fullmatch(article)
    if found is None:
        problem = f"'{article}' is not the name of an article."
        remedy = 'Write the letter of its text, a space and its number, as "T 4".'
        raise _refuse(page, path, problem, remedy)
    if found[1] not in texts:
        problem = f"'{article}' is of no text: [texts] has no letter '{found[1]}'."
        remedy = (
            f"Begin it with one of {', '.join(texts)}, or add the letter to [texts]."
        )
        raise _refuse(page, path, problem, remedy)


def _check_name(page: Page, table: Table, name: str) -> None:
    if _NAME.fullmatch(name) and name not in Ref.ACTOR.value.words:
        return
    raise _refuse(
        page,
        (table.name, name),
        f"'{name}' cannot be the name of {table.a}.",
        "Use small letters, digits and underscores, and no word of the language.",
        table.section,
    )


def _refuse(
    page: Page, path: Path, problem: str, remedy: str, section: str = FILE
) -> PeymanError:
    return page.refuse(path, problem, section=section, remedy=remedy)
