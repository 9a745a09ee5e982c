"""A charter's own page: what each article says, and beside it what rests on it.

A provision that rests on several articles stands in full beside the first, and by its name
beside the others.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.http import HttpResponse
from django.utils.translation import gettext as _

from peyman.charter.model import Act, Article, Text
from peyman.errors import PeymanError
from peyman.web.templatetags.pages import anchor
from peyman.web.views.charters.law import LawPage, law_page, routes_of
from peyman.web.views.charters.telling import Lines, Telling
from peyman.web.views.telling import naming

_MOST = 3
"""How many articles of a like name are named."""


@dataclass(frozen=True, slots=True)
class Provision:
    """What rests on articles: an act, an organ, an office, a ground, a rule, a limit.

    Attributes:
        what: Which of these.
        id: Where on the page it stands.
        kind: Of an act, what kind of matter it belongs to.
        forms: Its lines; after those of no particular form those of each form that
            changes some, with the lines changed.
        toml: The same in the file.
    """

    what: str
    id: str
    name: str
    kind: str
    forms: tuple[tuple[str, Lines], ...]
    articles: tuple[str, ...]
    toml: str

    @property
    def header(self) -> str:
        """The head of its table in the file: `[assistance.request]`."""
        return self.toml.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Row:
    """An article with what rests on it: in full, and what stands beside another."""

    id: str
    name: str
    says: str
    lang: str
    checked: str
    source: str
    here: tuple[Provision, ...]
    elsewhere: tuple[Provision, ...]


def provisions(page: LawPage) -> Iterator[Provision]:
    """Everything of a charter that may rest on articles, in the order of the language."""
    text, telling, toml = page.text, Telling(page.charter, page.text), page.law.toml

    def one(
        what: str, name: str, called: str, art: str | None, lines: Lines
    ) -> Provision:
        kept = toml(f"{what}s", name)
        arts = (art,) if art else ()
        return Provision(what, f"{what}-{name}", called, "", (("", lines),), arts, kept)

    for organ in text.organs.values():
        lines = telling.organ(organ)
        yield one("organ", organ.name, telling.actor(organ.name), organ.art, lines)
    for office in text.offices.values():
        lines = telling.office(office)
        yield one("office", office.name, telling.actor(office.name), office.art, lines)
    for ground in text.grounds.values():
        called = telling.ground_name(ground.name)
        yield one("ground", ground.name, called, ground.art, telling.ground(ground))
    for rule in text.rules.values():
        called = naming.code(rule.name)
        yield one("rule", rule.name, called, rule.art, telling.rule(rule))
    for limit in text.limits.values():
        called = naming.code(limit.name)
        yield one("limit", limit.name, called, limit.art, telling.limit(limit))
    for name, forms in text.acts.items():
        yield Provision(
            "act",
            act_anchor(name),
            telling.act_name(name),
            telling.kind_name(name.partition(".")[0]),
            tuple(_forms(telling, forms.items())),
            resting_on(text, name),
            toml(*name.split(".")),
        )


def _forms(
    telling: Telling, forms: Iterable[tuple[str, Act]]
) -> Iterator[tuple[str, Lines]]:
    plain: Lines = ()
    for form, act in forms:
        lines = telling.act(act)
        if not form:
            plain = lines
            yield "", lines
        else:
            yield form, tuple(line for line in lines if line not in plain)


def resting_on(text: Text, name: str) -> tuple[str, ...]:
    """On what an act rests: its own articles, or those of the acts that open its matter."""
    own = tuple(dict.fromkeys(a for act in text.acts[name].values() for a in act.art))
    kind = name.partition(".")[0]
    opening = (
        article
        for forms in text.acts.values()
        for act in forms.values()
        if act.opens and act.kind == kind
        for article in act.art
    )
    return own or tuple(dict.fromkeys(opening))


def act_anchor(name: str) -> str:
    """Where an act stands on the page of its charter."""
    return f"act-{name.replace('.', '-')}"


def rows(page: LawPage) -> list[Row]:
    """The articles of the day, each with what rests on it."""
    every = list(provisions(page))
    return [
        _row(page.charter.id, article, every) for article in page.text.articles.values()
    ]


def _row(charter: str, article: Article, every: list[Provision]) -> Row:
    here = naming.language()
    lang = here if here in article.says else "en"
    resting = [one for one in every if article.name in one.articles]
    return Row(
        anchor(charter, article.name),
        article.name,
        article.says.get(lang) or next(iter(article.says.values())),
        lang,
        article.checked,
        article.source or "",
        tuple(one for one in resting if one.articles[0] == article.name),
        tuple(one for one in resting if one.articles[0] != article.name),
    )


@law_page
def text(page: LawPage) -> HttpResponse:
    """What a charter says, and its rules beside it; `?article=` shows one alone."""
    every = rows(page)
    wanted = page.request.GET.get("article", "").strip()
    shown = [one for one in every if wanted in ("", one.name)]
    if not shown and wanted:
        told = {"error": _unknown(page, wanted)}
        return page.render("web/charters/refused.html", told, status=400)
    counts = Counter(one.checked for one in every)
    return page.render(
        "web/charters/text.html",
        {
            "rows": shown,
            "wanted": wanted,
            "without": [one for one in provisions(page) if not one.articles],
            "bound": [
                (letter, title, page.charter.bound_by(letter, page.day))
                for letter, title in page.charter.texts.items()
            ],
            "checked": [(how, counts[how]) for how in ("text", "secondary", "memory")],
            "reading": page.charter.reading,
        },
    )


def _unknown(page: LawPage, wanted: str) -> PeymanError:
    known = list(page.text.articles)
    near = get_close_matches(wanted.upper(), known, _MOST, 0) or known[:_MOST]
    return PeymanError(
        _("This charter has no article %(article)s on that day.")
        % {"article": wanted[:20]},
        authority=page.charter.title,
        remedy=_("Ask for another one, such as %(articles)s, or choose another day.")
        % {"articles": naming.comma().join(near)},
    )


routes = routes_of(text, "charter")
