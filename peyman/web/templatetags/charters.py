"""Tags of the pages of charters.

{% charter_link page "csto" "T 4" %}   the address of an article on the page of its charter
{{ item.act|act_anchor }}              where an act stands on such a page
{{ day|day }}                          a day in the page's language
"""

from collections.abc import Iterable
from datetime import date

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from peyman.charter.moment import day_of
from peyman.web.telling import written
from peyman.web.telling.written import sort_key
from peyman.web.templatetags.pages import anchor
from peyman.web.views.base import CasePage
from peyman.web.views.charters.text import act_anchor
from peyman.web.views.telling import naming

register = template.Library()
register.filter(act_anchor)


@register.filter
def members(codes: Iterable[str]) -> str:
    """Several members, in the order of their names in the page's language."""
    here = naming.language()
    named = (naming.actor(code) for code in codes)
    return naming.comma().join(sorted(named, key=lambda name: sort_key(name, here)))


@register.filter
def acts(names: Iterable[str]) -> str:
    """Several acts by their full names, one after the other."""
    return naming.comma().join(naming.act(name) for name in names)


@register.filter
def day(value: date) -> str:
    """A day in the page's language; the beginning of all days has no name."""
    return "" if value == date.min else written.day(value, naming.language())


register.simple_tag(anchor, name="anchor_of")


@register.simple_tag
def charter_link(page: CasePage, charter: str, article: str) -> str:
    """The address of an article in its charter, as the case carries it, on the page's day."""
    law = page.case.charters[charter]
    url = reverse("case-charter", args=(page.record.slug, charter))
    query = urlencode({"on": str(day_of(page.reading.at, law.zone))})
    return f"{url}?{query}#{anchor(charter, article)}"
