"""Accept proposals: what an analyst takes from a report becomes claims and draft acts.

Proposals are not kept: they are read again from the bound source, which gives the same ones.
What was accepted before is not entered twice.
"""

from collections.abc import Callable, Iterator, Sequence

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Entered
from peyman.case.entering.proposals import DRAFTED, Site, act_of, claim_of, name_in
from peyman.case.model import Case, Entry
from peyman.errors import PeymanError
from peyman.picture.model import Reading
from peyman.picture.read import read_report
from peyman.picture.source import receive
from peyman.saying import say

Pass = Callable[[Draft], Entered]
"""What takes a draft through the door."""


def accept(door: Door, wanted: Sequence[str] | None, enter: Pass) -> Iterator[Entered]:
    """Enter the claims of accepted proposals, then the draft acts that they carry.

    Args:
        door: The door of the case.
        wanted: Ids of proposals; None for all of them.
        enter: Takes a draft through the door.

    Raises:
        PeymanError: If an id is no proposal of any report of the case.
    """
    sites = list(_sites(door.case))
    _check_known(sites, wanted or ())
    for site in sites:
        for proposal in site.proposals:
            is_wanted = wanted is None or proposal.id in wanted
            if is_wanted and proposal.id not in site.accepted:
                yield enter(claim_of(site, proposal))
    for kind in DRAFTED:
        for site in _sites(door.case):
            if (drafted := act_of(site, kind)) is not None:
                yield enter(drafted)


def _check_known(sites: Sequence[Site], wanted: Sequence[str]) -> None:
    known = {one.id for site in sites for one in site.proposals}
    for name in wanted:
        if name not in known:
            raise PeymanError(
                say("There is no proposal {words}.", words=name),
                authority=say("the reports that this case keeps, read again"),
                remedy=say("Take an id that `peyman open` or `peyman read` printed."),
            )


def _sites(case: Case) -> Iterator[Site]:
    accepted = {
        str(entry.body["proposal"]): entry
        for entry in case.entries
        if entry.kind == "claim" and "proposal" in entry.body
    }
    for source in case.entries:
        if source.kind == "source" and source.body.get("abstract") is False:
            reading = _read(case, source)
            if reading is not None:
                offices = {name: one.ids for one in reading.actors for name in one.ids}
                names = {one.id: name_in(source, one) for one in reading.claims}
                here = {
                    one: accepted[name]
                    for one, name in names.items()
                    if name in accepted
                }
                yield Site(case, source, reading.claims, here, offices)


def _read(case: Case, source: Entry) -> Reading | None:
    text = case.texts.get(source.commitment)
    if text is None:
        return None
    published = str(source.body["published"])
    known = None if published == "unknown" else published
    return read_report(receive(text.encode(), known))
