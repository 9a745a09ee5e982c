"""Make the test vectors of the record's format: `python docs/vectors/make.py`.

Everything derives from one published seed, so the same files come out every time. A test
holds what stands here against what the ledger makes today.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peyman.ledger import (
    CaseFile,
    Citation,
    Key,
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
    open_envelope,
    save_key,
    seal,
    write_settings,
)
from peyman.ledger.entries.entry import encode_payload
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import verifier_key
from peyman.ledger.log.proof import Proof
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.signing.locks import CHANCE, read_lock, write_key_file

HERE = Path(__file__).parent
SEED = "peyman test vectors"
ORIGIN = "demo.peyman/vectors"
REGISTRAR, COUNCIL = "peyman/registrar", "csto/council"
CHARTER = b'title = "A charter"\n'
SOURCE = "Абстракт · چکیده · a summary in our own words.\n".encode()
SIZES = (0, 1, 2, 3, 7, 8, 255, 256, 257)

Entries = list[tuple[bytes, str]]


def main() -> None:
    """Write `vectors.json` and `case.zip` beside this file."""
    vectors, casefile = make()
    text = json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"
    (HERE / "vectors.json").write_text(text, encoding="utf-8")
    (HERE / "case.zip").write_bytes(casefile.zip())


def make() -> tuple[dict[str, Any], CaseFile]:
    """Make the vectors and the case file that they describe."""
    keys = {office: derive(SEED, office) for office in (REGISTRAR, COUNCIL, ORIGIN)}
    settings = Settings(
        origin=ORIGIN,
        title={"en": "Vectors", "fa": "بردارها", "ru": "Векторы"},
        zone="Asia/Almaty",
        kept="reconstructed",
        log_key=keys[ORIGIN].public,
        registrar=REGISTRAR,
        charters=("csto",),
    )
    files = {
        "case.toml": write_settings(settings),
        "charters/csto.toml": CHARTER,
        f"sources/{digest(SOURCE)}": SOURCE,
    }
    entries = _entries(files["case.toml"])
    casefile = build_log(files, entries, keys[ORIGIN], name="vectors")
    vectors = {
        "seed": SEED,
        "keys": {
            name: {
                "secret": key.secret.hex(),
                "public": key.public.text,
                "fingerprint": key.public.fingerprint,
            }
            for name, key in keys.items()
        },
        "verifier_key": verifier_key(ORIGIN, keys[ORIGIN].public),
        "entries": [_entry(envelope, entered) for envelope, entered in entries],
        "checkpoint": casefile.files["checkpoint"].decode(),
        "files": {path: digest(data) for path, data in casefile.files.items()},
        "zip": digest(casefile.zip()),
        "proof": _proof(casefile, entries, keys).decode(),
        "locked_keys": _locked(keys[COUNCIL]),
        "trees": _trees(),
    }
    return vectors, casefile


def _proof(casefile: CaseFile, entries: Entries, keys: dict[str, Key]) -> bytes:
    """Give the proof of the third entry, the act."""
    tree = Tree(hash_leaf(_leaf(*entry)) for entry in entries)
    envelope, entered = entries[2]
    return Proof(
        2,
        tree.inclusion(2, len(entries)),
        casefile.files["checkpoint"],
        Leaf(commitment(envelope), entered),
        verifier_key(ORIGIN, keys[ORIGIN].public),
        envelope,
        keys[COUNCIL].public,
    ).encode()


def _locked(key: Key) -> list[dict[str, str]]:
    """Give the key of the council as it lies on a disk, locked in both ways."""
    key_file = write_key_file(bytes(range(32)))
    words = "four easy words چهار واژه"
    told = []
    for data in (key_file, words.encode()):
        with TemporaryDirectory() as folder:
            chance = bytes(range(100, 100 + CHANCE))
            path = save_key(Path(folder), COUNCIL, key, read_lock(data), chance)
            told.append({"opens": data.decode(), "file": path.read_text("utf-8")})
    return told


def _entries(case_toml: bytes) -> Entries:
    opening = {
        "case": digest(case_toml),
        "charters": [{"id": "csto", "files": {"csto.toml": digest(CHARTER)}}],
        "registers": [],
        "language": "1",
        "reader": "1",
        "tzdata": "2026.2",
        "keys": [
            first_key(one, derive(SEED, one).public) for one in (REGISTRAR, COUNCIL)
        ],
        "may_add_keys": [REGISTRAR],
    }
    source = {
        "digest": digest(SOURCE),
        "bytes": len(SOURCE),
        "media_type": "text/plain; charset=utf-8",
        "language": "ru",
        "published": "2022-01-05T20:00:00+06:00",
        "title": "A report",
        "publisher": "An agency",
        "address": "https://example.org/report",
        "abstract": True,
        "author": "Peyman",
    }
    entries: Entries = []
    _add(entries, "open", opening, at="2022-01-05", entered="2022-01-05T20:00:00Z")
    first = _add(
        entries, "source", source, at="unknown", entered="2022-01-05T21:00:00Z"
    )
    act = {"acts": [{"under": "csto", "act": "assistance.request", "by": COUNCIL}]}
    moment = "2022-01-05T18:00+06:00/2022-01-06T00:00+06:00"
    _add(entries, "act", act, at=moment, entered="2022-01-06T02:05:00Z", cites=(first,))
    # Numbers and names that canonical JSON orders and writes in its own way.
    odd = {"\ufb33": 1e-7, "\U0001f600": 0.1, "é": -0.0, "e\u0301": 2**53 - 1, "": None}
    _add(entries, "note", odd, at="2022-01-06", entered="2022-01-06T02:05:00Z")
    return entries


def _add(
    entries: Entries, kind: str, body: dict[str, Any], *, entered: str, **more: Any
) -> str:
    key = derive(SEED, COUNCIL if kind == "act" else REGISTRAR)
    tree = Tree(hash_leaf(_leaf(*entry)) for entry in entries)
    payload = Payload(
        origin=ORIGIN,
        kind=kind,
        nonce=derive_nonce(SEED, str(len(entries))),
        seen=Seen(tree.size, tree.root().hex()),
        signer=Signer(COUNCIL if kind == "act" else REGISTRAR, key.public.fingerprint),
        known_as="performed",
        cites=tuple(map(Citation, more.pop("cites", ()))),
        body=body,
        entered_from="source" if kind == "source" else "assumed",
        **more,
    )
    entries.append((seal(payload, key), entered))
    return commitment(entries[-1][0])


def _leaf(envelope: bytes, entered: str) -> bytes:
    return encode_leaf(Leaf(commitment(envelope), entered))


def _entry(envelope: bytes, entered: str) -> dict[str, str]:
    leaf = _leaf(envelope, entered)
    return {
        "payload": encode_payload(open_envelope(envelope).payload).decode(),
        "envelope": envelope.decode(),
        "commitment": commitment(envelope),
        "entered": entered,
        "leaf": leaf.decode(),
        "leaf_hash": hash_leaf(leaf).hex(),
    }


def _trees() -> dict[str, Any]:
    """Give roots and proofs over the leaves "0", "1", "2" … in ASCII."""
    tree = Tree(hash_leaf(str(number).encode()) for number in range(max(SIZES)))
    return {
        "roots": {str(size): tree.root(size).hex() for size in SIZES},
        "inclusion": [
            {"index": index, "size": size, "proof": _hex(tree.inclusion(index, size))}
            for size in SIZES
            for index in sorted({0, size // 2, size - 1})
            if 0 <= index < size
        ],
        "consistency": [
            {"old": old, "new": new, "proof": _hex(tree.consistency(old, new))}
            for new in SIZES
            for old in SIZES
            if old <= new
        ],
    }


def _hex(proof: tuple[bytes, ...]) -> list[str]:
    return [step.hex() for step in proof]


if __name__ == "__main__":
    main()
