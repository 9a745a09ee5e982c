"""More worked cases, as they are committed: rebuilt, verified, read at their moments."""

from pathlib import Path

import pytest

from peyman.case.asking.thread import sources_of, thread
from peyman.case.boards.standing import standing
from peyman.case.load import load
from peyman.case.making.build import build
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from peyman.cli.board import board
from peyman.cli.showing import titles
from peyman.ledger.files.build import build_log
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.verifying.verify import verify

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
MOMENTS = {
    "nato-2001": ("2001-09-13T12:00Z", "2001-10-03T18:00Z", "2001-10-06T12:00Z"),
    "gambia-2016": (
        "2016-12-20T12:00Z",
        "2017-01-20T12:00Z",
        "2017-02-10T12:00Z",
    ),
    "emac-exercise": (
        "2024-05-06T21:00Z",
        "2024-05-25T20:00Z",
        "2024-07-15T12:00Z",
        "2024-11-01T12:00Z",
    ),
}


@pytest.fixture(scope="module", params=sorted(MOMENTS))
def name(request):
    return request.param


@pytest.fixture(scope="module")
def committed(name):
    return read_case_file(CASES / name)


def at(committed, moment):
    case = load(committed).case
    instant = read_instant(moment)
    return standing(read_case(case, instant, instant)), case


def test_what_is_committed_is_what_its_source_gives_bit_for_bit(name, committed):
    data = (CASES / "src" / f"{name}.toml").read_bytes()
    wanted = {
        one: (ROOT / "charters" / f"{one}.toml").read_bytes()
        for one in load(committed).case.charters
    }
    made = build(data, name, wanted, {})
    built = build_log(made.files, made.entries, made.log_key)
    assert dict(built.files) == dict(committed.files)


def test_what_is_committed_is_genuine_and_whole(committed):
    report = verify(committed)
    assert list(report.all_faults()) == []
    assert report.whole


def test_its_sources_are_abstracts_without_quotation_marks(committed):
    case = load(committed).case
    for entry in case.entries:
        if entry.kind == "source":
            assert entry.body["abstract"] is True
            assert not set('«»“”"') & set(case.texts[entry.commitment]), entry.name


def test_from_every_act_the_thread_leads_to_a_source(committed):
    case = load(committed).case
    for entry in case.entries:
        if entry.kind == "act":
            assert sources_of(thread(case, entry)), entry.name


@pytest.mark.parametrize(
    ("case_name", "moment"),
    [(name, moment) for name, moments in MOMENTS.items() for moment in moments],
)
def test_the_board_reads_as_a_lawyer_would_expect(case_name, moment, golden):
    shown, case = at(read_case_file(CASES / case_name), moment)
    text = board(shown, case.zone, titles(case))
    golden(f"{case_name}/{moment.replace(':', '')}.txt", text)


def owed(moment, name="nato-2001"):
    """Acts that are owed, in time or overdue, in all matters of a case."""
    matters = at(read_case_file(CASES / name), moment)[0]["matters"]
    return {row["act"] for one in matters for row in (*one["must"], *one["late"])}


def test_before_the_finding_nothing_is_owed_and_after_it_the_report_is():
    assert owed("2001-09-13T12:00Z") == set()
    assert owed("2001-10-03T18:00Z") == {"nato.defence.report"}


@pytest.mark.parametrize(
    ("moment", "acts"),
    [
        ("2024-05-06T21:00Z", {"emac.aid.confirm"}),
        ("2024-06-01T00:00Z", set()),
        ("2024-07-15T12:00Z", {"emac.contract.pay"}),
        ("2024-11-01T12:00Z", set()),
    ],
)
def test_a_call_is_confirmed_and_a_bill_is_paid(moment, acts):
    assert owed(moment, "emac-exercise") == acts


def test_only_the_state_that_offered_sends_and_bills():
    shown, _ = at(read_case_file(CASES / "emac-exercise"), "2024-05-25T20:00Z")
    contract = next(m for m in shown["matters"] if m["kind"] == "contract")
    bills = {row["by"] for row in contract["may"] if row["act"] == "emac.contract.bill"}
    assert bills == {"US-TN"}
