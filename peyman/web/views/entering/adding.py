"""What analysts add to a case that is here: one form, kept once, and on to where it leads."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from peyman.errors import PeymanError
from peyman.web.entrance.access import may_enter
from peyman.web.views.base import CasePage

F = TypeVar("F", bound=Form)


def added(
    request: HttpRequest,
    page: CasePage,
    form_of: Callable[..., F],
    template: str,
    add: Callable[[HttpRequest, CasePage, F], HttpResponse],
) -> HttpResponse:
    """Ask for a source, or take in what was sent.

    Args:
        request: The request.
        page: The case.
        form_of: The form, given `zone` and what was sent.
        template: The page that asks.
        add: Keeps what a good form brings; what it refuses is told beside the form.

    Raises:
        Http404: For who may not add to the case.
    """
    if not may_enter(page.member, "source"):
        raise Http404
    error: PeymanError | None = None
    if request.method != "POST":
        return page.render(template, {"form": form_of(zone=page.zone), "error": error})
    form = form_of(request.POST, request.FILES, zone=page.zone)
    if form.is_valid():
        try:
            return add(request, page, form)
        except PeymanError as refused:
            error = refused
    return page.render(template, {"form": form, "error": error}, status=422)
