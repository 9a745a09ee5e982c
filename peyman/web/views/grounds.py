"""The grounds of the charters: whose word decides, what it said, who claims what."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import kept
from peyman.web.views.telling.articles import cited_in, sayings


@case_page
def grounds(request: HttpRequest, page: CasePage) -> HttpResponse:
    """Every ground in the law of the day."""
    return page.render("web/grounds.html", kept(page, "grounds", lambda: _told(page)))


def _told(page: CasePage) -> dict[str, object]:
    conditions = page.standing["conditions"]
    cited = [one for c in conditions for one in cited_in(c["charter"], [c])]
    # Whose word decides stands short where it is one of the charter's own words.
    return {"conditions": conditions, "articles": sayings(page, cited)}


routes = [path("cases/<slug:slug>/grounds/", grounds, name="grounds")]
