"""Cases of the invented pact in memory, without keys, for the tests of what they come to."""

from dataclasses import replace
from hashlib import sha256

from peyman.case.boards.standing import standing
from peyman.case.entering.admit import admit
from peyman.case.entering.draft import draft_of
from peyman.case.load import entry_of
from peyman.case.model import Case
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant, show
from peyman.charter.read import read_charter
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer
from tests.builders import CHARTERS, REGISTRAR, REPORT_EN, START, source_body

REQUEST = {
    "act": "help.request",
    "subject": "XA",
    "by": "XA",
    "to": "pact/council",
    "grounds": {"attack": "asserted"},
}
TERM = {"value": "unspecified", "words": "a short time"}
MANDATE = {
    "act": "help.mandate",
    "by": "pact/council",
    "matter": "r/1",
    "basis": ["P 2"],
    "states": {"tasks": ["guard"], "term": TERM, "area": "not shown"},
    "ballots": {"XA": "yes", "XB": "yes", "XC": "yes"},
    "announced_by": "pact/chair",
}
TAKE_BACK = {"act": "help.take_back", "by": "XA", "to": "pact/council", "matter": "r/1"}
DAY = {"at": "2022-01-05"}
CLAIM = {"source": "s", "says": "Ships were there.", "speakers": ["An agency", "XB"]}


class Record:
    """A case in memory: `add` entries as a person writes them, `case` is what they make.

    Commitments are digests of labels, so that an error names the same one every time.
    """

    def __init__(self, kept="reconstructed", charters=CHARTERS, registers=None):
        self.clock = read_instant(START)
        self.case = Case(
            origin="demo.peyman/test",
            title={"en": "A test"},
            zone="Asia/Almaty",
            kept=kept,
            registrar=REGISTRAR,
            charters={
                name: read_charter(data, id=name, name=f"{name}.toml")
                for name, data in charters.items()
            },
            registers=registers or {},
            entries=(),
            size=0,
        )

    def add(
        self, label, kind="note", entered=None, *, signer=REGISTRAR, ask=True, **said
    ):
        """Add an entry; `signer` is the office that enters. One hour after the last, if unsaid."""
        self.clock = read_instant(entered) if entered else self.clock + 3600
        if kind == "note":
            said.setdefault("text", label)
        text = said.pop("content", None)
        written = {"kind": kind, **said}
        entered = show(self.clock)
        draft = draft_of(written, self.resolve, self.case.texts.get, entered)
        entry = self.entry(label, draft, signer)
        texts = {**self.case.texts, entry.commitment: text} if text else self.case.texts
        case = replace(self.case, texts=texts)
        if ask:
            admit(case, entry)
        self.case = replace(case, entries=(*case.entries, entry), size=case.size + 1)
        return self

    def entry(self, label, draft, signer=REGISTRAR):
        """Give the entry that a draft would be."""
        payload = Payload(
            origin=self.case.origin,
            kind=draft.kind,
            nonce="",
            seen=Seen(),
            signer=Signer(signer, ""),
            known_as=draft.known_as,
            at=draft.at,
            cites=tuple(map(Citation, draft.cites)),
            body=draft.body,
            zone=draft.zone,
        )
        return entry_of(self.case, payload, self.case.size, name_of(label), self.clock)

    def source(self, label="s", text=REPORT_EN, **changed):
        """Add a source with its text."""
        return self.add(
            label, "source", content=text, **{**source_body(text), **changed}
        )

    def resolve(self, label):
        """A label is good, whether or not there is such an entry: `ask` asks that."""
        return name_of(label)

    def act(self, label, *acts, **said):
        """Add acts, of the pact where they do not say; reported, if nothing is said."""
        return self.add(
            label, "act", acts=[{"under": "pact", **a} for a in acts], **said
        )

    def without(self, *labels):
        """Give the case as one gets it who is not shown these entries."""
        gone = {name_of(label) for label in labels}
        kept = tuple(e for e in self.case.entries if e.commitment not in gone)
        away = tuple(e.index for e in self.case.entries if e.commitment in gone)
        return replace(self.case, entries=kept, withheld=away)


def name_of(label):
    """The commitment of the entry with this label."""
    return sha256(label.encode()).hexdigest()


def told(reading):
    """The standing of a reading, as plain data."""
    return standing(reading)


def record(kept="reconstructed"):
    """A source, a request and a mandate, in e0 to e2."""
    made = Record(kept=kept).source()
    made.act("r", REQUEST, cites=["s"], **DAY)
    return made.act("m", MANDATE, **DAY)


def shown(made, at=None, known_at=None, case=None):
    clocks = [text and read_instant(text) for text in (at, known_at)]
    return standing(read_case(case or made.case, *clocks))


def claim(made, label, form="narration", **said):
    return made.add(label, "claim", form=form, **{**CLAIM, **said})
