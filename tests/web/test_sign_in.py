"""Signing in: a delay against guessing that keeps nobody else out; the demonstration stays near."""

import os
import re
import subprocess
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from peyman.web import demo
from peyman.web.entrance import guessing
from peyman.web.models import SignInTry
from tests.web.test_enter import page_of

NEAR, AFAR, ELSEWHERE = "127.0.0.1", "192.0.2.7", "198.51.100.9"
RIGHT = "a long pass phrase"


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock:
        now = 1_700_000_000

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(guessing, "time", clock)
    return clock


@pytest.fixture
def delegate(db):
    return User.objects.create_user("delegate", password=RIGHT)


def sign_in(client, password, name="delegate", address=AFAR, **more):
    return client.post(
        reverse("sign-in"),
        {"username": name, "password": password},
        REMOTE_ADDR=address,
        **more,
    )


def guess(client, times, **more):
    for n in range(times):
        assert sign_in(client, f"wrong {n}", **more).status_code == 200


def is_in(answer):
    return answer.status_code == 302


def test_a_person_who_mistypes_a_few_times_need_not_wait(client, delegate, clock):
    guess(client, guessing.FREE - 1)
    assert is_in(sign_in(client, RIGHT))


def test_who_guesses_on_has_to_wait_and_is_told_how_long(client, delegate, clock):
    guess(client, guessing.FREE)
    answer = sign_in(client, RIGHT)
    assert not is_in(answer)
    assert "There were many tries for this name from your address." in page_of(answer)
    assert "Wait 2 seconds, then try again." in page_of(answer)
    assert 'value="delegate"' in page_of(answer)
    clock.now += 2
    assert is_in(sign_in(client, RIGHT))


def test_the_wait_doubles_to_a_minute_and_no_further(client, delegate, clock):
    waits = []
    for n in range(30):
        while left := guessing.count_try(AFAR, "delegate"):
            waits.append(left)
            clock.now += left
        assert n == SignInTry.objects.get().tries - 1
    assert waits[:6] == [2, 4, 8, 16, 32, 60]
    assert max(waits) == guessing.LONGEST_S


def test_a_delegate_is_never_kept_out_from_another_address(client, delegate, clock):
    guess(client, 50)
    assert not is_in(sign_in(client, RIGHT))
    assert is_in(sign_in(client, RIGHT, address=ELSEWHERE))


def test_another_name_from_that_address_need_not_wait(client, delegate, clock):
    User.objects.create_user("other", password=RIGHT)
    guess(client, 50)
    assert is_in(sign_in(client, RIGHT, name="other"))


def test_a_right_password_ends_the_wait(client, delegate, clock):
    guess(client, guessing.FREE - 1)
    sign_in(client, RIGHT)
    client.logout()
    guess(client, guessing.FREE - 1)
    assert is_in(sign_in(client, RIGHT))


def test_an_hour_later_the_tries_are_forgotten(client, delegate, clock):
    guess(client, 50)
    clock.now += guessing.FORGOTTEN_S + 1
    guess(client, guessing.FREE - 1)
    assert is_in(sign_in(client, RIGHT))


def test_a_try_that_has_to_wait_makes_the_wait_no_longer(client, delegate, clock):
    guess(client, 50)
    before = SignInTry.objects.get().tries
    assert before == guessing.FREE
    clock.now += 2
    assert is_in(sign_in(client, RIGHT))


def test_a_name_that_is_not_there_waits_like_one_that_is(client, delegate, clock):
    guess(client, guessing.FREE, name="nobody")
    answer = sign_in(client, RIGHT, name="nobody")
    assert "Wait 2 seconds" in page_of(answer)


@pytest.mark.parametrize("name", ["DELEGATE", "ｄelegate"])
def test_a_name_written_otherwise_is_the_same_name(client, delegate, clock, name):
    guess(client, guessing.FREE, name=name)
    assert guessing.count_try(AFAR, "delegate") == 2


def test_a_subscriber_has_one_wait_for_all_its_addresses(client, delegate, clock):
    for n in range(guessing.FREE):
        assert guessing.count_try(f"2001:db8::{n:x}", "delegate") == 0
    assert guessing.count_try("2001:db8::ffff", "delegate") == 2
    assert guessing.count_try("2001:db8:0:1::1", "delegate") == 0


def test_a_clock_that_was_set_back_keeps_nobody_out(client, delegate, clock):
    guess(client, 50)
    clock.now -= 86_400
    assert is_in(sign_in(client, RIGHT))


def test_neither_the_name_nor_the_address_is_kept(client, delegate, clock):
    guess(client, 1)
    (one,) = SignInTry.objects.values_list("who", flat=True)
    assert re.fullmatch("[0-9a-f]{64}", one)


def test_what_is_not_filled_in_is_no_try(client, delegate):
    assert sign_in(client, "").status_code == 200
    assert not SignInTry.objects.exists()


# ----------------------------------------------------------- the demonstration stays near


def test_the_demonstration_signs_in_from_this_machine(client, live):
    assert is_in(sign_in(client, demo.password(), name="kz", address=NEAR))


@pytest.mark.parametrize(
    ("address", "more"),
    [
        (AFAR, {}),
        ("", {}),
        (NEAR, {"headers": {"X-Forwarded-For": AFAR}}),
        (NEAR, {"headers": {"Forwarded": f"for={AFAR}"}}),
        (NEAR, {"headers": {"Via": "1.1 proxy"}}),
    ],
    ids=["afar", "no address", "forwarded for", "forwarded", "via"],
)
def test_it_does_not_from_any_other(client, live, address, more):
    answer = sign_in(client, demo.password(), name="kz", address=address, **more)
    assert not is_in(answer)
    assert "This account is of the demonstration" in page_of(answer)
    assert "elsewhere sign in with an account of your own" in page_of(answer)


def test_whose_it_is_is_told_only_to_who_has_the_password(client, live):
    answer = sign_in(client, "wrong", name="kz", address=AFAR)
    assert "demonstration" not in page_of(answer).partition("<main")[2]


def test_an_account_of_ones_own_signs_in_from_afar(client, live, delegate):
    assert is_in(sign_in(client, RIGHT, address=AFAR))


# -------------------------------------------------------- an ASGI server without our command


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with a demonstration."""
    folder = tmp_path_factory.mktemp("home")
    make = (
        "import django; django.setup();"
        "from peyman.web import server; server.prepare('127.0.0.1', with_demo=True);"
        "from peyman.web import demo; print(demo.password())"
    )
    prepare = "from peyman.web import surroundings as s; s.prepare(s.home());" + make
    done = run([sys.executable, "-c", prepare], folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout.strip()


def surroundings(folder, **more):
    settings = {"DJANGO_SETTINGS_MODULE": "peyman.web.settings"}
    return {**os.environ, **settings, "PEYMAN_HOME": str(folder), **more}


def run(command, folder, **more):
    return subprocess.run(
        command,
        env=surroundings(folder, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


ASGI = [sys.executable, "-m", "uvicorn", "peyman.web.asgi:application", "--port", "0"]


@pytest.mark.parametrize("names", ["peyman.example.org", "*", "127.0.0.1 example.org"])
def test_an_asgi_server_with_other_names_refuses_to_start(home, names):
    done = run(ASGI, home[0], PEYMAN_HOSTS=names)
    assert done.returncode == 2
    told = names.replace(" ", ", ")
    assert f"Demonstration accounts are not served on {told}." in done.stderr
    assert "Next step: Serve on 127.0.0.1 without PEYMAN_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_asgi_server_with_other_names_starts_without_a_demonstration(tmp_path):
    with_names = {"PEYMAN_HOSTS": "peyman.example.org"}
    load = "import peyman.web.asgi as asgi; print(type(asgi.application).__name__)"
    done = run([sys.executable, "-c", load], tmp_path, **with_names)
    assert (done.returncode, done.stdout) == (0, "Limited\n"), done.stderr


def test_an_asgi_server_on_every_address_takes_the_password_from_this_machine_only(
    home,
):
    folder, password = home
    command = [*ASGI, "--host", "0.0.0.0", "--no-access-log"]  # noqa: S104
    process = subprocess.Popen(
        command, env=surroundings(folder), stderr=subprocess.PIPE, text=True
    )
    try:
        address = f"http://127.0.0.1:{_port_of(process)}/en/sign-in/"
        # uvicorn takes the word of a proxy on this machine for who is asking.
        assert not _signs_in(address, password, {"X-Forwarded-For": AFAR})
        assert _signs_in(address, password, {})
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _port_of(process):
    for line in process.stderr or ():
        if found := re.search(r"running on http://0\.0\.0\.0:(\d+)", line):
            return found[1]
    return pytest.fail("it does not run")


def _signs_in(address, password, headers):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(address) as page:
        form = page.read().decode()
    [mark] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form))
    typed = {"csrfmiddlewaretoken": mark, "username": "kz", "password": password}
    sent = Request(address, urlencode(typed).encode(), headers)  # noqa: S310
    try:
        with browser.open(sent) as page:
            shown = page.read().decode()
    except HTTPError as error:
        with error:
            pytest.fail(f"{error.code}")
    return "Sign out" in shown
