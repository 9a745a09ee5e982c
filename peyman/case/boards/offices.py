"""Contested offices: what a statute says beside what a person says.

An act done in an office by another than the text puts there is contested, and read both
ways. A claim that somebody holds an office moves nothing; it is shown beside the text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from peyman.case.boards.claims import seen
from peyman.case.reading import CharterReading, Reading
from peyman.charter.doing import CONTESTED
from peyman.charter.model import Article, Charter, Office
from peyman.charter.moment import day_of, show_moment
from peyman.saying import say

Json = dict[str, Any]


def contested_of(reading: Reading, name: str, matter: str) -> list[Json]:
    """What is contested in a matter: acts read both ways, and offices claimed."""
    charter = reading.charters[name]
    acts: list[Json] = [
        {
            "entry": verdict.doing.id,
            "act": f"{name}.{verdict.doing.act}",
            "finding": finding.code,
            "office": verdict.doing.by if "office" in finding.code else None,
            "holder": verdict.doing.holder if "office" in finding.code else None,
            "article": list(finding.articles),
            "checked": finding.checked,
            "text": finding.text,
        }
        for verdict in charter.state.verdicts
        if verdict.matter == matter and verdict.is_contested
        for finding in verdict.findings
        if finding.code in CONTESTED
    ]
    claims = [
        claim
        for claim in claimed_offices(reading, name)
        if matter in _matters_of(reading, name, str(claim["office"]))
    ]
    return acts + claims


def _matters_of(reading: Reading, name: str, office: str) -> list[str]:
    """The matters in which an office may act; all of its charter's if there is none."""
    short = office.partition("/")[2]
    state = reading.charters[name].state
    kinds = {
        act.kind
        for forms in state.text.acts.values()
        for act in forms.values()
        if short in act.by
    }
    own = [matter.id for matter in state.matters.values() if matter.kind in kinds]
    return own or list(state.matters)


def claimed_offices(reading: Reading, name: str) -> Iterator[Json]:
    """Offices of a charter that somebody is said to hold, against its text; each once."""
    done = set()
    charter = reading.case.charters[name]
    for entry in seen(reading):
        said = entry.body.get("office") if entry.kind == "claim" else None
        if not isinstance(said, Mapping):
            continue
        office, holder = str(said["office"]), str(said["holder"])
        law = _law(charter, reading.charters[name], office, entry.at.lo)
        if law is None or law[0] == holder or (office, holder) in done:
            continue
        done.add((office, holder))
        lawful, article = law
        yield {
            "entry": entry.name,
            "act": None,
            "finding": "contested office",
            "office": office,
            "holder": holder,
            "article": [article.name] if article else [],
            "checked": article.checked if article else "memory",
            "text": say(
                "claimed for {actor}; the text puts {lawful_actor} there: {says}",
                actor=holder,
                lawful_actor=lawful,
                says=article.says if article else {},
            ),
        }


def _law(
    charter: Charter, read: CharterReading, office: str, at: int
) -> tuple[str, Article | None] | None:
    """Who holds an office on a day, by the text or else by the register; the article."""
    prefix, _, short = office.partition("/")
    text = charter.on(day_of(at, charter.zone))
    known: Office | None = text.offices.get(short) if prefix == charter.id else None
    if known is None:
        return None
    article = text.articles.get(known.art or "")
    if known.held_by:
        return f"{charter.id}/{known.held_by}", article
    for hold in reversed(read.holds):
        if hold.office == office and hold.during.lo <= at < hold.during.hi:
            return hold.holder, article
    return None


def offices_of(reading: Reading) -> list[Json]:
    """Who holds which office as of the reading, as the registers say."""
    return [
        {
            "office": hold.office,
            "holder": hold.holder,
            "during": show_moment(hold.during),
            "entry": hold.entry,
        }
        for charter in reading.charters.values()
        for hold in charter.holds
        if hold.during.lo <= reading.at < hold.during.hi
    ]
