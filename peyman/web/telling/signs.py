"""Statuses as a shape, a word and a colour: none of the three says it alone.

A template writes `{% status "late" %}`. The shape is drawn in the page, so that it prints.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SHAPES = {
    "disc": '<circle cx="8" cy="8" r="6"/>',
    "ring": '<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "half": '<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 3a5 5 0 0 0 0 10z"/>',
    "triangle": '<path d="M8 1.5 15 14H1z"/>',
    "square": '<path d="M2.5 2.5h11v11h-11z"/>',
    "diamond": '<path d="M8 1 15 8 8 15 1 8z"/>',
    "cross": '<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor"'
    ' stroke-width="2.5"/>',
    "tick": '<path d="m2.5 8.5 3.5 4 7.5-9" fill="none" stroke="currentColor"'
    ' stroke-width="2.5"/>',
    "dash": '<path d="M2 8h12" stroke="currentColor" stroke-width="2.5"/>',
}


class Sign(NamedTuple):
    """How a status looks: its shape, the tone of its colour, its word."""

    shape: str
    tone: str
    word: str | Promise

    @property
    def drawing(self) -> str:
        """The inside of an SVG of 16 by 16."""
        return _SHAPES[self.shape]


SIGNS = {
    # lists of a standing
    "may": Sign("ring", "calm", _("may")),
    "must": Sign("square", "act", _("must")),
    "late": Sign("triangle", "bad", _("late")),
    "may_be_late": Sign("triangle", "wait", _("may be late")),
    "waiting": Sign("half", "wait", _("waiting")),
    "in_force": Sign("disc", "good", _("in force")),
    "contested": Sign("diamond", "wait", _("contested")),
    "fell_away": Sign("dash", "off", _("fell away")),
    # what an act came to
    "effect": Sign("tick", "good", _("has effect")),
    "no_effect": Sign("cross", "bad", _("without effect")),
    # a tally
    "adopted": Sign("tick", "good", _("adopted")),
    "rejected": Sign("cross", "bad", _("rejected")),
    "open": Sign("ring", "wait", _("open")),
    "not_shown": Sign("dash", "off", _("not shown")),
    # a ballot
    "yes": Sign("tick", "good", _("yes")),
    "no": Sign("cross", "bad", _("no")),
    "abstain": Sign("dash", "off", _("abstains")),
    "present": Sign("half", "calm", _("present")),
    # a claim
    "held": Sign("ring", "calm", _("held")),
    "corroborated": Sign("disc", "good", _("corroborated")),
    "disputed": Sign("diamond", "wait", _("disputed")),
    "withdrawn": Sign("cross", "bad", _("withdrawn")),
    "deleted": Sign("dash", "off", _("deleted")),
    # a ground
    "spoken": Sign("disc", "good", _("spoken")),
    "denied": Sign("cross", "bad", _("denied")),
    "not_spoken": Sign("ring", "off", _("not spoken")),
    # a case
    "live": Sign("disc", "good", _("live")),
    "reconstructed": Sign("half", "calm", _("reconstructed")),
    "partial": Sign("half", "wait", _("partial")),
}
