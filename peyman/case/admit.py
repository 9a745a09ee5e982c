"""Who may enter what: the questions asked at the one door before anything is appended.

Refused is what is malformed, names what does not exist, or is signed for an office that the
signer does not hold. What a charter finds wrong with an act is no refusal: it is entered
with its findings. Source: docs/record.md, sections 1 to 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from peyman.case.bodies import check_body
from peyman.case.doings import doings_of, read_during
from peyman.case.model import Case, Entry
from peyman.charter.model import Charter
from peyman.charter.moment import show
from peyman.charter.order import in_order
from peyman.errors import PeymanError
from peyman.picture.places import places

Body = Mapping[str, object]


def admit(case: Case, entry: Entry) -> None:
    """Ask of an entry all that can be asked before it is appended to its case.

    Raises:
        PeymanError: With what is wrong, by which authority, and what to do next.
    """
    question(case, entry, case.by_commitment())
    if entry.kind in ("act", "correct"):
        check_order(replace(case, entries=(*case.entries, entry)))


def question(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Ask of an entry all that can be asked without folding the case.

    Args:
        case: The case; in a partial one nothing is concluded from absence.
        entry: The entry.
        known: Commitment to entry, of those that the entry may name.

    Raises:
        PeymanError: As for `admit`.
    """
    check_body(entry.kind, entry.body)
    _time(entry)
    if not case.is_partial:
        _cites(entry, known)
    _named_is_cited(entry)
    check = _CHECKS.get(entry.kind)
    if check is not None:
        check(case, entry, known)


def check_order(case: Case) -> None:
    """Ask whether the acts of a case can be put in the order of law.

    Raises:
        PeymanError: If times and citations contradict each other.
    """
    for name in case.charters:
        in_order(doings_of(case, name, (*case.registers.get(name, ()), *case.entries)))


def _time(entry: Entry) -> None:
    if entry.at.lo > entry.entered:
        raise _refuse(
            f"The entry says {entry.stated_at}, which is after it is entered,"
            f" {show(entry.entered)}.",
            "docs/record.md, section 4: two clocks",
            "Correct `at`; what is planned is stated in the body, not in `at`.",
        )


def _cites(entry: Entry, known: Mapping[str, Entry]) -> None:
    for commitment in entry.cites:
        if commitment not in known:
            raise _refuse(
                f"The entry cites {commitment[:16]}…, which is not in this record.",
                "docs/record.md, section 1: each citation is an earlier leaf",
                "Cite an entry that `peyman show` lists, or enter its source first.",
            )


def _named_is_cited(entry: Entry) -> None:
    for field in ("source", "claim", "entry", "successor", "revises"):
        named = entry.body.get(field)
        if isinstance(named, str) and named not in entry.cites:
            raise _refuse(
                f"The entry names {named[:16]}… as its {field} and does not cite it.",
                "docs/record.md, section 1: what a body names is cited",
                f"Add it to `cites`; a {field} given by its label is cited by itself.",
            )


def _act(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    acts = entry.body["acts"]
    for act in acts if isinstance(acts, list) else ():
        if entry.known_as == "performed" and act.get("by") != entry.signer:
            raise _refuse(
                f"{entry.signer} signs an act that {act.get('by')} performs.",
                "docs/record.md, section 1: only the office that acts signs its act",
                "Sign as that office, or enter the act as documented or reported.",
            )
        charter = case.charters.get(str(act["under"]))
        if charter is None:
            raise _unknown("charter", str(act["under"]), case.charters, "this case")
        if act["act"] not in charter.names:
            raise _unknown("act", str(act["act"]), charter.names, charter.id)
        if "matter" in act and _always_opens(charter, str(act["act"])):
            raise _refuse(
                f"{act['act']} opens a matter, and names {str(act['matter'])[:16]}….",
                "docs/charter-language.md, section 2: `opens`",
                "Leave `matter` out, or do another act in that matter.",
            )
        _matter(case, str(act.get("matter", "")), known)
        _names_of_law(charter, act)
        for actor in _actors(act):
            _actor(case, actor)


def _always_opens(charter: Charter, name: str) -> bool:
    known = [text.act(name) for text in charter.versions]
    return all(act.opens for act in known if act is not None)


def _actors(act: Body) -> list[str]:
    to = act.get("to", [])
    addressees = to if isinstance(to, list) else [to]
    named = [act.get("by"), act.get("holder"), act.get("announced_by"), *addressees]
    return [str(one) for one in named if one is not None]


def _members(act: Body) -> list[str]:
    ballots = act.get("ballots", {})
    named = [act.get("member"), act.get("subject")]
    votes = list(ballots) if isinstance(ballots, Mapping) else []
    return [str(one) for one in [*named, *votes] if one is not None]


def _names_of_law(charter: Charter, act: Body) -> None:
    for member in _members(act):
        if charter.members and member not in charter.members:
            raise _unknown("member", member, charter.members, charter.id)
    grounds = {name for text in charter.versions for name in text.grounds}
    articles = {name for text in charter.versions for name in text.articles}
    given = act.get("grounds", {})
    for name in given if isinstance(given, Mapping) else ():
        if name not in grounds:
            raise _unknown("ground", name, grounds, charter.id)
    basis = act.get("basis", ())
    for name in basis if isinstance(basis, list) else ():
        if name not in articles:
            raise _unknown("article", name, articles, charter.id)


def _matter(case: Case, matter: str, known: Mapping[str, Entry]) -> None:
    commitment, _, n = matter.partition("/")
    if not matter:
        return
    opened = known.get(commitment)
    if opened is None and case.is_partial:
        return
    acts = opened.body.get("acts") if opened else None
    if not isinstance(acts, list) or not 0 < int(n) <= len(acts):
        raise _refuse(
            f"There is no matter {matter[:16]}…/{n}: no act of this record opened it.",
            "docs/record.md, section 3: a matter's id is ENTRY/n",
            "Name the entry and the act that opened the matter, as `peyman show` does.",
        )


def _actor(case: Case, actor: str) -> None:
    charter_id, _, name = actor.partition("/")
    if not name:
        return
    charter = case.charters.get(charter_id)
    if charter is None:
        return
    offices = {n for text in charter.versions for n in (*text.organs, *text.offices)}
    if name not in offices:
        known = sorted(f"{charter_id}/{n}" for n in offices)
        raise _unknown("organ or office", actor, known, charter_id)


def _claim(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    source = known.get(str(entry.body["source"]))
    if source is None and case.is_partial:
        return
    if source is None or source.kind != "source":
        raise _refuse(
            "The claim names a source that is not in this record.",
            "docs/record.md, section 3: a claim cites the source entry",
            "Enter the source first, and cite its entry.",
        )
    _span(case, source, entry.body.get("span"))
    _places(entry.body.get("places"))
    facility = entry.body.get("facility")
    _places([facility["place"]] if isinstance(facility, Mapping) else None)
    office = entry.body.get("office")
    for actor in office.values() if isinstance(office, Mapping) else ():
        _actor(case, str(actor))
    grounds = entry.body.get("grounds")
    for ground in grounds if isinstance(grounds, Mapping) else ():
        charter_id, _, name = str(ground).partition("/")
        charter = case.charters.get(charter_id)
        names = {n for t in charter.versions for n in t.grounds} if charter else set()
        if name not in names:
            raise _unknown("ground", str(ground), names, charter_id)


def _span(case: Case, source: Entry, span: object) -> None:
    text = case.texts.get(source.commitment)
    if not isinstance(span, Mapping) or text is None:
        return
    if text[span["start"] : span["end"]] != span["text"]:
        raise _refuse(
            f"Characters {span['start']} to {span['end']} of {source.name} do not say"
            f" {str(span['text'])[:40]!r}.",
            "docs/record.md, section 3: a span is the exact characters of its source",
            "Count code points from 0, end exclusive, over the whole text.",
        )


def _grade(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    _is_kind(case, known, str(entry.body["claim"]), "claim")


def _status(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    _places([entry.body["place"]])
    claims = entry.body["claims"]
    for claim in claims if isinstance(claims, list) else ():
        _is_kind(case, known, str(claim), "claim")


def _stands(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """Where a force, a measure or a need is: in a place that is known."""
    named = [entry.body.get(field) for field in ("place", "at_place", "from", "to")]
    _places([place for place in named if place is not None])


def _measure(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """A measure is told of anybody: a government that no charter names takes them too."""
    _places(entry.body.get("where"))


def _hold(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    _actor(case, str(entry.body["office"]))
    _actor(case, str(entry.body["holder"]))
    read_during(str(entry.body["during"]), entry.zone)


def _ballot(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    """A ballot is cast in a matter, on an act and by a member of the matter's charter."""
    matter = str(entry.body["matter"])
    _matter(case, matter, known)
    opened = known.get(matter.partition("/")[0])
    acts = opened.body["acts"] if opened else None
    if not isinstance(acts, list):
        return
    charter = case.charters[str(acts[int(matter.partition("/")[2]) - 1]["under"])]
    if entry.body["act"] not in charter.names:
        raise _unknown("act", str(entry.body["act"]), charter.names, charter.id)
    _names_of_law(charter, entry.body)


def _correct(case: Case, entry: Entry, known: Mapping[str, Entry]) -> None:
    old = known.get(str(entry.body["entry"]))
    if old is None:
        return
    authority = "docs/record.md, section 3: `correct`"
    if old.known_as == "performed" and old.kind == "act":
        remedy = "Do the act that ends or takes it back, under the charter."
        raise _refuse(
            f"{old.name} was performed and cannot be corrected.", authority, remedy
        )
    if old.signer != entry.signer:
        problem = (
            f"{old.name} was entered by {old.signer}; only {old.signer} corrects it."
        )
        raise _refuse(problem, authority, "Dispute it by a note or a grade.")


def _is_kind(
    case: Case, known: Mapping[str, Entry], commitment: str, kind: str
) -> None:
    found = known.get(commitment)
    if found is None and case.is_partial:
        return
    if found is None or found.kind != kind:
        raise _refuse(
            f"{commitment[:16]}… is no {kind} of this record.",
            "docs/record.md, section 3: kinds and bodies",
            f"Name the entry of a {kind}, as `peyman show` lists them.",
        )


def _places(names: object) -> None:
    for name in names if isinstance(names, list) else ():
        if name not in places():
            raise _unknown("place", str(name), places(), "the list of places")


_CHECKS = {
    "act": _act,
    "claim": _claim,
    "grade": _grade,
    "status": _status,
    "ballot": _ballot,
    "measure": _measure,
    "requirement": _stands,
    "serial": _stands,
    "strength": _stands,
    "hold": _hold,
    "correct": _correct,
}


def _unknown(what: str, name: str, known: Iterable[str], where: str) -> PeymanError:
    near = get_close_matches(name, list(known), 1, 0.4)
    hint = f" The nearest known is {near[0]}." if near else ""
    return _refuse(
        f"There is no {what} {name} in {where}.{hint}",
        "docs/record.md, section 3: names in a body are those of the charters and places",
        f"Correct the {what}, or open the case with the charter that has it.",
    )


def _refuse(problem: str, authority: str, remedy: str) -> PeymanError:
    return PeymanError(problem, authority=authority, remedy=remedy)
