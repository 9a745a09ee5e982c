"""Add a file to a case that is here: for analysts. It is kept, not read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from peyman.case.entering.draft import Draft
from peyman.case.load import PLAN
from peyman.case.tracking.kept_plan import source_draft
from peyman.web.forms.handing_in.attachments import AttachmentForm
from peyman.web.forms.parts.guard import kept
from peyman.web.records import record
from peyman.web.records.attachments import Attachment, receive
from peyman.web.views.base import CasePage, case_page
from peyman.web.views.entering.adding import added


@kept
@case_page
def add(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The form of a file; a good one is kept, and on to its entry."""
    return added(request, page, AttachmentForm, "web/enter/attachment.html", _add)


def _add(request: HttpRequest, page: CasePage, form: AttachmentForm) -> HttpResponse:
    """Keep the file, once: the same bytes again lead to where they are.

    Raises:
        PeymanError: If it is not taken, or its entry is refused.
    """
    found = receive(form.cleaned_data["file"])
    for entry in page.case.entries:
        if entry.kind == "source" and entry.body["digest"] == found.digest:
            messages.info(request, _("This file is here already. Nothing was entered."))
            return redirect("entry", page.record.slug, entry.index)
    files = {f"sources/{found.digest}": found.data}
    is_plan = found.media_type == PLAN
    office = page.member.office
    said = str(form.cleaned_data["published"])
    draft = source_draft(found.data, office, said) if is_plan else _draft(form, found)
    receipt = record.enter(page.record.slug, draft, office, files).receipt
    messages.success(request, _("The file is kept."))
    return redirect("entry", page.record.slug, receipt.index)


def _draft(form: AttachmentForm, found: Attachment) -> Draft:
    said = form.cleaned_data
    body: dict[str, object] = {
        "digest": found.digest,
        "bytes": len(found.data),
        "media_type": found.media_type,
        "language": said["language"],
        "published": said["published"],
        "title": said["title"],
        "publisher": said["publisher"],
        "author": said["publisher"],
        "abstract": False,
    }
    if said["address"]:
        body["address"] = said["address"]
    return Draft("source", "documented", said["published"], None, (), body)


routes = [path("cases/<slug:slug>/enter/file/", add, name="add-attachment")]
