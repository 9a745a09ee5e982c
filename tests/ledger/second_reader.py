"""A second reader of the format, written from docs/record.md and nothing of Peyman's.

It reads what the vectors have: a case without registers, erasures and releases. Each step
names the section that it follows. It answers True or raises; it is no tool for people.
"""

import base64
import json
import re
import tomllib
import unicodedata
from hashlib import sha256

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

TYPE = "application/vnd.peyman.entry+json"
EMPTY = sha256(b"").hexdigest()


class RefusedError(Exception):
    """What the page refuses."""


def need(is_so, what):
    if not is_so:
        raise RefusedError(what)


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError) as error:
        raise RefusedError("base64") from error
    need(base64.b64encode(data).decode() == text, "base64 in another way")
    return data


def canonical(data):
    """Section 1: parse, write again, refuse what does not come out the same."""
    try:
        value = json.loads(data)
        need(rfc8785.dumps(value) == data, "not canonical JSON")
    except (ValueError, RecursionError) as error:
        raise RefusedError("not canonical JSON") from error
    return value


def signed_by(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except Exception as error:
        raise RefusedError("false signature") from error


def root_of(hashes):
    """Section 2, RFC 6962."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"").digest()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = root_of(hashes[:split]), root_of(hashes[split:])
    return sha256(b"\1" + left + right).digest()


def checkpoint(note):
    """Section 2: the head, and its one signature line."""
    lines = note.decode().split("\n")
    need(len(lines) == 6 and lines[3] == lines[5] == "", "checkpoint")
    origin, size, root = lines[:3]
    need(re.fullmatch("0|[1-9][0-9]*", size), "size")
    mark, name, signature = lines[4].split(" ")
    need((mark, name) == ("—", origin), "signature line")
    return origin, int(size), unbase64(root), unbase64(signature)


def check_head(note, public):
    origin, size, root, signature = checkpoint(note)
    hint = sha256(origin.encode() + b"\n\1" + public).digest()[:4]
    need(signature[:4] == hint, "hint")
    text = note.partition(b"\n\n")[0] + b"\n"
    signed_by(public, signature[4:], text)
    return origin, size, root


def tiles(size):
    """Section 2: exactly the tiles of a size up to 65,535, level and number and width."""
    need(size < 65_536, "larger than this reader")
    levels = [("entries", size), ("0", size), ("1", size // 256)]
    for level, count in levels:
        for number in range((count + 255) // 256):
            width = min(256, count - 256 * number)
            end = "" if width == 256 else f".p/{width}"
            yield level, number, width, f"tile/{level}/{number:03d}{end}"


def leaves_of(files, size):
    leaves, hashes = [], []
    for level, _number, _width, path in tiles(size):
        need(path in files, path)
        data = files[path]
        if level == "entries":
            while data:
                length = int.from_bytes(data[:2], "big")
                need(0 < length <= len(data) - 2, "leaf length")
                leaves.append(data[2 : 2 + length])
                data = data[2 + length :]
        elif level == "0":
            hashes += [data[at : at + 32] for at in range(0, len(data), 32)]
        else:
            full = [hashes[at : at + 256] for at in range(0, size - size % 256, 256)]
            need(data == b"".join(map(root_of, full)), "level 1")
    need([sha256(b"\0" + leaf).digest() for leaf in leaves] == hashes, "level 0")
    need(len(leaves) == size, "leaves")
    return leaves, hashes


def envelope(data):
    """Section 1: payload, signature, and the bytes that it covers."""
    need(len(data) <= 65_535, "envelope too large")
    value = canonical(data)
    need(sorted(value) == ["payload", "payloadType", "signatures"], "fields")
    need(value["payloadType"] == TYPE and len(value["signatures"]) == 1, "envelope")
    inside = unbase64(value["payload"])
    payload = canonical(inside)
    (signature,) = value["signatures"]
    need(sorted(signature) == ["keyid", "sig"], "signature fields")
    need(signature["keyid"] == payload["signer"]["key"], "keyid")
    covered = f"DSSEv1 {len(TYPE)} {TYPE} {len(inside)} ".encode() + inside
    return payload, unbase64(signature["sig"]), covered


def check_case(files):
    """Sections 2 to 6: everything in the case, from case.toml to the last envelope."""
    settings = tomllib.loads(files["case.toml"].decode())
    log_key = unbase64(settings["log_key"])
    origin, size, root = check_head(files["checkpoint"], log_key)
    need(origin == settings["origin"], "origin")
    leaves, hashes = leaves_of(files, size)
    need(root_of(hashes) == root, "root")
    keys: dict[str, tuple[str, bytes]] = {}
    places: dict[str, int] = {}
    nonces, last = set(), ""
    due = {"case.toml", "checkpoint", *(path for *_, path in tiles(size))}
    for index, raw in enumerate(leaves):
        leaf = check_leaf(raw, last)
        last, path = leaf["entered"], f"envelopes/{index:06d}.json"
        data = files[path]
        need(sha256(data).hexdigest() == leaf["commitment"], "commitment")
        need(leaf["commitment"] not in places, "the same entry twice")
        payload, signature, covered = envelope(data)
        check_entry(payload, index, origin, hashes, places)
        need(payload["nonce"] not in nonces, "nonce twice")
        nonces.add(payload["nonce"])
        need((index == 0) == (payload["kind"] == "open"), "open")
        if index == 0:
            take_opening(payload, files, settings, keys)
        office, public = keys[payload["signer"]["key"]]
        need(office == payload["signer"]["office"], "key of another office")
        signed_by(public, signature, covered)
        places[leaf["commitment"]] = index
        due |= {path, *bound(payload, files)}
    need(files.keys() == due, "files that nothing binds")
    return True


def check_leaf(raw, last):
    leaf = canonical(raw)
    need(sorted(leaf) == ["commitment", "entered", "v"] and leaf["v"] == 1, "leaf")
    need(leaf["entered"] >= last, "entered runs back")
    return leaf


def check_entry(payload, index, origin, hashes, places):
    """Section 2, rules 1, 3 and 5."""
    need(payload["v"] == 1 and payload["origin"] == origin, "origin")
    size, root = payload["seen"]["size"], payload["seen"]["root"]
    need(size <= index and root_of(hashes[:size]).hex() == root, "seen")
    need(all(one["commitment"] in places for one in payload["cites"]), "cites")


def take_opening(payload, files, settings, keys):
    """Sections 3 and 5: what `open` binds, and the first keys."""
    body = payload["body"]
    need(body["case"] == sha256(files["case.toml"]).hexdigest(), "case.toml")
    need([one["id"] for one in body["charters"]] == settings["charters"], "charters")
    need(payload["signer"]["office"] == settings["registrar"], "registrar")
    need(payload["seen"] == {"size": 0, "root": EMPTY}, "open has seen something")
    for one in body["keys"]:
        public = unbase64(one["public"])
        need(sha256(public).hexdigest() == one["key"], "fingerprint")
        keys[one["key"]] = (one["office"], public)


def bound(payload, files):
    """The files beside the log that an entry binds, each with the digest it gives."""
    body = payload["body"]
    found: dict[str, str] = {}
    if payload["kind"] == "open":
        for charter in body["charters"]:
            found |= {f"charters/{path}": d for path, d in charter["files"].items()}
    if payload["kind"] == "source":
        path = f"sources/{body['digest']}"
        found[path] = body["digest"]
        need(len(files.get(path, b"")) == body["bytes"], "length of a source")
    for path, digest in found.items():
        need(sha256(files.get(path, b"")).hexdigest() == digest, path)
    return found


def check_proof(text, log_key):
    """Section 10: one entry under a head, by a log key that the reader has."""
    top, _, note = text.partition("\n\n")
    mark, extra, index, *steps = top.split("\n")
    need(mark == "c2sp.org/tlog-proof@v1", "mark")
    told = canonical(unbase64(extra.removeprefix("extra ")))
    origin, size, root = check_head(note.encode(), log_key)
    hint = sha256(origin.encode() + b"\n\1" + log_key).hexdigest()[:8]
    public = base64.b64encode(b"\1" + log_key).decode()
    need(told["log_key"] == f"{origin}+{hint}+{public}", "log key")
    leaf = {"commitment": told["commitment"], "entered": told["entered"], "v": 1}
    node = sha256(b"\0" + rfc8785.dumps(leaf)).digest()
    place, last = int(index.removeprefix("index ")), size - 1
    need(place <= last, "index")
    for step in map(unbase64, steps):
        need(last, "too many steps")
        if place % 2 or place == last:
            node = sha256(b"\1" + step + node).digest()
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + step).digest()
        place, last = place >> 1, last >> 1
    need(last == 0 and node == root, "root")
    payload, signature, covered = envelope(told["envelope"].encode())
    need(sha256(told["envelope"].encode()).hexdigest() == told["commitment"], "leaf")
    public = unbase64(told["public"])
    need(sha256(public).hexdigest() == payload["signer"]["key"], "public")
    need(payload["origin"] == origin, "origin")
    signed_by(public, signature, covered)
    return payload


def unlock(file, opens):
    """Section 5: the 32 secret bytes of a locked key."""
    value = canonical(file.encode())
    locked = value["locked"]
    how = {name: locked[name] for name in locked if name != "box"}
    salt, nonce = unbase64(locked["salt"]), unbase64(locked["nonce"])
    if locked["kdf"] == "scrypt":
        secret = unicodedata.normalize("NFC", opens.split("\n")[0]).encode()
        key = Scrypt(salt=salt, length=32, n=locked["cost"], r=8, p=1).derive(secret)
    else:
        secret = unbase64(opens.strip().removeprefix("peyman-key-file:v1:"))
        key = HKDF(SHA256(), 32, salt, b"peyman key at rest").derive(secret)
    beside = rfc8785.dumps({**value, "locked": how})
    return ChaCha20Poly1305(key).decrypt(nonce, unbase64(locked["box"]), beside)
