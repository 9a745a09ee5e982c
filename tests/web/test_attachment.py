"""A file comes into a case under its digest; what is none of the kinds kept is refused."""

import tracemalloc
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from peyman.errors import PeymanError
from peyman.ledger import verify
from peyman.web import demo
from peyman.web.models import CaseRecord
from peyman.web.records import attachments
from peyman.web.records.store import DbStore
from tests.web.test_enter import last, page_of, size

ADD = f"/en/cases/{demo.SLUG}/enter/file/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40
TYPED = {
    "title": "The order, scanned",
    "publisher": "An agency",
    "language": "ru",
    "published": "2022-01-06",
}


def added(client, data, name="../../order.exe", **typed):
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(ADD, {**TYPED, **typed, "file": file})


def test_a_file_is_kept_under_its_digest_whatever_it_was_called(sign_in):
    client = sign_in("analyst")
    answer = added(client, PDF)
    entry = last()
    assert answer.url == reverse("entry", args=(demo.SLUG, entry.index))
    digest = sha256(PDF).hexdigest()
    assert (entry.body["digest"], entry.body["media_type"]) == (
        digest,
        "application/pdf",
    )
    case_file = DbStore(CaseRecord.objects.get(slug=demo.SLUG)).case_file()
    assert case_file.files[f"sources/{digest}"] == PDF
    assert verify(case_file).genuine
    assert "The order, scanned" in page_of(client.get(answer.url))


def test_the_same_file_again_leads_to_where_it_is(sign_in):
    client = sign_in("analyst")
    first, before = added(client, PDF).url, size()
    assert (added(client, PDF, "other.pdf").url, size()) == (first, before)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90\0", "The file is neither a PDF nor a picture in PNG or JPEG."),
        (b"PK\3\4" + bytes(40), "The file is neither a PDF nor a picture"),
        (b"<svg onload=alert(1)>", "The file is neither a PDF nor a picture"),
        (b"%PDF-" + bytes(attachments.LARGEST), "The file has more than 32 MB."),
    ],
    ids=["empty", "program", "archive", "script", "large"],
)
def test_what_is_not_kept_is_refused_with_the_reason(sign_in, data, reason):
    client, before = sign_in("analyst"), size()
    answer = added(client, data)
    shown = page_of(answer)
    assert (answer.status_code, size()) == (422, before)
    assert reason in shown
    assert 'value="The order, scanned"' in shown


def test_a_file_that_is_too_large_is_never_in_memory_whole(tmp_path):
    with TemporaryUploadedFile("x", "application/pdf", 0, None) as file:
        assert file.file is not None
        file.file.write(b"%PDF-")
        file.file.truncate(2 * 2**30)
        file.size = 2 * 2**30
        tracemalloc.start()
        with pytest.raises(PeymanError, match="more than 32 MB"):
            attachments.receive(file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 2**20
