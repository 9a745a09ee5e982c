from hashlib import sha256

from peyman.case.entering.accept import accept
from peyman.case.entering.draft import Draft
from peyman.case.entering.proposals import proposal_name
from peyman.picture.read import read_report
from peyman.picture.source import receive
from tests.builders import REPORT_FA, nonce, opened, source_body
from tests.case.test_enter import NOON


def accepted(door, hand, wanted=None):
    """Accept proposals; give what was entered."""

    def enter(draft):
        return door.enter(draft, hand, nonce(door.case.size), NOON)

    return [one.entry for one in accept(door, wanted, enter)]


def test_a_proposal_bears_no_digest_of_the_report_and_is_accepted_once(tmp_path):
    door, hand = opened(tmp_path / "case")
    data = REPORT_FA.encode()
    body = source_body(REPORT_FA, language="fa", abstract=False)
    draft = Draft("source", "documented", "2022-01-05", None, (), body)
    files = {f"sources/{sha256(data).hexdigest()}": data}
    source = door.enter(draft, hand, nonce("s"), NOON, files).entry
    proposals = read_report(receive(data, "2022-01-05")).claims
    first, *rest = proposals
    (claim,) = [e for e in accepted(door, hand, [first.id]) if e.kind == "claim"]
    span = first.span
    name = proposal_name(source.commitment, span.start, span.end, first.type or "")
    assert claim.body["proposal"] == name != first.id
    again = [e for e in accepted(door, hand) if e.kind == "claim"]
    assert len(again) == len(rest)
    assert accepted(door, hand) == []
