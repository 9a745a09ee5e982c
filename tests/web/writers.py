"""Programs that the tests start: many that write to one log, and one that is killed.

`python -m tests.web.writers DO …`, on the database of $PEYMAN_HOME or $DATABASE_URL. Each
writes what was acknowledged to it: a line of index, commitment, size and root.
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Protocol

import django

from peyman.ledger import Receipt, Store, seal, verify, write_folder
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.log.note import read_checkpoint
from peyman.ledger.log.tiles import read_bundle, tiles_of
from peyman.ledger.log.tree import Tree, hash_leaf
from tests.ledger.builders import ANALYST, REGISTRAR, START, Draft, nothing_seen

PACT = Path(__file__).parents[1] / "case" / "pact.toml"
SLUG = "writers"


def begun(name: str = SLUG) -> Draft:
    """A live log with its first entry, of a charter that can be read."""
    draft = Draft(
        f"demo.peyman/{name}",
        kept="live",
        offices=(REGISTRAR, ANALYST),
        charters={"pact": {"pact.toml": PACT.read_bytes()}},
    )
    draft.add("open", draft.opening, at=START)
    return draft


def a_note(draft: Draft, words: str) -> bytes:
    """The envelope of a note that is like no other."""
    nonce = os.urandom(32).hex()
    changed = {"by": ANALYST, "known_as": "documented", "nonce": nonce}
    payload = draft.payload("note", {"text": words}, **changed)
    return seal(payload, draft.keys[ANALYST])


def told(receipt: Receipt) -> str:
    """One line of what was acknowledged."""
    head, _ = read_checkpoint(receipt.checkpoint)
    return f"{receipt.index} {receipt.commitment} {head.size} {head.root.hex()}\n"


def tables() -> None:
    """Make the tables."""
    from peyman.web import server

    server.migrate()


def take_in(draft: Draft) -> None:
    """Take a log that was begun into the database."""
    from peyman.web.records import record

    record.take_in(draft.build(), draft.origin.split("/")[1], is_public=True)


def make() -> None:
    """Make the tables and the log."""
    tables()
    take_in(begun())


def write(writers: str, count: str) -> None:
    """Let so many threads enter so many notes each, all at once."""
    draft = begun()
    lines: list[str] = []
    people = [
        Thread(target=_enter, args=(draft, f"{os.getpid()} {one}", int(count), lines))
        for one in range(int(writers))
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    sys.stdout.write("".join(lines))


def _enter(draft: Draft, who: str, count: int, lines: list[str]) -> None:
    from django.db import connection

    notes = (a_note(draft, f"{who} {number}") for number in range(count))
    lines.extend(_append(draft, one) for one in notes)
    connection.close()


def _append(draft: Draft, envelope: bytes) -> str:
    from peyman.web.records import record

    with record.at_the_door(draft.origin.split("/")[1]) as store:
        receipt = store.append(envelope, START, draft.log_key)
    return told(receipt)


def check(path: str) -> None:
    """See that the log has what a file says was acknowledged, and that it is genuine."""
    from peyman.web.models import CaseRecord
    from peyman.web.records.store import DbStore

    lines = Path(path).read_text().splitlines()
    _check(DbStore(CaseRecord.objects.get(slug=SLUG)).case_file(), lines)


def limited(room: str) -> None:
    """Enter notes until a file would grow by more than so many bytes, and say why not."""
    home = Path(os.environ["PEYMAN_HOME"])
    most = max(one.stat().st_size for one in home.glob("peyman.sqlite3*")) + int(room)
    draft = begun()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    full(draft)


def full(draft: Draft | None = None) -> None:
    """Enter notes until there is no room."""
    from peyman.errors import PeymanError

    draft = draft or begun()
    try:
        while True:
            sys.stdout.write(_append(draft, a_note(draft, "n")))
            sys.stdout.flush()
    except PeymanError as error:
        sys.stderr.write(str(error))


# ---------------------------------------------------------------------------- killed


class Kept(Protocol):
    """A log that is written to until the writer is killed, and then looked at."""

    def __init__(self, name: str) -> None: ...

    def endless(self) -> Iterator[str]:
        """Enter notes until killed."""

    def now(self) -> CaseFile:
        """The case as whoever comes next finds it."""


class InFolder:
    """A log in a folder."""

    def __init__(self, name: str) -> None:
        self.draft = begun(name)
        self.folder = Path(os.environ["PEYMAN_HOME"]) / name
        write_folder(self.draft.build(), self.folder)

    def endless(self) -> Iterator[str]:
        """Enter notes until killed."""
        store = Store.open(self.folder, guard=nothing_seen)
        while True:
            yield told(store.append(a_note(self.draft, "n"), START, self.draft.log_key))

    def now(self) -> CaseFile:
        """The case as whoever comes next finds it."""
        return Store.open(self.folder).case_file()


class InDatabase:
    """A log in the database."""

    def __init__(self, name: str) -> None:
        self.draft = begun(name)
        take_in(self.draft)
        self.now()

    def endless(self) -> Iterator[str]:
        """Enter notes until killed."""
        while True:
            yield _append(self.draft, a_note(self.draft, "n"))

    def now(self) -> CaseFile:
        """The case as whoever comes next finds it; no connection outlives the look."""
        from django.db import connection

        from peyman.web.models import CaseRecord
        from peyman.web.records.store import DbStore

        slug = self.draft.origin.split("/")[1]
        found = DbStore(CaseRecord.objects.get(slug=slug)).case_file()
        connection.close()
        return found


def kill(where: str, seed: str, points: str) -> None:
    """Kill a writer at so many moments, and see after each what it left."""
    kinds: dict[str, type[Kept]] = {"folder": InFolder, "database": InDatabase}
    chance = random.Random(int(seed))
    acknowledged = 0
    for point in range(int(points)):
        if point % 40 == 0:
            log = kinds[where](f"k{point}")
            lines: list[str] = []
        # Half of them are killed while they begin, half in the middle of their work.
        after_s = chance.uniform(0, 0.03)
        new = _killed(log.endless(), after_s, is_working=point % 2 == 1)
        lines += new
        acknowledged += len(new)
        _check(log.now(), lines)
    sys.stdout.write(f"{points} kills, {acknowledged} acknowledged\n")


def _killed(endless: Iterator[str], after_s: float, *, is_working: bool) -> list[str]:
    """Run a writer in a process of its own, kill it, and give what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for line in endless:
            os.write(writing, line.encode())
    os.close(writing)
    with os.fdopen(reading) as lines:
        first = [lines.readline()] if is_working else []
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [*first, *lines]


def _check(found: CaseFile, lines: list[str]) -> None:
    """Nothing acknowledged is lost; no checkpoint that was published is contradicted."""
    report = verify(found)
    assert report.genuine, report.faults
    assert report.whole
    bundles = [tile for tile in tiles_of(report.size) if tile.level == "entries"]
    leaves = [
        one for tile in bundles for one in read_bundle(tile, found.files[tile.path])
    ]
    tree = Tree(map(hash_leaf, leaves))
    for line in lines:
        index, commitment, size, root = line.split()
        assert commitment.encode() in leaves[int(index)]
        assert tree.root(int(size)).hex() == root


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyman.web.settings")
    from peyman.web import surroundings

    surroundings.prepare(surroundings.home())
    django.setup()
    what, *arguments = sys.argv[1:]
    globals()[what](*arguments)
