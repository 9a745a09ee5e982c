"""Who may, who must by when, what is late, in force, contested: matter by matter."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from peyman.web.views.base import CasePage, case_page
from peyman.web.views.kept import kept
from peyman.web.views.telling.articles import cited_in, sayings
from peyman.web.views.votes import Vote, cited_by, votes_of

Row = Mapping[str, Any]

OWED = ("late", "may_be_late", "must", "waiting", "in_force")
"""The lists that are told row by row, the most pressing first."""


def grouped(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows that differ only in who acts, made one: `actors` names them all."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = repr([(k, v) for k, v in row.items() if k != "by"])
        found.setdefault(key, {**row, "actors": []})["actors"].append(row["by"])
    return list(found.values())


def matter_of(matter: Row, votes: Iterable[Vote]) -> dict[str, Any]:
    """A matter of the standing as the page tells it, with the votes under way in it."""
    doubted = [_key(row) for row in matter["may_be_late"]]
    owed = [
        {**row, "list": listed}
        for listed in OWED
        for row in matter[listed]
        if not (listed == "must" and _key(row) in doubted)
    ]
    shown = {(one["entry"], one["finding"]) for one in matter["contested"]}
    return {
        **matter,
        "rows": grouped(owed),
        "mays": grouped(matter["may"]),
        "otherwise": grouped(matter["otherwise"]),
        "votes": [vote for vote in votes if vote.matter == matter["id"]],
        "remarks": [
            one
            for one in matter["findings"]
            if (one["entry"], one["finding"]) not in shown
        ],
        "counts": {
            listed: len([row for row in owed if row["list"] == listed])
            for listed in OWED
        },
    }


def _key(row: Row) -> tuple[str, str, str]:
    return row["act"], row["by"], row["because"]


@case_page
def standing(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The standing of the case."""
    return page.render("web/standing.html", kept(page, "standing", lambda: _told(page)))


def _told(page: CasePage) -> dict[str, Any]:
    told, votes = page.standing, votes_of(page)
    cited = [
        one
        for matter in told["matters"]
        for one in cited_in(
            matter["charter"],
            *(matter[name] for name in (*OWED, "may", "contested", "findings")),
            matter["otherwise"],
        )
    ]
    cited += cited_by(votes)
    for row in [*told["may_open"], *told["fell_away"], *told["without_effect"]]:
        cited += cited_in(row["act"].partition(".")[0], [row])
    for row in told["claimed_offices"]:
        cited += cited_in(row["office"].partition("/")[0], [row])
    return {
        "matters": [matter_of(matter, votes) for matter in told["matters"]],
        "openings": grouped(
            {**row, "charter": row["act"].partition(".")[0]} for row in told["may_open"]
        ),
        "articles": sayings(page, cited),
    }


routes = [path("cases/<slug:slug>/standing/", standing, name="standing")]
