"""`peyman audit`: hold a log of many cases against a charter."""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peyman.charter.conformance.unjudged import unjudged
from peyman.charter.moment import read_moment, zone_of
from peyman.cli.library import load_charter
from peyman.cli.printing import clean, say
from peyman.errors import PeymanError

if TYPE_CHECKING:
    from peyman.exchange.audit import Audit, Judged
    from peyman.exchange.results import Rows

_SHOWN = 20
_AT_ONCE = 2_000


@click.command("audit")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--charter", required=True, help="Id or TOML file of the charter.")
@click.option(
    "--column",
    "columns",
    metavar="WHAT=NAME",
    multiple=True,
    help="Which column means what, such as case=CaseID; may be given again.",
)
@click.option("--zone", metavar="ZONE", help="Of times without an offset.")
@click.option("--at", metavar="T", help="As of when, if cases are not over.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON a case.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write all results there too: .parquet or .jsonl.",
)
@click.pass_context
def audit_command(  # noqa: PLR0913  (its options)
    context: click.Context,
    log: Path,
    charter: str,
    columns: tuple[str, ...],
    zone: str | None,
    at: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Check every case of LOG against a charter: CSV, Parquet or XES 1.0, also gzipped.

    A row says that in a case somebody did an act: its columns are case, activity and
    time, and, where the log has them, actor, member, subject, to and form. A case is over
    with its last row, unless --at says as of when the log was drawn up.

    Exit status: 0 all cases conform, 1 some do not or cannot be told, 2 the log or the
    charter cannot be read.
    """
    _check_extra()
    from peyman.exchange.audit import Audit
    from peyman.exchange.logs.opening import Log

    read = load_charter(charter)
    if zone is not None:
        zone_of(zone)
    until = None if at is None else read_moment(at, zone or read.zone).hi
    audit = Audit(read, Log(log, _named(columns)), zone, until)
    summary = _Summary(audit)
    for some in _judged(audit, out, as_json=as_json):
        summary.add(some)
    if as_json:
        click.echo(json.dumps({"summary": summary.told()}, ensure_ascii=False))
    else:
        for line in summary.lines():
            say(line)
    context.exit(0 if summary.verdicts["conforms"] == summary.cases else 1)


def _check_extra() -> None:
    missing = [n for n in ("numpy", "pyarrow") if not importlib.util.find_spec(n)]
    if missing:
        raise PeymanError(
            f"Auditing a log needs {' and '.join(missing)}, not installed here.",
            authority="pyproject.toml: the extra `audit`",
            remedy='Install it: pip install "peyman[audit]".',
        )


def _named(columns: Sequence[str]) -> dict[str, str]:
    named = {}
    for one in columns:
        what, is_there, name = one.partition("=")
        if not (what and is_there and name):
            raise PeymanError(
                f"{one!r} does not say which column means what.",
                authority="docs/audit.md, section 2: the columns of a log",
                remedy="Write it as WHAT=NAME, such as --column case=CaseID.",
            )
        named[what] = name
    return named


def _judged(
    audit: "Audit", out: Path | None, *, as_json: bool
) -> Iterator[Sequence["Judged"]]:
    """What is said of all cases, some at a time; handed on to wherever it is wanted."""
    from peyman.exchange.results import Lines, results_in

    into: list[Lines | Rows] = [Lines(sys.stdout)] if as_json else []
    if out is not None:
        into.append(results_in(out))
    bar = _Bar(audit)
    for cases in audit.parts():
        judged = audit.judge(cases)
        while some := list(islice(judged, _AT_ONCE)):
            for one in into:
                one.write(some)
            bar.show(some)
            yield some
    bar.clear()
    if out is not None:
        into[-1].close()


class _Bar:
    """How far an audit is, on a terminal; nowhere else."""

    def __init__(self, audit: "Audit") -> None:
        self._audit = audit
        self._is_shown = sys.stderr.isatty()
        self._rows = 0
        audit.log.watch(self._draw if self._is_shown else lambda: None)

    def show(self, some: Sequence["Judged"]) -> None:
        """Note that these were judged."""
        self._rows += sum(one.rows for one in some)
        self._draw()

    def _draw(self) -> None:
        if self._is_shown:
            read, rows = self._audit.log.share, max(self._audit.encoder.rows, 1)
            share = min((read + self._rows / rows) / 2, 1.0)
            filled = "#" * round(30 * share)
            line = f"\r[{filled:30}] {share:4.0%}  {self._audit.encoder.rows:,} rows"
            click.echo(line, nl=False, err=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_shown:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)


class _Summary:
    """What came of an audit as a whole."""

    def __init__(self, audit: "Audit") -> None:
        self.audit = audit
        self.cases = self.rows = self.from_memory = 0
        self.verdicts: Counter[str] = Counter()
        self.faults: Counter[tuple[str, str, str]] = Counter()
        self.shown: list[Judged] = []

    def add(self, some: Sequence["Judged"]) -> None:
        """Take in what is said of some cases."""
        for one in some:
            self.cases += 1
            self.rows += one.rows
            self.verdicts[one.verdict] += 1
            self.from_memory += one.checked == "memory"
            for fault in one.faults:
                known = self.audit.law.name_of(fault.act)
                name = fault.act if known or fault.act == "time" else "(no act)"
                self.faults[name, fault.fault, ", ".join(fault.article)] += 1
            if one.verdict != "conforms" and len(self.shown) < _SHOWN:
                self.shown.append(one)

    def told(self) -> dict[str, object]:
        """The last line of `--json`."""
        return {
            "charter": self.audit.law.charter.id,
            "log": self.audit.log.name,
            "cases": self.cases,
            "rows": self.rows,
            "verdicts": dict(sorted(self.verdicts.items())),
            "from_memory": self.from_memory,
            "not_judged": [str(one) for one in unjudged(self.audit.law.charter)],
            "remarks": list(self._remarks()),
        }

    def lines(self) -> Iterator[str]:
        """What is printed."""
        charter = self.audit.law.charter
        yield f"{clean(self.audit.log.name)} against {charter.id}: {charter.title}"
        yield (
            f"{self.cases:,} cases, {self.rows:,} rows:"
            f" {self.verdicts['conforms']:,} conform,"
            f" {self.verdicts['does not conform']:,} do not,"
            f" {self.verdicts['cannot be told']:,} cannot be told"
        )
        for remark in self._remarks():
            yield f"  {remark}"
        yield from self._counted()
        yield from self._first()
        yield ""
        yield "Not judged, because a log does not tell:"
        for one in unjudged(charter):
            yield f"  {one}"

    def _remarks(self) -> Iterator[str]:
        if self.from_memory:
            yield f"{self.from_memory:,} verdicts rest on articles known only from memory"
        if self.audit.naive:
            yield (
                f"{self.audit.naive:,} cases have times without an offset,"
                f" read in {self.audit.zone}"
            )
        if self.audit.encoder.skipped:
            yield f"{self.audit.encoder.skipped:,} rows tell no completion, and are left out"

    def _counted(self) -> Iterator[str]:
        if self.faults:
            yield ""
            yield "Faults, the most frequent first:"
            wide = max(len(act) for act, _, _ in self.faults)
            by_number = sorted(self.faults.items(), key=lambda one: (-one[1], one[0]))
            for (act, fault, articles), many in by_number:
                yield f"  {many:>9,}  {act:{wide}}  {fault:15}  {articles}".rstrip()

    def _first(self) -> Iterator[str]:
        if self.shown:
            others = self.cases - self.verdicts["conforms"] - len(self.shown)
            yield ""
            yield "Cases that do not conform, or cannot be told:"
            for one in self.shown:
                yield from _case(one)
            if others:
                yield f"  and {others:,} others: all of them with --json or --out FILE"


def _case(one: "Judged") -> Iterator[str]:
    yield f"  {one.case}: {one.verdict}"
    for fault in one.faults:
        where = "at the end" if fault.row is None else f"row {fault.row}"
        articles = f" ({', '.join(fault.article)})" if fault.article else ""
        memory = "; known only from memory" if fault.checked == "memory" else ""
        yield f"    {where}: {fault.act}{articles}: {fault.fault}: {fault.text}{memory}"
    for note in one.notes:
        yield f"    {note}"
