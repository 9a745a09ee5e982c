"""A filled template is planned with in the browser; a cell that does not fit is named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from peyman.exchange.plan import template_of
from peyman.exchange.workbook import write_workbook
from peyman.web import demo
from tests.web.test_enter import page_of, size
from tests.web.test_next_plan import held_now, planned

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
