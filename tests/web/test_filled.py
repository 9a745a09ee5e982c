"""A filled template is planned with in the browser; a cell that does not fit is named."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from peyman.exchange.plan import template_of
from peyman.exchange.workbook import write_workbook
from peyman.web import demo
from tests.web.test_enter import last, page_of, size
from tests.web.test_next_plan import PLEDGE, entered, held_now, planned

__all__ = ["planned"]

URL = f"/en/cases/{demo.SLUG}/plan/filled/"


def sent(client, data, name="template.xlsx"):
    return client.post(URL, {"file": SimpleUploadedFile(name, data)})


def changed(kind, head, value):
    """The template of the case with one cell of the first row changed."""
    sheets = template_of(held_now())
    sheets[kind][1][sheets[kind][0].index(head)] = value
    return write_workbook(sheets)


def test_a_template_that_comes_back_is_planned_with_and_not_entered(planned, sign_in):
    client, before = sign_in("analyst"), size()
    answer = sent(client, changed("requirement", "quantity", 9))
    shown = page_of(answer)
    assert answer.status_code == 200
    assert "of 9" in shown
    assert "What comes of it" in shown
    assert size() == before


def test_every_cell_that_does_not_fit_is_named_on_the_page(planned, sign_in):
    sheets = template_of(held_now())
    heads = sheets["requirement"][0]
    sheets["requirement"][1][heads.index("quantity")] = "many"
    sheets["requirement"][1][heads.index("place")] = "<script>"
    answer = sent(sign_in("analyst"), write_workbook(sheets))
    shown = page_of(answer)
    assert answer.status_code == 422
    assert "2 cells do not fit" in shown
    assert "<script>" not in shown.split("What does not fit")[1].split("</table>")[0]
    for head in ("quantity", "place"):
        assert f"{chr(65 + heads.index(head))}2" in shown


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        (b"no workbook", "a.xlsx"),
        (b"PK\3\4" + bytes(40), "a.xlsx"),
        (b"\xff\xfe\0", "requirement.csv"),
        (b"a,b\n1,2\n", "other.csv"),
        (b"line\nx\n", "requirement.csv"),
        (b"x" * (4 * 2**20 + 1), "a.xlsx"),
    ],
    ids=["empty", "text", "zip", "bytes", "other", "columns", "large"],
)
def test_what_is_no_template_is_refused_with_the_reason(planned, sign_in, data, name):
    client, before = sign_in("analyst"), size()
    answer = sent(client, data, name)
    assert (answer.status_code, size()) == (422, before)
    assert "error-summary" in page_of(answer) or "Next step" in page_of(answer)


def test_without_a_file_it_is_asked_for(planned, sign_in):
    assert sign_in("analyst").post(URL, {}).status_code == 422


def confirmed(client, data, name="template.xlsx"):
    """The page with the button, and what the button sends."""
    shown = page_of(sent(client, data, name))
    return shown, {"step": "enter", "token": token_of_page(shown)}


def token_of_page(shown):
    return re.findall(r'name="token" value="([^"]+)"', shown)[0]


def test_the_rows_that_were_shown_are_entered_once_and_signed(planned, sign_in):
    client, before = sign_in("analyst"), size()
    shown, typed = confirmed(client, changed("requirement", "quantity", 9))
    assert "Enter this 1 row" in shown
    assert "1 row stands already, unchanged, and is passed over." in shown
    answer = client.post(URL, typed)
    assert (answer.status_code, size()) == (302, before + 1)
    assert (last().kind, last().body["quantity"]) == ("requirement", 9)
    assert (last().signer, last().known_as) == (demo.REGISTRAR, "reported")
    done = page_of(client.get(answer.url))
    assert "It is entered." in done
    assert last().name in done


def test_a_second_submission_of_the_same_rows_enters_nothing_new(planned, sign_in):
    client = sign_in("analyst")
    data = changed("requirement", "quantity", 9)
    _, typed = confirmed(client, data)
    client.post(URL, typed)
    before = size()
    again = client.post(URL, typed)
    assert size() == before
    assert "every row stands already" in page_of(client.get(again.url))
    shown = page_of(sent(client, data))
    assert "there is nothing to enter" in shown
    assert 'value="enter"' not in shown


def test_a_delegate_enters_its_own_pledge_as_done_here_and_no_requirement(
    planned, sign_in
):
    client, before = sign_in("kg"), size()
    shown = page_of(sent(client, changed("requirement", "quantity", 9)))
    assert "Your role here may not enter:" in shown
    assert 'value="enter"' not in shown
    _, typed = confirmed(client, changed("pledge", "tonnes", 30))
    client.post(URL, typed)
    assert size() == before + 1
    assert (last().signer, last().known_as) == ("KG", "performed")


def test_what_one_was_shown_another_cannot_enter(planned, sign_in):
    _, typed = confirmed(sign_in("analyst"), changed("pledge", "tonnes", 30))
    before = size()
    answer = sign_in("kg").post(URL, typed)
    assert (answer.status_code, size()) == (422, before)
    assert "nothing was entered" in page_of(answer)


def test_rows_that_come_to_something_else_by_now_are_shown_anew(planned, sign_in):
    client = sign_in("analyst")
    sheets = template_of(held_now())
    sheets["requirement"][1][0] = "Another line"
    sheets["pledge"][1][sheets["pledge"][0].index("tonnes")] = 30
    _, typed = confirmed(client, write_workbook(sheets))
    entered("pledge", {**PLEDGE, "tonnes": 30})
    before = size()
    answer = client.post(URL, typed)
    assert (answer.status_code, size()) == (422, before)
    shown = page_of(answer)
    assert "The record has grown since this was shown" in shown
    assert client.post(URL, {"step": "enter", "token": token_of_page(shown)}).url
    assert size() == before + 1


def test_a_row_that_is_refused_takes_the_others_with_it(planned, sign_in):
    sheets = template_of(held_now())
    sheets["requirement"][1][0] = "Another line"
    long = "x" * 400_000
    sheets["requirement"].append([long, long, 1, long, "almaty", None, 1, long, None])
    client, before = sign_in("analyst"), size()
    _, typed = confirmed(client, write_workbook(sheets))
    answer = client.post(URL, typed)
    assert (answer.status_code, size()) == (422, before)
    shown = page_of(answer)
    assert "What does not fit" in shown
    assert "A3" in shown


def test_a_transport_request_that_comes_back_changes_the_pledge(planned, sign_in):
    client, before = sign_in("analyst"), size()
    pledge = "KG: a company"
    text = f"pledge,item,answer\n{pledge},11,kant\n{pledge},9,accepted by letter\n"
    shown, typed = confirmed(client, text.encode(), "case-transport-request.csv")
    assert "Kept as text" in shown
    assert "accepted by letter" in shown
    client.post(URL, typed)
    assert size() == before + 2
    assert last().kind == "note"
    told = [one for one in held_now().entries if one.kind == "pledge"][-1]
    assert told.body["from"] == "kant"
