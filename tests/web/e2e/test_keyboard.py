"""Every task by keyboard alone: what has the focus is seen, and Tab comes to everything."""

import tomllib
from pathlib import Path

import pytest

REPORT = Path(__file__).parents[2] / "picture" / "reports" / "fa-1.toml"
LIVE = "/en/cases/live/"
WORKED = "/en/cases/kazakhstan-2022/"
MOST_STOPS = 120
STOP = """selector => {
    const here = document.activeElement;
    const {outlineStyle, outlineWidth} = getComputedStyle(here);
    const {width, height} = here.getBoundingClientRect();
    return {
        isThere: here.matches(selector),
        isSeen: here === document.body
            || (outlineStyle !== "none" && outlineWidth !== "0px" && width * height > 0),
        what: here.outerHTML.slice(0, 200),
    };
}"""


class Hands:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, person):
        self.page, self._person = person.page, person
        self._keys = person.page.keyboard

    def at(self, path):
        self._person.go(path)
        return self

    def reach(self, selector):
        """Press Tab until it is there; whatever has the focus on the way is seen."""
        for _ in range(MOST_STOPS):
            self._keys.press("Tab")
            stop = self.page.evaluate(STOP, selector)
            assert stop["isSeen"], stop["what"]
            if stop["isThere"]:
                return self
        return pytest.fail(f"Tab does not come to {selector} on {self.page.url}")

    def type(self, text):
        self._keys.insert_text(text)
        return self

    def press(self, key):
        self._keys.press(key)
        return self

    def sign_in(self, name):
        self.at("/en/").reach("a[href*='sign-in']").press("Enter")
        self.page.wait_for_url("**/sign-in/**")
        self.reach("#id_username").type(name)
        self.reach("#id_password").type(self._person.served.password).press("Enter")
        self.page.wait_for_selector(".who")
        return self

    def confirm_and_enter(self):
        self.reach("button[value=confirm]").press("Enter")
        self.page.wait_for_selector("button[value=enter]")
        self.reach("button[value=enter]").press("Enter")
        self.page.wait_for_url("**/receipt/*/")
        return self


@pytest.fixture
def hands(person):
    return lambda: Hands(person())


def test_a_reader_skips_the_head_changes_the_language_and_goes_on(hands):
    reader = hands().at(WORKED).reach(".skip").press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"
    reader.at(WORKED).reach("a[lang=fa]").press("Enter")
    reader.page.wait_for_url("**/fa/cases/kazakhstan-2022/")
    reader.at(WORKED).reach("a[href$='/decisions/']").press("Enter")
    reader.page.wait_for_url("**/decisions/")


def test_a_reader_sets_the_clocks(hands):
    reader = hands().at(WORKED).reach(".clocks summary").press("Enter")
    reader.reach("#clock-at").type("2022-01-06 18:00")
    reader.reach("#clock-known").type("2022-01-07").press("Enter")
    reader.page.wait_for_url("**?at=2022-01-06*known-at=2022-01-07*")


def test_a_reader_moves_the_map_through_time(hands):
    reader = hands().at(f"{WORKED}map/").reach("input[type=range]").press("Home")
    first = reader.page.locator(".slider output").inner_text()
    reader.press("ArrowRight").press("ArrowRight")
    assert reader.page.locator(".slider output").inner_text() != first
    reader.page.wait_for_url("**?at=2022-*")


def test_a_reader_follows_a_finding_to_its_entry_and_unfolds_what_is_folded(hands):
    reader = (
        hands().at(f"{WORKED}standing/").reach("details.more:not([open]) > summary")
    )
    reader.press("Enter")
    assert reader.page.evaluate("document.activeElement.parentElement.open")
    reader.reach("main a[href*='/entries/']").press("Enter")
    reader.page.wait_for_url("**/entries/**")


def test_a_reader_downloads_the_case_file(hands):
    reader = hands().at(LIVE)
    with reader.page.expect_download() as waiting:
        reader.reach(".case-nav a[href$='/file/']").press("Enter")
    assert waiting.value.suggested_filename.endswith(".zip")


def test_a_delegate_asks_for_help_and_casts_a_ballot(hands):
    delegate = hands().sign_in("kz").at(f"{LIVE}enter/")
    delegate.reach("a[href*='act=csto.assistance.request']").press("Enter")
    delegate.page.wait_for_url("**/enter/act/**")
    delegate.confirm_and_enter()
    delegate.at(f"{LIVE}enter/").reach("a[href*='/enter/ballot/']").press("Enter")
    delegate.page.wait_for_url("**/enter/ballot/**")
    delegate.reach("input[type=radio]").press("Space")
    delegate.confirm_and_enter()


def test_an_analyst_enters_a_note_and_takes_it_back(hands):
    analyst = hands().sign_in("analyst").at(f"{LIVE}enter/note/")
    analyst.reach("#id_text").type("Seen from the pass.")
    analyst.confirm_and_enter()
    index = analyst.page.url.rstrip("/").rpartition("/")[2]
    analyst.at(f"{LIVE}entries/{index}/").reach("a[href*='/correct/']").press("Enter")
    analyst.page.wait_for_url("**/enter/correct/**")
    analyst.reach("#id_reason").type("It was another pass.")
    analyst.confirm_and_enter()


def test_an_analyst_opens_a_case_and_reviews_what_the_report_proposes(hands):
    analyst = hands().sign_in("analyst").at("/en/open/")
    analyst.reach("#id_text").type(tomllib.loads(REPORT.read_text())["text"])
    analyst.reach("#id_published").type("2022-01-06")
    analyst.reach("form.form button.button").press("Enter")
    analyst.page.wait_for_url("**/proposals/")
    analyst.reach("button[value=reject]").press("Enter")
    analyst.page.wait_for_selector("button[value=restore]")
    analyst.reach("button[value=accept]").press("Enter")
    analyst.page.wait_for_selector("article .status.good")
