"""A real PostgreSQL for as long as it is needed, in a folder of its own, not as root."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Where Debian puts its servers, the newest first; empty where there is none."""

_LIMIT_S = 60


@contextmanager
def running_postgresql(*, durable: bool) -> Iterator[str]:
    """Start a server, give its DATABASE_URL, and remove it with all that is in it.

    Args:
        durable: Whether what is committed outlives a loss of power, as in real use.
    """
    # Not in pytest's own folder, which it closes to all but the one who runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="peyman-"))
    data = folder / "data"
    run: list[str] = []
    if os.getuid() == 0:
        # It refuses to run as root.
        shutil.chown(folder, "postgres")
        run = ["runuser", "-u", "postgres", "--"]

    def call(name: str, *arguments: str | Path) -> None:
        subprocess.run(
            [*run, BINARIES[0] / name, *arguments],
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=_LIMIT_S,
        )

    try:
        call("initdb", "-D", data, "-U", "peyman", "-A", "trust", "-E", "UTF8", "-N")
        flush = "on" if durable else "off"
        options = f"-k {folder} -c listen_addresses= -c fsync={flush}"
        call("pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start")
        yield f"postgresql://peyman@/postgres?host={folder}"
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
