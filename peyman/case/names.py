"""The names that an entry may use: those of the charters, of the places, of the record.

Source: docs/record.md, section 3.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from peyman.case.model import Case, Entry
from peyman.charter.model import Charter
from peyman.errors import PeymanError
from peyman.picture.places import places
from peyman.saying import say

Body = Mapping[str, object]


def check_names_of_law(charter: Charter, act: Body) -> None:
    """Ask whether members, grounds and articles of an act are those of its charter.

    Raises:
        PeymanError: If one is not.
    """
    for member in _members(act):
        if charter.members and member not in charter.members:
            raise unknown("member", member, charter.members, charter.id)
    grounds = {name for text in charter.versions for name in text.grounds}
    articles = {name for text in charter.versions for name in text.articles}
    given = act.get("grounds", {})
    for name in given if isinstance(given, Mapping) else ():
        if name not in grounds:
            raise unknown("ground", name, grounds, charter.id)
    basis = act.get("basis", ())
    for name in basis if isinstance(basis, list) else ():
        if name not in articles:
            raise unknown("article", name, articles, charter.id)


def _members(act: Body) -> list[str]:
    ballots = act.get("ballots", {})
    named = [act.get("member"), act.get("subject")]
    votes = list(ballots) if isinstance(ballots, Mapping) else []
    return [str(one) for one in [*named, *votes] if one is not None]


def check_actor(case: Case, actor: str) -> None:
    """Ask whether an actor is an organ or office, where the case has its charter.

    Raises:
        PeymanError: If it is not.
    """
    charter_id, _, name = actor.partition("/")
    if not name:
        return
    charter = case.charters.get(charter_id)
    if charter is None:
        return
    offices = {n for text in charter.versions for n in (*text.organs, *text.offices)}
    if name not in offices:
        known = sorted(f"{charter_id}/{n}" for n in offices)
        raise unknown("organ or office", actor, known, charter_id)


def check_matter(case: Case, matter: str, known: Mapping[str, Entry]) -> None:
    """Ask whether an act of this record opened a matter; none may be named.

    Raises:
        PeymanError: If none did; in a partial case only if its entry is here.
    """
    commitment, _, n = matter.partition("/")
    if not matter:
        return
    opened = known.get(commitment)
    if opened is None and case.is_partial:
        return
    acts = opened.body.get("acts") if opened else None
    if not isinstance(acts, list) or not 0 < int(n) <= len(acts):
        raise refuse(
            say(
                "There is no matter {words}…/{n_words}: no act of this record opened it.",
                words=matter[:16],
                n_words=n,
            ),
            say("docs/record.md, section 3: a matter's id is ENTRY/n"),
            say(
                "Name the entry and the act that opened the matter, as `peyman show` does."
            ),
        )


def check_kind(
    case: Case, known: Mapping[str, Entry], commitment: str, kind: str
) -> None:
    """Ask whether an entry that is named is of a kind.

    Raises:
        PeymanError: If it is not; in a partial case only if it is here.
    """
    found = known.get(commitment)
    if found is None and case.is_partial:
        return
    if found is None or found.kind != kind:
        raise refuse(
            say(
                "{words}… is no {kind_code} of this record.",
                words=commitment[:16],
                kind_code=kind,
            ),
            say("docs/record.md, section 3: kinds and bodies"),
            say(
                "Name the entry of a {kind_code}, as `peyman show` lists them.",
                kind_code=kind,
            ),
        )


def check_places(names: object) -> None:
    """Ask whether every place of a list is one that is known.

    Raises:
        PeymanError: If one is not.
    """
    for name in names if isinstance(names, list) else ():
        if name not in places():
            raise unknown("place", str(name), places(), "the list of places")


def unknown(what: str, name: str, known: Iterable[str], where: str) -> PeymanError:
    """The refusal of a name that nothing has, with the nearest that is known."""
    near = get_close_matches(name, list(known), 1, 0.4)
    problem = (
        say(
            "There is no {kind_code} {words} in {where_words}."
            " The nearest known is {near_words}.",
            kind_code=what,
            words=name,
            where_words=where,
            near_words=near[0],
        )
        if near
        else say(
            "There is no {kind_code} {words} in {where_words}.",
            kind_code=what,
            words=name,
            where_words=where,
        )
    )
    return refuse(
        problem,
        say(
            "docs/record.md, section 3: names in a body are those of the charters and places"
        ),
        say(
            "Correct the {kind_code}, or open the case with the charter that has it.",
            kind_code=what,
        ),
    )


def refuse(problem: str, authority: str, remedy: str) -> PeymanError:
    """A refusal."""
    return PeymanError(problem, authority=authority, remedy=remedy)
