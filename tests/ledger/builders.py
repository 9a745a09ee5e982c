"""Small cases for the tests of the ledger: everything derives from one seed."""

import base64
from dataclasses import replace

from peyman.ledger import (
    Citation,
    Payload,
    Seen,
    Settings,
    Signer,
    build_log,
    commitment,
    derive,
    derive_nonce,
    digest,
    first_key,
    make_case_file,
    seal,
    verify,
    write_settings,
)
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.log.tiles import tile_bytes, tiles_of
from peyman.ledger.log.tree import Tree, hash_leaf

SEED = "peyman tests"
REGISTRAR = "peyman/registrar"
ANALYST = "peyman/analyst"
COUNCIL = "csto/council"
START = "2022-01-05T20:00:00Z"
CHARTER = b'title = "A charter"\n'
GEOMETRY = b'{"type":"Point"}'
SOURCE = "چکیده: a summary in our own words.".encode()


def nothing_seen(log):
    """Guard a log of which nobody has seen anything yet."""


class Draft:
    """A case in the making: `add` entries, then `build`."""

    def __init__(self, origin="demo.peyman/case", *, kept="reconstructed", **more):
        self.origin = origin
        self.log_key = derive(SEED, origin)
        self.entries = []
        self.tree = Tree()
        self.entered = START
        offices = more.pop("offices", (REGISTRAR, ANALYST, COUNCIL))
        self.keys = {office: derive(SEED, f"{origin} {office}") for office in offices}
        charters = more.pop("charters", {"csto": {"csto.toml": CHARTER}})
        registers = more.pop("registers", {})
        self.settings = Settings(
            origin=origin,
            title={"en": "A case", "fa": "پرونده", "ru": "Дело"},
            zone="Asia/Almaty",
            kept=kept,
            log_key=self.log_key.public,
            registrar=REGISTRAR,
            charters=tuple(charters),
            **more,
        )
        self.files = {"case.toml": write_settings(self.settings)}
        for held in charters.values():
            self.files |= {f"charters/{path}": held[path] for path in held}
        for one, casefile in registers.items():
            self.bring_register(one, casefile)
        self.opening = {
            "case": digest(self.files["case.toml"]),
            "charters": [charter_entry(one, charters[one]) for one in charters],
            "registers": [register_entry(one, registers[one]) for one in registers],
            "language": "1",
            "reader": "1",
            "tzdata": "2026.2",
            "keys": [first_key(one, self.keys[one].public) for one in offices],
            "may_add_keys": [REGISTRAR],
        }

    def bring_register(self, one, casefile):
        start = f"registers/{one}/"
        gone = [path for path in self.files if path.startswith(start)]
        for path in gone:
            del self.files[path]
        self.files |= {start + path: data for path, data in casefile.files.items()}

    @property
    def size(self):
        return len(self.entries)

    @property
    def seen(self):
        return Seen(self.tree.size, self.tree.root().hex())

    def payload(self, kind, body, **changed):
        """Give the next entry's payload; `by` is who signs it."""
        office = changed.pop("by", REGISTRAR)
        key = changed.pop("key", None) or self.keys[office]
        is_reconstructed = self.settings.kept == "reconstructed"
        fields = {
            "cites": (),
            "known_as": "performed" if kind != "claim" else "reported",
            "at": "2022-01-05",
            "seen": self.seen,
            "entered_from": "assumed" if is_reconstructed else None,
            **changed,
        }
        fields["cites"] = tuple(
            one if isinstance(one, Citation) else Citation(one)
            for one in fields["cites"]
        )
        return Payload(
            origin=fields.pop("origin", self.origin),
            kind=kind,
            nonce=fields.pop("nonce", None)
            or derive_nonce(SEED, f"{self.origin} {self.size}"),
            signer=Signer(office, key.public.fingerprint),
            body=body,
            **fields,
        )

    def add(self, kind, body=None, **changed):
        """Add an entry, and give its commitment."""
        office = changed.get("by", REGISTRAR)
        key = changed.get("key") or self.keys[office]
        entered = changed.pop("entered", None)
        payload = self.payload(kind, body or {}, **changed)
        return self.add_envelope(seal(payload, key), entered)

    def add_envelope(self, envelope, entered=None):
        self.entered = entered or self.entered
        self.entries.append((envelope, self.entered))
        leaf = encode_leaf(Leaf(commitment(envelope), self.entered))
        self.tree.append(hash_leaf(leaf))
        return commitment(envelope)

    def open(self, **changed):
        return self.add("open", {**self.opening, **changed})

    def add_source(self, data=SOURCE, **changed):
        self.files[f"sources/{digest(data)}"] = data
        return self.add("source", source_body(data), **changed)

    def last(self, **more):
        """Give the arguments with which a store takes the last entry."""
        envelope, entered = self.entries[-1]
        log_key = self.log_key
        return {"envelope": envelope, "entered": entered, "log_key": log_key, **more}

    def build(self):
        return build_log(self.files, self.entries, self.log_key, guard=nothing_seen)

    def forge(self):
        """Make the case file that a keeper without our rules would: nothing checked."""
        leaves = [
            encode_leaf(Leaf(commitment(envelope), entered))
            for envelope, entered in self.entries
        ]
        files = dict(self.files)
        for tile in tiles_of(self.size):
            files[tile.path] = tile_bytes(tile, self.tree, leaves)
        head = Checkpoint(self.origin, self.size, self.tree.root())
        files["checkpoint"] = sign_checkpoint(head, self.log_key)
        for index, (envelope, _) in enumerate(self.entries):
            files[envelope_path(index)] = envelope
        return make_case_file("the case", files)


def charter_entry(charter, files):
    return {"id": charter, "files": {path: digest(files[path]) for path in files}}


def register_entry(register, casefile, size=None, root=None):
    """Name the head of a register as `open` and `adopt` do."""
    lines = casefile.files["checkpoint"].decode().split("\n")
    head = base64.b64decode(lines[2]).hex()
    return {
        "id": register,
        "origin": lines[0],
        "size": size or int(lines[1]),
        "root": root or head,
    }


def source_body(data=SOURCE, **changed):
    return {
        "digest": digest(data),
        "bytes": len(data),
        "media_type": "text/plain; charset=utf-8",
        "language": "en",
        "published": "2022-01-06",
        "title": "A report",
        "publisher": "An agency",
        "abstract": True,
        "author": "Peyman",
        **changed,
    }


def small_case(last="n"):
    """Five entries: open, source, claim, performed act, note."""
    draft = Draft()
    draft.open()
    source = draft.add_source(entered="2022-01-06T04:00:00Z")
    claim = draft.add("claim", {"says": "x"}, by=ANALYST, cites=(source,))
    draft.add("act", {"acts": []}, by=COUNCIL, cites=(claim,))
    draft.add("note", {"text": last}, by=ANALYST)
    return draft


def a_register(size=3):
    """Give the register of the charter csto: `open`, then holds."""
    draft = Draft("demo.peyman/csto-register", register="csto")
    draft.open()
    for number in range(size - 1):
        draft.add("hold", {"office": "csto/chair", "note": str(number)})
    return draft


def changed(casefile, path, data):
    """Copy a case file with other bytes at one path; None removes the file."""
    files = {**casefile.files, path: data}
    if data is None:
        del files[path]
    return replace(casefile, files=files)


def faults_of(casefile):
    """Give what `verify` finds: path, index and problem of each fault."""
    return [(one.path, one.index, one.problem) for one in verify(casefile).all_faults()]
