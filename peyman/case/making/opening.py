"""Open a new case from a received report: what binds it, and the report byte for byte."""

from collections.abc import Callable

from peyman.case.entering.draft import Draft
from peyman.case.making.founding import Founding
from peyman.case.making.workshop import Workshop
from peyman.ledger.signing.keys import Key
from peyman.picture.model import Reading
from peyman.picture.source import Report

_TITLE_LENGTH = 120


def open_case(
    founding: Founding,
    key: Key,
    nonce: Callable[[str], str],
    report: Report,
    reading: Reading,
    entered: int,
) -> Workshop:
    """Make a case of two entries, `open` and the `source` of the report.

    Args:
        founding: What the case is founded on.
        key: The registrar's.
        nonce: From the label of an entry to its nonce.
        report: The report as received.
        reading: What it says, for the name of its outlet.
        entered: When, in seconds since 1970.
    """
    shop = Workshop(founding, key, nonce)
    stated = "assumed" if founding.settings.is_reconstructed else None
    shop.open(entered, stated)
    shop.enter("source", source_of(report, reading), entered, stated, report.data)
    return shop


def source_of(report: Report, reading: Reading) -> Draft:
    """The source entry of a report, its title its first line."""
    published = report.published or "unknown"
    title = report.text.strip().splitlines()[0][:_TITLE_LENGTH]
    body: dict[str, object] = {
        "digest": report.sha256,
        "bytes": len(report.data),
        "media_type": "text/plain; charset=utf-8",
        "language": report.language,
        "published": published,
        "title": title,
        "publisher": reading.outlet,
        "author": reading.outlet,
        "abstract": False,
    }
    return Draft("source", "documented", published, None, (), body)
