"""What a program may send to the door for programs, and what it is answered."""

import base64

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

ENTRIES = "/api/cases/live/entries/"
FORM = "multipart/form-data; boundary=x"


@pytest.fixture
def send(live, client):
    """Send something as the delegate of KZ."""
    user = get_user_model().objects.get(username="kz")
    user.set_password("a word")
    user.save()
    signed_in = "Basic " + base64.b64encode(b"kz:a word").decode()

    def sent(*data, **more):
        return client.post(ENTRIES, *data, headers={"authorization": signed_in}, **more)

    return sent


def file(data):
    return SimpleUploadedFile("entry.json", data)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"other": file(b"x")}, "The form brings no file `envelope`."),
        ({"source": file(b"x")}, "The form brings no file `envelope`."),
        ({"envelope": "text and no file"}, "The form brings no file `envelope`."),
        (
            {"envelope": file(b"\xff")},
            "The envelope is not canonical JSON: it is not UTF-8.",
        ),
        ({"envelope": file(b"{}")}, "The envelope"),
    ],
)
def test_a_form_that_brings_no_sound_envelope_is_refused(send, live, data, problem):
    answer = send(data)
    assert answer.status_code == 422
    told = answer.json()
    assert told.keys() == {"problem", "authority", "remedy"}
    assert told["problem"].startswith(problem), told
    assert live.size == live.entries.count()


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"\x00" * 70_000])
def test_a_body_that_is_no_envelope_is_refused(send, body):
    answer = send(body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["problem"]


def test_a_form_that_is_cut_off_is_refused(send):
    assert send(b"--x\r\nContent-Disposition: fo", content_type=FORM).status_code == 422


@pytest.mark.parametrize(
    "authorization",
    [None, "Basic", "Basic !", "Bearer x", "Basic " + base64.b64encode(b"kz").decode()],
)
def test_nothing_is_taken_in_without_an_account(live, client, authorization):
    headers = {"authorization": authorization} if authorization else {}
    answer = client.post(ENTRIES, b"{}", "application/json", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
