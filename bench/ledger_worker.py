"""Measure the record on one database, a round for each line that comes in.

`python -m bench.ledger_worker` on SQLite in $PEYMAN_HOME or on $DATABASE_URL; `bench.ledger`
starts it. Rates are per second. Every round measures the probes too: a disk has moods.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Thread

import django
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from peyman.ledger import open_envelope
from peyman.ledger.entries.readers import Readers
from peyman.memory import collect_seldom
from tests.ledger.builders import ANALYST, START
from tests.web.writers import a_note, begun, take_in

ALONE, BATCH, SIGNED = 40, 256, 400
WRITERS, EACH = 32, 6
TEXT = "A note of some length, as an analyst would write it of a day, number {}."


class Bench:
    """One database with one log, and what is measured on it."""

    def __init__(self, folder: Path, readers: Readers) -> None:
        from bench.ledger_peers import peers

        self.folder = folder
        self.readers = readers
        self.draft = begun()
        self.slug = self.draft.origin.split("/")[1]
        take_in(self.draft)
        self.peers = peers(folder)
        self.made = 0

    def notes(self, count: int) -> list[bytes]:
        """New envelopes, signed."""
        self.made += count
        return [a_note(self.draft, TEXT.format(self.made + n)) for n in range(count)]

    def round(self) -> dict[str, float]:
        """Everything once."""
        texts = [one.decode() for one in self.notes(BATCH)]
        found = {"fdatasync": _rate(ALONE, lambda: self._flush(ALONE))}
        found |= self._signatures()
        found["one by one"] = self._alone(self.notes(ALONE))
        for size in (16, BATCH):
            found[f"batches of {size}"] = self._batches(self.notes(BATCH), size)
        found["batches of 256, two processes"] = self._batches(
            self.notes(BATCH), BATCH, self.readers
        )
        found |= self._crowd()
        found["the whole door"] = self._door(4)
        for name, (alone, together) in self.peers.items():
            found[f"{name}, one by one"] = _rate(ALONE, partial(alone, texts[:ALONE]))
            found[f"{name}, batched"] = _rate(BATCH, partial(together, texts))
        return found

    def _flush(self, count: int) -> None:
        data = self.notes(1)[0]
        with (self.folder / "probe").open("ab", buffering=0) as file:
            for _ in range(count):
                file.write(data)
                os.fdatasync(file.fileno())

    def _signatures(self) -> dict[str, float]:
        key = self.draft.keys[ANALYST]
        openssl = Ed25519PublicKey.from_public_bytes(key.public.raw)
        [note] = self.notes(1)
        envelope = open_envelope(note)

        def verify() -> None:
            for _ in range(SIGNED):
                key.public.verifies(envelope.signature, envelope.signed)

        def verify_slowly() -> None:
            for _ in range(SIGNED):
                openssl.verify(envelope.signature, envelope.signed)

        def sign() -> None:
            for _ in range(SIGNED):
                key.sign(envelope.signed)

        return {
            "verify": _rate(SIGNED, verify),
            "verify by OpenSSL": _rate(SIGNED, verify_slowly),
            "sign": _rate(SIGNED, sign),
        }

    def _alone(self, notes: Sequence[bytes]) -> float:
        def run() -> None:
            for one in notes:
                self._append(one)

        return _rate(len(notes), run)

    def _append(self, note: bytes) -> None:
        from peyman.web.records import record

        with record.at_the_door(self.slug) as store:
            store.append(note, START, self.draft.log_key)

    def _batches(
        self, notes: Sequence[bytes], size: int, readers: Readers | None = None
    ) -> float:
        from peyman.web.records import record

        def run() -> None:
            for first in range(0, len(notes), size):
                with record.at_the_door(self.slug) as store:
                    batch = notes[first : first + size]
                    store.append_all(batch, START, self.draft.log_key, readers)

        return _rate(len(notes), run)

    def _crowd(self) -> dict[str, float]:
        """32 writers at once: how long each waited for each entry, in ms."""
        from django.db import connection

        took_ms: list[float] = []

        def write(notes: Sequence[bytes]) -> None:
            rates = (_rate(1, partial(self._append, note)) for note in notes)
            took_ms.extend(1000 / rate for rate in rates)
            connection.close()

        people = [
            Thread(target=write, args=(self.notes(EACH),)) for _ in range(WRITERS)
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        hundredths = statistics.quantiles(took_ms, n=100, method="inclusive")
        return {
            "32 writers, p50 ms": hundredths[49],
            "32 writers, p99 ms": hundredths[98],
        }

    def _door(self, count: int) -> float:
        from peyman.case.entering.draft import Draft
        from peyman.web import demo
        from peyman.web.records import record

        def run() -> None:
            for n in range(count):
                body: dict[str, object] = {"text": TEXT.format(n)}
                note = Draft("note", "documented", "2026-01-01", None, (), body)
                record.enter(demo.SLUG, note, "KZ")

        return _rate(count, run)


def _rate(count: int, run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return count / (time.perf_counter() - began)


def main() -> None:
    """Make the tables, then measure a round for each line."""
    collect_seldom()  # as every program of Peyman does; the peers have it too
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.ledger_settings"
    from peyman.web import surroundings

    folder = surroundings.home()
    surroundings.prepare(folder)
    django.setup()
    from django.core.management import call_command

    from peyman.web import demo, server

    server.migrate()
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    demo.make()
    with Readers(2) as readers:
        bench = Bench(folder, readers)
        bench.round()  # to warm up
        print("ready", flush=True)
        for _ in sys.stdin:
            print(json.dumps(bench.round()), flush=True)


if __name__ == "__main__":
    main()
