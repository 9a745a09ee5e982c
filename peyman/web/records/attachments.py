"""Take in a file that is no report: counted, recognised and hashed piece by piece as it lies.

What a browser sends lies in a file of its own on the disk, never whole in memory, until it
is found to be of a kind and a size that are kept. The record keeps it under its digest,
once, whatever it was called: neither the name that it had nor the type that the browser
said is believed. Archives are not taken: nobody sees what is in them.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peyman.case.load import PLAN
from peyman.errors import PeymanError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 32 * 2**20
"""Bytes: a case is handed to others whole, and so is every file in it."""

_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b'{"direction":': PLAN,
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was taken in: what its entry says of it, and its bytes."""

    digest: str
    media_type: str
    data: bytes


def receive(file: "UploadedFile[bytes]") -> Attachment:
    """Take in a file.

    Raises:
        PeymanError: If it is empty, too large, or of no kind that is kept.
    """
    found, size, media_type = sha256(), 0, ""
    for piece in file.chunks():
        size += len(piece)
        if size > LARGEST:
            raise PeymanError(
                _("The file has more than %(most)s MB.") % {"most": LARGEST // 2**20},
                authority=_("A case is handed to others whole, with every file in it."),
                remedy=_("Give a smaller copy, or enter a summary and its address."),
            )
        if piece and not media_type:
            media_type = _media_type(piece)
        found.update(piece)
    if not size:
        raise _refused(_("The file is empty."))
    file.seek(0)
    return Attachment(found.hexdigest(), media_type, file.read())


def _media_type(first: bytes) -> str:
    for beginning, media_type in _BEGINNINGS.items():
        if first.startswith(beginning):
            return media_type
    raise _refused(_("The file is neither a PDF nor a picture in PNG or JPEG."))


def _refused(problem: str) -> PeymanError:
    return PeymanError(
        problem,
        authority=_("What is kept can be looked at by everybody who gets the case."),
        remedy=_("Give a PDF, a PNG or a JPEG; a text is added as a report."),
    )
