"""The forms of the page of keys: hand in a signed entry, enter a key, revoke one."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.errors import PeymanError
from peyman.ledger import strict
from peyman.ledger.entries.envelope import LARGEST_ENVELOPE
from peyman.ledger.signing.keyring import KeyLife
from peyman.ledger.signing.keys import PublicKey
from peyman.picture.source import LIMIT_BYTES
from peyman.web.forms.parts.fields import Words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Read = TypeVar("Read")

_ENTRY = re.compile(r"e?(0|[1-9][0-9]{0,6})")


class EnvelopeForm(forms.Form):
    """An entry that was signed on a machine of the office's own."""

    use_required_attribute = False
    prefix = "signed"
    envelope = forms.FileField(
        label=gettext_lazy("The signed entry"),
        help_text=gettext_lazy("The ENTRY.json that peyman sign wrote."),
    )
    source = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=gettext_lazy("The bytes of the source, if it enters one"),
    )

    def clean_envelope(self) -> bytes:
        """The envelope, not larger than one may be."""
        return _read(self.cleaned_data["envelope"], LARGEST_ENVELOPE)

    def clean_source(self) -> bytes | None:
        """The bytes of the source, if there is one."""
        file = self.cleaned_data["source"]
        return None if file is None else _read(file, LIMIT_BYTES)


class KeyForm(forms.Form):
    """A key by which an office is to sign from now on."""

    use_required_attribute = False
    prefix = "key"
    office = Words(longest=strict.LONGEST_NAME, label=gettext_lazy("The office"))
    public = Words(
        longest=60,
        label=gettext_lazy("Its public key"),
        help_text=gettext_lazy("What peyman key new printed; never the private half."),
    )

    def __init__(self, *args: Any, office: str, may_add: bool, **named: Any):
        """Make the form; an office that may not add keys changes its own alone."""
        super().__init__(*args, **named)
        if may_add:
            self.initial["office"] = office
        else:
            del self.fields["office"]

    def clean_office(self) -> str:
        """An office as the record names it."""
        office = self.cleaned_data["office"]
        return _strictly(
            lambda: strict.office(office, "office"),
            _("This is no office: write CHARTER/OFFICE, or a member's two letters."),
        )

    def clean_public(self) -> PublicKey:
        """A sound Ed25519 key."""
        text = self.cleaned_data["public"]
        return _strictly(
            lambda: PublicKey.from_text(text, "public"),
            _("This is no public key. Take the line that peyman key new printed."),
        )


class RevokeForm(forms.Form):
    """A key that is to sign no more, and from where on it is not to be believed."""

    use_required_attribute = False
    prefix = "revoke"
    key = forms.ChoiceField(label=gettext_lazy("The key"))
    since = Words(
        longest=9,
        label=gettext_lazy("The first entry that it should not have signed"),
        help_text=gettext_lazy("What it signed from there on is contested. As e31."),
    )

    def __init__(self, *args: Any, lives: list[KeyLife], **named: Any):
        """Make the form; `lives` are the keys that may be revoked."""
        super().__init__(*args, **named)
        choices = [
            (one.key.fingerprint, f"{one.office} · {one.key.fingerprint[:16]}…")
            for one in lives
        ]
        self.fields["key"].choices = choices  # type: ignore[attr-defined]

    def clean_since(self) -> int:
        """The index of an entry."""
        found = _ENTRY.fullmatch(str(self.cleaned_data["since"]).strip())
        if found is None:
            raise ValidationError(_("Name an entry as the record does: e31."))
        return int(found[1])


def _read(file: "UploadedFile[bytes]", most: int) -> bytes:
    if file.size is None or file.size > most:
        raise ValidationError(
            _("The file has %(n)s bytes; at most %(most)s are read.")
            % {"n": file.size, "most": most}
        )
    return bytes(file.read())


def _strictly(read: Callable[[], Read], problem: str) -> Read:
    try:
        return read()
    except PeymanError:
        raise ValidationError(problem) from None
