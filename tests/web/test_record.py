"""The record in the database is a case file that grows, as the folder store's is."""

import threading
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import close_old_connections, connection

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Hand
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger import Store, read_case_file, verify, write_folder
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.signing.keys import derive
from peyman.web import demo
from peyman.web.models import CaseRecord, EntryRecord, EntryRow
from peyman.web.records import record
from peyman.web.records.keys import key_of
from peyman.web.records.store import DbStore
from tests.ledger.builders import nothing_seen

WORKED = sorted(
    one.name
    for one in (settings.LIBRARY / "cases").iterdir()
    if (one / "checkpoint").is_file()
)
REPORT = b"Our own words, for a test. Ships were seen off the cape.\n"
REQUEST = {
    "under": "csto",
    "act": "assistance.request",
    "subject": "KZ",
    "by": "KZ",
    "to": "csto/council",
    "grounds": {"threat": "asserted"},
}


def act(said=REQUEST, known_as="performed"):
    return Draft("act", known_as, "2026-01-01", None, (), {"acts": [said]})


def note(text, cites=()):
    return Draft("note", "documented", "2026-01-01", None, tuple(cites), {"text": text})


def source(data=REPORT):
    digest = sha256(data).hexdigest()
    body: dict[str, object] = {
        "digest": digest,
        "bytes": len(data),
        "media_type": "text/plain; charset=utf-8",
        "language": "en",
        "published": "2026-01-01",
        "title": "A report",
        "publisher": "An agency",
        "author": "Peyman",
        "abstract": True,
    }
    draft = Draft("source", "documented", "2026-01-01", None, (), body)
    return draft, {f"sources/{digest}": data}


def erasure(names, cites=()):
    body: dict[str, object] = {
        "entries": list(names),
        "kinds": ["source"],
        "reason": "It names a person.",
        "authority": "docs/record.md",
    }
    return Draft("erase", "documented", "2026-01-01", None, (*names, *cites), body)


def the_case():
    return CaseRecord.objects.get(slug=demo.SLUG)


def case_file():
    return DbStore(the_case()).case_file()


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_case_comes_out_bit_for_bit_as_it_came_in(worked, name):
    kept = CaseRecord.objects.get(slug=name)
    file = read_case_file(settings.LIBRARY / "cases" / name)
    assert dict(DbStore(kept).case_file().files) == dict(file.files)


def test_loading_the_worked_cases_again_changes_nothing(worked):
    before = list(EntryRecord.objects.values_list("pk", flat=True))
    demo.load_worked_cases()
    assert list(EntryRecord.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_case_that_the_library_has_anew_takes_the_old_ones_place(worked, name):
    others = CaseRecord.objects.exclude(slug=name)
    before = list(others.values_list("pk", flat=True))
    CaseRecord.objects.filter(slug=name).update(checkpoint=b"of an earlier version")
    demo.load_worked_cases()
    assert list(others.values_list("pk", flat=True)) == before
    file = read_case_file(settings.LIBRARY / "cases" / name)
    kept = CaseRecord.objects.get(slug=name)
    assert dict(DbStore(kept).case_file().files) == dict(file.files)


def test_every_entry_comes_to_the_bytes_of_the_folder_store(live, tmp_path):
    write_folder(case_file(), tmp_path / "live")
    store = Store.open(tmp_path / "live", guard=nothing_seen)
    door = Door(store)
    log_key = key_of(demo.ORIGIN)
    source_draft, files = source()
    entered = door.case.last_entered
    for draft, office, brought in (
        (act()._replace(at=show(entered)), "KZ", None),
        (source_draft, demo.REGISTRAR, files),
        (note("A note."), "RU", None),
    ):
        hand = Hand(office, key_of(office), log_key)
        there = door.enter(draft, hand, record.nonce(), entered, brought)
        envelope = store.case_file().files[envelope_path(there.receipt.index)]
        with record.at_the_door(demo.SLUG) as here:
            receipt = here.append(envelope, show(entered), log_key, brought)
        assert receipt == there.receipt
        assert dict(case_file().files) == dict(store.case_file().files)


def test_what_was_entered_verifies(live):
    record.enter(demo.SLUG, act(), "KZ")
    draft, files = source()
    record.enter(demo.SLUG, draft, demo.REGISTRAR, files)
    report = verify(case_file())
    assert (report.genuine, report.whole, report.size) == (True, True, 10)


def test_one_flipped_byte_is_found(live):
    files = dict(case_file().files)
    path = envelope_path(3)
    files[path] = files[path][:-9] + bytes([files[path][-9] ^ 1]) + files[path][-8:]
    from peyman.ledger import make_case_file

    assert not verify(make_case_file("live", files)).genuine


def test_the_same_envelope_again_changes_nothing_and_gets_the_same_receipt(live):
    first = record.enter(demo.SLUG, act(), "KZ").receipt
    envelope = case_file().files[envelope_path(first.index)]
    with record.at_the_door(demo.SLUG) as store:
        again = store.append(envelope, "2099-01-01T00:00:00Z", key_of(demo.ORIGIN))
    assert again == first
    assert the_case().size == first.index + 1


def test_a_receipt_proves_itself(live):
    receipt = record.enter(demo.SLUG, act(), "KZ").receipt
    log_key = key_of(demo.ORIGIN).public
    envelope = case_file().files[envelope_path(receipt.index)]
    assert receipt.proves(envelope, demo.ORIGIN, log_key)


def refused(live, call):
    """Say with what a call is refused, and see that it changed nothing."""
    before = dict(case_file().files)
    with pytest.raises(PeymanError) as caught:
        call()
    assert dict(case_file().files) == before
    return caught.value.problem


def test_the_key_of_another_log_is_refused(live):
    def call():
        with record.at_the_door(demo.SLUG) as store:
            envelope = store.case_file().files[envelope_path(1)]
            store.append(envelope, "2099-01-01T00:00:00Z", derive("x", "y"))

    assert refused(live, call) == f"This is not the log key of {demo.ORIGIN}."


def test_a_file_that_no_entry_binds_is_refused(live):
    draft, files = source()
    stray = {**files, "sources/" + "0" * 64: b"x"}
    problem = refused(
        live, lambda: record.enter(demo.SLUG, draft, demo.REGISTRAR, stray)
    )
    assert problem == f"sources/{'0' * 64}: No source entry here is of this file."


def test_a_file_outside_of_what_entries_bind_is_refused(live):
    problem = refused(
        live,
        lambda: record.enter(demo.SLUG, note("x"), "KZ", {"case.toml": b"x"}),
    )
    assert problem == "No entry brings the file case.toml."


def test_an_office_without_a_key_here_is_refused(live):
    problem = refused(live, lambda: record.enter(demo.SLUG, note("x"), "UZ"))
    assert problem.startswith("There is no key of UZ here: ")


def test_a_key_that_the_log_never_had_is_refused(live):
    key_of("UZ", make=True)
    problem = refused(live, lambda: record.enter(demo.SLUG, note("x"), "UZ"))
    assert problem == "The key of UZ that lies here may not sign in this log."


def test_nothing_is_entered_into_a_reconstructed_case(worked):
    with pytest.raises(PeymanError) as caught:
        record.enter("kazakhstan-2022", note("x"), "KZ")
    assert str(caught.value) == (
        "demo.peyman/kazakhstan-2022 was reconstructed from reports, and is read here,"
        " not kept.\n"
        "  Authority: docs/record.md, section 4: in a live case the log's clock says\n"
        "  Next step: Act in a case that is kept live."
    )


def test_a_fault_after_the_append_leaves_nothing(live, monkeypatch):
    before = dict(case_file().files)

    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr("peyman.web.records.projections.refresh", fail)
    with pytest.raises(RuntimeError):
        record.enter(demo.SLUG, act(), "KZ")
    assert dict(case_file().files) == before


def test_trying_answers_as_entering_would_and_keeps_nothing(live):
    before = dict(case_file().files)
    withdrawal = {**REQUEST, "act": "assistance.ask_to_end", "grounds": {}}
    del withdrawal["grounds"]
    with record.trial(demo.SLUG, "KZ") as desk:
        tried = desk.enter(act(withdrawal))
    ((_, verdict),) = tried.verdicts()
    assert not verdict.has_effect
    assert dict(case_file().files) == before
    assert not EntryRow.objects.filter(case=live, kind="act").exists()
    ((_, kept),) = record.enter(demo.SLUG, act(withdrawal), "KZ").verdicts()
    assert [one.code for one in kept.findings] == [one.code for one in verdict.findings]


def test_several_entries_at_one_desk_come_in_together_or_not_at_all(live):
    with record.desk(demo.SLUG, "KZ") as desk:
        assert [desk.enter(note(text)).receipt.index for text in "ab"] == [8, 9]
    assert EntryRow.objects.filter(case=live, kind="note").count() == 2

    def call():
        with record.desk(demo.SLUG, "KZ") as desk:
            desk.enter(note("c"))
            desk.enter(note("d"), {"case.toml": b"x"})

    assert refused(live, call) == "No entry brings the file case.toml."


def test_what_is_performed_here_is_performed_now(live):
    entry = record.enter(demo.SLUG, act()._replace(at="1999-01-01"), "KZ").entry
    assert entry.at.lo == entry.at.hi == entry.entered
    assert entry.stated_at == show(entry.entered)


def test_two_offices_erase_a_source_and_its_bytes_go(live):
    draft, files = source()
    name = record.enter(demo.SLUG, draft, demo.REGISTRAR, files).receipt.commitment
    index = the_case().size - 1
    first = record.enter(demo.SLUG, erasure([name]), demo.REGISTRAR).receipt
    assert files.keys() <= case_file().files.keys()
    record.enter(
        demo.SLUG, erasure([name], [first.commitment]), "csto/secretary_general"
    )
    left = case_file()
    assert not files.keys() & left.files.keys()
    assert envelope_path(index) not in left.files
    report = verify(left)
    assert (report.genuine, report.erased) == (True, (index,))
    assert not EntryRow.objects.filter(case=live, index=index).exists()


def test_a_case_that_is_kept_here_is_not_taken_in_twice(worked):
    file = read_case_file(settings.LIBRARY / "cases" / "kazakhstan-2022")
    with pytest.raises(PeymanError) as caught:
        record.take_in(file, "again", is_public=True)
    assert caught.value.problem == "demo.peyman/kazakhstan-2022 is kept here already."


def test_a_case_file_that_is_not_genuine_is_not_taken_in(db):
    from peyman.ledger import make_case_file

    files = dict(read_case_file(settings.LIBRARY / "cases" / "csto-register").files)
    files["case.toml"] += b"\n"
    with pytest.raises(PeymanError, match="is not genuine"):
        record.take_in(make_case_file("bad", files), "bad", is_public=True)
    assert not CaseRecord.objects.filter(slug="bad").exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_the_door_at_once_all_come_in_one_after_the_other(transactional_db):
    demo.make()
    start = the_case().size
    failed = []

    def come(number):
        try:
            record.enter(
                demo.SLUG, note(f"Note {number}."), demo.ACCOUNTS[number].office
            )
        except Exception as error:  # noqa: BLE001  (told below)
            failed.append(error)
        finally:
            close_old_connections()
            connection.close()

    people = [threading.Thread(target=come, args=(n,)) for n in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert failed == []
    report = verify(case_file())
    assert (report.genuine, report.whole, report.size) == (True, True, start + 6)
