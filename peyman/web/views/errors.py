"""Pages for what went wrong: not found, a form that has expired, a fault of ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or none for the one who asks: the answer is the same."""
    return render(request, "web/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something came in that no page of ours sends, or that is too large."""
    return render(request, "web/bad_request.html", status=400)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back that this server did not hand out, or not to this session."""
    return render(request, "web/expired.html", status=403)
