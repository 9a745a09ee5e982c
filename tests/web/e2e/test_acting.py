"""The case in a real browser: act, be seen acting, change language, open, download."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

COMMAND = Path(sys.executable).parent / "peyman"
LIVE = "/en/cases/live"


def verify(path):
    done = subprocess.run(
        [COMMAND, "verify", path, "--whole"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def check_download(person, path):
    with person.page.expect_download() as waiting:
        person.follow("Download the case file")
    waiting.value.save_as(path)
    assert verify(path) == (0, verify(path)[1])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert verify(path)[0] != 0


def enter(person):
    person.press("Continue")
    person.press("Confirm and enter")
    person.page.wait_for_url("**/receipt/*/")


def fill_in_ballot(delegate):
    from playwright.sync_api import expect

    delegate.go(f"{LIVE}/enter/ballot/")
    on = delegate.page.locator("#id_on")
    on.select_option(label=on.locator("option", has_text="send forces").inner_text())
    delegate.page.get_by_label("yes").check()
    delegate.press("Continue")
    expect(delegate.page.locator("#main")).to_contain_text("The ballots with yours")


def test_what_a_delegate_enters_is_seen_in_a_second_browser(person, tmp_path):
    from playwright.sync_api import expect

    visitor, delegate = person(), person().sign_in("kz")
    visitor.go(f"{LIVE}/standing/")
    expect(visitor.page.locator("#main")).to_contain_text("No matter was opened")

    delegate.go(f"{LIVE}/enter/")
    delegate.follow("request for assistance")
    delegate.press("Continue")
    expect(delegate.page.locator("#main")).to_contain_text("has effect")
    delegate.press("Confirm and enter")
    delegate.page.wait_for_url("**/receipt/*/")
    standing = visitor.page.locator("#main")
    expect(standing).to_contain_text("Assistance", timeout=15_000)
    expect(standing).not_to_contain_text("consent to send a contingent")

    told = visitor.page.locator(".live")
    fill_in_ballot(delegate)
    before = told.inner_text()
    delegate.press("Confirm and enter")
    delegate.page.wait_for_url("**/receipt/*/")
    expect(told).not_to_have_text(before, timeout=15_000)

    secretary = person().sign_in("secretary")
    secretary.go(f"{LIVE}/enter/act/?act=csto.assistance.mandate")
    just_now = datetime.now(UTC) - timedelta(seconds=1)
    secretary.page.locator("#id_at").fill(just_now.isoformat(timespec="seconds"))
    enter(secretary)
    expect(standing).to_contain_text("consent to send a contingent", timeout=15_000)

    visitor.follow("فارسی")
    expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "fa")
    check_download(delegate, tmp_path / "live.zip")


def test_a_ballot_of_a_non_member_stays_where_it_was_typed(person):
    from playwright.sync_api import expect

    analyst = person().sign_in("tj")
    analyst.go(f"{LIVE}/enter/ballot/")
    analyst.page.evaluate("document.querySelector('#id_member').value = 'US'")
    analyst.page.get_by_label("yes").check()
    analyst.press("Continue")
    expect(analyst.page.locator(".error-summary")).to_contain_text("Sign in as")
    expect(analyst.page.get_by_label("yes")).to_be_checked()


def test_a_paste_that_is_too_long_is_stopped_in_the_browser_and_stays_typed(person):
    from playwright.sync_api import expect

    delegate = person().sign_in("am")
    delegate.go(f"{LIVE}/enter/note/")
    delegate.page.locator("#id_text").fill("word " * 20_000)
    delegate.press("Continue")
    expect(delegate.page.locator(".error-summary")).to_contain_text("at most 4000")
    expect(delegate.page.locator("#id_text")).to_have_value("word " * 20_000)


def test_a_case_is_opened_from_the_real_report(person, real_report, tmp_path):
    from playwright.sync_api import expect

    analyst = person().sign_in("analyst")
    analyst.go("/en/open/")
    analyst.page.locator("#id_file").set_input_files(real_report)
    analyst.page.locator("#id_published").fill("2022-01-06")
    analyst.press("Open the case")
    analyst.page.wait_for_url("**/proposals/")
    offered = analyst.page.locator("article.proposal")
    assert offered.count() > 10
    assert analyst.page.locator(".report mark.open").count() > 10
    offered.nth(0).get_by_role("button", name="Reject").click()
    expect(offered.nth(0)).to_contain_text("rejected")
    offered.nth(1).get_by_role("button", name="Accept").click()
    expect(offered.nth(1)).to_contain_text("accepted")
    analyst.press("Accept all that are open")
    expect(analyst.page.locator(".notice.success")).to_contain_text(
        "Draft acts among them", timeout=60_000
    )
    expect(offered.nth(0)).to_contain_text("rejected")
    case = analyst.page.url.split("/proposals/")[0].removeprefix(analyst.served.address)
    analyst.go(f"{case}/enter/note/")
    analyst.page.locator("#id_text").fill("Reviewed.")
    enter(analyst)
    check_download(analyst, tmp_path / "report.zip")
