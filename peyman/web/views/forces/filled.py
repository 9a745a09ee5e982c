"""A template or a transport request that comes back: planned with, entered, or its wrong cells named.

What is wrong is told cell by cell, as an office programme calls them, and the file stays with
whoever sent it: corrected there, it is sent again. What is right is planned with first, and shown
with what would be entered; only then is there a button that enters it.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.entering.rows import MOST_AT_ONCE, RowRefused
from peyman.case.planning.planned import planned
from peyman.errors import PeymanError
from peyman.exchange.asked_back import SHEETS
from peyman.exchange.comma import read_comma
from peyman.exchange.returned import read_returned
from peyman.exchange.sheets import COLUMNS, Fault, Filled
from peyman.exchange.workbook import read_workbook
from peyman.web.forms.parts.guard import kept
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.forces import rows
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
    """The form of a file that comes back; what comes of it below the form."""
    _ = page.member
    if request.method != "POST":
        return _show(page, FilledForm(), done=_done(request))
    if request.POST.get("step") == "enter":
        return _entered(page, request.POST.get("token", ""))
    form = FilledForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(page, form, status=422)
    file = form.cleaned_data["file"]
    try:
        found = _read(file, page)
        return _planned(page, form, found, str(file.name))
    except PeymanError as error:
        return _show(page, form, 422, error=error)


def _planned(
    page: CasePage, form: FilledForm, found: Filled, name: str, **more: Any
) -> HttpResponse:
    """What would be planned with these rows, and what of them may be entered."""
    if found.faults:
        return _show(page, form, 422, faults=found.faults, name=name)
    told = {
        "plan": planned(page.reading, at_once, found.told(name)),
        "counts": [(kind, len(bodies)) for kind, bodies in found.bodies.items()],
        "texts": found.texts,
        "offered": rows.offered(page, found, name),
        "office": page.member.office,
        "name": name,
    }
    return _show(page, form, 422 if more else 200, **told, **more)


def _entered(page: CasePage, token: str) -> HttpResponse:
    form = FilledForm()
    try:
        found, name, shown = rows.reread(page, token)
    except rows.Changed:
        return _show(page, form, 422, expired=True)
    try:
        done = rows.enter(page, found, shown)
    except rows.Changed:
        return _planned(page, form, found, name, expired=True)
    except RowRefused as error:
        row = error.row
        fault = Fault(row.sheet, row.cell, str(error.told))
        return _show(page, form, 422, faults=[fault], name=name)
    except PeymanError as error:
        return _show(page, form, 422, error=error)
    asked = urlencode(done._asdict())
    return redirect(f"{reverse('plan-filled', args=(page.record.slug,))}?{asked}")


class _DoneForm(forms.Form):
    """What the address says was entered."""

    first = forms.IntegerField(min_value=0)
    entries = forms.IntegerField(min_value=0, max_value=2 * MOST_AT_ONCE)
    stand = forms.IntegerField(min_value=0)


def _done(request: HttpRequest) -> dict[str, Any] | None:
    asked = _DoneForm(request.GET)
    if not asked.is_valid():
        return None
    first, count = asked.cleaned_data["first"], asked.cleaned_data["entries"]
    names = [f"e{index}" for index in range(first, first + count)]
    return {**asked.cleaned_data, "names": names}


def _show(
    page: CasePage, form: FilledForm, status: int = 200, **told: Any
) -> HttpResponse:
    context = {"form": form, "error": None, **told}
    return page.render("web/enter/filled.html", context, status)


def _read(file: Any, page: CasePage) -> Filled:
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
        named = (*COLUMNS, *SHEETS)
        sheet = next((one for one in named if stem.casefold().endswith(one)), stem)
        return read_returned({sheet: read_comma(data)}, page.reading)
    return read_returned(read_workbook(data), page.reading)


routes = [path("cases/<slug:slug>/plan/filled/", filled, name="plan-filled")]
