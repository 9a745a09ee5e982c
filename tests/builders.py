"""A small pact, cases under it, and reports: plain builders for the tests above the ledger.

The pact is invented. `Record` makes a case in memory, without keys; `opened` makes one on
disk; `source_of` writes the source of a worked case.
"""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from peyman.case.admit import admit
from peyman.case.draft import draft_of
from peyman.case.enter import Door, Hand
from peyman.case.founding import Founding
from peyman.case.load import entry_of
from peyman.case.model import Case
from peyman.case.workshop import Workshop
from peyman.charter.moment import read_instant, show
from peyman.charter.read import read_charter
from peyman.ledger.build import write_log
from peyman.ledger.entry import Citation, Payload, Seen, Signer
from peyman.ledger.keys import derive, derive_nonce
from peyman.ledger.settings import Settings
from peyman.ledger.store import Store

REGISTRAR = "peyman/registrar"
START = "2022-01-05T00:00:00Z"
PACT = (Path(__file__).parent / "case" / "pact.toml").read_bytes()
HOME = (Path(__file__).parent / "case" / "home.toml").read_bytes()
CHARTERS = {"pact": PACT, "home": HOME}
SPAN = "Ships were seen off the cape."
REPORT_EN = f"Our own words, for a test. {SPAN} The council met at noon.\n"
REPORT_FA = """خبرگزاری آزمون: پیمان امنیت جمعی به قزاقستان نیروی حافظ صلح می‌فرستد

به گزارش خبرنگار خبرگزاری آزمون، رئیس جمهور قزاقستان اعلام کرد: «از سران کشورهای عضو سازمان پیمان امنیت جمعی درخواست کمک کردم.»
"""


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


def source_body(text=REPORT_EN, **changed):
    """The body of a source entry."""
    data = text.encode()
    return {
        "digest": sha256(data).hexdigest(),
        "bytes": len(data),
        "media_type": "text/plain; charset=utf-8",
        "language": "en",
        "published": "2022-01-05",
        "title": "A report",
        "publisher": "An agency",
        "author": "Peyman",
        "abstract": True,
        **changed,
    }


def toml(value):
    """Write a value as TOML, tables inline."""
    if isinstance(value, dict):
        return (
            f"{{{', '.join(f'{json.dumps(k)} = {toml(v)}' for k, v in value.items())}}}"
        )
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def tables(name, rows):
    """Write rows as `[[name]]` tables."""
    lines = [
        [f"[[{name}]]", *(f"{k} = {toml(v)}" for k, v in row.items())] for row in rows
    ]
    return "\n".join(line for row in lines for line in [*row, ""])


def source_of(entries=(), sources=(), **head):
    """Write the source of a worked case; what an entry leaves out is assumed."""
    said = {"entered": START, "entered_from": "assumed"}
    told = {"language": "en", "published": "2022-01-05", "publisher": "An agency"}
    case = {
        "origin": "demo.peyman/test",
        "title": {"en": "A test"},
        "zone": "Asia/Almaty",
        "charters": ["pact", "home"],
        "registrar": REGISTRAR,
        "seed": "a test",
        **head,
    }
    lines = [
        "[case]",
        *(f"{k} = {toml(v)}" for k, v in case.items() if v is not None),
        "",
    ]
    return (
        "\n".join(lines)
        + tables(
            "source", [{**said, **told, "title": "A report", **one} for one in sources]
        )
        + tables("entry", [{**said, **one} for one in entries])
    ).encode()


def opened(folder, kept="reconstructed", charters=CHARTERS):
    """Open a case of one entry in `folder`; give its door and the registrar's hand."""
    key, log_key = derive("a test", REGISTRAR), derive("a test", "log")
    settings = Settings(
        origin="demo.peyman/test",
        title={"en": "A test"},
        zone="Asia/Almaty",
        kept=kept,
        log_key=log_key.public,
        registrar=REGISTRAR,
        charters=tuple(charters),
    )
    founding = Founding(settings, charters, {}, key.public)
    shop = Workshop(founding, key, nonce)
    stated = "assumed" if kept == "reconstructed" else None
    shop.open(read_instant(START), stated)
    write_log(folder, shop.files, shop.entries, log_key)
    return Door(Store.open(folder)), Hand(REGISTRAR, key, log_key)


def nonce(label):
    """A nonce for a label."""
    return derive_nonce("a test", str(label))
