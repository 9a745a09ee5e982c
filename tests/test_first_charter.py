"""The first charter of docs/first-charter.md: what the page shows, its file says."""

import re
from pathlib import Path

import pytest

from peyman.charter.read import load_charter
from peyman.charter.verification.report import verify
from tests.test_docs import DOCS, ROOT, lines_of

PAGE = (DOCS / "first-charter.md").read_text(encoding="utf-8")
ROWING = ROOT / "charters" / "examples" / "rowing.toml"
SHOWN = "".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)).splitlines()


def plain(line):
    """A line without its comment and without differences in spacing."""
    return re.sub(r"\s+", " ", re.sub(r"#.*", "", line)).strip()


@pytest.mark.parametrize("line", SHOWN)
def test_a_line_of_the_page_is_a_line_of_the_charter(line):
    assert plain(line) in lines_of(ROWING)


def test_it_reads_and_nothing_is_found_in_it():
    report = verify(load_charter(ROWING))
    assert report.found == ()
    assert any("ends with its term" in way.text for way in report.ways)


@pytest.mark.parametrize("path", sorted(Path(ROWING).parent.iterdir()))
def test_every_example_is_a_charter(path):
    assert load_charter(path).versions
