"""Read a log in XES 1.0, event by event, without ever holding the document.

A document type is refused: XES has none, and it is where entities that unfold without end
are declared. An attribute longer than `MOST` bytes, or nested deeper than `DEEPEST`, is
refused too. Nested attributes, extensions, globals and classifiers are passed over.

Source: IEEE 1849-2016 (XES); the form of 1.0 is the same for what is read here.
"""

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

import pyarrow as pa

from peyman.errors import PeymanError
from peyman.saying import Said, say

AUTHORITY = "IEEE 1849-2016 (XES), and docs/audit.md, section 1"
MOST = 1 << 20
DEEPEST = 64
_CHUNK = 1 << 16
_BATCH = 50_000
_CASE = "case:concept:name"
_VALUES = ("string", "date", "int", "float", "boolean", "id")

Event = dict[str, str]


class _Reader:
    """The state of one reading; `events` fills up and is taken away in batches."""

    def __init__(self, log: str) -> None:
        self.log = log
        self.events: list[Event] = []
        self.open: list[str] = []
        self.traces = 0
        self.case = ""
        self.event: Event | None = None
        self.is_log = False
        self.quiet = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.quiet = 0
        name = name.rpartition(":")[2]
        inside = self.open[-1] if self.open else ""
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise _refusal(
                say(
                    "{log_words} nests deeper than {n} elements.",
                    log_words=self.log,
                    n=DEEPEST,
                )
            )
        if name == "log" and not inside:
            self.is_log = True
        elif name == "trace":
            self.traces += 1
            self.case = f"trace {self.traces}"
        elif name == "event":
            self.event = {_CASE: self.case}
        elif name in _VALUES:
            self.value(inside, attributes.get("key", ""), attributes.get("value", ""))

    def value(self, inside: str, key: str, value: str) -> None:
        """An attribute of a trace or of an event."""
        if inside == "event" and self.event is not None:
            self.event[key] = value
        elif inside == "trace" and key == "concept:name":
            self.case = value

    def end(self, name: str) -> None:
        self.quiet = 0
        if self.open.pop() == "event" and self.event is not None:
            self.events.append(self.event)
            self.event = None

    def doctype(self, *_: object) -> None:
        raise _refusal(
            say(
                "{log_words} declares a document type, in which entities may hide.",
                log_words=self.log,
            )
        )

    def feed(self, data: bytes) -> None:
        """Read on; a stretch without any element is one long value."""
        self.quiet += len(data)
        if self.quiet > MOST + _CHUNK:
            raise _refusal(
                say(
                    "{log_words} holds a value longer than {n} bytes.",
                    log_words=self.log,
                    n=MOST,
                )
            )
        try:
            self.parser.Parse(data, not data)
        except expat.ExpatError as error:
            raise _refusal(
                say(
                    "{log_words} is no XML: {words}.",
                    log_words=self.log,
                    words=str(error),
                )
            ) from error

    def batch(self) -> list[Event]:
        """What has been read since the last time."""
        batch, self.events = self.events, []
        return batch


def read_xes(file: IO[bytes], log: str) -> Iterator[pa.RecordBatch]:
    """The events of a log in batches; every value as text, and a column for each key.

    Raises:
        PeymanError: If it is no XES, breaks off, or holds what is refused.
    """
    reader = _Reader(log)
    while data := file.read(_CHUNK):
        reader.feed(data)
        if len(reader.events) >= _BATCH:
            yield _columns(reader.batch())
    reader.feed(b"")
    if not reader.is_log:
        raise _refusal(say("{log_words} is XML and no log.", log_words=log))
    if reader.events:
        yield _columns(reader.batch())


def _columns(events: list[Event]) -> pa.RecordBatch:
    known = (_CASE, "concept:name", "time:timestamp")
    keys = dict.fromkeys([*known, *(key for event in events for key in event)])
    return pa.record_batch(
        {
            key: pa.array([event.get(key) for event in events], pa.string())
            for key in keys
        }
    )


def _refusal(problem: Said) -> PeymanError:
    return PeymanError(
        problem,
        authority=AUTHORITY,
        remedy=say("Ask for the log again, or export it anew as XES, CSV or Parquet."),
    )
