"""An entry has the fields of the format, and a reader skips nothing that it lacks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import (
    KINDS,
    RECORD_KINDS,
    Citation,
    Payload,
    Seen,
    Signer,
    canonical,
)
from peyman.ledger.entries.bodies import read_body
from peyman.ledger.entries.entry import encode_payload, read_payload
from tests.ledger.builders import Draft, source_body

DIGEST, OTHER = "a" * 64, "b" * 64
CLAIM = Payload(
    origin="demo.peyman/case",
    kind="claim",
    nonce="0" * 64,
    seen=Seen(3, DIGEST),
    signer=Signer("kazakhstan/president", OTHER),
    known_as="reported",
    at="2022-01-05T18:00+06:00/2022-01-06",
    cites=(Citation(DIGEST), Citation(OTHER, "demo.peyman/csto-register")),
    body={"says": "سخن"},
    zone="Asia/Almaty",
    entered_from="source",
)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
DAYS = st.dates(FIRST_DAY, LAST_DAY).map(str)
CLOCKS = st.times().map(lambda time: f"T{time:%H:%M}+06:00")
POINTS = DAYS | st.tuples(DAYS, CLOCKS).map("".join)


@given(
    kind=st.sampled_from(sorted(KINDS - RECORD_KINDS)),
    nonce=DIGESTS,
    at=st.just("unknown") | POINTS,
    cites=st.lists(DIGESTS, max_size=3, unique=True),
    body=st.dictionaries(st.text(), st.text() | st.integers(0, 9), max_size=3),
    zone=st.none() | st.sampled_from(["Europe/Moscow", "UTC", "Etc/GMT+5"]),
)
def test_what_is_written_reads_back_the_same(kind, nonce, at, cites, body, zone):
    payload = CLAIM._replace(
        kind=kind,
        nonce=nonce,
        at=at,
        cites=tuple(map(Citation, cites)),
        body=body,
        zone=zone,
        entered_from=None,
    )
    assert read_payload(encode_payload(payload)) == payload


def test_a_claim_with_everything_reads_back_the_same():
    assert read_payload(encode_payload(CLAIM)) == CLAIM


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("v", 2, "This entry is of version 2 of the format."),
        ("v", True, "v is not the number 1."),
        ("v", "1", "This entry is of version '1' of the format."),
        ("origin", "Demo/Case", "origin is 'Demo/Case', which is not an origin"),
        ("origin", "demo/case", "origin is 'demo/case', which is not an origin"),
        ("kind", "vote", "kind is 'vote', which is none of: act, adopt, "),
        ("kind", 1, "kind is 1, which is none of: act, "),
        ("nonce", "0" * 63, "nonce is '000"),
        ("nonce", "A" * 64, "nonce is 'AAA"),
        ("nonce", DIGEST + "\n", "nonce is 'aaa"),
        ("seen", {"size": -1, "root": DIGEST}, "seen: size is not a whole number"),
        ("seen", {"size": True, "root": DIGEST}, "seen: size is not a whole number"),
        ("seen", {"size": 1}, "seen lacks the field root."),
        ("signer", "csto/chair", "signer is not an object."),
        ("signer", {"office": "Tokayev", "key": DIGEST}, "signer: office is 'Tokayev'"),
        ("signer", {"office": "KZ", "key": DIGEST, "x": 1}, "signer has a field that"),
        ("known_as", "rumoured", "known_as is 'rumoured', which is none of: docu"),
        (
            "at",
            "2022-13-01",
            "at is '2022-13-01': no date, no instant and not unknown.",
        ),
        ("at", "2022-02-29", "at is '2022-02-29': no date"),
        ("at", "1899-12-31", "at is '1899-12-31': no date"),
        ("at", "3000-01-01", "at is '3000-01-01': no date"),
        ("at", "0001-01-01T00:00+14:00", "at is '0001-01-01T00:00+14:00': no date"),
        ("at", "9999-12-31T23:59-12:00", "at is '9999-12-31T23:59-12:00': no date"),
        ("at", "2022-01-01/9999-12-31", "which is not an interval A/B."),
        ("at", "20220105", "at is '20220105': no date"),
        ("at", "2022-01-05T20:00:00", "at is '2022-01-05T20:00:00': no date"),
        ("at", "2022-01-05T20:00:00.5Z", "at is '2022-01-05T20:00:00.5Z': no date"),
        ("at", "2022-01-05T24:00Z", "at is '2022-01-05T24:00Z': no date"),
        ("at", "2022-01-05T23:59:60Z", "at is '2022-01-05T23:59:60Z': no date"),
        ("at", "2022-01-05/..", "at is '2022-01-05/..', which is not an interval A/B."),
        ("at", "unknown/2022-01-05", "which is not an interval A/B."),
        ("at", "2022-01-05/2022-01-05", "which does not run forwards."),
        ("at", "2022-01-06/2022-01-05", "which does not run forwards."),
        (
            "at",
            "2022-01-05T12:00+06:00/2022-01-05T06:00Z",
            "which does not run forwards.",
        ),
        ("at", "2022-01-06T12:00Z/2022-01-06", "which does not run forwards."),
        ("at", "2022-01-07/2022-01-06T09:00Z", "which does not run forwards."),
        ("at", None, "at is None: no date, no instant and not unknown."),
        ("cites", {}, "cites is not a list."),
        ("cites", [DIGEST], "cites[0] is not an object."),
        ("cites", [{"commitment": DIGEST}] * 2, "cites names something twice."),
        (
            "cites",
            [{"commitment": DIGEST, "origin": "demo.peyman/case"}],
            "cites gives an origin that is the log's own.",
        ),
        ("body", [], "body is not an object."),
        ("zone", "../etc/passwd", "zone is '../etc/passwd', which is not the name"),
        ("zone", None, "zone is None, which is not the name of a time zone."),
        ("entered_from", "guessed", "entered_from is 'guessed', which is none of"),
        ("priority", 1, "The entry has a field that the format lacks: 'priority'."),
        ("sig\u202e", 1, r"The entry has a field that the format lacks: 'sig\u202e'."),
    ],
)
def test_a_field_that_does_not_fit_is_refused(field, value, problem):
    data = canonical.encode({**CLAIM.as_json(), field: value})
    with pytest.raises(PeymanError) as caught:
        read_payload(data)
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    "field", sorted(CLAIM.as_json().keys() - {"zone", "entered_from"})
)
def test_no_field_but_zone_and_entered_from_may_be_missing(field):
    value = CLAIM.as_json()
    del value[field]
    with pytest.raises(PeymanError) as caught:
        read_payload(canonical.encode(value))
    assert caught.value.problem == f"The entry lacks the field {field}."


def test_an_unknown_version_names_the_remedy():
    with pytest.raises(PeymanError) as caught:
        read_payload(canonical.encode({**CLAIM.as_json(), "v": 2, "new": True}))
    assert str(caught.value) == (
        "This entry is of version 2 of the format.\n"
        "  Authority: docs/record.md, section 1\n"
        "  Next step: Read it with a newer Peyman."
    )


@pytest.mark.parametrize(
    "at",
    [
        "2022-01-06",
        "2022-01-05T20:00:00Z",
        "2022-01-06T02:00+06:00",
        "2022-01-05T18:00+06:00/2022-01-06T00:00+06:00",
        "2022-01-05/2022-01-06",
        "1900-01-01/2999-12-31",
        "2022-01-05T09:00Z/2022-01-06",
        "unknown",
    ],
)
def test_times_that_the_format_has(at):
    assert read_payload(encode_payload(CLAIM._replace(at=at))).at == at


@pytest.mark.parametrize("text", ["", "{}", "[]", '"x"', "null", "1"])
def test_what_is_no_entry_at_all_is_refused(text):
    with pytest.raises(PeymanError):
        read_payload(text.encode())


CORRECT = {"entry": DIGEST, "reason": "The date was misread."}
ERASE = {"entries": [DIGEST], "kinds": ["claim"], "reason": "r", "authority": "a"}
RELEASE = {"size": 9, "indexes": [0, 3], "kinds_not_shown": ["claim", "note"]}
OPENING = Draft().opening
FIRST = OPENING["keys"][0]
ADDED = {"do": "add", "alg": "ed25519", **FIRST}
REVOKED = {
    "do": "revoke",
    "office": "csto/chair",
    "key": DIGEST,
    "alg": "ed25519",
    "since": 4,
}
TWO_TOMLS = {"csto.toml": DIGEST, "csto-2.toml": OTHER}
REGISTER = {"id": "csto", "origin": "demo.peyman/r", "size": 4, "root": DIGEST}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("open", OPENING),
        ("open", {**OPENING, "registers": [REGISTER]}),
        ("key", ADDED),
        ("key", {**ADDED, "do": "rotate"}),
        ("key", REVOKED),
        ("adopt", {"tzdata": "2027.1"}),
        ("adopt", {"registers": [REGISTER], "reader": "2", "language": "2"}),
        ("source", source_body()),
        ("source", source_body(address="https://example.org/", published="unknown")),
        ("correct", CORRECT),
        ("correct", {**CORRECT, "successor": OTHER}),
        ("erase", ERASE),
        ("release", RELEASE),
        ("claim", {"anything": ["goes", None]}),
    ],
)
def test_bodies_that_the_format_has(kind, body):
    read_body(kind, body)


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("open", {**OPENING, "keys": []}, "open: keys is empty."),
        (
            "open",
            {**OPENING, "keys": [FIRST, FIRST]},
            "open: keys names something twice.",
        ),
        (
            "open",
            {**OPENING, "keys": [{**FIRST, "key": DIGEST}]},
            "open: keys[0]: the fingerprint is not that of the public key.",
        ),
        (
            "open",
            {**OPENING, "keys": [{**FIRST, "public": "AA=="}]},
            "open: keys[0]: public has 1 bytes, not 32.",
        ),
        ("open", {**OPENING, "may_add_keys": ["me"]}, "may_add_keys[0] is 'me'"),
        (
            "open",
            {**OPENING, "charters": [{"id": "csto", "files": {}}]},
            "open: charters[0]: files lists no file.",
        ),
        (
            "open",
            {**OPENING, "charters": [{"id": "csto", "files": {"area.json": DIGEST}}]},
            "open: charters[0]: a charter has one file that ends in .toml.",
        ),
        (
            "open",
            {**OPENING, "charters": [{"id": "csto", "files": TWO_TOMLS}]},
            "open: charters[0]: a charter has one file that ends in .toml.",
        ),
        (
            "open",
            {**OPENING, "charters": [{"id": "csto", "files": {"../x": DIGEST}}]},
            "a path in open: charters[0]: files is '../x', which is not a path",
        ),
        ("open", {**OPENING, "registers": [REGISTER] * 2}, "names something twice."),
        ("open", {**OPENING, "registers": [{**REGISTER, "size": 0}]}, "at least its"),
        (
            "open",
            {**OPENING, "tzdata": ""},
            "open: tzdata is '', which is not a version",
        ),
        ("open", {**OPENING, "note": "x"}, "open has a field that the format lacks"),
        ("key", {**ADDED, "do": "lend"}, "key: do is 'lend', which is none of: add, r"),
        ("key", {**ADDED, "since": 4}, "key: add has a field that the format lacks"),
        (
            "key",
            {**ADDED, "alg": "rsa"},
            "key: alg is 'rsa', which is none of: ed25519",
        ),
        ("key", {**REVOKED, "public": "x"}, "key: revoke has a field that the format"),
        (
            "key",
            {**REVOKED, "since": -1},
            "key: since is not a whole number from 0 up.",
        ),
        ("key", {}, "key: do is None, which is none of: add, revoke, rotate."),
        ("adopt", {}, "adopt adopts nothing."),
        ("adopt", {"case": DIGEST}, "adopt has a field that the format lacks: 'case'."),
        (
            "source",
            source_body(language="english"),
            "language is 'english', not an ISO",
        ),
        ("source", source_body(bytes=1.5), "source: bytes is not a whole number"),
        ("source", source_body(abstract="yes"), "source: abstract is neither true nor"),
        (
            "source",
            source_body(published="soon"),
            "source: published is 'soon': no date",
        ),
        ("source", source_body(published="9999-12-31"), "is '9999-12-31': no date"),
        ("source", source_body(title=" "), "source: title is not text."),
        (
            "source",
            source_body(title="a\x1b[2Jb"),
            "source: title holds '\\x1b', which cannot be shown.",
        ),
        ("source", source_body(publisher="a\u202eb"), "publisher holds '\\u202e', w"),
        ("correct", {**CORRECT, "reason": "a\nGENUINE"}, "reason holds '\\n', which"),
        (
            "correct",
            {**CORRECT, "successor": DIGEST},
            "an entry cannot succeed itself.",
        ),
        ("correct", {"entry": DIGEST}, "correct lacks the field reason."),
        (
            "erase",
            {**ERASE, "kinds": ["act"]},
            "kinds[0] is 'act', which is none of: c",
        ),
        (
            "erase",
            {**ERASE, "kinds": []},
            "kinds does not give one kind for each entry.",
        ),
        ("erase", {**ERASE, "entries": [], "kinds": []}, "one kind for each entry."),
        ("erase", {**ERASE, "entries": [DIGEST] * 2}, "names something twice."),
        (
            "release",
            {**RELEASE, "indexes": [3, 0]},
            "indexes do not rise, or go beyond",
        ),
        ("release", {**RELEASE, "indexes": [9]}, "indexes do not rise, or go beyond"),
        (
            "release",
            {**RELEASE, "kinds_not_shown": ["open"]},
            "'open', which is none of",
        ),
        ("release", {**RELEASE, "kinds_not_shown": ["note", "act"]}, "is not in order"),
    ],
)
def test_bodies_that_do_not_fit_are_refused(kind, body, problem):
    with pytest.raises(PeymanError) as caught:
        read_body(kind, body)
    assert problem in caught.value.problem
