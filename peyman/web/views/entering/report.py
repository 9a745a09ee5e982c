"""Add a report to a case that is here: for analysts, who then review what it proposes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from peyman.case.making.opening import source_of
from peyman.case.model import Entry
from peyman.picture.read import read_report
from peyman.picture.source import Report, receive
from peyman.web.forms.handing_in.reports import AddReportForm
from peyman.web.forms.parts.guard import kept
from peyman.web.records import record
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.entering.adding import added


@kept
@case_page
def add(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The form of a report; a good one is kept, and on to what it proposes."""
    return added(request, page, AddReportForm, "web/enter/report.html", _add)


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
