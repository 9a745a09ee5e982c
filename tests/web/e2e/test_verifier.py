"""The page that checks a case file, in a real browser, from a disk and without a network."""

from dataclasses import replace
from hashlib import sha256

import pytest

from peyman.ledger import derive, verify, withhold, write_folder
from peyman.ledger.files.archive import write_zip
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.log.note import read_checkpoint
from peyman.ledger.signing.mldsa import MldsaKey
from peyman.ledger.witnesses.cosignature import cosign, with_cosignatures
from tests.ledger.builders import changed, small_case
from tests.ledger.test_trust import CARRIER
from tests.test_house import ROOT

CASE = read_case_file(ROOT / "cases" / "kazakhstan-2022")
SMALL = small_case().build()


@pytest.fixture(scope="module")
def kept(served, browser, tmp_path_factory):
    """The page as somebody kept it: a file on a disk, opened without a network."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/en/verifier/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep this page").click()
    path = tmp_path_factory.mktemp("kept") / download.value.suggested_filename
    download.value.save_as(path)
    context.close()
    offline = browser.new_context(offline=True)
    asked = []
    page = offline.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    yield page
    offline.close()
    assert asked == [path.as_uri()]


def told(page, casefile):
    """Hand a case file to the page: what it says."""
    data = casefile if isinstance(casefile, bytes) else casefile.zip()
    page.locator("#answer").evaluate("node => node.replaceChildren()")
    page.set_input_files(
        "#zip", {"name": "c.zip", "mimeType": "application/zip", "buffer": data}
    )
    page.locator("#answer h2").wait_for(timeout=60_000)
    return page.locator("#answer").inner_text()


@pytest.mark.parametrize("casefile", [SMALL, CARRIER, CASE], ids=lambda one: one.name)
def test_a_genuine_file_is_taken_and_what_was_checked_is_said(kept, casefile):
    report = verify(casefile)
    said = told(kept, casefile)
    assert said.startswith("Genuine, and whole"), said
    for words in (report.root, report.log_key, "peyman verify checks them"):
        assert words in said
    for signed in report.signed:
        count = f"Entries signed for {signed.office} with the key {signed.key}: "
        assert f"{count}{len(signed.indexes)}" in said


def test_a_part_is_said_to_be_a_part(kept):
    said = told(kept, withhold(SMALL, [2, 4]))
    assert said.startswith("Genuine, and not whole"), said
    assert "Not here: e2, e4" in said
    assert "Nothing follows from what is not here." in said


@pytest.mark.parametrize("key", [derive("x", "w"), MldsaKey(b"w" * 32)], ids=repr)
def test_a_line_of_a_witness_of_either_kind_is_said_not_to_be_checked(kept, key):
    note = SMALL.files["checkpoint"]
    line = cosign(read_checkpoint(note)[0], "kz.example/w", key, 1_700_000_000)
    said = told(kept, changed(SMALL, "checkpoint", with_cosignatures(note, [line])))
    assert said.startswith("Genuine, and whole"), said
    assert "kz.example/w" in said.partition("What was not checked")[2], said
    other = replace(line, signature=line.signature + b"x")
    said = told(kept, changed(SMALL, "checkpoint", note + other.line.encode()))
    assert said.startswith("Not genuine"), said


def flipped(path, place, casefile=SMALL):
    data = bytearray(casefile.files[path])
    data[place] ^= 1
    return changed(casefile, path, bytes(data))


def dropped(path):
    return changed(SMALL, path, None)


def forged(change):
    draft = small_case()
    change(draft)
    return draft.forge()


def by_another_key(draft):
    draft.keys["peyman/analyst"] = derive("x", "a thief")
    draft.add("note", {"text": "by a thief"}, by="peyman/analyst")


def for_another_log(draft):
    draft.add("note", {"text": "of another log"}, origin="demo.peyman/other")


def backwards(draft):
    draft.add("note", {"text": "early"}, entered="2022-01-05T19:00:00Z")


def twice(draft):
    draft.add_envelope(draft.entries[-1][0])


def from_a_fork(draft):
    seen = replace_root(draft.seen)
    draft.add("note", {"text": "a fork"}, seen=seen)


def replace_root(seen):
    return seen._replace(root="0" * 64)


BUNDLE, TILE = "tile/entries/000.p/5", "tile/0/000.p/5"
FORGED = {
    "a byte of an envelope": (lambda: flipped("envelopes/000003.json", 60), "e3"),
    "a byte of a signature": (lambda: flipped("envelopes/000002.json", -9), "e2"),
    "a byte of a leaf": (lambda: flipped(BUNDLE, 40), "e0"),
    "a byte of a hash": (lambda: flipped(TILE, 130), "e4"),
    "a byte of the head": (lambda: flipped("checkpoint", 25), None),
    "a byte of the head's signature": (lambda: flipped("checkpoint", -4), None),
    "a byte of case.toml": (lambda: flipped("case.toml", 60), None),
    "a byte of a charter": (lambda: flipped("charters/csto.toml", 3), None),
    "a tile that is gone": (lambda: dropped(TILE), None),
    "an opening that is gone": (lambda: dropped("envelopes/000000.json"), "e0"),
    "a file too many": (lambda: changed(SMALL, "charters/x.toml", b"x"), None),
    "an envelope too many": (
        lambda: changed(SMALL, "envelopes/000009.json", b"x"),
        None,
    ),
    "the key of a thief": (lambda: forged(by_another_key), "e5"),
    "an entry of another log": (lambda: forged(for_another_log), "e5"),
    "an hour that runs backwards": (lambda: forged(backwards), "e5"),
    "an entry twice": (lambda: forged(twice), "e5"),
    "a head from a fork": (lambda: forged(from_a_fork), "e5"),
    "a register of another head": (
        lambda: flipped("registers/csto/envelopes/000002.json", 90, CARRIER),
        "e2",
    ),
}


@pytest.mark.parametrize("what", sorted(FORGED))
def test_a_forgery_is_refused_as_the_command_refuses_it(kept, what):
    make, entry = FORGED[what]
    casefile = make()
    assert not verify(casefile).genuine
    said = told(kept, casefile)
    assert said.startswith("Not genuine"), said
    assert (f"The first entry that is wrong: {entry}" in said) is (entry is not None)


def test_a_zip_that_was_touched_is_no_case_file(kept):
    data = SMALL.zip()
    for broken in (data[:-1], data + b"x", b"PK", data[:-30] + b"\1" + data[-29:]):
        assert told(kept, broken).startswith("This is not the zip of a case file")


def test_a_folder_is_checked_like_its_zip(kept, tmp_path):
    write_folder(CARRIER, tmp_path / "case")
    kept.set_input_files("#folder", tmp_path / "case")
    kept.locator("#answer h2").wait_for()
    assert kept.locator("#answer").inner_text().startswith("Genuine, and whole")


def test_a_browser_without_ed25519_says_so(served, browser):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new Error('unsupported'))"
    )
    page.goto(f"{served.address}/en/verifier/")
    said = told(page, SMALL)
    context.close()
    assert said.startswith("This browser cannot check Ed25519 signatures")


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_the_page_speaks_three_languages_and_complains_of_nothing(person, language):
    one = person()
    one.go(f"/{language}/verifier/")
    data = SMALL.zip()
    one.page.set_input_files(
        "#zip", {"name": "c.zip", "mimeType": "application/zip", "buffer": data}
    )
    one.page.locator("#answer h2.good").wait_for()
    assert one.page.locator("html").get_attribute("lang") == language


def test_a_zip_of_very_many_files_is_read_and_is_the_same_bytes_here(kept):
    data = write_zip({f"envelopes/{n:06d}.json": b"x" for n in range(0xFFFF)})
    found = kept.evaluate(
        """async () => {
          const name = (n) => `envelopes/${String(n).padStart(6, "0")}.json`;
          const x = utf8.encode("x");
          const files = new Map(Array.from({length: 0xFFFF}, (_, n) => [name(n), x]));
          const made = writeZip(files), longer = joined(made, x);
          return [hex(await sha256(made)), readZip(made).size, readZip(longer)];
        }"""
    )
    assert found == [sha256(data).hexdigest(), 0xFFFF, None]
