"""What every form of an entry is: made for an office in a case, and good for one draft.

A form may be asked to correct: it then shows what an entry says, and what it comes to takes
the place of that entry.
"""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from peyman.case.entering.draft import Draft
from peyman.case.model import Case, Entry
from peyman.web.forms.acting.corrections import Correction, named, reason_field, why_not
from peyman.web.records.readings import Held, held
from peyman.web.views.base import CasePage


class EntryForm(forms.Form):
    """A form whose answer is a draft.

    Attributes:
        heading: What the page is called.
        keeps: Fields of a body for which it has no room: a correction leaves them be.
        takes_back: Whether nothing stands in the place of what it corrects.
        office: Who signs.
        now: The case as of its last entry, whatever clocks the page shows.
        corrects: The entry whose place is taken; None for an entry of its own.
    """

    heading: str | Promise = ""
    keeps: ClassVar[frozenset[str]] = frozenset()
    takes_back: ClassVar[bool] = False
    use_required_attribute = False

    def __init__(self, page: CasePage, typed: QueryDict | None, asked: QueryDict):
        """Make the form.

        Args:
            page: The case, and in what role somebody acts there.
            typed: What was sent; None where nothing was.
            asked: What the address asks for.

        Raises:
            Http404: If it is asked to correct what is not there.
            PeymanError: If that may not be corrected, and nothing was typed yet.
        """
        super().__init__(typed)
        membership = page.membership
        if membership is None:
            raise AssertionError("only who may act is given a form")
        self.page = page
        self.role = membership.role
        self.office = membership.office
        self.asked = asked
        self.now: Held = held(page.record)
        name = (typed or asked).get("corrects", "")
        self.corrects: Entry | None = named(self.case, name) if name else None
        self.make()
        if self.corrects is not None:
            self._ask_reason(self.corrects)

    @property
    def case(self) -> Case:
        """The case that is entered into."""
        return self.now.case

    def make(self) -> None:
        """Make the fields that depend on the case."""

    def draft(self) -> Draft:
        """What a valid form says."""
        raise NotImplementedError

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of an entry that is to be corrected."""
        raise NotImplementedError

    def kept(self) -> dict[str, object]:
        """What stays as it was in the body of a corrected entry."""
        body = self.corrects.body if self.corrects else {}
        return {name: value for name, value in body.items() if name in self.keeps}

    def whole_draft(self) -> Draft:
        """What a valid form comes to, with what a correction leaves as it was."""
        draft, kept = self.draft(), self.kept()
        known = self.case.by_commitment()
        cited = [str(value) for value in kept.values() if str(value) in known]
        cites = tuple(dict.fromkeys((*draft.cites, *cited)))
        return draft._replace(cites=cites, body={**kept, **draft.body})

    def correction(self) -> Correction | None:
        """What it corrects, if it does."""
        if self.corrects is None:
            return None
        return Correction(self.corrects.commitment, self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        """What the fields say together."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        return said

    def _ask_reason(self, entry: Entry) -> None:
        why = why_not(self.case, entry, self.office)
        if why and not self.is_bound:
            raise why
        self.fields["reason"] = reason_field()
        self.fields["corrects"] = forms.CharField(
            widget=forms.HiddenInput, max_length=20
        )
        self.initial.update(self.filled(entry), corrects=entry.name)
