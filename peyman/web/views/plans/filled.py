"""A template that comes back filled in: planned with, or every cell that does not fit named.

Nothing of it is entered. What is wrong is told cell by cell, as an office programme calls them, and
the file stays with whoever sent it: corrected there, it is sent again.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.planning.planned import planned
from peyman.errors import PeymanError
from peyman.exchange.comma import read_comma
from peyman.exchange.sheets import COLUMNS, Filled, read_sheets
from peyman.exchange.workbook import read_workbook
from peyman.web.forms.parts.guard import kept
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.plans.solving import at_once

LARGEST = 4 * 2**20
"""Bytes: a template with the most rows that are read has far less."""


class FilledForm(forms.Form):
    """A template as it comes back."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("The template, filled in"),
        help_text=gettext_lazy(
            "A workbook (.xlsx), or one CSV file that is called after its sheet; at most"
            " 4 MB."
        ),
        allow_empty_file=True,
    )


@kept
@case_page
def filled(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The form of a filled template; what comes of it below the form."""
    _ = page.member
    if request.method != "POST":
        return _show(page, FilledForm())
    form = FilledForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(page, form, status=422)
    file = form.cleaned_data["file"]
    try:
        found = _read(file)
        if found.faults:
            return _show(page, form, 422, faults=found.faults, name=file.name)
        supposed = found.told(str(file.name))
        plan = planned(page.reading, at_once, supposed)
    except PeymanError as error:
        return _show(page, form, 422, error=error)
    counts = [(kind, len(bodies)) for kind, bodies in found.bodies.items()]
    return _show(page, form, plan=plan, counts=counts, name=file.name)


def _show(
    page: CasePage, form: FilledForm, status: int = 200, **told: Any
) -> HttpResponse:
    context = {"form": form, "error": None, **told}
    return page.render("web/enter/filled.html", context, status)


def _read(file: Any) -> Filled:
    """The sheets of a file, by what it is called and how it begins.

    Raises:
        PeymanError: If it is too large, or neither a workbook nor a CSV file.
    """
    if file.size > LARGEST:
        raise PeymanError(
            _("The file has more than %(most)s MB.") % {"most": LARGEST // 2**20},
            authority=_("A template has at most some thousand rows."),
            remedy=_("Leave out what is not of the template, and send it again."),
        )
    data = file.read()
    stem, dot, ending = str(file.name).rpartition(".")
    if dot and ending.casefold() == "csv":
        sheet = next((kind for kind in COLUMNS if stem.casefold().endswith(kind)), stem)
        return read_sheets({sheet: read_comma(data)})
    return read_sheets(read_workbook(data))


routes = [path("cases/<slug:slug>/plan/filled/", filled, name="plan-filled")]
