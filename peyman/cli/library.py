"""Where the charters and the worked cases that come with Peyman are, and where keys live."""

import os
from pathlib import Path

from peyman.charter.model import Charter
from peyman.charter.read import read_charter
from peyman.errors import PeymanError

_INSTALLED = Path(__file__).parent.parent / "_library"
LIBRARY = _INSTALLED if _INSTALLED.exists() else Path(__file__).parent.parent.parent


def home() -> Path:
    """Where keys are kept: `$PEYMAN_HOME`, else `~/.local/share/peyman`."""
    return Path(os.environ.get("PEYMAN_HOME") or "~/.local/share/peyman").expanduser()


def charter_path(name: str) -> Path:
    """The file of a charter, by its id or its path.

    Raises:
        PeymanError: If there is neither such a charter nor such a file.
    """
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    path = LIBRARY / "charters" / f"{name}.toml"
    if path.is_file():
        return path
    known = ", ".join(sorted(p.stem for p in (LIBRARY / "charters").glob("*.toml")))
    raise PeymanError(
        f"There is no charter {name}.",
        authority=f"the charters that come with Peyman: {known}",
        remedy="Name one of them, or the path of a charter file ending in .toml.",
    )


def load_charter(name: str) -> Charter:
    """Read a charter by its id or path."""
    path = charter_path(name)
    return read_charter(path.read_bytes(), id=path.stem, name=path.name)


def register_path(charter: str) -> Path | None:
    """The built register of a charter, if one comes with Peyman."""
    path = LIBRARY / "cases" / f"{charter}-register"
    return path if path.is_dir() else None
