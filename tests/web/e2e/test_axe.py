"""axe-core finds nothing on any page, in three languages, on a desk and on a phone.

Each page is looked at with everything on it unfolded, and is nowhere wider than the window.
"""

import tomllib
from pathlib import Path

import pytest
from django.urls import get_resolver, resolve

from peyman.web.views.entering.enter import FORMS

REPORT = Path(__file__).parents[2] / "picture" / "reports" / "fa-1.toml"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RUN = """async () => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    const {scrollWidth, clientWidth} = document.documentElement;
    const wide = scrollWidth > clientWidth ? ["wider than the window"] : [];
    const asked = {resultTypes: ["violations"], preload: false};
    const said = (await axe.run(document, asked)).violations.map((one) => {
        const where = one.nodes.slice(0, 3).map((node) => node.target.join(" "));
        return `${one.id}: ${where.join(" | ")}`;
    });
    return [...wide, ...said];
}"""
WIDTHS = (1280, 390)
READING = (
    "",
    "standing/",
    "grounds/",
    "decisions/",
    "mandate/",
    "claims/",
    "map/",
    "strength/",
    "plan/",
    "plan/in/",
    "plan/home/",
    "plan/in/next/",
    "plan/in/search/",
    "plan/in/holds/",
    "entries/",
    "entries/31/",
    "entries/csto/1/",
    "entries/31/?known-at=2022-01-05",
    "standing/?at=2022-01-06",
    "standing/?at=never",
    "standing/if/",
    "standing/if/?if=RU+object+to+mandate",
    "standing/if/?if=RU+dances",
    "charters/csto/",
    "charters/csto/graph/",
    "charters/csto/blocks/",
)
LAWS = ("au", "csto", "ecowas", "kazakhstan")
CHARTERS = (
    "",
    *(f"{law}/{page}" for law in LAWS for page in ("", "graph/", "blocks/")),
    "csto/?on=2010-01-01",
    "csto/?on=never",
    "csto/?article=T+99",
    "compare/",
    "compare/?a=csto&a-on=2010-01-01&b=csto",
    "compare/?a=nato&b=eu",
    "compare/?a=nato&b=none",
)
ASKED = "enter/act/?act=csto.assistance.request"
DELEGATE = (
    "",
    "standing/",
    "decisions/",
    "keys/",
    "enter/",
    "enter/ballot/",
    "enter/pledge/",
)
ANALYST = (
    "enter/",
    "enter/source/",
    "enter/act/?act=csto.assistance.mandate",
    "enter/claim/",
    "enter/file/",
    "enter/grade/",
    "enter/measure/",
    "enter/note/",
    "enter/requirement/",
    "enter/serial/",
    "enter/status/",
    "enter/strength/",
    "proposals/",
    "receipt/1/",
    "plan/filled/",
    "plan/home/next/",
    "plan/home/search/",
    "plan/home/holds/",
)
OUTSIDE = (
    "/",
    "/sign-in/",
    "/verifier/",
    "/cases/none/",
    *(f"/cases/kazakhstan-2022/{one}" for one in READING),
)
GONE = ("/none/", "/entries/31/?known-at=2022-01-05")
NO_PAGES = {
    *("root", "sign-out", "file", "head", "plan-template", "plan-file"),
    *("fork", "log-head", "log-tile", "proof", "api-entries"),
}


def faults(person):
    """What axe finds on the page that a person is at, on a desk and on a phone."""
    # The page's policy lets no script in; the browser's own console may run one.
    person.page.evaluate(AXE)
    said = []
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 900})
        where = f"{person.page.url} at {width}"
        said += [f"{where}: {one}" for one in person.page.evaluate(RUN)]
    return said


def faults_at(person, paths):
    said = []
    for path in paths:
        answer = person.go(path)
        assert (answer.status == 404) == path.endswith(GONE), path
        said += faults(person)
    return said


def press(person, step):
    person.page.locator(f"button[value={step}]").click()


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_axe_finds_nothing_on_a_page_that_everybody_may_see(person, language):
    assert faults_at(person(), [f"/{language}{path}" for path in OUTSIDE]) == []


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_axe_finds_nothing_on_the_pages_of_charters(person, language):
    paths = [f"/{language}/charters/{path}" for path in CHARTERS]
    assert faults_at(person(), paths) == []


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_axe_finds_nothing_on_the_way_of_a_delegate(person, language):
    delegate = person().sign_in("kz", language)
    live = f"/{language}/cases/live/"
    delegate.go(f"{live}enter/note/")
    press(delegate, "confirm")
    delegate.page.wait_for_selector(".error-summary")
    said = faults(delegate)
    said += faults_at(delegate, [live + ASKED])
    press(delegate, "confirm")
    delegate.page.wait_for_selector("button[value=enter]")
    said += faults(delegate)
    press(delegate, "enter")
    delegate.page.wait_for_url("**/receipt/*/")
    said += faults(delegate)
    index = delegate.page.url.rstrip("/").rpartition("/")[2]
    own = (f"entries/{index}/", f"enter/correct/?corrects=e{index}")
    said += faults_at(delegate, [live + path for path in (*DELEGATE, *own)])
    assert said == []


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_axe_finds_nothing_on_the_pages_of_an_analyst(person, language):
    analyst = person().sign_in("analyst", language)
    paths = ["/open/", *(f"/cases/live/{path}" for path in ANALYST)]
    assert faults_at(analyst, [f"/{language}{path}" for path in paths]) == []


def test_axe_finds_nothing_on_a_report_beside_its_proposals(person):
    analyst = person().sign_in("analyst", "fa")
    analyst.go("/fa/open/")
    report = tomllib.loads(REPORT.read_text())["text"]
    analyst.page.locator("#id_text").fill(report)
    analyst.page.locator("#id_published").fill("۱۴۰۰-۱۰-۱۶")
    analyst.page.locator("button.button").first.click()
    analyst.page.wait_for_url("**/proposals/")
    assert faults(analyst) == []


def test_every_page_and_every_form_was_looked_at():
    acting = [f"/cases/live/{one}" for one in (ASKED, *DELEGATE, *ANALYST)]
    law = [f"/charters/{one}" for one in CHARTERS]
    paths = ["/open/", "/cases/live/enter/correct/", *acting, *law, *OUTSIDE]
    found = [resolve(f"/en{path.partition('?')[0]}") for path in paths]
    named = {one for one in get_resolver().reverse_dict if isinstance(one, str)}
    assert named - NO_PAGES == {one.url_name for one in found}
    forms = {one.kwargs.get("kind") for one in found} - {None}
    assert forms == FORMS.keys()
