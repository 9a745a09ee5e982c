"""Turn act entries into the doings that a charter judges; register entries into holds.

Corrections are applied here: a corrected entry is as if it had never been, and a matter
that its successor opens keeps the name of the first.
Source: docs/record.md, sections 3 and 4; docs/charter-language.md, sections 5 and 8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from peyman.case.model import Case, Entry
from peyman.charter.doing import Doing, Fact, Hold
from peyman.charter.moment import ALWAYS, Moment, read_instant, read_moment
from peyman.errors import PeymanError


def corrections(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Commitment of each corrected entry to the `correct` entry that stands.

    The latest in the record wins.
    """
    return {
        str(entry.body["entry"]): entry for entry in entries if entry.kind == "correct"
    }


def doings_of(
    case: Case, charter: str, entries: Sequence[Entry], *, corrected: bool = True
) -> tuple[Doing, ...]:
    """Every act under a charter that these entries tell of, in the order of the record.

    Args:
        case: The case, for names of entries that are not among `entries`.
        charter: The charter's id.
        entries: Those that were known, the register's first.
        corrected: False to read as if nothing had been corrected.
    """
    fixed = corrections(entries) if corrected else {}
    first = _first_of_chain(fixed)
    known = case.by_commitment()
    names = {entry.commitment: entry.name for entry in known.values()}
    cast = [e for e in entries if e.kind == "ballot" and e.commitment not in fixed]
    found = []
    for entry in entries:
        if entry.kind != "act" or entry.commitment in fixed:
            continue
        acts = entry.body["acts"]
        for n, act in enumerate(acts if isinstance(acts, list) else (), 1):
            if act["under"] == charter:
                opened = names.get(first.get(entry.commitment, ""))
                doing = _doing(entry, n, act, names, first)
                doing = replace(doing, cites=_cites(entry, known, fixed))
                cited = {_last_of_chain(one, fixed) for one in entry.cites}
                votes = _gathered(act, [b for b in cast if b.commitment in cited])
                found.append(_with(doing, votes, f"{opened}/{n}" if opened else None))
    return tuple(found)


def holds_of(entries: Sequence[Entry]) -> tuple[Hold, ...]:
    """Who held which office, as register entries say."""
    fixed = corrections(entries)
    return tuple(
        Hold(
            entry.name,
            str(entry.body["office"]),
            str(entry.body["holder"]),
            read_during(str(entry.body["during"]), entry.zone),
        )
        for entry in entries
        if entry.kind == "hold" and entry.commitment not in fixed
    )


def read_during(text: str, zone: str) -> Moment:
    """An interval whose ends may be open (`..`); its last day is not included."""
    first, _, last = text.partition("/")
    lo = ALWAYS if first == ".." else read_moment(first, zone).lo
    hi = -ALWAYS if last == ".." else read_moment(last, zone).lo
    return Moment(lo, hi)


def _first_of_chain(fixed: Mapping[str, Entry]) -> dict[str, str]:
    """Each successor to the first entry of its chain of corrections."""
    older = {
        str(entry.body["successor"]): old
        for old, entry in fixed.items()
        if "successor" in entry.body
    }
    first = {}
    for successor in older:
        seen = {successor}
        old = successor
        while old in older and older[old] not in seen:
            old = older[old]
            seen.add(old)
        first[successor] = old
    return first


def _doing(
    entry: Entry,
    n: int,
    act: Mapping[str, object],
    names: Mapping[str, str],
    first: Mapping[str, str],
) -> Doing:
    states, words = _facts(act.get("states"))
    matter = act.get("matter")
    return Doing(
        entry=entry.name,
        n=n,
        act=str(act["act"]),
        at=entry.at,
        entered=entry.entered,
        matter=None if matter is None else _matter(str(matter), names, first),
        subject=_text(act.get("subject")),
        member=_text(act.get("member")),
        by=_text(act.get("by")),
        holder=_text(act.get("holder")),
        to=_texts(act.get("to")) or (),
        form=_text(act.get("form")),
        mode=_text(act.get("mode")),
        basis=_texts(act.get("basis")),
        grounds=_table(act.get("grounds")),
        states=states,
        words=words,
        ballots=_table(act["ballots"]) if "ballots" in act else None,
        announced_by=_text(act.get("announced_by")),
        ripens=_ripens(act.get("ripens")),
        unless=_text(act.get("unless")),
        received=_received(act.get("received"), entry.zone),
        known_as=entry.known_as,
    )


def _cites(
    entry: Entry, known: Mapping[str, Entry], fixed: Mapping[str, Entry]
) -> frozenset[str]:
    """Names of what an entry cites, and of what now stands for a corrected one.

    What stands for it comes before the entry too, unless it surely happened after: then
    the entry is judged again as one that came too early.
    """
    found = {known[c].name for c in entry.cites if c in known}
    for cited in entry.cites:
        stands = known.get(_last_of_chain(cited, fixed))
        if stands and not entry.at.is_surely_before(stands.at):
            found.add(stands.name)
    return frozenset(found - {entry.name})


def _last_of_chain(commitment: str, fixed: Mapping[str, Entry]) -> str:
    """What now stands for an entry; itself where it was not corrected."""
    seen: set[str] = set()
    while commitment in fixed and commitment not in seen:
        seen.add(commitment)
        commitment = str(fixed[commitment].body.get("successor", commitment))
    return commitment


def _with(doing: Doing, votes: dict[str, str], opens_as: str | None) -> Doing:
    ballots = doing.ballots if doing.ballots is not None else votes or None
    return replace(doing, ballots=ballots, opens_as=opens_as)


def _gathered(act: Mapping[str, object], cited: Sequence[Entry]) -> dict[str, str]:
    """The ballots cited that are cast on an act; of two for a seat the later entered."""
    return {
        str(ballot.body["member"]): str(ballot.body["vote"])
        for ballot in cited
        if ballot.body["matter"] == act.get("matter")
        and ballot.body["act"] == act["act"]
    }


def _matter(text: str, names: Mapping[str, str], first: Mapping[str, str]) -> str:
    commitment, _, n = text.partition("/")
    opened_by = first.get(commitment, commitment)
    return f"{names.get(opened_by, opened_by[:12])}/{n}"


def _facts(states: object) -> tuple[dict[str, Fact], dict[str, str]]:
    facts: dict[str, Fact] = {}
    words: dict[str, str] = {}
    for name, value in _mapping(states).items():
        if isinstance(value, Mapping):
            words[name] = str(value["words"])
            value = value["value"]
        facts[name] = _fact(value)
    return facts, words


def _fact(value: object) -> Fact:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return value if isinstance(value, int) else str(value)


def _ripens(value: object) -> str | int | None:
    if value is None:
        return None
    try:
        return read_instant(str(value))
    except PeymanError:
        return str(value)


def _received(value: object, zone: str) -> Moment | None:
    return None if value is None else read_moment(str(value), zone)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (str(value),)


def _table(value: object) -> dict[str, str]:
    return {name: str(one) for name, one in _mapping(value).items()}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
