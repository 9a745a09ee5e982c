"""The log of a case as witnesses and other programs read it, and evidence of forks.

The paths are those of tlog-tiles: `checkpoint`, with the lines of witnesses, and
`tile/LEVEL/NUMBER`. Who may see the case may read its log, and nobody else: leaves say when
something was entered. They say nothing of what, and the whole case file is there for the
same readers. A witness of a case that is not public names an account (HTTP Basic).
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.tiles import ENTRIES, WIDTH, Tile, tile_bytes
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.web.entrance import programs
from peyman.web.entrance.access import case_or_404
from peyman.web.models import CaseRecord
from peyman.web.views.base import CasePage, case_page
from peyman.web.witnessing import witnesses

_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,3}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@programs.read_as
def head(request: HttpRequest, slug: str) -> HttpResponse:
    """The checkpoint of a log."""
    note = witnesses.head_of(case_or_404(request, slug))
    answer = HttpResponse(note, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    return answer


@programs.read_as
def tile(request: HttpRequest, slug: str, tile_path: str) -> HttpResponse:
    """A tile or a bundle of a log, whole or as far as the log goes."""
    record = case_or_404(request, slug)
    asked = _read_path(tile_path)
    if asked is None or not _is_there(asked, record.size):
        raise Http404
    answer = HttpResponse(
        _bytes_of(record, asked), content_type="application/octet-stream"
    )
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _read_path(tile_path: str) -> Tile | None:
    found = _PATH.fullmatch(tile_path)
    if found is None:
        return None
    level, number, width = found.groups()
    asked = Tile(
        level if level == ENTRIES else int(level),
        int(re.sub("[x/]", "", number)),
        int(width or WIDTH),
    )
    return asked if asked.path == tile_path else None


def _is_there(asked: Tile, size: int) -> bool:
    level = asked.level if isinstance(asked.level, int) else 0
    held = size // int(WIDTH**level)
    return asked.first + asked.width <= held


def _bytes_of(record: CaseRecord, asked: Tile) -> bytes:
    if isinstance(asked.level, int) and asked.level:
        return tile_bytes(asked, witnesses.tree_of(record), ())
    span = (asked.first, asked.first + asked.width - 1)
    rows = record.entries.filter(index__range=span).order_by("index")
    leaves = [
        encode_leaf(Leaf(*one)) for one in rows.values_list("commitment", "entered")
    ]
    first = asked._replace(number=0)
    return tile_bytes(first, Tree(map(hash_leaf, leaves)), leaves)


@case_page
def fork(request: HttpRequest, page: CasePage, pk: int) -> HttpResponse:
    """Evidence that a witness has seen another log of the case, as a file."""
    found = get_object_or_404(page.record.forks, pk=pk)
    answer = HttpResponse(bytes(found.data), content_type="application/json")
    name = f"{page.record.slug}-{found.digest[:16]}.fork.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


routes = [
    path("log/<slug:slug>/checkpoint", head, name="log-head"),
    path("log/<slug:slug>/<path:tile_path>", tile, name="log-tile"),
    path("cases/<slug:slug>/forks/<int:pk>/", fork, name="fork"),
]
