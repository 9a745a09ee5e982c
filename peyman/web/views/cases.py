"""The list of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from peyman.web.entrance.access import cases_of


def home(request: HttpRequest) -> HttpResponse:
    """The cases that the one who asks may see: live ones first, registers last."""
    records = sorted(
        cases_of(request.user),
        key=lambda one: (bool(one.row.register), one.row.kept, -one.row.last_entered),
    )
    return render(
        request,
        "web/cases.html",
        {
            "cases": [one for one in records if not one.row.register],
            "registers": [one for one in records if one.row.register],
        },
    )


routes = [path("", home, name="cases")]
