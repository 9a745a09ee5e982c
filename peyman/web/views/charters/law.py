"""Which charters there are, who may see them, and what every page of one has.

The charters that come with Peyman are public law: everybody may read them. One that a case
carries is read by whoever may see the case, and by nobody else. A charter is known by its
bytes, so what is kept of it in memory is never stale.

    @law_page
    def text(page: LawPage) -> HttpResponse:
        return page.render("web/charters/text.html", {"day": page.day})
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.charter.model import Charter, Text
from peyman.charter.moment import day_of, zone_of
from peyman.charter.read import read_charter
from peyman.charter.reading.lines import places
from peyman.charter.verification.report import Report, verify
from peyman.errors import PeymanError
from peyman.web.entrance.access import case_or_404, cases_of
from peyman.web.models import CaseRecord, FileRecord
from peyman.web.surroundings import LIBRARY
from peyman.web.telling.clocks import read_clock
from peyman.web.views.base import NavItem

PAGES = (
    ("charter", gettext_lazy("Text and rules")),
    ("charter-graph", gettext_lazy("Graph of acts")),
    ("charter-blocks", gettext_lazy("Who blocks what")),
)
"""The pages of a charter: name of the route, and of the page."""
_LAWS, _REPORTS = 64, 128
"""How many charters, and how many reports on them, are kept in memory."""
_LONGEST = 40


@dataclass(frozen=True)
class Law:
    """A charter and the bytes that it was read from."""

    charter: Charter
    data: bytes

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its file, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which its text, or who is bound by it, changed."""
        days = {text.since for text in self.charter.versions}
        for bound in self.charter.parties.values():
            for spans in bound.values():
                days |= {day for span in spans for day in span if day is not None}
        return tuple(sorted(days - {date.min}))

    def settled(self, day: date) -> date:
        """The last change by a day: nothing differs between the two."""
        return max((one for one in self.changes if one <= day), default=date.min)

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Every table of the file as it is written there, with the keys that lead to it."""
        source = self.data.decode()
        lines = source.splitlines()
        heads = [one for one in places(source) if one.is_header]
        ends = [one.line - 1 for one in heads[1:]] + [len(lines)]
        return tuple(
            (head.path, "\n".join(_trimmed(lines[head.line - 1 : end])))
            for head, end in zip(heads, ends, strict=True)
        )

    def toml(self, *table: str) -> str:
        """What stands in the file under a table and its sub-tables, with its comments."""
        found = (text for path, text in self.tables if path[: len(table)] == table)
        return "\n\n".join(found)


def _trimmed(lines: list[str]) -> list[str]:
    """A table without what is written above the next one."""
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines = lines[:-1]
    return lines


@lru_cache(_LAWS)
def law_of(id_: str, data: bytes) -> Law:
    """The charter that a file holds.

    Raises:
        PeymanError: If it holds none.
    """
    return Law(read_charter(data, id=id_, name=f"{id_}.toml"), data)


def report_of(law: Law, day: date) -> Report:
    """What verification finds in a charter as it reads on a day, found once."""
    # Before its first change nothing differs from the day before it.
    first = date(law.changes[0].year - 1, 1, 1) if law.changes else day
    return _report(law.charter.id, law.data, max(law.settled(day), first))


@lru_cache(_REPORTS)
def _report(id_: str, data: bytes, day: date) -> Report:
    return verify(law_of(id_, data).charter, day)


# ------------------------------------------------------------------ which there are


def shipped() -> list[Law]:
    """The charters that come with Peyman, by id."""
    found = sorted((LIBRARY / "charters").glob("*.toml"))
    return [law_of(one.stem, one.read_bytes()) for one in found]


def carried_by(record: CaseRecord) -> list[Law]:
    """The charters that a case carries, by id.

    One that this version of Peyman cannot read is left out, as its case is.
    """
    found = []
    for one in FileRecord.objects.filter(case=record, path__startswith="charters/"):
        with suppress(PeymanError):
            found.append(law_of(Path(one.path).stem, bytes(one.data)))
    return found


def law_or_404(request: HttpRequest, charter: str, slug: str | None) -> Law:
    """A charter by its id: one that a case carries, else one that comes with Peyman.

    Raises:
        Http404: If there is none, or its case is not for the one who asks.
    """
    laws = shipped() if slug is None else carried_by(case_or_404(request, slug))
    found = next((one for one in laws if one.charter.id == charter), None)
    if found is None:
        raise Http404
    return found


def named_law(request: HttpRequest, name: str) -> Law | None:
    """A charter by its name in a form: its id, or CASE/ID; None if there is none to see."""
    slug, _slash, id_ = name.rpartition("/")
    laws: list[Law] = []
    if not slug:
        laws = shipped()
    elif record := cases_of(request.user).filter(slug=slug).first():
        laws = carried_by(record)
    return next((one for one in laws if one.charter.id == id_), None)


# -------------------------------------------------------------- what every page has


def read_day(typed: str, charter: Charter) -> date:
    """The day by which a charter is read: as typed, else today where its days are meant.

    Raises:
        PeymanError: If it is no day.
    """
    try:
        at = read_clock(typed, charter.zone)
        if at is None:
            return timezone.now().astimezone(zone_of(charter.zone)).date()
        # A day means its end, which is the first instant of the next.
        return day_of(at - 1, charter.zone)
    except PeymanError:
        raise PeymanError(
            _("“%(typed)s” is no day.") % {"typed": typed[:_LONGEST]},
            authority=_("a charter is read as it is in force on a day"),
            remedy=_("Write it as 2022-01-06 or 1400-10-16."),
        ) from None


@dataclass(frozen=True)
class LawPage:
    """A page of a charter.

    Attributes:
        slug: The case that carries it; None for one that comes with Peyman.
        typed: The day as it was typed.
        day: The day by which it is read.
    """

    request: HttpRequest
    law: Law
    slug: str | None
    typed: str
    day: date

    @property
    def charter(self) -> Charter:
        """The charter itself."""
        return self.law.charter

    @property
    def text(self) -> Text:
        """As it reads on the page's day."""
        return self.charter.on(self.day)

    @property
    def report(self) -> Report:
        """What verification finds in it on that day."""
        return report_of(self.law, self.day)

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.slug}/{self.charter.id}" if self.slug else self.charter.id

    @property
    def settled(self) -> date:
        """The last change by its day."""
        return self.law.settled(self.day)

    @property
    def url_of_text(self) -> str:
        """The address of the charter's own page."""
        return self.url("charter")

    @property
    def query(self) -> str:
        """What to hang on the address of another page of it: the day, if one was typed."""
        return f"?{urlencode({'on': str(self.day)})}" if self.typed else ""

    def url(self, name: str) -> str:
        """The address of another page of the charter, on the same day."""
        if self.slug is None:
            return reverse(name, args=(self.charter.id,)) + self.query
        args = (self.slug, self.charter.id)
        return reverse(f"case-{name}", args=args) + self.query

    def nav(self) -> list[NavItem]:
        """The pages of the charter, and the way to compare it."""
        match = self.request.resolver_match
        here = ((match and match.url_name) or "").removeprefix("case-")
        found = [NavItem(label, self.url(name), name == here) for name, label in PAGES]
        asked = urlencode({"a": self.name, "a-on": str(self.day), "b": self.name})
        compare = f"{reverse('compare-charters')}?{asked}"
        return [*found, NavItem(_("Compare"), compare, False)]

    def render(
        self, template: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """Render a template that extends `web/charters/law.html`."""
        told = {"page": self, **(context or {})}
        return render(self.request, template, told, status=status)


def law_page(view: Callable[[LawPage], HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of a charter: its id, its case if any, and `?on=` a day.

    What a person can fix is said on a page of the charter, status 400.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, charter: str, slug: str | None = None
    ) -> HttpResponse:
        law = law_or_404(request, charter, slug)
        typed = request.GET.get("on", "").strip()
        try:
            day, problem = read_day(typed, law.charter), None
        except PeymanError as error:
            day, problem = read_day("", law.charter), error
        page = LawPage(request, law, slug, typed if problem is None else "", day)
        if problem is not None:
            told = {"error": problem, "mistyped": typed}
            return page.render("web/charters/refused.html", told, status=400)
        return view(page)

    return answer


def routes_of(
    view: Callable[..., HttpResponse], name: str, rest: str = ""
) -> tuple[URLPattern, URLPattern]:
    """The two addresses of a page: of a charter of Peyman's, and of one that a case has."""
    return (
        path(f"charters/<slug:charter>/{rest}", view, name=name),
        path(
            f"cases/<slug:slug>/charters/<slug:charter>/{rest}",
            view,
            name=f"case-{name}",
        ),
    )
