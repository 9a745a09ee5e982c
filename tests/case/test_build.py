import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.case.boards.standing import standing
from peyman.case.check import check
from peyman.case.load import load
from peyman.case.making.build import build
from peyman.case.reading import read_case
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger import (
    commitment,
    derive,
    make_case_file,
    open_envelope,
    seal,
    verify,
)
from peyman.ledger.files.build import build_log
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.log.tiles import tile_bytes, tiles_of
from peyman.ledger.log.tree import Tree, hash_leaf
from tests.builders import CHARTERS, REPORT_EN, SPAN, source_of

SOURCE = {"id": "s", "text": REPORT_EN}
CLAIM = {
    "id": "c",
    "kind": "claim",
    "source": "s",
    "span": SPAN,
    "says": "Ships were there.",
    "speakers": ["An agency"],
    "form": "narration",
    "at": "2022-01-05",
}
NOTE = {"id": "n", "kind": "note", "text": "x"}
ACT = {"under": "pact", "act": "help.request", "by": "XA", "to": "pact/council"}
REQUEST = {"id": "r", "kind": "act", "at": "unknown", "cites": ["c"], "acts": [ACT]}
WHERE = "docs/record.md, section 7: the source of a worked case"


def made(entries=(), sources=(), **head):
    return build(source_of(entries, sources, **head), "small", CHARTERS, {})


def file_of(built):
    return build_log(built.files, built.entries, built.log_key)


def case_of(*entries):
    return load(file_of(made([CLAIM, *entries], [SOURCE]))).case


def refused(*args, **how):
    with pytest.raises(PeymanError) as caught:
        made(*args, **how)
    return [caught.value.problem, caught.value.authority, caught.value.remedy]


# ------------------------------------------------------------------------------- build


def test_the_same_source_gives_the_same_bytes_twice():
    first, second = (file_of(made([CLAIM, REQUEST], [SOURCE])) for _ in range(2))
    assert first.files == second.files
    assert first.zip() == second.zip()


def test_another_seed_gives_other_keys_and_nonces_and_the_same_standing():
    other = load(file_of(made([CLAIM, REQUEST], [SOURCE], seed="another"))).case
    same = case_of(REQUEST)
    assert {e.commitment for e in other.entries} & {
        e.commitment for e in same.entries
    } == set()
    assert standing(read_case(other)) == standing(read_case(same))


def test_a_built_case_is_genuine_and_whole_and_says_what_can_be_said():
    file = file_of(made([CLAIM, REQUEST], [SOURCE]))
    report = verify(file)
    assert (report.genuine, report.whole, report.size) == (True, True, 4)
    assert check(file).faults == ()


def test_entries_stand_in_the_order_in_which_they_were_entered_however_they_are_written():
    late = {**NOTE, "id": "late", "text": "late", "entered": "2022-01-07T00:00:00Z"}
    early = {**NOTE, "id": "early", "text": "early", "entered": "2022-01-06T00:00:00Z"}
    case = load(file_of(made([late, early]))).case
    assert [e.body.get("text") for e in case.entries] == [None, "early", "late"]
    assert [show(e.entered)[:10] for e in case.entries] == 2 * ["2022-01-06"] + [
        "2022-01-07"
    ]


def test_the_case_opens_with_its_first_entry_and_the_hour_of_that_is_assumed():
    case = case_of()
    assert (case.entries[0].kind, case.entries[0].entered_from) == ("open", "assumed")
    assert case.entries[0].entered == case.entries[1].entered


def test_what_was_built_reads_back_equal():
    case = case_of(REQUEST)
    source, claim, request = case.entries[1:]
    start = REPORT_EN.index(SPAN)
    span = {"start": start, "end": start + len(SPAN), "text": SPAN}
    assert (source.kind, source.known_as, source.body["abstract"]) == (
        "source",
        "documented",
        True,
    )
    assert (source.body["author"], source.body["bytes"]) == ("Peyman", len(REPORT_EN))
    assert case.texts == {source.commitment: REPORT_EN}
    assert (claim.body["span"], claim.cites) == (span, (source.commitment,))
    assert claim.stated_at == "2022-01-05"
    assert (request.body["acts"], request.cites) == ([ACT], (claim.commitment,))
    assert [e.index for e in case.entries] == [0, 1, 2, 3]
    assert (case.origin, case.zone, case.kept) == (
        "demo.peyman/test",
        "Asia/Almaty",
        "reconstructed",
    )


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1
).filter(str.strip)


@settings(max_examples=25)
@given(st.lists(WORDS, max_size=4))
def test_whatever_a_note_says_is_read_back_as_it_was_written(texts):
    notes = [{**NOTE, "id": f"n{n}", "text": text} for n, text in enumerate(texts)]
    case = load(file_of(made([{**NOTE, "text": "first"}, *notes]))).case
    assert [e.body["text"] for e in case.entries[2:]] == texts


# ---------------------------------------------------------------------- what is refused


def test_an_entry_that_is_refused_is_named_by_its_label():
    problem, authority, remedy = refused([{**NOTE, "txt": "y"}])
    assert problem == (
        "Entry n: The entry of the kind note has an unknown word 'txt'. The nearest known"
        " word is 'text'."
    )
    assert authority == "docs/record.md, section 3: kinds and bodies"
    assert remedy == "Use only these words: text."


@pytest.mark.parametrize("cited", ["later", "nobody", "n"])
def test_an_entry_cites_only_what_was_entered_before_it(cited):
    later = {**NOTE, "id": "later", "entered": "2022-01-08T00:00:00Z"}
    assert refused([{**NOTE, "cites": [cited]}, later]) == [
        f"Entry n: There is no earlier entry {cited}.",
        WHERE,
        "Cite only what was entered before; check the label and `entered`.",
    ]


def test_two_entries_of_one_label_are_refused():
    assert refused([NOTE, NOTE]) == [
        "Two entries are called n.",
        WHERE,
        "Give each its own id.",
    ]


def test_a_source_without_entries_is_no_case():
    assert refused() == [
        "small has no entries.",
        WHERE,
        "Add [[source]] and [[entry]] tables.",
    ]


def test_the_head_of_a_source_says_what_the_case_is():
    assert refused([NOTE], seed=None, zone=None) == [
        "small lacks, under [case]: seed, zone.",
        WHERE,
        "Add these lines.",
    ]


@pytest.mark.parametrize("field", ["id", "entered", "entered_from"])
def test_every_entry_says_what_it_is_called_and_when_it_was_entered(field):
    entry = {"entered": "2022-01-05T00:00:00Z", "entered_from": "assumed", **NOTE}
    del entry[field]
    lines = [f'{name} = "{value}"' for name, value in entry.items()]
    source = source_of() + ("\n[[entry]]\n" + "\n".join(lines)).encode()
    with pytest.raises(PeymanError) as caught:
        build(source, "small", CHARTERS, {})
    assert caught.value.problem == f"An entry of small lacks {field}: {entry}."
    assert caught.value.remedy == "Add it."


def test_a_source_has_its_text():
    problem, _, remedy = refused([], [{"id": "s"}])
    assert problem.startswith("An entry of small lacks text: {")
    assert remedy == "Add it."


def test_a_source_that_is_not_toml_is_refused_with_its_line():
    with pytest.raises(PeymanError) as caught:
        build(b"[case\n", "small", CHARTERS, {})
    assert caught.value.problem.startswith("small is not TOML: ")
    assert "line 1" in caught.value.problem


def test_a_bad_hour_names_its_entry():
    problem = refused([{**NOTE, "at": "2022-02-30"}])[0]
    assert problem.startswith("Entry n: ")
    assert "2022-02-30" in problem


# ------------------------------------------------------------------------------- check


def forged(*changes, built=None):
    """A case file that a keeper without our door would make: bodies changed, well signed.

    Each change is from a payload's kind to the fields of its body that are replaced.
    """
    built = built or made([CLAIM, REQUEST, {**NOTE, "cites": ["c"]}], [SOURCE])
    key = derive("a test", "peyman/registrar")
    tree, leaves, envelopes, renamed = Tree(), [], [], dict[str, str]()
    for envelope, entered in built.entries:
        payload = open_envelope(envelope).payload
        change = dict(changes).get(payload.kind, {})
        cites = tuple(
            one._replace(commitment=renamed.get(one.commitment, one.commitment))
            for one in payload.cites
        )
        body = {
            name: renamed.get(value, value) if isinstance(value, str) else value
            for name, value in {**payload.body, **change}.items()
        }
        seen = payload.seen._replace(size=tree.size, root=tree.root().hex())
        made_again = seal(payload._replace(body=body, cites=cites, seen=seen), key)
        renamed[commitment(envelope)] = commitment(made_again)
        leaf = encode_leaf(Leaf(commitment(made_again), entered))
        tree.append(hash_leaf(leaf))
        leaves.append(leaf)
        envelopes.append(made_again)
    files = dict(built.files)
    files |= {tile.path: tile_bytes(tile, tree, leaves) for tile in tiles_of(tree.size)}
    files |= {f"envelopes/{n:06d}.json": one for n, one in enumerate(envelopes)}
    origin = open_envelope(envelopes[0]).payload.origin
    head = Checkpoint(origin, tree.size, tree.root())
    files["checkpoint"] = sign_checkpoint(head, built.log_key)
    return make_case_file("forged", files)


def faults(*changes):
    file = forged(*changes)
    assert verify(file).genuine
    return [
        (fault.path, fault.problem, fault.authority) for fault in check(file).faults
    ]


def test_a_case_that_is_signed_anew_without_a_change_has_no_fault():
    assert faults() == []


def test_a_span_that_its_source_does_not_say_is_found_though_every_byte_is_signed():
    span = {"start": 0, "end": 5, "text": "Tanks"}
    assert faults(("claim", {"span": span})) == [
        (
            "envelopes/000002.json",
            "Characters 0 to 5 of e1 do not say 'Tanks'.",
            "docs/record.md, section 3: a span is the exact characters of its source",
        )
    ]


def test_every_entry_that_says_what_cannot_be_said_is_found():
    act = {**ACT, "act": "help.reqest"}
    found = faults(("act", {"acts": [act]}), ("note", {"txt": "x"}))
    assert [(path, problem.split(". ")[0]) for path, problem, _ in found] == [
        ("envelopes/000003.json", "There is no act help.reqest in pact"),
        (
            "envelopes/000004.json",
            "The entry of the kind note has an unknown word 'txt'",
        ),
    ]


def test_a_charter_that_cannot_be_read_is_found():
    built = made([NOTE])
    files = {**file_of(built).files, "charters/pact.toml": b"title = 1\n"}
    (fault,) = check(make_case_file("broken", files)).faults
    assert fault.path == "case.toml"
    assert "pact.toml" in fault.problem


def test_a_file_whose_log_names_other_bytes_is_not_read():
    file = file_of(made([NOTE, {**NOTE, "id": "o", "text": "o"}]))
    files = dict(file.files)
    files["envelopes/000001.json"] = files["envelopes/000002.json"]
    with pytest.raises(PeymanError) as caught:
        load(make_case_file("swapped", files))
    assert caught.value.problem == "Entry e1 is not the one that the log commits to."


@pytest.mark.parametrize("path", ["case.toml", "checkpoint", "charters/pact.toml"])
def test_a_case_file_without_one_of_its_parts_is_not_read(path):
    files = {k: v for k, v in file_of(made([NOTE])).files.items() if k != path}
    with pytest.raises(PeymanError) as caught:
        load(make_case_file("the case", files))
    assert str(caught.value) == (
        f"the case has no {path}.\n"
        "  Authority: docs/record.md, section 6: the case file\n"
        "  Next step: Ask the sender for the case file again."
    )


# --------------------------------------------------------------- registers are checked


def with_register(during="2021-01-01/..", holder="XA"):
    """A register with one `hold`, signed as it is, and a case that carries it."""
    hold = {"office": "pact/chair", "holder": holder, "during": during}
    good = {
        "id": "h",
        "kind": "hold",
        **hold,
        "during": "2021-01-01/..",
        "holder": "XA",
    }
    head = {"origin": "demo.peyman/pact-register", "charters": ["pact"]}
    source = source_of([good], **head, register="pact")
    built = build(source, "register", {"pact": CHARTERS["pact"]}, {})
    register = forged(("hold", hold), built=built)
    files = {f"registers/pact/{path}": data for path, data in register.files.items()}
    return make_case_file("case", {**file_of(made([NOTE])).files, **files})


def test_the_entries_of_a_register_are_checked_too():
    assert check(with_register()).faults == ()
    (fault,) = check(with_register(during="2022-01-01/2021-01-01")).faults
    assert (fault.path, fault.index) == ("registers/pact/envelopes/000001.json", 1)
    assert fault.problem == "'2022-01-01/2021-01-01' ends before it begins."
    (fault,) = check(with_register(holder=1)).faults
    assert fault.problem.startswith("In the entry of the kind hold, holder = 1 is not")


@pytest.mark.parametrize("acts", [[1], [{}], "x", [{"under": 1, "act": []}]])
def test_acts_that_are_malformed_are_faults_and_never_crash(acts):
    found = faults(("act", {"acts": acts}))
    assert [path for path, *_ in found] == ["envelopes/000003.json"]
