"""A movement in a real browser: proposed, approved, disturbed, and made again from now."""

import os

LIVE = "/en/cases/live"


def enter(person):
    person.press("Continue")
    person.press("Confirm and enter")
    person.page.wait_for_url("**/receipt/*/")


def fill(person, kind, **typed):
    """Fill in the form of an entry, whatever each field is, and enter it."""
    person.go(f"{LIVE}/enter/{kind}/")
    for name, value in {"known_as": "reported", "at": "2022-01-06", **typed}.items():
        radio = person.page.locator(
            f'.form input[type=radio][name="{name}"][value="{value}"]'
        )
        field = person.page.locator(f'.form [name="{name}"]')
        if radio.count():
            radio.check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    enter(person)


NEED = {
    "line": "Guard of plants",
    "capability": "guard of a fixed facility",
    "quantity": "2",
    "unit": "facilities",
    "priority": "1",
    "place": "almaty",
}
UNIT = {
    "member": "KG",
    "state": "honoured",
    "what": "a company",
    "from": "ivanovo-severny",
    "people": "600",
    "vehicles": "4",
    "tonnes": "120",
    "lift": "Il-76: 3",
}
LOST = {
    "serial": "R-1",
    "member": "KG",
    "direction": "in",
    "state": "reported",
    "outcome": "lost",
    "mode": "air",
    "from": "ivanovo-severny",
    "to": "almaty-airport",
}


def lose_and_replan(analyst, secretary, main, tmp_path):
    from playwright.sync_api import expect

    last = main.get_by_role("rowheader").filter(has_text="F0").last.inner_text()
    fill(analyst, "serial", **LOST, planned=last)
    secretary.follow("Make the plan again from now")
    expect(main).to_contain_text("is lost before it began")
    expect(main).to_contain_text("no plan that goes on from there can come below them")
    look(secretary, tmp_path, "in/next")
    secretary.press("Approve this plan")
    secretary.press("Confirm and enter")
    secretary.page.wait_for_url("**/receipt/*/")
    secretary.go(f"{LIVE}/plan/in/next/")
    expect(main).to_contain_text("Kept")
    look(secretary, tmp_path, "in")
    look(analyst, tmp_path, "filled")


def test_a_plan_is_proposed_approved_disturbed_and_made_again(person, tmp_path):
    from playwright.sync_api import expect

    analyst = person().sign_in("analyst")
    fill(analyst, "requirement", **NEED)
    fill(analyst, "pledge", **UNIT)
    analyst.go(f"{LIVE}/plan/in/")
    analyst.follow("Propose or approve a plan")
    analyst.press("Propose this plan")
    expect(analyst.page.locator("#main")).to_contain_text("Signed for")
    analyst.press("Confirm and enter")
    analyst.page.wait_for_url("**/receipt/*/")

    secretary = person().sign_in("secretary")
    secretary.go(f"{LIVE}/plan/in/next/")
    secretary.page.locator("a[href^='?plan=e']").first.click()
    secretary.page.locator("#id_reason").fill("It closes in time.")
    secretary.press("Approve this plan")
    secretary.press("Confirm and enter")
    secretary.page.wait_for_url("**/receipt/*/")
    secretary.go(f"{LIVE}/plan/in/")
    main = secretary.page.locator("#main")
    expect(main).to_contain_text("This is the plan in force")
    expect(main).to_contain_text("to come")

    lose_and_replan(analyst, secretary, main, tmp_path)


def look(person, tmp_path, page):
    """The page in two languages and two widths: nothing runs out of it."""
    shots = os.environ.get("PEYMAN_SHOTS", str(tmp_path))
    for language in ("en", "fa"):
        for width in (1280, 390):
            person.page.set_viewport_size({"width": width, "height": 900})
            person.go(f"/{language}/cases/live/plan/{page}/")
            wide = person.page.evaluate("document.documentElement.scrollWidth")
            name = f"{page.replace('/', '-')}-{language}-{width}.png"
            person.page.screenshot(path=f"{shots}/{name}", full_page=True)
            assert wide <= width, name
            assert not person.page.locator(".error-summary").count(), name
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.go(f"{LIVE}/plan/{page}/")


def test_a_filled_template_says_its_wrong_cells(person, tmp_path):
    from playwright.sync_api import expect

    analyst = person().sign_in("analyst")
    file = tmp_path / "requirement.csv"
    file.write_text("line,capability,quantity,unit,place,priority\nA,b,many,c,kz,1\n")
    analyst.go(f"{LIVE}/plan/filled/")
    analyst.page.locator("#id_file").set_input_files(file)
    analyst.press("Plan with it")
    expect(analyst.page.locator("#main")).to_contain_text("C2")
    expect(analyst.page.locator("#main")).to_contain_text("nothing was taken")


def test_the_rows_of_a_file_are_entered_in_persian_on_a_telephone(person, tmp_path):
    from playwright.sync_api import expect

    shots = os.environ.get("PEYMAN_SHOTS", str(tmp_path))
    analyst = person().sign_in("analyst")
    page = analyst.page
    page.set_viewport_size({"width": 390, "height": 900})
    file = tmp_path / "requirement.csv"
    heads = "line,capability,quantity,unit,place,priority\n"
    rows = "Guard of a dam,guard of a fixed facility,1,facilities,almaty,1\n"
    file.write_text(heads + rows + rows.replace("dam", "bridge"))

    def upload():
        analyst.go("/fa/cases/live/plan/filled/")
        page.locator("#id_file").set_input_files(file)
        page.locator(".form .button").first.click()

    upload()
    button = page.locator("button[value=enter]")
    expect(button).to_have_text("ثبت این ۲ ردیف")
    page.screenshot(path=f"{shots}/filled-shown-fa-390.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    button.click()
    expect(page.locator(".notice.success .cite")).to_have_count(2)
    page.screenshot(path=f"{shots}/filled-done-fa-390.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    upload()
    expect(page.locator("#main")).to_contain_text("چیزی برای ثبت نیست")
    expect(button).to_have_count(0)


def test_a_search_shows_its_bound_closing_and_keeps_the_best_when_it_is_stopped(
    person, tmp_path
):
    from playwright.sync_api import expect

    analyst = person().sign_in("analyst")
    fill(analyst, "requirement", **NEED)
    fill(analyst, "pledge", **UNIT)
    page, main = analyst.page, analyst.page.locator("#main")
    # The way home: of the way there, another test puts a plan in force.
    analyst.go(f"{LIVE}/plan/home/")
    analyst.follow("Search on for a better plan")
    expect(main).to_contain_text("Not searched yet")
    analyst.press("Search")
    # What comes, comes without being asked for.
    expect(main.locator("svg.draw-closing")).to_be_visible(timeout=30_000)
    stop = main.get_by_role("button", name="Stop, and keep the best")
    if stop.count():
        stop.click()
    expect(main).to_contain_text("the best plan is kept.", timeout=60_000)
    look(analyst, tmp_path, "home/holds")
    look(analyst, tmp_path, "home/search")
    analyst.follow("See what it changes")
    expect(page.locator("#main")).to_contain_text("The best plan that was searched for")
    analyst.press("Propose this plan")
    analyst.press("Confirm and enter")
    page.wait_for_url("**/receipt/*/")
