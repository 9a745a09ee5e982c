"""Contested offices: what a statute says beside what a person says.

An act done in an office by another than the text puts there is contested, and read both
ways. A claim that somebody holds an office moves nothing; it is shown beside the text.
"""

from collections.abc import Iterator, Mapping

from peyman.case.reading import CharterReading, Reading
from peyman.charter.moment import show_moment


def contested_of(reading: Reading, name: str, matter: str) -> list[dict[str, object]]:
    """What is contested in a matter: acts read both ways, and offices claimed."""
    charter = reading.charters[name]
    acts: list[dict[str, object]] = [
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
        if finding.code in _CONTESTED
    ]
    return acts + list(_claimed(reading, name, charter))


_CONTESTED = ("not shown", "contested office", "version unsure", "entered too late")


def _claimed(
    reading: Reading, name: str, charter: CharterReading
) -> Iterator[dict[str, object]]:
    seen = set()
    for entry in reading.entries:
        said = entry.body.get("office") if entry.kind == "claim" else None
        if not isinstance(said, Mapping) or entry.at.lo > reading.at:
            continue
        office, holder = str(said["office"]), str(said["holder"])
        lawful, article = _lawful(charter, name, office, entry.at.lo)
        if lawful is None or lawful == holder or (office, holder) in seen:
            continue
        seen.add((office, holder))
        known = charter.state.text.articles.get(article)
        says = known.says.get("en", "") if known else ""
        yield {
            "entry": entry.name,
            "act": None,
            "finding": "contested office",
            "office": office,
            "holder": holder,
            "article": [article] if article else [],
            "checked": known.checked if known else "memory",
            "text": f"claimed for {holder}; the text puts {lawful} there: {says}",
        }


def _lawful(
    charter: CharterReading, name: str, office: str, at: int
) -> tuple[str | None, str]:
    """Who holds an office by the text, or else by the register; and the article."""
    prefix, _, short = office.partition("/")
    known = charter.state.text.offices.get(short) if prefix == name else None
    if known is None:
        return None, ""
    if known.held_by:
        return f"{name}/{known.held_by}", known.art or ""
    for hold in reversed(charter.holds):
        if hold.office == office and hold.during.lo <= at < hold.during.hi:
            return hold.holder, known.art or ""
    return None, known.art or ""


def offices_of(reading: Reading) -> list[dict[str, object]]:
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
