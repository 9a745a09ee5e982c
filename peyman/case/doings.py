"""Turn act entries into the doings that a charter judges; register entries into holds.

Corrections are applied here: a corrected entry is as if it had never been, and a matter
that its successor opens keeps the name of the first.
Source: docs/record.md, sections 3 and 4; docs/charter-language.md, sections 5 and 8.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from peyman.case.model import Case, Entry
from peyman.charter.doing import Doing, Fact, Hold
from peyman.charter.moment import ALWAYS, Moment, read_instant, read_moment
from peyman.errors import PeymanError
from peyman.saying import say


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
    cast = _ballots(entries, fixed, first)
    counted: dict[tuple[str, str], int] = {}
    found = []
    for place, entry, n, act in _acts_of(charter, entries, fixed):
        if case.is_partial and _lacks_its_matter(act, known, fixed):
            continue
        old = first.get(entry.commitment)
        opened = names.get(old, old[:12]) if old else None
        doing = _doing(entry, n, act, names, first, _cites(entry, known, fixed))
        vote = _vote(act, first)
        since, counted[vote] = counted.get(vote, -1), place
        before = [ballot for when, ballot in cast if since < when < place]
        votes = _gathered(vote, before, first)
        found.append(_with(doing, entry, votes, f"{opened}/{n}" if opened else None))
    return tuple(found)


def left_out(
    case: Case, charter: str, entries: Sequence[Entry]
) -> tuple[tuple[str, str], ...]:
    """Acts in matters whose opening entry is not here: their ids, and their names.

    What such an act came to cannot be known, so that it is no doing at all.
    """
    if not case.is_partial:
        return ()
    fixed, known = corrections(entries), case.by_commitment()
    return tuple(
        (f"{entry.name}/{n}", str(act["act"]))
        for _, entry, n, act in _acts_of(charter, entries, fixed)
        if _lacks_its_matter(act, known, fixed)
    )


def _acts_of(
    charter: str, entries: Sequence[Entry], fixed: Mapping[str, Entry]
) -> Iterator[tuple[int, Entry, int, Mapping[str, object]]]:
    """Every act under a charter that was not corrected, and where it stands."""
    for place, entry in enumerate(entries):
        if entry.kind == "act" and entry.commitment not in fixed:
            acts = entry.body["acts"]
            for n, act in enumerate(acts if isinstance(acts, list) else (), 1):
                if act["under"] == charter:
                    yield place, entry, n, act


def _ballots(
    entries: Sequence[Entry], fixed: Mapping[str, Entry], first: Mapping[str, str]
) -> list[tuple[int, Entry]]:
    """The ballots that stand; each in the place of the first of its corrections."""
    places = {entry.commitment: place for place, entry in enumerate(entries)}
    found = [
        (places.get(first.get(entry.commitment, ""), place), entry)
        for place, entry in enumerate(entries)
        if entry.kind == "ballot" and entry.commitment not in fixed
    ]
    return sorted(found, key=lambda one: one[0])


def _lacks_its_matter(
    act: Mapping[str, object], known: Mapping[str, Entry], fixed: Mapping[str, Entry]
) -> bool:
    """Whether an act names a matter of which no opening entry is here."""
    commitment = str(act.get("matter", "")).partition("/")[0]
    stands = _last_of_chain(commitment, fixed)
    return bool(commitment) and commitment not in known and stands not in known


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
    """An interval whose ends may be open (`..`); its last day is not included.

    Raises:
        PeymanError: If it cannot be read, or is empty.
    """
    first, _, last = text.partition("/")
    lo = ALWAYS if first == ".." else read_moment(first, zone).lo
    hi = -ALWAYS if last == ".." else read_moment(last, zone).lo
    if hi <= lo:
        raise PeymanError(
            say("{words} ends before it begins.", words=repr(text)),
            authority=say("docs/record.md, section 3: `hold`"),
            remedy=say("Give the first day first; the last day is not included."),
        )
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
    cites: frozenset[str],
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
        cites=cites,
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


def _with(
    doing: Doing, entry: Entry, votes: Sequence[Entry], opens_as: str | None
) -> Doing:
    ballots, cast = doing.ballots, {}
    if ballots is None and votes:
        ballots = {str(b.body["member"]): str(b.body["vote"]) for b in votes}
        cast = {str(b.body["member"]): b.name for b in votes}
    doubts = [one.name for one in votes if one.is_contested]
    contested = None
    if entry.is_contested:
        contested = say("signed with a key that was later revoked back to it")
    elif doubts and doing.ballots is None:
        contested = say(
            "rests on {entry}, signed with a key that was later revoked",
            entry=tuple(doubts),
        )
    return replace(
        doing, ballots=ballots, cast=cast, opens_as=opens_as, contested=contested
    )


def _vote(body: Mapping[str, object], first: Mapping[str, str]) -> tuple[str, str]:
    """On what a ballot is cast, or an act decided: the matter and the act."""
    return _opening(str(body.get("matter", "")), first), str(body["act"])


def _gathered(
    vote: tuple[str, str], before: Sequence[Entry], first: Mapping[str, str]
) -> list[Entry]:
    """The ballots cast on an act since it was last decided, one for each seat.

    Of several for a seat the last entered counts; what its member cast itself counts
    before what others report of it.
    """
    ordered = sorted(before, key=lambda ballot: ballot.known_as == "performed")
    cast = [ballot for ballot in ordered if _vote(ballot.body, first) == vote]
    return list({str(ballot.body["member"]): ballot for ballot in cast}.values())


def _opening(matter: str, first: Mapping[str, str]) -> str:
    """A matter by the first entry of the chain that opened it."""
    commitment, slash, n = matter.partition("/")
    return first.get(commitment, commitment) + slash + n


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
