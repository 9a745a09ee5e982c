"""A database with the worked cases and the demonstration, on SQLite in a file; a PostgreSQL.

The database is that of DATABASE_URL where there is one: `test_postgresql.py` starts a
server and runs the tests of the record on it.
"""

import os

import psycopg
import pytest
from django.utils.translation import activate

from peyman.web import demo
from peyman.web.models import CaseRecord
from tests.web.postgresql import BINARIES, running_postgresql


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite as it is served, a file in WAL; without this Django tests it in memory."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        default.setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The worked cases are there before every test: taking them in is slow."""
    with django_db_blocker.unblock():
        demo.load_worked_cases()


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """Keys of their own for each test, files of the package unhashed, fast passwords."""
    settings.KEYS = tmp_path / "keys"
    settings.KEY_LOCK = tmp_path / "key-file"
    settings.SEEN = tmp_path / "seen"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "[::1]"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A request leaves the language of its page behind; the next test begins in English.
    activate("en")


@pytest.fixture
def worked(db):
    """The worked case, and its registers, in the database."""
    demo.load_worked_cases()
    return CaseRecord.objects.select_related("row").get(slug="kazakhstan-2022")


@pytest.fixture
def live(db):
    """The live demonstration with its accounts."""
    demo.make()
    return CaseRecord.objects.select_related("row").get(slug=demo.SLUG)


@pytest.fixture
def sign_in(client, live):
    """Sign in as one of the demonstration's accounts."""
    from django.contrib.auth.models import User

    def sign_in_as(name):
        client.force_login(User.objects.get(username=name))
        return client

    return sign_in_as


@pytest.fixture(scope="session")
def postgresql():
    """The DATABASE_URL of a PostgreSQL that lives as long as the tests."""
    if not BINARIES:
        pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")
    with running_postgresql(durable=False) as url:
        yield url


@pytest.fixture
def empty_postgresql(postgresql):
    """The DATABASE_URL of a database in which nothing is yet."""
    name = f"empty{os.urandom(4).hex()}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return postgresql.replace("/postgres?", f"/{name}?")
