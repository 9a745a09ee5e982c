"""The form of a file that is added to a case beside its reports."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.web.forms.parts.fields import When, Words


class AttachmentForm(forms.Form):
    """A file, what it is, and where and when it was published."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A PDF, or a picture in PNG or JPEG; at most 32 MB."),
        # An empty one is refused where the others are, with the reason.
        allow_empty_file=True,
    )
    title = Words(longest=200, label=gettext_lazy("What it is"))
    language = forms.ChoiceField(
        choices=[
            ("fa", gettext_lazy("Persian")),
            ("ru", gettext_lazy("Russian")),
            ("en", gettext_lazy("English")),
            ("und", gettext_lazy("none or another")),
        ],
        label=gettext_lazy("The language in it"),
    )
    publisher = Words(longest=200, label=gettext_lazy("Who published it"))
    address = Words(
        required=False, longest=500, label=gettext_lazy("Its address (if it has one)")
    )

    def __init__(self, *args: Any, zone: str, **named: Any):
        """Make the form; `zone` is that of the days that are typed."""
        super().__init__(*args, **named)
        self.fields["published"] = When(
            zone, label=gettext_lazy("When it was published")
        )

    def clean_published(self) -> str:
        """A day or an instant; an interval is neither."""
        said = str(self.cleaned_data["published"])
        if "/" in said:
            raise ValidationError(_("Give one day or one hour, or write: unknown."))
        return said
