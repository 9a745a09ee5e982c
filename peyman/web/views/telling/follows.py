"""What may follow from an entry: its page offers it to who may enter it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyman.case.model import Entry
from peyman.web.entrance.access import may_enter
from peyman.web.forms.acting.corrections import why_not
from peyman.web.views.base import CasePage


class Step(NamedTuple):
    """Something that may be entered next, and where."""

    label: str | Promise
    url: str


def steps_from(page: CasePage, entry: Entry) -> list[Step]:
    """What the one who asks may enter because of an entry; nothing for a reader.

    On a page of an earlier moment nothing is offered: what is entered is entered now.
    """
    if page.membership is None or not page.follows or entry.log:
        return []
    return list(_steps(page, entry))


def form_url(page: CasePage, kind: str, **asked: str) -> str:
    """The address of the form of a kind, with what it is to be filled in with."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    url = reverse("enter-kind", args=(page.record.slug, kind))
    return f"{url}?{query.urlencode()}" if query else url


def correction_url(page: CasePage, entry: Entry) -> str:
    """The form in which an entry is filled in as it should be; empty if there is none."""
    acts = entry.body.get("acts")
    is_several = isinstance(acts, list) and len(acts) > 1
    if entry.kind == "source" or is_several or not may_enter(page.member, entry.kind):
        return ""
    return form_url(page, entry.kind, corrects=entry.name)


def _steps(page: CasePage, entry: Entry) -> Iterator[Step]:
    member = page.member
    if entry.kind == "source" and may_enter(member, "claim"):
        if entry.commitment in page.case.texts and not entry.body["abstract"]:
            proposals = reverse("proposals", args=(page.record.slug,))
            yield Step(_("Review what it proposes"), proposals)
        yield Step(
            _("Enter a claim from it"), form_url(page, "claim", source=entry.name)
        )
    if entry.kind == "claim" and may_enter(member, "grade"):
        yield Step(_("Grade this claim"), form_url(page, "grade", claim=entry.name))
    if entry.kind == "claim" and may_enter(member, "status"):
        url = form_url(page, "status", claim=entry.name)
        yield Step(_("Say how a place stands by it"), url)
    if may_enter(member, "correct") and not why_not(page.case, entry, member.office):
        url = form_url(page, "correct", corrects=entry.name)
        yield Step(_("Correct this entry"), url)
