"""The forms of a report, pasted or as a file: one opens a case, one adds it to a case."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.charter.read import read_charter
from peyman.errors import PeymanError
from peyman.picture.source import LIMIT_BYTES
from peyman.web.forms.parts.fields import When, Words
from peyman.web.views.telling import naming

_USUAL = ("csto", "kazakhstan")


class AddReportForm(forms.Form):
    """A report for a case that is here: its text, and where and when it was published."""

    use_required_attribute = False
    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("The text of the report"),
        help_text=gettext_lazy("Pasted as it is; nothing is changed in it."),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "autocomplete": "off"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("A text in UTF-8: Persian, Russian or English."),
    )

    def __init__(self, *args: Any, zone: str, **named: Any):
        """Make the form; `zone` is that of the days that are typed."""
        super().__init__(*args, **named)
        self.fields["published"] = When(
            zone, label=gettext_lazy("When it was published")
        )
        self.make()

    def make(self) -> None:
        """Ask who published it."""
        self.fields["publisher"] = Words(
            required=False,
            longest=200,
            label=gettext_lazy("Who published it"),
            help_text=gettext_lazy("Left empty, the outlet that the report names."),
        )
        self.fields["address"] = Words(
            required=False,
            longest=500,
            label=gettext_lazy("Its address (if it has one)"),
        )

    def clean_published(self) -> str:
        """A day or an instant; an interval is neither."""
        said = str(self.cleaned_data["published"])
        if "/" in said:
            raise ValidationError(_("Give one day or one hour, or write: unknown."))
        return said

    def clean(self) -> dict[str, Any]:
        """Pasted or as a file, and not both."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("text")) == (said.get("file") is not None):
            self.add_error(
                "text", _("Paste the report or choose a file: one of the two.")
            )
        return said

    def data_of(self) -> bytes:
        """The bytes of the report as they came.

        Raises:
            PeymanError: If they are more than are read.
        """
        file = self.cleaned_data["file"]
        if file is None:
            # A browser sends every end of a line as two characters.
            return str(self.cleaned_data["text"]).replace("\r\n", "\n").encode()
        if file.size > LIMIT_BYTES:
            raise PeymanError(
                _("The report has %(n)s bytes; at most %(most)s are read.")
                % {"n": file.size, "most": LIMIT_BYTES},
                authority=_("A source is kept byte for byte, as UTF-8 text."),
                remedy=_("Give the report alone, without the archive around it."),
            )
        return bytes(file.read())


class ReportForm(AddReportForm):
    """A report from which a case is opened, and under which charters it is read."""

    nonce = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, zone="UTC", **named)

    def make(self) -> None:
        """Ask for the charters."""
        self.fields["charters"] = forms.MultipleChoiceField(
            choices=charters(),
            widget=forms.CheckboxSelectMultiple(),
            label=gettext_lazy("Charters by which the case is read"),
        )
        self.initial["charters"] = list(_USUAL)


def charters() -> list[tuple[str, str]]:
    """The charters of the library, by id, as the page calls them."""
    found = sorted((settings.LIBRARY / "charters").glob("*.toml"))
    return [(one.stem, naming.charter(one.stem)) for one in found]


def zone_of_last(names: list[str]) -> str:
    """The zone of the last of several charters: whose days a new case has."""
    path = settings.LIBRARY / "charters" / f"{names[-1]}.toml"
    return read_charter(path.read_bytes(), id=names[-1], name=path.name).zone
