"""Where more stands open than is kept apart, the bare verdict and the told one agree."""

import pytest

from peyman.charter.conformance.steps.step import MOST
from peyman.charter.read import read_charter
from peyman.exchange.audit import VERDICTS, Audit
from peyman.exchange.logs.opening import Log
from tests.exchange.making import write_csv

CHARTER = """title = "Deeds that oblige"
[texts]
T = "None"
[reckoning]
zone = "UTC"
[members]
AA = 2000-01-01
[articles."T 1"]
says = "."
[file.ask]
by = "member"
art = "T 1"
opens = true
[file.act]
by = "member"
art = "T 1"
deed = true
duty = { report = "10 days" }
[file.report]
by = "member"
art = "T 1"
"""


def rows_of(case, acts):
    return [(case, act, f"2022-01-01T{n // 60:02}:{n % 60:02}:00Z") for n, act in acts]


@pytest.mark.parametrize(
    ("first", "verdict", "codes"),
    [
        (["file.ask"], "cannot be told", []),
        (["file.ask", "file.nothing"], "does not conform", ["unknown act"]),
    ],
)
def test_a_fault_found_before_stands_and_nothing_after_is_guessed(
    tmp_path, first, verdict, codes
):
    charter = read_charter(CHARTER.encode(), id="deeds", name="deeds.toml")
    acts = enumerate([*first, *["file.act"] * (MOST + 2)])
    path = write_csv(tmp_path / "l.csv", rows_of("a", acts), ("case", "act", "time"))
    audit = Audit(charter, Log(path, {}))
    (cases,) = audit.parts()
    assert [VERDICTS[n] for n in audit.verdicts(cases)] == [verdict]
    (one,) = audit.judge(cases)
    assert (one.verdict, [fault.fault for fault in one.faults]) == (verdict, codes)
    assert one.notes == ("more stands open at this row than is kept apart",)
