"""What the articles that a page cites say, in the page's language, and how surely read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from peyman.charter.model import Article, Charter
from peyman.charter.moment import day_of
from peyman.web.telling.written import sort_key
from peyman.web.templatetags.pages import anchor
from peyman.web.views.base import CasePage
from peyman.web.views.telling import naming

Cited = Iterable[tuple[str, str]]
"""Charter and article, as often as they are cited."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One article at the foot of a page.

    Attributes:
        id: The anchor to which the page's links lead.
        says: Our paraphrase, in `lang`.
        checked: How surely it was read.
        source: Where it was read; empty where that is not said.
    """

    id: str
    charter: str
    name: str
    says: str
    lang: str
    checked: str
    source: str


def sayings(page: CasePage, cited: Cited) -> list[Saying]:
    """The articles that a page cites, each once, charter by charter."""
    found = [_saying(page, *one) for one in set(cited)]
    known = [one for one in found if one is not None]
    return sorted(known, key=lambda one: (one.charter, sort_key(one.name, "en")))


def cited_in(
    charter: str, *lists: Iterable[Mapping[str, object]]
) -> Iterator[tuple[str, str]]:
    """Every article that rows of a standing name."""
    for rows in lists:
        for row in rows:
            articles = row.get("article")
            for name in articles if isinstance(articles, list) else ():
                yield charter, name


def _saying(page: CasePage, charter: str, name: str) -> Saying | None:
    law = page.reading.case.charters.get(charter)
    article = law and _article(law, name, page.reading.at)
    if not article:
        return None
    here = naming.language()
    lang = here if here in article.says else "en"
    return Saying(
        id=anchor(charter, name),
        charter=charter,
        name=name,
        says=article.says.get(lang) or next(iter(article.says.values())),
        lang=lang,
        checked=article.checked,
        source=article.source or "",
    )


def _article(law: Charter, name: str, at: int) -> Article | None:
    """The article as it reads on the page's day; as it read last, if it is gone."""
    today = law.on(day_of(at, law.zone)).articles.get(name)
    texts = reversed(law.versions)
    return today or next((t.articles[name] for t in texts if name in t.articles), None)
