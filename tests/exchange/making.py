"""Small logs for the tests, in every form that is read."""

import csv
import gzip
import io
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.parquet as pq

from peyman.charter.read import load_charter
from peyman.cli.library import charter_path
from peyman.exchange.audit import Audit
from peyman.exchange.logs.opening import Log

HEAD = ("case", "activity", "time", "actor", "to")
REQUEST = ("csto.assistance.request", "KZ", "csto/council")
CONSULT = ("csto.assistance.consult", "csto/council", None)
MANDATE = ("csto.assistance.mandate", "csto/council", None)
DEPLOY = ("csto.assistance.deploy", "RU", None)


def at(hours):
    """An instant of January 2022, so many hours after the 5th began."""
    return f"2022-01-{5 + hours // 24:02}T{hours % 24:02}:00:00Z"


def row(case, act, hours):
    name, actor, to = act
    return (case, name, at(hours), actor, to)


CASES = [
    row("good", REQUEST, 8),
    row("good", CONSULT, 10),
    row("bad", REQUEST, 8),
    row("bad", DEPLOY, 9),
    row("late", REQUEST, 8),
    row("late", CONSULT, 60),
]
VERDICTS = {"good": "conforms", "bad": "does not conform", "late": "does not conform"}


def write_csv(path, rows, head=HEAD, separator=","):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([head, *rows])
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_parquet(path, rows, head=HEAD, times=None):
    columns = {
        name: list(values)
        for name, values in zip(head, zip(*rows, strict=True), strict=True)
    }
    table = pa.table({n: pa.array(v, pa.string()) for n, v in columns.items()})
    if times is not None:
        place = table.column_names.index("time")
        table = table.set_column(place, "time", pa.array(columns["time"]).cast(times))
    pq.write_table(table, path)
    return path


KEYS = ("concept:name", "time:timestamp", "actor", "to")


def write_xes(path, rows, head='<?xml version="1.0" encoding="UTF-8"?>'):
    parts = [head, '<log xes.version="1.0" xmlns="http://www.xes-standard.org/">']
    for case in dict.fromkeys(one[0] for one in rows):
        parts.append(f'<trace><string key="concept:name" value={quoteattr(case)}/>')
        for one in rows:
            if one[0] == case:
                parts.append("<event>")
                for key, value in zip(KEYS, one[1:], strict=True):
                    kind = "date" if key == "time:timestamp" else "string"
                    if value is not None:
                        parts.append(f'<{kind} key="{key}" value={quoteattr(value)}/>')
                parts.append("</event>")
        parts.append("</trace>")
    data = "\n".join([*parts, "</log>"]).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def audit_of(path, charter="csto", named=None, **how):
    return Audit(load_charter(charter_path(charter)), Log(path, named or {}), **how)


def judged(path, **how):
    """What is said of every case, by its name."""
    audit = audit_of(path, **how)
    return {one.case: one for cases in audit.parts() for one in audit.judge(cases)}


def verdicts(path, **how):
    return {name: one.verdict for name, one in judged(path, **how).items()}


def codes(one):
    return [fault.fault for fault in one.faults]
