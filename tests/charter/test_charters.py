"""The charters that come with Peyman, side by side; docs/charters.md is made from them."""

from collections import Counter
from datetime import date

import pytest

from tests.charter.practice import CHARTERS, law

NAMES = tuple(sorted(path.stem for path in CHARTERS.glob("*.toml")))
HEAD = """# The charters

One line a charter, made from the files by `make goldens`. *Opened by*: who may begin a matter. *Decided*: what carries
a decision. *Deeds*: what is done in the world and has effect even when it was unlawful. *Read*: how many articles
were read in the text itself, told by somebody else, or known from memory alone, in the text that is in force now; a
verdict that rests on the last says so.

| charter | bound | opened by | decided | deeds | disputed limits | read: text, secondary, memory |
|---|---|---|---|---|---|---|
"""


def now(name):
    """The text in force on the day of this page."""
    return law(name).on(date(2026, 1, 1))


def acts(name):
    return [forms[""] for forms in now(name).acts.values()]


def line(name):
    charter, text = law(name), now(name)
    bound = {m for t in charter.texts for m in charter.bound_by(t, date(2026, 1, 1))}
    openers = {word for act in acts(name) if act.opens for word in act.by}
    ways = dict.fromkeys(_way(rule) for rule in text.rules.values())
    read = Counter(article.checked for article in text.articles.values())
    limits = [limit.art for limit in text.limits.values() if limit.disputed]
    cells = (
        f"[{charter.title}](../charters/{name}.toml)",
        str(len(bound)),
        ", ".join(sorted(one.replace("_", " ") for one in openers)),
        "; ".join(ways) or "nobody decides for all",
        ", ".join(
            a.name.partition(".")[2].replace("_", " ") for a in acts(name) if a.deed
        )
        or "none",
        ", ".join(limits) or "none",
        ", ".join(str(read[how]) for how in ("text", "secondary", "memory")),
    )
    return f"| {' | '.join(cells)} |\n"


def _way(rule):
    of = f" of the {rule.of}" if rule.of == "roll" else f" of those {rule.of}"
    is_share = rule.of != "roll" or "/" in rule.carry
    share = f"{rule.carry}{of if is_share else ''}"
    veto = f", no veto of {', '.join(rule.veto)}" if rule.veto else ""
    quorum = f", quorum {rule.quorum}" if rule.quorum else ""
    return f"{share}{veto}{quorum}"


def test_the_page_of_charters_says_what_the_files_say(golden):
    golden("../../docs/charters.md", HEAD + "".join(line(name) for name in NAMES))


def test_there_are_eleven():
    assert len(NAMES) == 11


@pytest.mark.parametrize("name", NAMES)
def test_an_article_that_was_read_says_in_english_what_it_says(name):
    for text in law(name).versions:
        for article in text.articles.values():
            assert article.says["en"].endswith(".")
            assert not set('«»“”"') & set(article.says["en"]), article.name


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_it_is_called_something_in_three_languages(name):
    charter = law(name)
    text = charter.versions[-1]
    kinds = {act.partition(".")[0] for act in charter.names}
    bodies = {*text.organs, *text.offices, *text.grounds}
    for one in (*kinds, *charter.names, *bodies):
        assert charter.called[one].keys() == {"en", "fa", "ru"}, one
    assert charter.called["title"].keys() == {"fa", "ru"}
