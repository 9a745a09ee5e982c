"""A filtered copy is genuine, not whole, and shows what it must and no more."""

import base64
import json

import pytest

from peyman.errors import PeymanError
from peyman.ledger import commitment, digest, publish, read_entries, verify, withhold
from peyman.ledger.log.tiles import Tile, read_bundle
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    SOURCE,
    changed,
    faults_of,
    small_case,
)

LATER = "2022-01-09T00:00:00Z"
SOURCE_PATH = f"sources/{digest(SOURCE)}"


def erased_case():
    """The small case, its source erased by two offices, with the claim that quotes it."""
    draft = small_case()
    places = [commitment(envelope) for envelope, _ in draft.entries]
    body = {
        "entries": [places[1], places[2]],
        "kinds": ["source", "claim"],
        "reason": "It names a private person.",
        "authority": "Law on personal data, article 5",
    }
    first = draft.add("erase", body)
    draft.add("erase", body, by=COUNCIL, cites=(first,))
    return draft


def released_case():
    draft = small_case()
    body = {"size": 5, "indexes": [0, 3, 4], "kinds_not_shown": ["claim", "source"]}
    draft.add("release", body)
    draft.add("note", {"text": "after the release"}, entered=LATER)
    return draft


def test_a_copy_that_withholds_is_genuine_and_not_whole():
    copy = withhold(small_case().build(), [1, 4])
    report = verify(copy)
    assert (report.genuine, report.whole) == (True, False)
    assert (report.withheld, report.present) == ((1, 4), 3)
    assert SOURCE_PATH not in copy.files


def test_a_citation_of_a_withheld_entry_still_proves_that_it_exists():
    entries = read_entries(withhold(small_case().build(), [1]))
    citing = entries[2].payload
    assert citing is not None
    assert [one.commitment for one in citing.cites] == [entries[1].commitment]
    assert (entries[1].state, entries[1].payload) == ("withheld", None)


def test_a_withheld_source_leaves_no_digest_behind():
    copy = withhold(small_case().build(), [1])
    told = b"".join([*copy.files.values(), *map(str.encode, copy.files)])
    assert digest(SOURCE).encode() not in told


def test_a_copy_of_a_reconstructed_case_says_that_it_hides_nothing():
    notes = verify(withhold(small_case().build(), [4])).notes
    assert (
        "What is withheld from a reconstructed case is not hidden: whoever knows the seed"
        " can try what it says."
    ) in notes
    assert any(
        note.startswith("Entries are withheld: nothing follows") for note in notes
    )


def test_what_is_in_every_file_is_not_withheld():
    with pytest.raises(PeymanError) as caught:
        withhold(small_case().build(), [0])
    assert str(caught.value) == (
        "e0 is `open`, which is in every case file.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Withhold other entries."
    )


def test_a_copy_is_not_made_of_what_is_not_genuine():
    with pytest.raises(PeymanError, match="is not genuine"):
        withhold(changed(small_case().build(), "charters/csto.toml", b"x"), [4])


def test_two_offices_erase_a_source_and_what_quotes_it():
    built = erased_case().build()
    report = verify(built)
    assert (report.genuine, report.whole, report.erased) == (True, False, (1, 2))
    assert report.withheld == ()
    assert SOURCE_PATH not in built.files
    assert "envelopes/000001.json" not in built.files
    assert [entry.state for entry in read_entries(built)][1:4] == [
        "erased",
        "erased",
        "here",
    ]


def test_one_office_alone_erases_nothing():
    draft = erased_case()
    draft.entries.pop()
    report = verify(draft.build())
    assert (report.whole, report.erased) == (True, ())


def test_the_same_office_twice_erases_nothing():
    draft = small_case()
    body = {
        "entries": [commitment(draft.entries[4][0])],
        "kinds": ["note"],
        "reason": "r",
        "authority": "a",
    }
    first = draft.add("erase", body)
    draft.add("erase", body, cites=(first,))
    assert verify(draft.build()).erased == ()


def test_another_body_is_not_seconded():
    draft = small_case()
    body = {
        "entries": [commitment(draft.entries[4][0])],
        "kinds": ["note"],
        "reason": "r",
        "authority": "a",
    }
    first = draft.add("erase", body)
    draft.add("erase", {**body, "reason": "s"}, by=COUNCIL, cites=(first,))
    assert verify(draft.build()).erased == ()


def test_an_erased_entry_that_is_here_after_all_is_found():
    found = faults_of(erased_case().forge())
    assert ("envelopes/000001.json", 1, "It is here; e6 erased it.") in found
    assert (SOURCE_PATH, None, "No source entry here is of this file.") in found


def test_a_copy_both_withheld_and_erased_is_genuine():
    report = verify(withhold(erased_case().build(), [4]))
    assert (report.genuine, report.whole) == (True, False)
    assert (report.withheld, report.erased, report.present) == ((4,), (1, 2), 4)


def test_a_public_file_shows_what_was_released_and_hides_the_other_leaves():
    public = publish(released_case().build())
    report = verify(public)
    assert (report.genuine, report.whole, report.withheld) == (True, False, (1, 2, 6))
    tile = Tile("entries", 0, 7)
    leaves = read_bundle(tile, public.files[tile.path])
    assert [index for index, leaf in enumerate(leaves) if not leaf] == [1, 2, 6]
    assert (
        "Leaves are hidden: citations of what is not shown could not be looked up."
        in (report.notes)
    )


def test_a_public_file_tells_no_hour_and_no_commitment_of_what_it_hides():
    public = publish(released_case().build())
    told = b"".join(
        base64.b64decode(json.loads(data)["payload"]) if "envelopes" in path else data
        for path, data in public.files.items()
    )
    assert LATER.encode() not in told
    draft = released_case()
    hidden = [commitment(draft.entries[index][0]) for index in (1, 2, 6)]
    # The act cites the claim, and so names its commitment: that is what citing is for.
    assert [one.encode() in told for one in hidden] == [False, True, False]


def test_what_a_release_lists_may_not_be_missing():
    public = publish(released_case().build())
    found = faults_of(changed(public, "envelopes/000004.json", None))
    assert (
        "envelopes/000004.json",
        4,
        "Its leaf is shown, and it is not here.",
    ) in found


def test_a_file_that_hides_more_than_the_release_says_is_found():
    public = publish(released_case().build())
    tile = Tile("entries", 0, 7)
    leaves = read_bundle(tile, public.files[tile.path])
    leaves[4] = b""
    data = b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
    files = changed(public, tile.path, data)
    found = faults_of(changed(files, "envelopes/000004.json", None))
    problem = "It is left out or shown against the release."
    assert ("envelopes/000004.json", 4, problem) in found


def test_a_file_that_shows_more_than_the_release_says_is_found():
    whole = released_case().build()
    public = publish(whole)
    tile = Tile("entries", 0, 7)
    leaves = read_bundle(tile, public.files[tile.path])
    leaves[2] = read_bundle(tile, whole.files[tile.path])[2]
    data = b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
    files = changed(public, tile.path, data)
    path = "envelopes/000002.json"
    found = faults_of(changed(files, path, whole.files[path]))
    assert (path, 2, "It is left out or shown against the release.") in found


def test_leaves_are_not_hidden_without_a_release():
    built = small_case().build()
    tile = Tile("entries", 0, 5)
    leaves = read_bundle(tile, built.files[tile.path])
    leaves[4] = b""
    data = b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
    files = changed(built, tile.path, data)
    found = faults_of(changed(files, "envelopes/000004.json", None))
    problem = "It hides leaves, and no `release` says what it shows."
    assert found == [("checkpoint", None, problem)]


def test_a_hidden_leaf_whose_hash_is_changed_is_found_in_its_tile():
    public = publish(released_case().build())
    path = "tile/0/000.p/7"
    data = bytearray(public.files[path])
    data[2 * 32] ^= 1
    assert path in [fault[0] for fault in faults_of(changed(public, path, bytes(data)))]


def test_nothing_is_published_that_was_not_released():
    with pytest.raises(PeymanError, match="Nothing in this case was released"):
        publish(small_case().build())


def test_an_analyst_sees_the_state_of_each_entry():
    states = [one.state for one in read_entries(publish(released_case().build()))]
    assert states == ["here", *["withheld"] * 2, *["here"] * 3, "withheld"]


def test_a_correction_is_not_withheld_from_what_it_corrects():
    draft = small_case()
    note = commitment(draft.entries[4][0])
    draft.add("correct", {"entry": note, "reason": "r"}, by=ANALYST)
    built = draft.build()
    with pytest.raises(PeymanError) as caught:
        withhold(built, [5])
    assert str(caught.value) == (
        "e5 corrects e4, which would stay without it.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Withhold e4 too, or neither."
    )
    assert verify(withhold(built, [4, 5])).withheld == (4, 5)
    assert verify(withhold(withhold(built, [4]), [5])).withheld == (4, 5)
