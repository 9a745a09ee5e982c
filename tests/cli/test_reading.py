import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from peyman.picture.source import LIMIT_BYTES
from tests.builders import REPORT_FA
from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
PACT = (ROOT / "tests" / "case" / "pact.toml").read_text(encoding="utf-8")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT_FA, encoding="utf-8")
    return path


def refused(result):
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


# -------------------------------------------------------------------------------- read


def test_what_is_read_has_the_form_that_the_contract_says(report):
    result = run("read", report, "--published", "2022-01-06", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (
        told["source"].items()
        >= {
            "sha256": sha256(report.read_bytes()).hexdigest(),
            "language": "fa",
            "published": "2022-01-06",
        }.items()
    )
    assert told["claims"]
    for claim in told["claims"]:
        assert claim.keys() >= {
            *("id", "span", "speakers", "form", "type", "reason", "places", "time")
        }
        span = claim["span"]
        assert REPORT_FA[span["start"] : span["end"]] == span["text"]


def test_the_same_report_is_read_the_same_twice(report):
    first, second = (run("read", report).stdout for _ in range(2))
    assert first == second


def test_reading_a_report_needs_no_cryptography(report):
    code = (
        "import sys; from peyman.cli import main\n"
        "try: main()\n"
        "finally: print({'cryptography', 'nacl'} & {*sys.modules}, file=sys.stderr)"
    )
    read = subprocess.run(
        [sys.executable, "-c", code, "read", report, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(read.stdout)["claims"]
    assert read.stderr == "set()\n"


KEPT = "docs/record.md: a source is kept byte for byte, as UTF-8 text"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            "کوتاه".encode("cp1256") * 40,
            "The report is not UTF-8: byte 0 cannot be read.\n"
            f"  Authority: {KEPT}\n"
            "  Next step: Save it as UTF-8, and keep the original beside it.\n",
        ),
        (
            "text".encode("utf-16"),
            "The report is not UTF-8: its byte order mark says UTF-16, little endian.\n"
            f"  Authority: {KEPT}\n"
            "  Next step: Save it as UTF-8, and keep the original beside it.\n",
        ),
        (
            b"",
            "The report is empty.\n"
            f"  Authority: {KEPT}\n"
            "  Next step: Ask the sender for the report again.\n",
        ),
        (
            b"a" * 50_000_000,
            f"The report has 50000000 bytes; at most {LIMIT_BYTES} are read.\n"
            f"  Authority: {KEPT}\n"
            "  Next step: Give the report alone, without the archive around it.\n",
        ),
        (
            "会議は正午に開かれた。".encode() * 20,
            "The report is in no language that is read here.\n"
            "  Authority: Peyman reads Persian, Russian and English\n"
            "  Next step: Give a report in one of them, or enter its claims by hand.\n",
        ),
        (
            b"\x00" * 20,
            "The report is not text: character 0 is NUL.\n"
            f"  Authority: {KEPT}\n"
            "  Next step: Give the report's text, not a program's file.\n",
        ),
    ],
    ids=["cp1256", "utf-16", "empty", "50 MB", "japanese", "nul"],
)
@pytest.mark.parametrize("command", ["read", "open"])
def test_a_report_that_cannot_be_read_is_refused(tmp_path, command, data, says):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    out = tmp_path / "case"
    opening = ["--charter", "csto", "--published", "2022-01-06", "--out", out]
    assert refused(run(command, path, *(opening if command == "open" else []))) == says
    assert not out.exists()


def test_a_report_that_is_not_there_is_refused(tmp_path):
    assert refused(run("read", tmp_path / "gone.txt")) == (
        f"{tmp_path / 'gone.txt'} cannot be read: No such file or directory.\n"
        "  Authority: the file system\n"
        "  Next step: Check the path, and that it is a file you may read.\n"
    )
    assert "Is a directory" in refused(run("read", tmp_path))


@pytest.mark.parametrize(
    "published", ["yesterday", "2022-13-01", "2022-01-06T08:05", "unknown"]
)
def test_a_date_of_publication_that_is_none_is_refused(report, published):
    assert refused(run("read", report, "--published", published)) == (
        f"The date of publication {published!r} is not a date.\n"
        "  Authority: docs/record.md: a date, or an instant with its offset\n"
        "  Next step: Write it as 2022-01-06 or 2022-01-06T08:05+06:00.\n"
    )


# ------------------------------------------------------------------------------- check


def test_a_charter_is_checked_and_summed_up(tmp_path):
    path = tmp_path / "pact.toml"
    path.write_text(PACT, encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "pact: Pact of the Cape\n8 acts, 3 articles, 1 versions of the text\n"
    )
    told = json.loads(run("check", path, "--json").stdout)
    assert told["checked"] == {
        "text": ["P 1", "P 2"],
        "secondary": ["P 3"],
        "memory": [],
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("mandate = true", "mandat = true", 70, "mandat"),
        ('by    = ["council", "chair"]', 'by    = ["counsel", "chair"]', 62, "counsel"),
        ("[help.notify]", "[help.mandate]", 76, "mandate"),
        ("XA = 2000-03-01", "XA = 2000-03-32", 11, "This is not TOML"),
        (
            'while = "request"\n\n[help.mandate]',
            'while = "rquest"\n\n[help.mandate]',
            63,
            "rquest",
        ),
    ],
    ids=["unknown word", "no such organ", "duplicate act", "wrong date", "no such act"],
)
def test_a_charter_with_a_mistake_is_refused_at_its_line(
    tmp_path, old, new, line, says
):
    assert PACT.count(old) == 1
    path = tmp_path / "pact.toml"
    path.write_text(PACT.replace(old, new), encoding="utf-8")
    said = refused(run("check", path))
    first, authority, remedy = said.splitlines()
    assert first.startswith(f"pact.toml, line {line}: ")
    assert says in first
    assert authority.startswith("  Authority: ")
    assert remedy.startswith("  Next step: ")


def test_a_charter_that_is_not_there_is_refused_with_those_that_are():
    said = refused(run("check", "seato"))
    assert said == (
        "There is no charter seato.\n"
        "  Authority: the charters that come with Peyman: au, csto, ecowas, emac, eu, gcc, "
        "kazakhstan, nato, rio, sadc, un\n"
        "  Next step: Name one of them, or the path of a charter file ending in .toml.\n"
    )


# ------------------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    "args",
    [
        ["nothing"],
        ["show"],
        ["verify", "--hole", "x"],
        ["open", "x", "--kept", "dead"],
        [],
    ],
)
def test_wrong_usage_ends_with_2(args):
    assert run(*args).exit_code == 2


def test_the_commands_are_those_of_the_contract():
    told = run("--help").stdout
    for command in [
        "accept",
        "build",
        "check",
        "enter",
        "open",
        "play",
        "read",
        "show",
        "thread",
        "verify",
    ]:
        assert f"\n  {command} " in told
