"""What most entries have besides their body: how they are known, when it was, what shows it.

Who acts here signs for itself, and does so now. What was done elsewhere is documented or
reported, at a time of its own, and another entry shows it.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.model import Entry
from peyman.web.forms.parts.entry import EntryForm
from peyman.web.forms.parts.fields import Choices, Cited, OneOf, When
from peyman.web.models import Membership
from peyman.web.views.telling import naming

PERFORMED = "performed"


class KnownForm(EntryForm):
    """A form that asks how it is known what it says.

    Attributes:
        may_perform: Whether what it says may be done here, by who signs.
    """

    may_perform = False

    @property
    def is_delegate(self) -> bool:
        """Whether who fills it in speaks for a member."""
        return self.role == Membership.Role.DELEGATE

    def ask_known(self) -> None:
        """Ask how it is known: first of all, for the rest depends on it."""
        told: Choices = [
            ("documented", _("A document shows it")),
            ("reported", _("A report tells it")),
        ]
        if self.may_perform:
            here = _("%(who)s does it now, here") % {"who": self.me()}
            told = [
                (PERFORMED, here),
                ("documented", _("It was done, and a document shows it")),
                ("reported", _("It was done, and a report tells it")),
            ]
        self.fields["known_as"] = OneOf(
            told, radio=True, label=gettext_lazy("How it is known")
        )
        is_own = self.may_perform and self.is_delegate
        self.initial["known_as"] = PERFORMED if is_own else "documented"

    def ask_when(self, label: str | Promise = "") -> None:
        """Ask when it was, and what shows it: last of all."""
        elsewhere = gettext_lazy("When it was done (where it is not done now, here)")
        usual = elsewhere if self.may_perform else gettext_lazy("When it was done")
        self.fields["at"] = When(self.page.zone, required=False, label=label or usual)
        self.fields["cites"] = Cited(
            self.case,
            required=False,
            label=gettext_lazy("Entries that show it"),
            help_text=gettext_lazy("Their names, such as e3, e12."),
        )

    def me(self) -> str:
        """Who signs, in the language of the page."""
        return naming.actor(self.office)

    def clean(self) -> dict[str, Any]:
        """What was done elsewhere has a time."""
        said = super().clean() or self.cleaned_data
        is_here = said.get("known_as") == PERFORMED
        if not is_here and "at" in said and not said["at"]:
            self.add_error("at", _("Say when it was done, or write: unknown."))
        return said

    def known(self) -> tuple[str, str]:
        """How it is known, and when it was; the server's clock says when it is done here."""
        said = self.cleaned_data
        at = "unknown" if said["known_as"] == PERFORMED else said["at"]
        return said["known_as"], at

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the common fields say of an entry."""
        names = {one.commitment: one.name for one in self.case.entries}
        return {
            "known_as": entry.known_as,
            "at": "" if entry.known_as == PERFORMED else entry.stated_at,
            "cites": ", ".join(names[one] for one in entry.cites if one in names),
        }
