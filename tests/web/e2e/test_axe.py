"""axe-core finds nothing on any page, in three languages, on a desk and on a phone."""

import tomllib
from pathlib import Path

import pytest

REPORT = Path(__file__).parents[2] / "picture" / "reports" / "fa-1.toml"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = """async () => (await axe.run(document)).violations.map(
    one => `${one.id}: ${one.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)
"""
READING = (
    "",
    "standing/",
    "grounds/",
    "decisions/",
    "mandate/",
    "claims/",
    "map/",
    "strength/",
    "entries/",
    "entries/31/",
)
ACTING = (
    "enter/",
    "enter/act/?act=csto.assistance.request",
    "enter/act/?act=csto.assistance.mandate",
    "enter/claim/",
    "enter/grade/",
    "enter/note/",
    "proposals/",
    "receipt/1/",
)
ANALYST = (
    "/",
    "/open/",
    *(f"/cases/kazakhstan-2022/{one}" for one in READING),
    *(f"/cases/live/{one}" for one in ACTING),
)
OUTSIDE = ("/sign-in/", "/cases/none/")


def found(person, path):
    answer = person.go(path)
    if answer.status == 404 and "none" not in path:
        return [f"{path}: no such page"]
    # The page's policy lets no script in; the browser's own console may run one.
    person.page.evaluate(AXE.read_text())
    wide = person.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    said = person.page.evaluate(RUN) + (["wider than the window"] if wide else [])
    return [f"{path}: {one}" for one in said]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_axe_finds_nothing(person, language, width):
    visitor = person(width)
    problems = [one for path in OUTSIDE for one in found(visitor, f"/{language}{path}")]
    analyst = person(width).sign_in("analyst", language)
    problems += [
        one for path in ANALYST for one in found(analyst, f"/{language}{path}")
    ]
    assert problems == []


def test_axe_finds_nothing_on_a_form_that_is_refused_or_confirmed(person):
    delegate = person(390).sign_in("kz")
    delegate.go("/en/cases/live/enter/note/")
    delegate.press("Continue")
    delegate.page.evaluate(AXE.read_text())
    assert delegate.page.evaluate(RUN) == []
    delegate.go("/en/cases/live/enter/act/?act=csto.assistance.request")
    delegate.press("Continue")
    delegate.page.wait_for_selector("button[value=enter]")
    delegate.page.evaluate(AXE.read_text())
    assert delegate.page.evaluate(RUN) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_a_report_beside_its_proposals(person, width):
    analyst = person(width).sign_in("analyst", "fa")
    analyst.go("/fa/open/")
    report = tomllib.loads(REPORT.read_text())["text"]
    analyst.page.locator("#id_text").fill(report)
    analyst.page.locator("#id_published").fill("۱۴۰۰-۱۰-۱۶")
    analyst.page.locator("button.button").first.click()
    analyst.page.wait_for_url("**/proposals/")
    path = analyst.page.url.removeprefix(analyst.served.address)
    assert found(analyst, path) == []
