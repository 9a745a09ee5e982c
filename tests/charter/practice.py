"""Short words to act under the charters that come with Peyman."""

from datetime import date
from functools import cache
from pathlib import Path

from peyman.charter.doing import Doing
from peyman.charter.moment import read_moment
from peyman.charter.read import load_charter
from tests.charter.pact import Reading

CHARTERS = Path(__file__).resolve().parents[2] / "charters"


@cache
def law(name):
    return load_charter(CHARTERS / f"{name}.toml")


def act(entry, name, at, by, matter="e1/1", **fields):
    """One doing in the matter e1/1, which the entry e1 opens, unless said."""
    moment = read_moment(at, "UTC")
    if entry == "e1" and matter == "e1/1":
        matter = None
    fields = {"entered": moment.hi, **fields}
    return Doing(entry, 1, name, moment, matter=matter, by=by, **fields)


def read(name, *doings, until="2030-01-01T00:00Z", **how):
    return Reading(law(name), *doings, until=until, **how)


def all_of(name, organ, at, vote="yes", **votes):
    """Ballots of everybody who sits in an organ, as `vote` unless said otherwise."""
    charter = law(name)
    body = charter.on(read_day(at)).organs[organ]
    letter = body.parties_to or next(iter(charter.parties))
    seats = body.members or charter.bound_by(letter, read_day(at))
    said = {m: votes.get(m, vote) for m in seats if m not in body.without}
    return {m: ballot for m, ballot in said.items() if ballot}


def read_day(at):
    return date.fromisoformat(at[:10])
