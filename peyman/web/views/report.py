"""Add a report to a case that is here: for analysts, who then review what it proposes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from peyman.case.model import Entry
from peyman.case.opening import source_of
from peyman.errors import PeymanError
from peyman.picture.read import read_report
from peyman.picture.source import Report, receive
from peyman.web import record
from peyman.web.access import may_enter
from peyman.web.forms.guard import kept
from peyman.web.forms.reports import AddReportForm
from peyman.web.views.base import CasePage, case_page


@kept
@case_page
def add(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The form of a report; a good one is kept, and on to what it proposes."""
    if not may_enter(page.member, "source"):
        raise Http404
    if request.method != "POST":
        return _ask(page, AddReportForm(zone=page.zone))
    form = AddReportForm(request.POST, request.FILES, zone=page.zone)
    if not form.is_valid():
        return _ask(page, form, status=422)
    try:
        return _add(request, page, form)
    except PeymanError as error:
        return _ask(page, form, error, status=422)


def _ask(
    page: CasePage,
    form: AddReportForm,
    error: PeymanError | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {"form": form, "error": error}
    return page.render("web/enter/report.html", told, status=status)


def _add(request: HttpRequest, page: CasePage, form: AddReportForm) -> HttpResponse:
    """Keep the report, once: the same bytes again lead to where they are.

    Raises:
        PeymanError: If it cannot be read, or is refused.
    """
    said = form.cleaned_data
    known = None if said["published"] == "unknown" else said["published"]
    report = receive(form.data_of(), known)
    if (here := _kept(page, report)) is not None:
        told = _("This report is here already. Nothing was entered.")
        messages.info(request, told)
        return redirect("entry", page.record.slug, here.index)
    draft = source_of(report, read_report(report))
    draft.body.update({n: said[n] for n in ("publisher", "address") if said[n]})
    files = {f"sources/{report.sha256}": report.data}
    record.enter(page.record.slug, draft, page.member.office, files)
    messages.success(request, _("The report is kept. This is what it proposes."))
    return redirect("proposals", page.record.slug)


def _kept(page: CasePage, report: Report) -> Entry | None:
    sources = (entry for entry in page.case.entries if entry.kind == "source")
    return next((e for e in sources if e.body["digest"] == report.sha256), None)


routes = [path("cases/<slug:slug>/enter/source/", add, name="add-report")]
