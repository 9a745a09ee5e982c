"""The case file and the proof of one entry, bit for bit what `peyman verify` reads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from peyman.ledger import digest
from peyman.ledger.log.proving import prove
from peyman.web.records.store import DbStore
from peyman.web.views.base import CasePage, case_page
from peyman.web.witnessing import witnesses


@case_page
def case_file(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The whole case, to keep and to verify elsewhere."""
    made = witnesses.with_lines(page.record, DbStore(page.record).case_file())
    answer = HttpResponse(made.zip(), content_type="application/zip")
    name = f"{page.record.slug}-{page.record.size}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = f'"{digest(made.files["checkpoint"])}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@case_page
def proof(request: HttpRequest, page: CasePage, index: int) -> HttpResponse:
    """That an entry stands in the log: a receipt, to keep and to hand on."""
    if index >= page.record.size:
        raise Http404
    store = DbStore(page.record)
    case_file = witnesses.with_lines(page.record, store.case_file())
    made = prove(case_file, store.log, index, is_bare=False)
    answer = HttpResponse(made.encode(), content_type="text/plain; charset=utf-8")
    name = f"{page.record.slug}-e{index}.tlog-proof"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


routes = [
    path("cases/<slug:slug>/file/", case_file, name="file"),
    path("cases/<slug:slug>/entries/<int:index>/proof/", proof, name="proof"),
]
