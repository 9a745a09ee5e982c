"""The worked case as the drawings take it, and a small standing made by hand."""

from pathlib import Path

import pytest

from peyman.case.boards.standing import standing
from peyman.case.load import load
from peyman.case.reading import read_case
from peyman.ledger.files.casefile import read_case_file

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def worked_case():
    """The founding case."""
    return load(read_case_file(ROOT / "cases" / "kazakhstan-2022")).case


@pytest.fixture(scope="session")
def worked(worked_case):
    """Its standing at the end of its record."""
    return standing(read_case(worked_case))


def told(status, at, by, entry, claim="held"):
    return {
        "status": status,
        "at": at,
        "by": by,
        "entry": entry,
        "claim": claim,
        "says": status,
        "grade": "",
    }


def serial(entry, origin, destination, direction, **more):
    return {
        "entry": entry,
        "serial": entry.upper(),
        "mode": "air",
        "member": "RU",
        "origin": origin,
        "destination": destination,
        "at": "2022-01-07T00:00:00Z/2022-01-07T12:00:00Z",
        "flights": None,
        "aircraft": None,
        "types": {},
        "people": "no number",
        "vehicles": "no number",
        "direction": direction,
        "state": "reported",
        **more,
    }


@pytest.fixture
def small():
    """One airport told of in two ways, one movement in and one out."""
    return {
        "at": "2022-01-08T00:00:00Z",
        "matters": [{"subject": "KZ"}],
        "world": {
            "facilities": [
                {
                    "place": "almaty-airport",
                    "contested": True,
                    "told": [
                        told("seized", "2022-01-05T12:00:00Z", "A", "e1"),
                        told("freed", "2022-01-05T12:00:00Z", "B", "e2"),
                        told("guarded", "2022-01-07T00:00:00Z", "B", "e3"),
                    ],
                    "statuses": [
                        {
                            "entry": "e4",
                            "status": "guarded by both",
                            "at": "2022-01-07T06:00:00Z/2022-01-07T09:00:00Z",
                            "claims": ["e3"],
                        }
                    ],
                }
            ],
            "figures": [],
        },
        "force": {
            "serials": [
                serial("e5", "chkalovsky", "almaty-airport", "in", flights=12),
                serial(
                    "e6",
                    "almaty-airport",
                    "ru",
                    "out",
                    aircraft=3,
                    at="2022-01-13T00:00:00Z",
                ),
            ]
        },
    }
