"""No door of the server signs a head for a fork, or below what was seen."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.web import demo
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import record
from peyman.web.records.keys import kept_of, key_of
from peyman.web.records.store import DbStore
from tests.ledger.builders import START
from tests.web.test_record import act, note
from tests.web.writers import a_note, begun, take_in

LATER = "2099-01-01T00:00:00Z"


def see(origin, key, size):
    """Let a witness say that it saw a head of another log, so many entries long."""
    head = Checkpoint(origin, size, b"x" * 32)
    kept_of(origin).see(sign_checkpoint(head, key), key.public, "kz")


@pytest.fixture(params=[1, 99], ids=["a fork", "lost entries"])
def seen(request, live):
    see(demo.ORIGIN, key_of(demo.ORIGIN), request.param)
    return live


def refused(call):
    """See that a call is refused for what was seen, and changes nothing."""
    before = bytes(CaseRecord.objects.get(slug=demo.SLUG).checkpoint)
    with pytest.raises(PeymanError, match="kz has seen"):
        call()
    assert bytes(CaseRecord.objects.get(slug=demo.SLUG).checkpoint) == before


@pytest.fixture(params=["once", "together"])
def append(request):
    def once(store, envelope, *rest):
        return store.append(envelope, *rest)

    def together(store, envelope, *rest):
        return store.append_all([envelope], *rest)

    return {"once": once, "together": together}[request.param]


@pytest.mark.parametrize("size", [1, 99])
def test_the_lowest_door_takes_nothing_new(db, append, size):
    draft = begun("no-fork")
    take_in(draft)

    def come():
        with record.at_the_door("no-fork") as store:
            return append(store, a_note(draft, "n"), START, draft.log_key)

    come()
    see(draft.origin, draft.log_key, size)
    before = bytes(CaseRecord.objects.get(slug="no-fork").checkpoint)
    with pytest.raises(PeymanError, match="kz has seen"):
        come()
    assert bytes(CaseRecord.objects.get(slug="no-fork").checkpoint) == before


def test_nor_does_it_sign_the_receipt_of_what_is_here(seen, append):
    def come():
        with record.at_the_door(demo.SLUG) as store:
            known = store.case_file().files[envelope_path(1)]
            append(store, known, LATER, key_of(demo.ORIGIN))

    refused(come)


def test_nothing_is_entered(seen):
    refused(lambda: record.enter(demo.SLUG, note("n"), "KZ"))


def test_nothing_is_tried(seen):
    def come():
        with record.trial(demo.SLUG, "KZ") as desk:
            desk.enter(act())

    refused(come)


def test_nothing_is_submitted(seen):
    envelope = DbStore(seen).case_file().files[envelope_path(1)]
    held = Membership(role=Membership.Role.ANALYST, office=demo.REGISTRAR)
    refused(lambda: record.submit(demo.SLUG, envelope, held))


def test_a_head_that_is_told_while_a_desk_is_open_stops_it(live):
    def come():
        with record.desk(demo.SLUG, "KZ") as desk:
            desk.enter(note("a"))
            see(demo.ORIGIN, key_of(demo.ORIGIN), 99)
            desk.enter(note("b"))

    refused(come)


@pytest.mark.django_db(transaction=True)
def test_the_demonstration_is_not_begun_again_where_its_database_is_gone(
    transactional_db,
):
    demo.make()
    CaseRecord.objects.filter(slug=demo.SLUG).delete()
    with pytest.raises(PeymanError) as caught:
        demo.make()
    assert not CaseRecord.objects.filter(slug=demo.SLUG).exists()
    assert str(caught.value) == (
        f"{demo.ORIGIN} stands at 0 entries here, and this-machine has seen 8 of it."
        " The demonstration would begin again: a second log of one name, by one key.\n"
        "  Authority: docs/record.md, section 9: no head is signed below one that was"
        " seen\n"
        "  Next step: Restore it from a backup: peyman restore BACKUP --database live."
        " Or begin anew with another PEYMAN_HOME, or go without: --no-demo."
    )
