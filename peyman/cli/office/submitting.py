"""`peyman submit`: hand in a signed entry over the network, and check the receipt.

The server is asked for nothing but the receipt, and not believed: the receipt must prove
that the log of the copy at hand, by its key, took in this very envelope.
"""

import json
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import click

from peyman.cli.files import bytes_of
from peyman.cli.office.keeper import kept_of
from peyman.cli.printing import say
from peyman.cli.trust.network import Account, account, open_as
from peyman.errors import PeymanError
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.files.settings import read_settings
from peyman.ledger.log.proof import read_proof
from peyman.ledger.log.receipt import Receipt

_WAIT_S = 60


@click.command("submit")
@click.argument("entry", type=click.Path(path_type=Path), metavar="ENTRY.json")
@click.option("--to", "address", required=True, metavar="URL", help="The case's page.")
@click.option("--user", required=True, metavar="NAME", help="Your account there.")
@click.option(
    "--case",
    required=True,
    type=click.Path(path_type=Path),
    help="Your copy of the case: by its log key the receipt is checked.",
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="A file with your password; else you are asked.",
)
def submit_command(
    entry: Path, address: str, user: str, case: Path, password_file: Path | None
) -> None:
    """Hand in ENTRY.json, which `peyman sign` made, at the case's page URL."""
    envelope = bytes_of(entry)
    settings = read_settings(read_case_file(case).files["case.toml"])
    answer = _post(api_of(address), account(user, password_file), envelope)
    proof = read_proof(answer)
    receipt = Receipt(
        proof.index,
        proof.leaf.commitment,
        proof.leaf.entered,
        proof.steps,
        proof.checkpoint,
    )
    path = kept_of(settings.origin).keep_receipt(receipt, envelope, settings)
    say(f"e{receipt.index}: entered into {settings.origin} at {receipt.entered}")
    say(f"  the receipt proves it, and is kept: {path}")


def api_of(address: str) -> str:
    """The address to which envelopes go, from that of any page of the case.

    >>> api_of("https://keeper.example/en/cases/live/standing/")
    'https://keeper.example/api/cases/live/entries/'
    """
    parts = urlsplit(address)
    words = parts.path.split("/")
    if parts.scheme not in ("http", "https") or "cases" not in words[:-1]:
        raise PeymanError(
            f"{address} is not the page of a case.",
            authority="peyman submit --help",
            remedy="Give the address that the browser shows on the case: …/cases/NAME/",
        )
    slug = words[words.index("cases") + 1]
    return f"{parts.scheme}://{parts.netloc}/api/cases/{slug}/entries/"


def _post(url: str, who: Account, envelope: bytes) -> bytes:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, envelope, headers)  # noqa: S310  (api_of)
    try:
        with open_as(request, who, _WAIT_S) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        raise _refused(error) from error
    except OSError as error:
        raise PeymanError(
            f"{url} cannot be reached: {error}.",
            authority="the network",
            remedy="Try again: the same envelope is never entered twice.",
        ) from error


def _refused(error: urllib.error.HTTPError) -> PeymanError:
    try:
        told = json.loads(error.read())
        return PeymanError(
            str(told["problem"]),
            authority=str(told["authority"]),
            remedy=str(told["remedy"]),
        )
    except (ValueError, KeyError, TypeError):
        return PeymanError(
            f"The server answered {error.code}: {error.reason}.",
            authority=error.url or "the server",
            remedy="Check the address of the case.",
        )
