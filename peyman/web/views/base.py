"""What every page has: the case, the two clocks, who is asking, and the way round the case.

A page of a case is a function that is told its `CasePage`:

    @case_page
    def standing(request: HttpRequest, page: CasePage) -> HttpResponse:
        return page.render("web/standing.html", {"rows": page.standing["matters"]})
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyman.case.model import Case
from peyman.case.reading import Reading
from peyman.errors import PeymanError
from peyman.ledger.files.settings import LIVE
from peyman.web.entrance.access import case_or_404, may_act
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import readings
from peyman.web.telling.clocks import Clocks, read_clocks

# The pages of a case in the order of its navigation: name of the route, and of the page.
# One whose route is not there yet is left out.
PAGES = (
    ("case", _("Overview")),
    ("standing", _("Standing")),
    ("grounds", _("Grounds")),
    ("decisions", _("Decisions")),
    ("mandate", _("Mandate")),
    ("claims", _("Claims")),
    ("map", _("Map")),
    ("strength", _("Strength")),
    ("generation", _("Plan")),
    ("entries", _("Record")),
)


class NavItem(NamedTuple):
    """One page in the navigation of a case."""

    label: object
    url: str
    is_here: bool


@dataclass(frozen=True)
class CasePage:
    """A page of a case: what it reads from, and how it is rendered.

    Attributes:
        record: The case in the database.
        clocks: As of when, and known by when.
        membership: In what role the one who asks may act here; None for a reader.
    """

    request: HttpRequest
    record: CaseRecord
    clocks: Clocks
    membership: Membership | None

    @property
    def case(self) -> Case:
        """The case itself, in memory."""
        return readings.case_of(self.record)

    @property
    def zone(self) -> str:
        """Whose days and hours the page shows."""
        return self.record.row.zone

    @cached_property
    def held(self) -> readings.Held:
        """The case on the clocks of the page."""
        return readings.held(self.record, self.clocks.at, self.clocks.known_at)

    @property
    def reading(self) -> Reading:
        """What the case comes to on the clocks of the page."""
        return self.held.reading

    @property
    def standing(self) -> dict[str, Any]:
        """The plain data of `peyman show --json`, docs/show.schema.json."""
        return self.held.standing

    @property
    def earlier(self) -> object:
        """What the clocks bar says where the page does not show the case as it is now."""
        return _("an earlier moment")

    @property
    def is_live(self) -> bool:
        """Whether the case is kept as things happen."""
        return self.record.row.kept == LIVE

    @property
    def follows(self) -> bool:
        """Whether the page is of a live case as it is now, and so may grow while open."""
        return self.is_live and not self.clocks.query

    @property
    def member(self) -> Membership:
        """In what role the one who asks acts here.

        Raises:
            Http404: For a reader, who gets what is answered for a page that is not there.
        """
        if self.membership is None:
            raise Http404
        return self.membership

    def url(self, name: str, *args: object) -> str:
        """The address of another page of the case, on the same clocks."""
        return reverse(name, args=(self.record.slug, *args)) + self.clocks.query

    def nav(self) -> list[NavItem]:
        """The pages of the case that there are."""
        match = self.request.resolver_match
        here = match.url_name if match else ""
        found = []
        acting = (
            (("enter", pgettext_lazy("to do", "Act")),)
            if self.membership and self.is_live
            else ()
        )
        for name, label in (*PAGES, *acting, ("file", _("Case file"))):
            try:
                found.append(NavItem(label, self.url(name), name == here))
            except NoReverseMatch:
                continue
        return found

    def render(
        self, template: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """Render a template that extends `web/case.html`; it is given this as `page`."""
        told = {"page": self, **(context or {})}
        return render(self.request, template, told, status=status)


def case_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of a case: who may not see it gets what is answered for none.

    What a person can fix (`PeymanError`) is said on a page of the case, status 400.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, slug: str, *args: Any, **named: Any
    ) -> HttpResponse:
        record = case_or_404(request, slug)
        clocks = read_clocks(request.GET, record.row.zone)
        page = CasePage(request, record, clocks, may_act(request.user, record))
        try:
            if clocks.problem is not None:
                raise clocks.problem
            return view(request, page, *args, **named)
        except PeymanError as error:
            return page.render("web/refused.html", {"error": error}, status=400)

    return answer


def surroundings(request: HttpRequest) -> dict[str, object]:
    """What every template knows, beside what Django tells it of the language."""
    return {"languages": settings.LANGUAGES}
