"""The standing of a case as a board for the terminal: for people, a lawyer among them.

It says again what `peyman.case.boards.standing` says, in words and in an order of reading: what
is in force, who must, who is late, who may, what is contested and why. It decides nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import wrap
from typing import Any

from peyman.charter.moment import read_instant, zone_of
from peyman.cli.world import (
    facility,
    figure,
    pledge,
    serial,
    short,
    strength,
    total,
    words_of,
)

Row = Mapping[str, Any]

WIDTH = 96


def board(
    standing: Row,
    zone: str,
    charters: Mapping[str, str],
    fresh: Collection[str] | None = None,
) -> str:
    """The board of a standing.

    Args:
        standing: The plain data of `peyman.case.boards.standing`.
        zone: The case's zone, shown beside UTC.
        charters: Titles of the charters, by id.
        fresh: Ids of the matters to be shown in full; None for all of them.
    """
    lines = [*_head(standing, zone)]
    before: Row | None = None
    for matter in standing["matters"]:
        if fresh is not None and matter["id"] not in fresh:
            continue
        lines += ["", *_matter(matter, charters, before)]
        before = matter
    lines += _listed(
        "NOT KNOWN: THEIR MATTER IS NOT HERE", standing["not_known"], _gone
    )
    lines += _listed("OFFICES CLAIMED", standing["claimed_offices"], _contested)
    lines += _listed(
        "WITHOUT EFFECT IN ANY MATTER", standing["without_effect"], _finding
    )
    lines += _listed("MANDATES", standing["mandates"], _mandate)
    lines += _listed("GROUNDS", standing["conditions"], _condition)
    lines += _listed("FACILITIES, AS TOLD", standing["world"]["facilities"], facility)
    lines += _listed("FIGURES, AS TOLD", standing["world"]["figures"], figure)
    lines += _listed("PLEDGES, AS TOLD", standing["force"]["pledges"], pledge)
    lines += _listed("STRENGTH, AS TOLD", standing["force"]["strength"], strength)
    lines += _listed("MOVEMENTS, AS TOLD", standing["force"]["serials"], serial)
    lines += _listed("MOVEMENTS, SUMMED", standing["force"]["totals"], total)
    lines += _listed("OFFICES, BY THE REGISTERS", standing["offices"], _office)
    lines += _listed("FELL AWAY BY A CORRECTION", standing["fell_away"], _fell_away)
    return "\n".join(lines) + "\n"


def _head(standing: Row, zone: str) -> Iterator[str]:
    title = standing["title"].get("en") or next(iter(standing["title"].values()), "")
    yield f"{standing['case']}: {title}"
    yield f"as of    {_when(standing['at'], zone)}"
    yield f"known at {_when(standing['known_at'], zone)}, {standing['entries']} entries"
    if standing["kept"] == "reconstructed":
        yield from _wrapped(
            "",
            "Reconstructed from reports: nobody is called late; what is overdue reads"
            " “no entry shows it”. The keys prove nothing about who.",
        )
    if standing["partial"]:
        away = ", ".join([*standing["withheld"], *standing["erased"]])
        yield from _wrapped(
            "", f"Partial: {away} are not here; absence proves nothing."
        )


def _when(instant: str, zone: str) -> str:
    local = datetime.fromtimestamp(read_instant(instant), zone_of(zone))
    return f"{instant[:16].replace('T', ' ')} UTC ({local:%d %b %H:%M} {zone})"


def _matter(
    matter: Row, charters: Mapping[str, str], before: Row | None
) -> Iterator[str]:
    subject = f", concerning {matter['subject']}" if matter["subject"] else ""
    name = charters.get(matter["charter"], matter["charter"])
    head = f"{name.upper()}: {matter['kind']} {matter['id']}{subject}"
    yield head
    yield "-" * min(len(head), WIDTH)
    own = f"{matter['charter']}/"
    for label, texts in _paragraphs(matter, before):
        yield from _each(label, [text.replace(own, "") for text in texts])


def _paragraphs(matter: Row, before: Row | None) -> Iterator[tuple[str, list[str]]]:
    about = {k: v for k, v in matter["opened"]["states"].items() if v != "not shown"}
    if about:
        yield "about", [words_of(about)]
    doubtful = [
        (row["act"], row["by"], row["because"]) for row in matter["may_be_late"]
    ]
    sure = [
        r for r in matter["must"] if (r["act"], r["by"], r["because"]) not in doubtful
    ]
    yield "in force", _grouped(matter["in_force"], _in_force)
    yield "must", _grouped(sure, _must)
    yield "may be late", _grouped(matter["may_be_late"], _must)
    yield "overdue", _grouped(matter["late"], _must)
    yield "waiting", _grouped(matter["waiting"], _in_force)
    if before and before["kind"] == matter["kind"] and before["may"] == matter["may"]:
        yield "may", [f"as in {before['id']}"]
    else:
        yield "may", _grouped(matter["may"], _may)
    acts = [one for one in matter["contested"] if one["act"]]
    yield "contested", [_contested(one) for one in acts]
    yield "only if not", _grouped(matter["otherwise"], _otherwise)
    shown = {(one["entry"], one["finding"]) for one in acts}
    rest = [
        one for one in matter["findings"] if (one["entry"], one["finding"]) not in shown
    ]
    yield "findings", [_finding(one) for one in rest]


def _in_brief(matter: Row) -> str:
    owed = ", ".join(dict.fromkeys(_act(row) for row in matter["must"])) or "nothing"
    overdue = ", ".join(dict.fromkeys(_act(row) for row in matter["late"]))
    late = f"; overdue: {overdue}" if overdue else ""
    return f"{matter['charter']} {matter['kind']} {matter['id']}: owed: {owed}{late}"


def _grouped(rows: Sequence[Row], words: Callable[[Row], str]) -> list[str]:
    """Rows that differ only in the actor are one line."""
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(words(row), []).append(row["by"])
    return [f"{', '.join(by)}: {what}" for what, by in grouped.items()]


def _each(label: str, texts: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield from _wrapped(f"  {label if place == 0 else '':<12}", text)


def _wrapped(label: str, text: str) -> Iterator[str]:
    rest = " " * len(label) + "  "
    yield from wrap(
        text,
        WIDTH,
        initial_indent=label,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _act(row: Row) -> str:
    to = f" to {' or '.join(row['to'])}" if row.get("to") else ""
    return str(row["act"]).rpartition(".")[2].replace("_", " ") + to


def _only_if(row: Row) -> str:
    return (
        f" [only if {', '.join(row['only_if'])} counts]" if row.get("only_if") else ""
    )


def _articles(row: Row) -> str:
    return f" ({', '.join(row['article'])})" if row["article"] else ""


def _may(row: Row) -> str:
    return f"{_act(row)}{_articles(row)}{_only_if(row)}"


def _must(row: Row) -> str:
    due = ", no day is set"
    if row["due"]:
        first, last = row["due"]["earliest"], row["due"]["latest"]
        due = (
            f", by {short(last)}"
            if first == last
            else (
                f", by {short(first)} at the earliest reckoning, {short(last)} at the latest"
            )
        )
    note = f"; {row['note']}" if row["note"] else ""
    since = short(row["since"])
    cause = f"because of {row['because']}, since {since}"
    return f"{_act(row)}{_articles(row)}{due}; {cause}{note}{_only_if(row)}"


def _in_force(row: Row) -> str:
    until = f", until {short(row['due']['latest'])}" if row["due"] else ""
    note = f"; {row['note']}" if row["note"] else ""
    since = short(row["since"])
    return f"{_act(row)} {row['because']}{_articles(row)}, since {since}{until}{note}{_only_if(row)}"


def _otherwise(row: Row) -> str:
    listed = row["list"].replace("_", " ")
    return f"{listed} {_act(row)}{_articles(row)}, if {', '.join(row['if_not'])} does not count"


def _contested(row: Row) -> str:
    checked = "" if row["checked"] == "text" else f" [text read: {row['checked']}]"
    office = f"{row['office']} — " if row["office"] else ""
    return f"{row['entry']} {row['finding']}: {office}{row['text']}{_articles(row)}{checked}"


def _finding(row: Row) -> str:
    effect = "" if row["effect"] else " — NO EFFECT"
    checked = "" if row["checked"] == "text" else f" [text read: {row['checked']}]"
    what = f"{row['entry']} {_act(row)}: {row['finding'].upper()}, {row['text']}"
    return f"{what}{_articles(row)}{checked}{effect}"


def _gone(row: Row) -> str:
    return f"{row['entry']} {_act(row)}: {row['text']}"


def _mandate(row: Row) -> str:
    until = f"until {short(row['until'])}" if row["until"] else "no end day"
    if not row["until"] and not row["ended"]:
        until += ", and no decision to end it is in the record"
    ended = f"; ended {short(row['ended'])} by {row['ends_by']}" if row["ended"] else ""
    open_ = (
        f"; unspecified: {', '.join(row['unspecified'])}" if row["unspecified"] else ""
    )
    unread = f"; not shown: {', '.join(row['not_shown'])}" if row["not_shown"] else ""
    says = "".join(f"; of {fact} it says “{w}”" for fact, w in row["words"].items())
    tasks = f"; tasks: {', '.join(row['tasks'])}" if row["tasks"] else ""
    basis = f", on {', '.join(row['basis'])}" if row["basis"] else ""
    return (
        f"{row['id']} of {row['charter']}{basis}, {row['known_as']}, from"
        f" {short(row['from'])}, {until}{ended}{tasks}{open_}{unread}{says}"
    )


def _condition(row: Row) -> str:
    said = [
        f"{'for' if side == 'for' else 'against'}: {_said(one)}"
        for side in ("for", "against")
        for one in row[side]
    ]
    words = "; ".join(said) or "nobody has spoken of it"
    return (
        f"{row['id']}{_articles(row)}: {row['state']}{_only_if(row)}; the word of {row['decided_by']}"
        f" decides. {words}"
    )


def _said(one: Row) -> str:
    grade = f", grade {one['grade']}" if one.get("grade") else ""
    status = f", {one['status']}" if one.get("status", "held") != "held" else ""
    return f"{one['by']} ({one['entry']}{grade}{status})"


def _office(row: Row) -> str:
    return f"{row['office']}: {row['holder']} ({row['entry']})"


def _fell_away(row: Row) -> str:
    return f"{row['by']} {_act(row)}, by {row['because_of']}"


def _listed(label: str, rows: Sequence[Row], words: Callable[[Row], str]) -> list[str]:
    if not rows:
        return []
    lines = ["", label, "-" * len(label)]
    for row in rows:
        lines += _wrapped("  ", words(row))
    return lines
