"""What the web package is told by its surroundings: the environment and $PEYMAN_HOME.

Read once, when the settings are; nothing else in the package looks at the environment.
"""

import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from peyman.errors import PeymanError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a server answers that nobody else reaches."""

HERE = Path(__file__).parent
"""This package."""

_PACKAGE = HERE.parent
_INSTALLED = _PACKAGE / "_library"
LIBRARY = _INSTALLED if _INSTALLED.exists() else _PACKAGE.parent
"""Where the charters and the worked cases that come with Peyman are."""

_BUSY_S = 20
"""How long a writer waits for another, in seconds."""


def home() -> Path:
    """Where the database, the keys and the secret are: `$PEYMAN_HOME`."""
    named = os.environ.get("PEYMAN_HOME") or "~/.local/share/peyman"
    return Path(named).expanduser().resolve()


def prepare(folder: Path) -> None:
    """Make the folder and the secret of an installation, closed to others.

    Reading the settings makes nothing: only who serves, or rebuilds, calls this.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(_secret(folder), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")


def secret_key(folder: Path) -> str:
    """The key that signs sessions: `$PEYMAN_SECRET_KEY`, else the one kept in `folder`.

    Where neither is, one that nobody knows and that ends with the process.
    """
    if given := os.environ.get("PEYMAN_SECRET_KEY"):
        return given
    kept = _secret(folder)
    return kept.read_text().strip() if kept.is_file() else secrets.token_urlsafe(50)


def key_lock(folder: Path) -> Path:
    """What opens the keys: `$PEYMAN_PASSPHRASE_FILE`, else a key file in `folder`."""
    named = os.environ.get("PEYMAN_PASSPHRASE_FILE")
    return Path(named).resolve() if named else folder / "key-file"


def _secret(folder: Path) -> Path:
    return folder / "secret-key"


def hosts() -> list[str]:
    """The names under which this server answers: `$PEYMAN_HOSTS`, else the loopback's."""
    given = os.environ.get("PEYMAN_HOSTS", "").replace(",", " ").split()
    return given or list(LOOPBACK)


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the database: `$DATABASE_URL`, else SQLite in `folder`.

    Raises:
        PeymanError: If the URL is not one of PostgreSQL.
    """
    url = os.environ.get("DATABASE_URL")
    return _postgresql(url) if url else _sqlite(folder / "peyman.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    # A writer takes its place at the start of its transaction, never half way through;
    # and what is acknowledged is on the disk.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _BUSY_S,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise PeymanError(
            "DATABASE_URL names no PostgreSQL database.",
            authority="the settings: cases are kept in SQLite, or in PostgreSQL",
            remedy="Write postgresql://USER:PASSWORD@HOST:PORT/NAME, or unset it.",
        )
    options = dict(parse_qsl(parts.query))
    more = {k: v for k, v in options.items() if k not in ("host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", parts.hostname or ""),
        "PORT": options.get("port", parts.port or ""),
        "CONN_MAX_AGE": 60,
        # Statements that go to the driver are read by the server once a connection.
        "OPTIONS": {"prepare_threshold": 1, **more},
    }


def asked(name: str) -> bool:
    """Whether a switch such as `PEYMAN_HTTPS` is set to something."""
    return os.environ.get(name, "") not in ("", "0", "no")
