"""The door for programs: a member hands in what it signed on its own machine.

`POST /api/cases/NAME/entries/` takes an envelope (JSON), or a form with `envelope` and the
bytes of a `source`, from an account of the office that signed it (HTTP Basic, over https).
It answers with the receipt, a c2sp.org/tlog-proof. What is refused is answered with
`{problem, authority, remedy}`. It is the one door of the pages: `peyman.web.records.record`.
"""

from hashlib import sha256

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from peyman.errors import PeymanError
from peyman.ledger.files.settings import read_settings
from peyman.ledger.keeping.kept import proof_of
from peyman.saying import say
from peyman.web.entrance import programs
from peyman.web.entrance.access import case_or_404, may_act
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import record


@csrf_exempt
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the log stands (GET); take an envelope in, and give its receipt (POST).

    No cookie is looked at to take anything in, so no other page can send one along.
    """
    if request.method == "GET":
        return _head(request, slug)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, POST"})
    try:
        user = programs.who(request)
        request.user = user  # type: ignore[assignment]
        case = case_or_404(request, slug)
        return _take(request, case, may_act(user, case))
    except PeymanError as error:
        return programs.refused(error, 422)
    except RequestDataTooBig:
        return programs.refused(_too_large(), 413)
    except programs.NotSignedInError as error:
        return programs.unknown(error)


@programs.read_as
def _head(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_or_404(request, slug)
    return JsonResponse(
        {
            "origin": case.origin,
            "size": case.size,
            "root": case.root,
            "checkpoint": bytes(case.checkpoint).decode(),
        }
    )


def _take(
    request: HttpRequest, case: CaseRecord, member: Membership | None
) -> HttpResponse:
    envelope, files = _handed_in(request)
    if member is None:
        raise PeymanError(
            say("This account has no part in {words}.", words=case.origin),
            authority=say("docs/record.md, section 1: the signer enters"),
            remedy=say("Submit it from an account of the office that signed it."),
        )
    entered = record.submit(case.slug, envelope, member, files)
    settings = read_settings(bytes(case.files.get(path="case.toml").data))
    proof = proof_of(entered.receipt, settings)
    return HttpResponse(
        proof.encode(), status=201, content_type="text/plain; charset=utf-8"
    )


def _handed_in(request: HttpRequest) -> tuple[bytes, dict[str, bytes]]:
    """The envelope of a request, and the bytes of a source where it brings some.

    Raises:
        PeymanError: If it is a form without an envelope.
    """
    if request.content_type != "multipart/form-data":
        return request.body, {}
    envelope, data = _file(request, "envelope"), _file(request, "source")
    if envelope is None:
        raise PeymanError(
            say("The form brings no file `envelope`."),
            authority=say("docs/record.md, section 1: what is entered is an envelope"),
            remedy=say("Send what `peyman sign` wrote, as the file `envelope`."),
        )
    if data is None:
        return envelope, {}
    return envelope, {f"sources/{sha256(data).hexdigest()}": data}


def _file(request: HttpRequest, name: str) -> bytes | None:
    file = request.FILES.get(name)
    return bytes(file.read()) if isinstance(file, UploadedFile) else None


def _too_large() -> PeymanError:
    return PeymanError(
        say("What was sent is too large to be read."),
        authority=say(
            "docs/record.md, section 1: an envelope has at most 65,535 bytes"
        ),
        remedy=say("Enter what is large as a source, and cite it."),
    )


routes = [path("api/cases/<slug:slug>/entries/", entries, name="api-entries")]
