"""The case file: the canonical zip, bit for bit what `peyman verify` reads."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.ledger import digest
from peyman.web import witnesses
from peyman.web.store import DbStore
from peyman.web.views.base import CasePage, case_page


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


routes = [path("cases/<slug:slug>/file/", case_file, name="file")]
