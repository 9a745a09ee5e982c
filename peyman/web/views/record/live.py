"""Tell an open page that its record has grown, so that it shows what came without being asked.

The page asks every few seconds with the size that it shows; what it then loads anew is the
page itself, so who may see what is asked again.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.views.base import CasePage, case_page


@case_page
def head(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Nothing (204) while the record has the size that is named; else where it stands."""
    if request.GET.get("size") == str(page.record.size):
        return HttpResponse(status=204)
    answer = page.render("web/parts/live.html", {"has_grown": True})
    answer["HX-Trigger"] = "record-grew"
    return answer


routes = [path("cases/<slug:slug>/head/", head, name="head")]
