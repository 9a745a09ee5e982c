from peyman.case.asking.thread import sources_of, thread
from peyman.case.asking.thread import walk as told_in_order
from tests.builders import SPAN
from tests.case.small import DAY, MANDATE, REQUEST, Record, claim, name_of


def woven():
    made = Record().source()
    claim(made, "c", span=SPAN)
    made.act("r", REQUEST, cites=["c"], **DAY)
    made.act("m", MANDATE, **DAY)
    deploy = {"act": "help.deploy", "by": "XB", "member": "XB", "matter": "r/1"}
    return made.act("d", deploy, cites=["m", "r"], **DAY)


def walk(strand):
    yield strand
    for other in strand.rests_on:
        yield from walk(other)


def test_every_act_leads_back_to_the_words_of_a_source():
    made = woven()
    for entry in made.case.entries:
        if entry.kind != "act":
            continue
        strand = thread(made.case, entry)
        assert [one.name for one in sources_of(strand)] == ["e0"]
        assert SPAN in [one.span for one in walk(strand)]


def test_each_entry_of_a_thread_is_told_once():
    made = woven()
    strands = list(walk(thread(made.case, made.case.entries[-1])))
    assert [(s.entry.name, s.is_repeated) for s in strands] == [
        ("e4", False),
        ("e3", False),
        ("e2", False),
        ("e1", False),
        ("e0", False),
        ("e2", True),
    ]
    assert all(not s.rests_on for s in strands if s.is_repeated)


def test_a_partial_file_shows_that_something_is_missing_and_what_it_is_called():
    made = woven()
    case = made.without("c")
    strand = thread(case, case.entries[-1])
    assert [(s.entry.name, s.missing) for s in walk(strand) if s.missing] == [
        ("e2", (name_of("c"),))
    ]
    assert sources_of(strand) == ()


def test_a_chain_of_a_thousand_citations_is_followed_to_its_end():
    made = Record().source()
    last = "s"
    for n in range(1500):
        made.add(f"n{n}", cites=[last], at="2022-01-05", ask=False)
        last = f"n{n}"
    strand = thread(made.case, made.case.entries[-1])
    assert [one.name for one in sources_of(strand)] == ["e0"]
    assert [depth for depth, _ in told_in_order(strand)] == [*range(1501)]
