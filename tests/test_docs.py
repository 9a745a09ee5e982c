"""The documents keep up with the code: words, findings, examples, links, the schema."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from peyman.case.boards.standing import standing
from peyman.case.entering.bodies import ACT, BODIES
from peyman.case.load import load
from peyman.case.model import Case, Entry
from peyman.case.reading import read_case
from peyman.charter.doing import CONTESTED, VOID
from peyman.charter.language import TABLES, VERSIONS
from peyman.charter.moment import read_instant, read_moment
from peyman.charter.read import load_charter
from peyman.ledger.entries.bodies import KINDS
from peyman.ledger.entries.entry import Payload
from peyman.ledger.files.casefile import read_case_file

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").iterdir())
CHARTERS = sorted((ROOT / "charters").glob("*.toml"))
BUILT = sorted(path.parent for path in (ROOT / "cases").glob("*/case.toml"))
CODE = {p: p.read_text(encoding="utf-8") for p in (ROOT / "peyman").rglob("*.py")}

REFERENCE = (DOCS / "charter-language.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
SCHEMA = json.loads((DOCS / "show.schema.json").read_text(encoding="utf-8"))

SMALL = ROOT / "tests" / "charter" / "charters" / "small.toml"


def rows(text):
    """The cells of every table row of a page, heads and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in cells if not set(row[0]) <= set("-|")]


def section(number):
    """One section of the reference."""
    return re.split(r"^## ", REFERENCE, flags=re.MULTILINE)[number]


def coded(text):
    """Every word that stands in code, inline or fenced."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    inline = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {word for part in blocks + inline for word in re.findall(r"[a-z_]+", part)}


def terms():
    """The English terms of the glossary."""
    return {name for row in rows(GLOSSARY)[1:] for name in row[0].split(", ")}


def finding_codes():
    """Every kind of finding that the sources of the charter room can make."""
    source = "\n".join(
        text
        for path, text in CODE.items()
        if path.is_relative_to(ROOT / "peyman" / "charter")
    )
    found = set(re.findall(r'\bfinding\(\s*f?"([^"]+)"', source))
    (pair,) = re.findall(r'\bearly = "([^"]+)" if .+? else "([^"]+)"', source)
    filled = {code.replace("{early}", word) for code in found for word in pair}
    return filled | {*pair} | VOID | CONTESTED


def lines_of(path):
    """The lines of a charter, without comments and without differences in spacing."""
    text = path.read_text(encoding="utf-8")
    return {
        re.sub(r"\s+", " ", re.sub(r"#.*", "", x)).strip() for x in text.split("\n")
    }


# ------------------------------------------------------------------------- glossary


def test_the_glossary_is_in_order_and_every_line_has_three_languages():
    head, *lines = rows(GLOSSARY)
    assert head[:3] == ["term", "فارسی", "русский"]
    names = [row[0] for row in lines]
    assert names == sorted({*names}, key=str.casefold)
    for name, persian, russian, meaning in lines:
        assert re.search(r"[\u0600-\u06ff]", persian), name
        assert re.search(r"[\u0400-\u04ff]", russian), name
        assert meaning[-1] not in ".:", name


def test_every_kind_of_entry_is_in_the_glossary():
    assert BODIES.keys() <= KINDS
    assert KINDS - terms() == set()


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_an_act_that_the_glossary_leaves_to_its_charter_has_an_article_there(path):
    for text in load_charter(path).versions:
        acts = [act for forms in text.acts.values() for act in forms.values()]
        opened = {act.kind for act in acts if act.opens and act.art}
        assert [
            act.name for act in acts if not act.art and act.kind not in opened
        ] == []
        assert {name for act in acts for name in act.art} <= text.articles.keys()


def test_every_finding_is_in_the_glossary_and_in_the_table_of_findings():
    listed = {
        name.strip("`") for row in rows(section(6))[1:] for name in row[0].split(", ")
    }
    codes = finding_codes()
    assert len(codes) > 20
    assert codes - terms() == set()
    assert listed == codes


def test_the_table_of_findings_says_what_voids_and_what_is_contested():
    for name, _, words, _ in rows(section(6))[1:]:
        code = name.strip("`")
        if code in VOID:
            assert words == "no effect", code
        elif code in CONTESTED:
            assert words.startswith("contested"), code
        else:
            assert words == "effect", code


def test_every_field_of_an_entry_is_in_the_glossary_or_in_the_record():
    record = (DOCS / "record.md").read_text(encoding="utf-8")
    named = {*Payload._fields} - {"zone"}
    named |= {name.rstrip("?") for body in (ACT, *BODIES.values()) for name in body}
    assert named - coded(record) - terms() == set()


# ------------------------------------------------------------ reference of the language


@pytest.mark.parametrize(("number", "table"), [(2, "acts"), (4, "rules")])
def test_the_reference_explains_every_word_of_acts_and_rules_and_no_other(
    number, table
):
    explained = {row[0].strip("`") for row in rows(section(number))[1:]}
    assert explained == set(TABLES[table].words)


def test_the_reference_explains_every_table_and_every_other_word():
    first = section(1)
    words = {word for table in TABLES.values() for word in table.words}
    inner = {*TABLES["acts"].words, *TABLES["rules"].words}
    others = {
        word
        for name, table in TABLES.items()
        for word in table.words
        if name not in {"acts", "rules"}
    }
    assert others | set(VERSIONS) <= coded(first)
    assert words <= inner | others
    for table in TABLES.values():
        assert f"`{table.header}`" in first


def test_the_reference_names_every_field_of_an_act_of_an_entry():
    assert {name.rstrip("?") for name in ACT} <= coded(section(5))


@pytest.mark.parametrize(
    "example",
    [
        *(row[3].strip("`") for row in rows(section(2))[1:]),
        *(
            line
            for block in re.findall(r"```toml\n(.*?)```", REFERENCE, re.DOTALL)
            for line in block.splitlines()
        ),
    ],
)
def test_an_example_of_the_reference_is_a_line_of_a_charter(example):
    line = re.sub(r"\s+", " ", re.sub(r"#.*", "", example)).strip()
    assert any(line in lines_of(charter) for charter in CHARTERS)


@pytest.mark.parametrize("page", ["charter-language.md", "record.md"])
def test_every_section_that_a_message_names_is_there(page):
    source = "\n".join(CODE.values())
    cited = re.findall(rf"docs/{page}, sections? ((?:\d+(?:, | to | and )?)+)", source)
    numbers = {int(n) for group in cited for n in re.findall(r"\d+", group)}
    text = (DOCS / page).read_text(encoding="utf-8")
    there = {int(n) for n in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)}
    assert numbers
    assert numbers <= there


def test_the_rules_of_time_are_numbered_from_1_to_10():
    numbers = re.findall(r"^(\d+)\. ", section(7), re.MULTILINE)
    assert [int(n) for n in numbers[1:]] == [*range(1, 11)]


# ------------------------------------------------------------------ pages and decisions


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_of_a_page_leads_to_a_file(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", text)
    local = [t for t in targets if not re.match(r"[a-z]+:", t)]
    assert [t for t in local if not (page.parent / t).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_fit_on_a_page():
    names = [re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", path.name) for path in DECISIONS]
    assert [int(name[1]) for name in names if name] == [*range(1, len(names) + 1)]
    for number, path in enumerate(DECISIONS, 1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        assert len(text.splitlines()) <= 40
        for part in ("**Question.**", "**Choice.**", "**What we gave up.**"):
            assert part in text


# ------------------------------------------------------------------------- the schema


def object_of(schema):
    """Every part of a schema that describes an object."""
    for value in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(value, dict | list):
            yield from object_of(value)
    if isinstance(schema, dict) and "required" in schema:
        yield schema


def check(data):
    """Every place at which data is not what the schema says."""
    errors = Draft202012Validator(SCHEMA).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def named(log, index):
    """The commitment of an entry of the invented case."""
    return f"{len(log):02x}{index:062x}"


def entry(index, kind, body, at="2022-01-05T10:00:00Z", log=""):
    """An entry as it is read from a record, entered in the hour of its index."""
    return Entry(
        log=log,
        index=index,
        commitment=named(log, index),
        entered=read_instant("2022-01-06T00:00:00Z") + 3600 * index,
        kind=kind,
        known_as="reported",
        at=read_moment(at, "Asia/Almaty"),
        stated_at=at,
        zone="Asia/Almaty",
        signer="peyman/registrar",
        cites=(),
        body=body,
    )


def act(name, by, **more):
    """The body of an entry of one act."""
    return {"acts": [{"under": "small", "act": name, "by": by, **more}]}


def claim(**more):
    """The body of a claim."""
    known = {"source": named("", 0), "form": "assertion", "speakers": ["a wire", "XA"]}
    return {**known, "says": "It is so.", **more}


def bodies():
    """Kind and body of every entry of the invented case, in order."""
    matter = f"{named('', 0)}/1"
    said, against = {"attack": "asserted"}, {"small/attack": "against"}
    limited = {"value": "unspecified", "words": "a limited time"}
    grant = {"tasks": ["guard"], "term": limited, "whom": "not shown"}
    seized = {"place": "kz", "status": "seized"}
    figures = [{"item": "people hurt", "low": 3, "unit": "people"}]
    pledge = {"member": "XB", "what": "a company", "caveats": ["no riots"]}
    moved = {"mode": "air", "member": "XB", "from": "kz", "to": "kz", "serial": "1"}
    yield (
        "act",
        act(
            "help.ask",
            "XA",
            to="small/council",
            basis=["T 4"],
            grounds=said,
            states={"what": 3},
            form="voice",
        ),
    )
    yield "act", act("help.consult", "small/council", matter=matter)
    yield "act", act("help.grant", "small/council", matter=matter, states=grant)
    yield "act", act("help.send", "XB", matter=matter)
    yield "claim", claim(grounds=against, figures=figures, facility=seized)
    yield "grade", {"claim": named("", 4), "status": "held", "reason": "It saw it."}
    yield "claim", claim(office={"office": "small/chair", "holder": "XA"})
    yield "act", act("help.confirm", "XA", matter=f"{named('', 99)}/1")
    yield "act", act("help.ask", "XB", to="small/council", form="voice")
    yield "correct", {"entry": named("", 8), "reason": "It was not said."}
    votes = {"XA": "yes", "XB": "yes"}
    later = {"ballots": votes, "ripens": "2030-01-01T00:00:00Z"}
    yield "act", act("help.refuse", "small/panel", matter=matter, **later)
    yield "status", {"place": "kz", "status": "quiet", "claims": [named("", 4)]}
    for people in ({"value": 70}, {"low": 100}):
        yield "pledge", {**pledge, "people": people, "state": "offered"}
    yield "strength", {"member": "all", "people": {"low": 70, "high": 100}}
    yield "serial", {**moved, "flights": 2, "direction": "in", "state": "reported"}
    yield "act", act("help.nothing", "XB")


def invented_case():
    """A case of an invented league that reaches every list of a standing."""
    hold = {"office": "small/chair", "holder": "XB", "during": "2021-01-01/.."}
    (kind, asked), *rest = bodies()
    entries = [entry(0, kind, asked, "2022-01-03/2022-01-05")]
    entries += [entry(index, *one) for index, one in enumerate(rest, 1)]
    return Case(
        origin="demo.peyman/small",
        title={"en": "An invented case"},
        zone="Asia/Almaty",
        kept="reconstructed",
        registrar="peyman/registrar",
        charters={"small": load_charter(SMALL)},
        registers={"small": (entry(0, "hold", hold, log="small"),)},
        entries=tuple(entries),
        size=len(entries) + 2,
        withheld=(len(entries),),
        erased=(len(entries) + 1,),
    )


def test_the_schema_is_a_schema_and_lets_unknown_keys_pass():
    Draft202012Validator.check_schema(SCHEMA)
    for part in object_of(SCHEMA):
        assert part.get("additionalProperties", {}) is not False
        assert set(part["required"]) <= part["properties"].keys()


def test_the_schema_describes_every_key_and_lists_every_finding():
    for part in object_of(SCHEMA):
        for name, value in part["properties"].items():
            assert value.keys() & {"description", "$ref"}, name
    assert set(SCHEMA["$defs"]["findingCode"]["examples"]) == finding_codes()
    assert SCHEMA["required"] == list(SCHEMA["properties"])


def standings():
    """The invented case as of every half day of two months."""
    case = invented_case()
    for hours in range(-24, 60 * 24, 12):
        data = standing(read_case(case, case.last_entered + 3600 * hours))
        yield json.loads(json.dumps(data))


def test_an_invented_case_is_as_the_schema_says_at_any_time():
    for data in standings():
        assert check(data) == []


def test_the_invented_case_reaches_every_part_of_a_standing():
    reached = set()
    for data in standings():
        assert list(data) == SCHEMA["required"]
        parts = [data, data["world"], data["force"], *data["matters"]]
        reached |= {key for part in parts for key, value in part.items() if value}
    matter = SCHEMA["$defs"]["matter"]["required"]
    assert {*SCHEMA["required"], *matter} - reached == set()


def test_a_time_that_is_not_utc_is_not_as_the_schema_says():
    data = standing(read_case(invented_case()))
    data["at"] = "2022-01-06T00:00:00+06:00"
    assert len(check(data)) == 1


@pytest.mark.parametrize("folder", BUILT, ids=lambda folder: folder.name)
def test_a_built_case_is_as_the_schema_says_at_every_entry(folder):
    case = load(read_case_file(folder)).case
    for known_at in sorted({e.entered for e in case.entries}):
        data = standing(read_case(case, known_at=known_at))
        assert check(json.loads(json.dumps(data))) == []


def test_the_example_of_a_standing_is_as_the_schema_says():
    data = json.loads((DOCS / "show.example.json").read_text(encoding="utf-8"))
    assert check(data) == []
