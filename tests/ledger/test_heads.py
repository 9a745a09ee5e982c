"""No head is signed below one that was seen, nor for a fork, until a person decides."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Store, derive, read_case_file, write_folder
from peyman.ledger.keeping.kept import HERE, Kept, proof_of
from peyman.ledger.keeping.restoring import read_backup, refuse_older
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.log.proof import check_proof
from peyman.ledger.verifying.verify import examine
from peyman.ledger.witnesses.heads import LostEntries, Sighting, check_heads, loss_text
from tests.ledger.builders import changed, small_case
from tests.ledger.disks import QuickDisk
from tests.ledger.logs import leaf_at, log_in
from tests.ledger.test_copies import erased_case

DRAFT = small_case()
ORIGIN = DRAFT.origin
TREE = DRAFT.tree


def head(size, root=None, origin=ORIGIN):
    return Checkpoint(origin, size, TREE.root(size) if root is None else root)


def seen(size, by="a-witness", **more):
    return Sighting(by, head(size, **more))


@pytest.mark.parametrize("size", range(6))
def test_a_log_that_holds_every_head_goes_on(size):
    check_heads(ORIGIN, TREE, [seen(size), seen(5)])


def test_heads_of_other_logs_are_left_aside():
    check_heads(ORIGIN, TREE, [seen(99, root=b"x" * 32, origin="demo.peyman/other")])


def test_a_log_below_its_witnesses_is_refused_and_the_largest_is_named_first():
    sightings = [
        seen(4),
        seen(7, "one", root=b"x" * 32),
        seen(9, "two", root=b"y" * 32),
    ]
    with pytest.raises(LostEntries) as caught:
        check_heads(ORIGIN, TREE, sightings)
    assert str(caught.value) == (
        "demo.peyman/case stands at 5 entries here, and two has seen 9 of it.\n"
        "  Authority: docs/record.md, section 9: no head is signed below one that was seen\n"
        "  Next step: Restore a newer copy over it: peyman restore. If there is none,"
        " decide to go on without what is lost: peyman restore --go-on REASON"
    )
    assert [one.by for one in caught.value.sightings] == ["two", "one"]
    given_up = [(7, (b"x" * 32).hex()), (9, (b"y" * 32).hex())]
    check_heads(ORIGIN, TREE, sightings, given_up)
    with pytest.raises(LostEntries):
        check_heads(ORIGIN, TREE, sightings, given_up[:1])


@pytest.mark.parametrize("size", range(1, 6))
def test_a_fork_is_refused_at_the_size_at_which_it_was_seen(size):
    with pytest.raises(PeymanError) as caught:
        check_heads(ORIGIN, TREE, [seen(9, root=b"y" * 32), seen(size, root=b"x" * 32)])
    assert caught.value.problem == (
        f"demo.peyman/case is not the log of which a-witness has seen {size} entries."
    )
    assert not isinstance(caught.value, LostEntries)


def test_what_a_person_enters_names_the_heads_and_the_reason():
    text = loss_text(5, [seen(7, root=b"x" * 32)], "The disk burned.")
    assert text == (
        "This log was restored at 5 entries and goes on without what is lost: a-witness"
        f" has seen 7 entries, root {'78' * 32}. Reason: The disk burned."
    )


# -------------------------------------------------------------- what a machine keeps


def note(size, key=DRAFT.log_key, **more):
    return sign_checkpoint(head(size, **more), key)


def kept(tmp_path):
    return Kept(tmp_path / "seen", ORIGIN)


def test_the_largest_head_is_kept_and_never_a_smaller_one(tmp_path):
    here = kept(tmp_path)
    for size, most in ((2, 2), (4, 4), (3, 4), (5, 5)):
        here.see(note(size), DRAFT.log_key.public)
        assert here.sightings() == (Sighting(HERE, head(most)),)
    here.see(note(1), DRAFT.log_key.public, "a-witness")
    assert [one.by for one in here.sightings()] == ["a-witness", HERE]


@pytest.mark.parametrize(
    "data",
    [
        note(3, derive("x", "y")),
        note(3, origin="demo.peyman/other"),
        note(3).replace(b"\n", b"\r\n"),
        note(3)[:-1],
        b"",
    ],
)
def test_a_head_that_the_log_did_not_sign_is_not_kept(tmp_path, data):
    with pytest.raises(PeymanError):
        kept(tmp_path).see(data, DRAFT.log_key.public)
    assert kept(tmp_path).sightings() == ()


def test_a_checkpoint_with_more_signatures_than_it_may_have_is_not_kept(tmp_path):
    text, line = note(3).decode().split("\n\n")
    with pytest.raises(PeymanError, match=r"signed once by its own log|more than 16"):
        kept(tmp_path).see(f"{text}\n\n{line * 17}".encode(), DRAFT.log_key.public)


def test_a_receipt_is_checked_and_kept_as_a_proof(tmp_path):
    draft = small_case()
    draft.add("note", {"text": "more"})
    write_folder(small_case().build(), tmp_path / "case", QuickDisk())
    store = Store.open(tmp_path / "case", QuickDisk())
    receipt = store.append(**draft.last())
    envelope, _ = draft.entries[-1]
    here = kept(tmp_path)
    path = here.keep_receipt(receipt, envelope, store.settings)
    assert path.name == "e5.tlog-proof"
    assert here.sightings() == (
        Sighting(HERE, Checkpoint(ORIGIN, 6, draft.tree.root())),
    )
    proof = proof_of(receipt, store.settings)
    assert path.read_bytes() == proof.encode()
    assert check_proof(proof).index == 5
    other, _ = draft.entries[-2]
    with pytest.raises(PeymanError) as caught:
        here.keep_receipt(receipt, other, store.settings)
    assert caught.value.problem == (
        "The receipt does not prove that demo.peyman/case took the entry in."
    )


def test_what_is_given_up_stays_as_evidence_and_does_not_stop_the_log(tmp_path):
    here = kept(tmp_path)
    draft = small_case()
    draft.add("note", {"text": "lost"})
    signed = sign_checkpoint(Checkpoint(ORIGIN, 6, draft.tree.root()), DRAFT.log_key)
    here.see(signed, DRAFT.log_key.public)
    log = log_in(small_case().build())
    with pytest.raises(LostEntries) as caught:
        here.check(log)
    here.give_up(5, caught.value.sightings, "A reason.")
    here.check(log)
    assert [one["reason"] for one in here.decisions()] == ["A reason."]
    (evidence,) = here.folder.glob("heads/*.given-up-6")
    assert evidence.read_bytes() == signed
    # The witness that saw it may say so again: it is forgiven by size and root.
    here.see(signed, DRAFT.log_key.public, "a-witness")
    here.check(log)


# ------------------------------------------------------------------------- backups


def test_a_backup_is_read_without_what_its_own_log_erases():
    whole = erased_case().build()
    old = small_case().build()
    leftover = {
        path: data for path, data in old.files.items() if path not in whole.files
    }
    copy = changed(whole, "envelopes/000001.json", old.files["envelopes/000001.json"])
    assert "envelopes/000001.json" in leftover
    backup = read_backup(copy)
    assert dict(backup.case_file.files) == dict(whole.files)
    assert backup.forgotten == ()


def test_what_was_erased_after_a_backup_is_left_out_of_it():
    whole, old = log_in(erased_case().build()), small_case().build()
    gone = {leaf_at(whole, index).commitment for index in whole.erased}
    backup = read_backup(old, gone)
    assert backup.forgotten == (1, 2)
    left = old.files.keys() - backup.case_file.files.keys()
    assert sorted(path.split("/")[0] for path in left) == [
        "envelopes",
        "envelopes",
        "sources",
    ]
    assert examine(backup.case_file).report.genuine


def test_what_is_not_genuine_or_not_whole_is_no_backup(tmp_path):
    whole = small_case().build()
    with pytest.raises(PeymanError, match="is not genuine"):
        read_backup(changed(whole, "case.toml", whole.files["case.toml"] + b"\n"))
    with pytest.raises(PeymanError, match="is a copy that withholds entries"):
        read_backup(changed(whole, "envelopes/000004.json", None))
    with pytest.raises(PeymanError, match="is not genuine"):
        read_backup(changed(whole, "checkpoint", b"x"))


def log_of(draft):
    return log_in(draft.build())


def test_the_newer_never_gives_way_to_the_older_nor_to_another_history():
    newer = small_case()
    newer.add("note", {"text": "more"})
    refuse_older(log_of(newer), log_of(small_case()))
    refuse_older(log_of(small_case()), log_of(small_case()))
    for one, other, problem in (
        (
            small_case(),
            newer,
            "It has 5 entries of demo.peyman/case; what is there has 6.",
        ),
        (
            newer,
            small_case(last="another"),
            "It is another history of demo.peyman/case than what is there.",
        ),
    ):
        with pytest.raises(PeymanError) as caught:
            refuse_older(log_of(one), log_of(other))
        assert caught.value.problem == problem


def test_a_case_on_the_disk_is_read_as_a_backup(tmp_path):
    write_folder(small_case().build(), tmp_path / "case", QuickDisk())
    assert read_backup(read_case_file(tmp_path / "case")).log.size == 5
