"""Push the heads of live cases to witnesses, beside the server and never in its way.

One thread of `peyman serve` asks, once a second, which heads a witness has not signed, and
pushes them as tlog-witness has it. No entry waits for a witness: what is acknowledged is
acknowledged by the log alone. Of several servers on one database one pushes. A witness that has seen another log shows it: the two
heads are then kept as evidence.
"""

import logging
import re
import threading
import time
from hashlib import sha256
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.db import DatabaseError, close_old_connections

from peyman.errors import PeymanError
from peyman.ledger.files.settings import LIVE
from peyman.ledger.log.note import read_checkpoint, verifier_key
from peyman.ledger.log.tree import Tree
from peyman.ledger.verifying.policy import Trust, Witness
from peyman.ledger.witnesses.fork import Fork, is_signed, read_fork
from peyman.ledger.witnesses.witness import Answer, Push
from peyman.web.models import CaseRecord, Cosigned, ForkRecord, Unsigned
from peyman.web.records import sequencer
from peyman.web.records.keys import kept_of
from peyman.web.witnessing import witnesses

TIMEOUT_S = 5
"""How long a witness may take to answer."""

AGAIN_S = 30
"""How long one that did not sign is left in peace."""

_EVERY_S = 1
_LARGEST_ANSWER = 64 * 1024
_NO_NAME = re.compile(r"[^a-z0-9]+")
_log = logging.getLogger(__name__)


def start() -> None:
    """Begin to push, if there are witnesses."""
    if witnesses.named(witnesses.policy()):
        threading.Thread(target=_go_on, name="pushing", daemon=True).start()


def _go_on() -> None:
    while True:
        try:
            close_old_connections()
            push_all(int(time.time()))
        except (DatabaseError, PeymanError):
            _log.exception("heads could not be pushed")
        time.sleep(_EVERY_S)


def push_all(now: int) -> None:
    """Show every live case's head to each witness that has not signed it.

    Where another server of the same database does so now, it is left to that one.
    """
    trust = witnesses.policy()
    with sequencer.only_one("pushing") as is_mine:
        if is_mine:
            _push_to_all(trust, now)


def _push_to_all(trust: Trust, now: int) -> None:
    for record in CaseRecord.objects.filter(row__kept=LIVE, size__gt=0):
        for name, witness in witnesses.named(trust):
            if _is_due(record, name, now):
                push(record, name, witness, now)


def _is_due(record: CaseRecord, name: str, now: int) -> bool:
    if record.cosigned.filter(witness=name, root=record.root).exists():
        return False
    last = record.unsigned.filter(witness=name).first()
    return last is None or last.at + AGAIN_S <= now


def push(record: CaseRecord, name: str, witness: Witness, now: int) -> bool:
    """Show the head of a case to a witness, and keep what it answers.

    Args:
        record: The case.
        name: The witness's name in the policy.
        witness: The name and key of its line, and its address.
        now: By this server's clock, in seconds since 1970.

    Returns:
        Whether it signed.
    """
    tree, note = witnesses.tree_of(record), bytes(record.checkpoint)
    last = record.cosigned.filter(witness=name).order_by("size").last()
    old = last.size if last else 0
    answer = _push(witness, tree, old, note)
    seen = _size(answer)
    if seen is not None and seen <= tree.size and seen != old:
        answer = _push(witness, tree, seen, note)
        seen = _size(answer)
    if answer.status == 200 and _keep(record, name, witness, answer, now):
        return True
    if answer.status in (409, 422):
        _look_for_fork(record, name, witness, tree, now)
    Unsigned.objects.update_or_create(
        case=record,
        witness=name,
        defaults={"status": answer.status, "seen": seen, "at": now},
    )
    return False


def _push(witness: Witness, tree: Tree, old: int, note: bytes) -> Answer:
    proof = tree.consistency(old, tree.size)
    return _ask(witness, "add-checkpoint", Push(old, proof, note).encode())


def _ask(witness: Witness, path: str, body: bytes | None = None) -> Answer:
    """Ask a witness; one that cannot be reached answers 0."""
    if urlsplit(witness.url).scheme not in ("http", "https"):
        return Answer(0, b"")
    url = f"{witness.url.rstrip('/')}/{path}"
    try:
        with urlopen(Request(url, body), timeout=TIMEOUT_S) as answer:  # noqa: S310
            return Answer(answer.status, answer.read(_LARGEST_ANSWER))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.read(_LARGEST_ANSWER))
    except (URLError, HTTPException, TimeoutError, OSError):
        return Answer(0, b"")


def _size(answer: Answer) -> int | None:
    text = answer.body.decode("ascii", "replace").strip()
    is_size = answer.status == 409 and text.isdecimal() and len(text) < 10
    return int(text) if is_size else None


def _keep(
    record: CaseRecord, name: str, witness: Witness, answer: Answer, now: int
) -> bool:
    """Keep a line, if it is this witness's on this head and of no later moment."""
    note = bytes(record.checkpoint)
    head, _ = read_checkpoint(note)
    try:
        lines = witnesses.read_lines(note, answer.body.decode())
    except (PeymanError, UnicodeDecodeError):
        return False
    # A witness may answer with a line of each of its keys.
    own = (one for one in lines if one.names(witness.name, witness.key))
    line = next(own, None)
    if line is None or not 0 < line.at <= now + AGAIN_S:
        return False
    if not line.is_by(witness.key, head):
        return False
    Cosigned.objects.update_or_create(
        case=record,
        witness=name,
        size=head.size,
        defaults={"root": record.root, "at": line.at, "line": line.line},
    )
    record.unsigned.filter(witness=name).delete()
    _see(record, name, note)
    return True


def _look_for_fork(
    record: CaseRecord, name: str, witness: Witness, tree: Tree, now: int
) -> None:
    """Ask what a witness has seen, and keep evidence if this log did not grow from it."""
    answer = _ask(witness, f"head/{record.origin}")
    if answer.status != 200:
        return
    try:
        _see(record, name, answer.body)
        data = _evidence(record, answer.body, tree)
    except PeymanError:
        return  # What it showed proves nothing: it is kept as one that did not sign.
    if data is not None:
        known = sha256(data).hexdigest()
        ForkRecord.objects.get_or_create(
            case=record,
            digest=known,
            defaults={"witness": name, "data": data, "at": now},
        )
        _log.error("%s has seen another log of %s", name, record.origin)


def _evidence(record: CaseRecord, other: bytes, tree: Tree) -> bytes | None:
    seen, _ = read_checkpoint(other)
    log_key = witnesses.log_key_of(record)
    if seen.origin != record.origin or not is_signed(other, log_key):
        return None
    if not 0 < seen.size <= tree.size or tree.root(seen.size) == seen.root:
        return None
    data = Fork(
        verifier_key(record.origin, log_key),
        (other, bytes(record.checkpoint)),
        tree.root(seen.size),
        tree.consistency(seen.size, tree.size),
    ).encode()
    read_fork(data)
    return data


def _see(record: CaseRecord, name: str, note: bytes) -> None:
    """Keep what a witness has seen: nothing is signed for a log that is not that one."""
    by = _NO_NAME.sub("-", name.lower()).strip("-") or "a-witness"
    kept_of(record.origin).see(note, witnesses.log_key_of(record), by)
