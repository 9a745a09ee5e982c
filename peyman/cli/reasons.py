"""What `peyman show --why` prints: the chain of acts, and what its articles say."""

import json
from collections.abc import Iterator, Sequence

import click

from peyman.case.asking.why import Reason, why
from peyman.case.reading import Reading
from peyman.charter.model import Article
from peyman.cli.printing import say


def print_why(reading: Reading, name: str, *, as_json: bool) -> None:
    """Print the chain behind an entry or an act.

    Raises:
        PeymanError: If there is nothing of that name.
    """
    reasons = why(reading, name)
    if as_json:
        click.echo(json.dumps(told(reading, reasons), ensure_ascii=False, indent=1))
        return
    for reason in reasons:
        say(_line(reason))
    say()
    for (charter, _), article in cited(reading, reasons).items():
        checked = "" if article.checked == "text" else f" [read: {article.checked}]"
        say(f"{charter} {article.name}{checked}: {article.says.get('en', '')}")


def told(reading: Reading, reasons: Sequence[Reason]) -> dict[str, object]:
    """The chain as plain data."""
    return {
        "why": [
            {
                "depth": one.depth,
                "entry": one.entry,
                "charter": one.charter,
                "article": list(one.articles),
                "text": one.text,
            }
            for one in reasons
        ],
        "articles": [
            {
                "charter": charter,
                "article": article.name,
                "checked": article.checked,
                "says": dict(article.says),
            }
            for (charter, _), article in cited(reading, reasons).items()
        ],
    }


def cited(
    reading: Reading, reasons: Sequence[Reason]
) -> dict[tuple[str, str], Article]:
    """The articles of a chain as they read at the moment, each once."""
    return {
        (one.charter, name): article
        for one in reasons
        for name, article in _articles(reading, one)
    }


def _articles(reading: Reading, reason: Reason) -> Iterator[tuple[str, Article]]:
    known = reading.charters[reason.charter].state.text.articles
    return ((name, known[name]) for name in reason.articles if name in known)


def _line(reason: Reason) -> str:
    articles = f" ({', '.join(reason.articles)})" if reason.articles else ""
    entry = f"{reason.entry} " if reason.entry else ""
    return f"{'  ' * reason.depth}{entry}{reason.text}{articles}"
