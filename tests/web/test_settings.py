"""What a browser is told, what the surroundings may change, and what is served from here."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from peyman.errors import PeymanError
from peyman.web import surroundings

WEB = Path(surroundings.__file__).parent
STATIC = WEB / "static" / "web"
SHEETS = sorted((STATIC / "css").glob("*.css"))
PAGES = sorted((WEB / "templates").rglob("*.html"))


def test_debug_is_off():
    assert settings.DEBUG is False


def test_a_page_says_that_nothing_comes_from_elsewhere(worked, client):
    headers = client.get("/en/").headers
    directives = dict(
        one.strip().split(" ", 1)
        for one in headers["Content-Security-Policy"].split(";")
    )
    assert directives == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_visitor_is_given_no_cookie(worked, client):
    assert not client.get("/en/cases/kazakhstan-2022/").cookies


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_no_template_has_a_style_or_a_script_inside(page):
    text = page.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|data:", text)
    assert not re.search(r"<script(?![^>]* src=)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_no_template_names_another_host(page):
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_a_sheet_asks_no_other_host_and_knows_no_left_and_right(sheet):
    text = sheet.read_text()
    assert not re.search(r"url\(\"?(?!\"?\.\./)|@import", text)
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|[^-]float:"
    assert not re.search(rf"{physical}|text-align: (?:left|right)|[;{{]\s*left:", text)


def test_what_others_made_is_as_it_was_published():
    listed = [
        line.split("  ") for line in (STATIC / "DIGESTS").read_text().splitlines()
    ]
    found = {path: digest for digest, path in listed}
    assert found == {
        path: sha256((STATIC / path).read_bytes()).hexdigest() for path in found
    }
    fonts = {f"fonts/{one.name}" for one in (STATIC / "fonts").glob("*.woff2")}
    assert fonts <= found.keys()
    assert "fonts/inter-LICENSE.txt" in found


def test_a_secret_is_made_once_and_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.delenv("PEYMAN_SECRET_KEY", raising=False)
    surroundings.prepare(tmp_path / "new")
    first = surroundings.secret_key(tmp_path / "new")
    surroundings.prepare(tmp_path / "new")
    assert surroundings.secret_key(tmp_path / "new") == first
    assert len(first) >= 50
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_is_given_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYMAN_SECRET_KEY", "given")
    assert surroundings.secret_key(tmp_path) == "given"


def test_sqlite_takes_its_place_first_and_keeps_what_it_said(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = surroundings.database(tmp_path)
    assert found["NAME"] == tmp_path / "peyman.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


READ_ONCE = {"prepare_threshold": 1}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://me:p%40ss@db.example.org:5433/cases?sslmode=require",
            (
                "cases",
                "me",
                "p@ss",
                "db.example.org",
                5433,
                {**READ_ONCE, "sslmode": "require"},
            ),
        ),
        (
            "postgres://peyman@/cases?host=/run/postgresql",
            ("cases", "peyman", "", "/run/postgresql", "", READ_ONCE),
        ),
    ],
)
def test_a_database_is_named_by_its_url(tmp_path, monkeypatch, url, expected):
    monkeypatch.setenv("DATABASE_URL", url)
    found = surroundings.database(tmp_path)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_another_database_is_refused(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(PeymanError) as caught:
        surroundings.database(tmp_path)
    assert str(caught.value) == (
        "DATABASE_URL names no PostgreSQL database.\n"
        "  Authority: the settings: cases are kept in SQLite, or in PostgreSQL\n"
        "  Next step: Write postgresql://USER:PASSWORD@HOST:PORT/NAME, or unset it."
    )


def test_a_time_that_is_none_is_answered_on_the_page_with_what_was_typed(
    worked, client
):
    answer = client.get("/en/cases/kazakhstan-2022/", {"at": "<next> week"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "“&lt;next&gt; week” is no time." in page
    assert 'value="&lt;next&gt; week"' in page


@pytest.mark.parametrize("path", ["/en/nothing/", "/nothing", "/xx/"])
def test_what_is_not_there_is_said_on_a_page(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"There is no such page" in answer.content


def test_a_form_without_its_token_is_refused_in_words(db, settings):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/en/sign-in/", {})
    assert answer.status_code == 403
    assert b"This form has expired" in answer.content


def test_a_paste_of_20_mb_is_refused_in_words(db, client):
    answer = client.post("/en/sign-in/", {"username": "x" * 20 * 2**20})
    assert answer.status_code == 400
    assert b"This could not be read" in answer.content
