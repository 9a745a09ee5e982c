"""What is typed is not lost: forms that come back too late, from nobody, or too large.

Django would answer each of these with a page of its own, and what was typed would be gone.
Here a form that cannot be taken is shown again as it was filled in, with the reason.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from peyman.errors import PeymanError

View = Callable[..., HttpResponse]
_OURS = frozenset({"csrfmiddlewaretoken", "step", "token"})


class _Check(CsrfViewMiddleware):
    """Django's check, whose answer is a reason and not a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _no_view(request: HttpRequest) -> HttpResponse:
    """What the check is asked about: a view that is not exempt from it."""
    return HttpResponse()


def kept(view: View) -> View:
    """Make a view that takes a form: what cannot be taken is shown again, and kept.

    The view gets no form that another page sent: Django's own check is made here.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **named)
        try:
            foreign = _Check(_no_view).process_view(request, _no_view, (), {})
            if foreign or not request.user.is_authenticated:
                return _again(request)
        except RequestDataTooBig:
            return _refused(request, _too_large(), 413)
        return view(request, *args, **named)

    return csrf_exempt(answer)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody filled in, in order; not what our own pages added."""
    return [
        (name, one)
        for name, values in request.POST.lists()
        for one in values
        if name not in _OURS
    ]


def _again(request: HttpRequest) -> HttpResponse:
    """Give a form back that was not sent from a page of this session."""
    problem = PeymanError(
        _("This form was not sent: you are not signed in any more, or it has expired."),
        authority=_("A form is good for the session that it was given to."),
        remedy=_(
            "Sign in in another window if you are not signed in, then send it again."
            " Nothing that you typed is lost."
        ),
    )
    told = {"typed": typed(request), "error": problem}
    return render(request, "web/enter/again.html", told, status=403)


def _too_large() -> PeymanError:
    return PeymanError(
        _("What was sent is too large to be read."),
        authority=_("A form takes at most four megabytes, a text 4000 characters."),
        remedy=_(
            "Go back: what you typed is still in your browser. Shorten it; a report is"
            " uploaded as a file."
        ),
    )


def _refused(request: HttpRequest, error: PeymanError, status: int) -> HttpResponse:
    return render(request, "web/enter/again.html", {"error": error}, status=status)
