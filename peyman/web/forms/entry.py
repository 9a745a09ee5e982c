"""What every form of an entry is: made for an office in a case, and good for one draft."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from peyman.case.draft import Draft
from peyman.case.model import Case
from peyman.web.readings import Held, held
from peyman.web.views.base import CasePage


class EntryForm(forms.Form):
    """A form whose answer is a draft.

    Attributes:
        heading: What the page is called.
        office: Who signs.
        now: The case as of its last entry, whatever clocks the page shows.
    """

    heading: str | Promise = ""
    use_required_attribute = False

    def __init__(self, page: CasePage, typed: QueryDict | None, asked: QueryDict):
        """Make the form.

        Args:
            page: The case, and in what role somebody acts there.
            typed: What was sent; None where nothing was.
            asked: What the address asks for.
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
        self.make()

    @property
    def case(self) -> Case:
        """The case that is entered into."""
        return self.now.case

    @property
    def groups(self) -> list[Any]:
        """The fields that are seen, in order."""
        return [field for field in self if not field.is_hidden]

    def make(self) -> None:
        """Make the fields that depend on the case."""

    def draft(self) -> Draft:
        """What a valid form comes to."""
        raise NotImplementedError
