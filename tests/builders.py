"""A small pact, reports, and cases under it: plain builders for the tests above the ledger.

The pact is invented. `source_of` writes the source of a worked case, `opened` opens a case
on disk. A case in memory, without keys, is made in `tests.case.small`.
"""

import json
from hashlib import sha256
from pathlib import Path

from peyman.case.entering.enter import Door, Hand
from peyman.case.making.founding import Founding
from peyman.case.making.workshop import Workshop
from peyman.charter.moment import read_instant
from peyman.ledger.files.build import write_log
from peyman.ledger.files.settings import Settings
from peyman.ledger.keeping.store import Store
from peyman.ledger.signing.keys import derive, derive_nonce
from tests.ledger.builders import nothing_seen

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
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


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
    write_log(folder, shop.files, shop.entries, log_key, nothing_seen)
    return Door(Store.open(folder, guard=nothing_seen)), Hand(REGISTRAR, key, log_key)


def nonce(label):
    """A nonce for a label."""
    return derive_nonce("a test", str(label))
