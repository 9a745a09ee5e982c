"""Open a live case from a report: for analysts, who then review what it proposes."""

import os
import time
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _

from peyman.case.load import load
from peyman.case.making.founding import Founding
from peyman.case.making.opening import open_case
from peyman.errors import PeymanError
from peyman.ledger import Settings, build_log, read_case_file
from peyman.ledger.files.settings import LIVE
from peyman.picture.read import read_report
from peyman.picture.source import Report, receive
from peyman.web.demo import REGISTRAR
from peyman.web.forms.handing_in.reports import ReportForm, zone_of_last
from peyman.web.forms.parts.guard import kept
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import record
from peyman.web.records.keys import kept_of, key_of

_SALT = "peyman.web.views.entering.upload"


@kept
def upload(request: HttpRequest) -> HttpResponse:
    """The form of a report; from a good one a case, and on to its proposals."""
    _check_analyst(request)
    if request.method != "POST":
        return _ask(request, ReportForm(initial={"nonce": _new_nonce()}))
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, status=422)
    try:
        return redirect("proposals", _open(request, form))
    except PeymanError as error:
        return _ask(request, form, error, status=422)


def _check_analyst(request: HttpRequest) -> None:
    """Who is no analyst anywhere gets what is answered for a page that is not there."""
    mine = Membership.objects.filter(user=request.user.pk, role=Membership.Role.ANALYST)
    if not request.user.is_authenticated or not mine.exists():
        raise Http404


def _ask(
    request: HttpRequest,
    form: ReportForm,
    error: PeymanError | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {"form": form, "error": error}
    return render(request, "web/enter/upload.html", told, status=status)


def _new_nonce() -> str:
    return signing.dumps(os.urandom(4).hex(), salt=_SALT)


def _open(request: HttpRequest, form: ReportForm) -> str:
    """Open the case, once for each form that was handed out; give its slug.

    Raises:
        PeymanError: If the report cannot be read.
    """
    try:
        name = signing.loads(form.cleaned_data["nonce"], salt=_SALT)
    except signing.BadSignature:
        name = os.urandom(4).hex()
    slug = f"report-{name}"
    published = form.cleaned_data["published"]
    known = None if published == "unknown" else published
    report = receive(form.data_of(), known)
    with transaction.atomic():
        mine = Membership.objects.filter(user=request.user.pk, case__slug=slug)
        if not mine.exists():
            _found(request, slug, report, form.cleaned_data["charters"])
    return slug


def _found(
    request: HttpRequest, slug: str, report: Report, charters: list[str]
) -> None:
    origin = f"keeper.local/{slug}"
    key = key_of(REGISTRAR, make=True)
    log_key = key_of(origin, make=True)
    said = Settings(
        origin=origin,
        title=_title(report.published),
        zone=zone_of_last(charters),
        kept=LIVE,
        log_key=log_key.public,
        registrar=REGISTRAR,
        charters=tuple(charters),
    )
    library = settings.LIBRARY
    texts = {
        one: (library / "charters" / f"{one}.toml").read_bytes() for one in charters
    }
    registers = {
        one: load(read_case_file(folder))
        for one in charters
        if (folder := library / "cases" / f"{one}-register").is_dir()
    }
    founding = Founding(said, texts, registers, key.public)
    reading = read_report(report)
    now = int(time.time())
    shop = open_case(founding, key, record.nonce, report, reading, now)
    guard = kept_of(origin).check
    made = build_log(shop.files, shop.entries, log_key, name=slug, guard=guard)
    case: CaseRecord = record.take_in(made, slug, is_public=False)
    Membership.objects.create(
        user_id=int(request.user.pk or 0),
        case=case,
        role=Membership.Role.ANALYST,
        office=REGISTRAR,
    )


def _title(published: str | None) -> Mapping[str, str]:
    titles = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            day = (published or "")[:10]
            titles[code] = (
                _("Opened from a report of %(day)s") % {"day": day}
                if day
                else _("Opened from a report")
            )
    return titles


routes = [path("open/", upload, name="open-report")]
