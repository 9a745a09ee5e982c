"""What every test may use: how many examples hypothesis tries, goldens, the report."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "tests" / "goldens"

# `make test` gives everybody the same answer: examples are the same every time, and a
# slow machine fails nothing. `make soak` looks for what those examples do not show.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile(
    "soak",
    max_examples=5000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-goldens",
        action="store_true",
        help="write the expected outputs anew; `git diff` is the judge",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/goldens/NAME, or write it with --rewrite-goldens."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        if request.config.getoption("--rewrite-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path.name} is missing. Next step: make goldens"
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="session")
def real_report() -> Path:
    """The report the project grew from; it is not part of the project."""
    default = ROOT.parent / "shared" / "seed" / "report-fa.txt"
    path = Path(os.environ.get("PEYMAN_REPORT") or default).resolve()
    if not path.is_file():
        pytest.skip("the real report is not here; PEYMAN_REPORT names it")
    return path
