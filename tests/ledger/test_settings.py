"""`case.toml` says what a case file is, and nothing that the format lacks."""

from dataclasses import replace

import pytest

from peyman.errors import PeymanError
from peyman.ledger import read_settings, write_settings
from tests.ledger.builders import Draft

SETTINGS = Draft().settings
WRITTEN = write_settings(SETTINGS).decode()


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        replace(SETTINGS, register="csto"),
        replace(SETTINGS, charters=(), kept="live"),
        replace(SETTINGS, title={"en": 'A "quoted"\\ case', "ru": "Дело"}),
    ],
)
def test_settings_read_back_as_they_were_written(settings):
    assert read_settings(write_settings(settings)) == settings


def test_a_plain_title_is_english():
    text = 'origin="demo.peyman/c"\ntitle="A case"\nzone="UTC"\nkept="live"\n'
    text += f'log_key="{SETTINGS.log_key.text}"\nregistrar="a/b"\ncharters=[]\n'
    assert read_settings(text.encode()).title == {"en": "A case"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("origin    =", "origin", "case.toml is not TOML: "),
        (
            '"reconstructed"',
            '"dreamt"',
            "kept is 'dreamt', which is none of: live, rec",
        ),
        (
            '"peyman/registrar"',
            '"Somebody"',
            "registrar is 'Somebody', which is not an",
        ),
        ('["csto"]', '["csto", "csto"]', "charters names something twice."),
        ('["csto"]', '"csto"', "charters is not a list."),
        ("zone ", "zones ", "case.toml has a field that the format lacks: 'zones'."),
        ("fa = ", "tg = ", "title has a field that the format lacks: 'tg'."),
        ('log_key   = "', 'log_key   = "A', "log_key is not strict base64."),
        ('"csto"]', '"csto"]\nwitnesses = []', "the format lacks: 'witnesses'."),
        (
            '"csto"]',
            '"csto"]\nregister = ""',
            "register is '', which is not an identif",
        ),
        ('"Asia/Almaty"', '"/etc/localtime"', "zone is '/etc/localtime', which is not"),
        ('"Дело"', '"Де\\u001bло"', "title: ru holds '\\x1b', which cannot be shown."),
        ("zone ", "zone" + ".a" * 3000, "zone is something nested too deep to show"),
        ("origin", "#" * 8192 + "\norigin", "case.toml has more than 8192 bytes."),
        ("origin", ".".join("a" * 5000) + "=1\norigin", "more than 8192 bytes."),
        ("origin", "x = " + "[" * 5000 + "\norigin", "case.toml is not TOML: "),
    ],
)
def test_what_does_not_fit_is_refused(old, new, problem):
    assert old in WRITTEN
    with pytest.raises(PeymanError) as caught:
        read_settings(WRITTEN.replace(old, new, 1).encode())
    assert problem in caught.value.problem


def test_settings_that_do_not_fit_are_not_written():
    with pytest.raises(PeymanError, match="kept is 'dreamt'"):
        write_settings(replace(SETTINGS, kept="dreamt"))
    with pytest.raises(PeymanError, match=r"do not fit case\.toml"):
        write_settings(replace(SETTINGS, title={"en": "x", "tg": "y"}))
