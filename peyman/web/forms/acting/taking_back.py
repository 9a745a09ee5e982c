"""The form that takes an entry back: nothing stands in its place any more."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.web.forms.acting.corrections import Correction
from peyman.web.forms.parts.entry import EntryForm


class TakeBackForm(EntryForm):
    """A correction without a successor: its reason, and nothing else."""

    heading = gettext_lazy("Take an entry back")
    takes_back = True

    def make(self) -> None:
        """Ask nothing more than why: that is asked of every correction."""
        if self.corrects is None:
            raise Http404

    def filled(self, entry: Entry) -> dict[str, Any]:
        """Nothing: no field says what the entry said."""
        return {}

    def draft(self) -> Draft:
        """The correction itself."""
        correction = super().correction()
        if correction is None:
            raise AssertionError("without an entry to take back there is no form")
        return correction.draft()

    def correction(self) -> Correction | None:
        """None: it corrects, and takes no place."""
        return None
