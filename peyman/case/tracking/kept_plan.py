"""Plans that are kept in the record: what a solver found, and which of them is in force.

A solver's run is a `source` entry whose bytes are the problem and the plan together. Its title
names the digest of the problem, so that the entry itself says what was asked; only the checker is
ever replayed. A plan is in force once an office of a charter approves it, by a note that cites it.

Source: docs/record.md, section 3; docs/decisions/0025-plans-in-the-record.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from peyman.case.boards.claims import seen
from peyman.case.entering.draft import Draft
from peyman.case.load import PLAN
from peyman.case.model import Case, Entry
from peyman.case.planning.moving import Direction
from peyman.case.reading import Reading
from peyman.errors import PeymanError
from peyman.force.checking import check
from peyman.force.plan import Plan, plan_json, read_plan
from peyman.force.problem import Problem, problem_json, read_problem
from peyman.saying import say

APPROVED = "This plan is in force."
"""The first line of the note that puts the plan that it cites in force."""

_VERSION = 1
_KNOWN = 8
"""How many plans are held in memory, read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the bytes of a kept plan say."""

    direction: Direction
    problem: Problem
    plan: Plan


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan in the record, as of a reading.

    Attributes:
        entry: The source entry that keeps it.
        kept: What it says.
        approvals: The notes of offices that put it in force, in the order of the record.
    """

    entry: Entry
    kept: Kept
    approvals: tuple[Entry, ...]


def write_kept(direction: Direction, problem: Problem, plan: Plan) -> bytes:
    """The bytes of a plan with its problem; the same for the same plan."""
    told = {
        "v": _VERSION,
        "direction": direction,
        "problem": problem_json(problem),
        "plan": plan_json(plan),
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def read_kept(data: bytes | str) -> Kept:
    """A plan with its problem, read strictly.

    Raises:
        PeymanError: If it is none, or a field cannot be what it says.
    """
    try:
        told = json.loads(data)
        direction, is_ours = told["direction"], told["v"] == _VERSION
        problem, plan = told["problem"], told["plan"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_plan() from error
    if not is_ours or direction not in ("in", "out"):
        raise _no_plan()
    return Kept(direction, read_problem(problem), read_plan(plan))


def _no_plan() -> PeymanError:
    return PeymanError(
        say("The file is no plan with its problem."),
        authority=say("docs/record.md, section 3: a plan that is kept"),
        remedy=say("Keep a plan with `peyman plan CASE --keep FILE`."),
    )


def check_kept(kept: Kept) -> None:
    """Let the checker say whether a plan that is kept is allowed, and worth what it says.

    Raises:
        PeymanError: With the first thing that is wrong.
    """
    for found in check(kept.problem, kept.plan):
        raise PeymanError(
            say(
                "The checker does not allow this plan: {says_sentence}.",
                says_sentence=found.says,
            ),
            authority=say("docs/force.md: the rules that a plan is checked by"),
            remedy=say("Plan again, and keep what the planner gives unchanged."),
        )


def kept_plans(reading: Reading) -> tuple[KeptPlan, ...]:
    """Every plan that the record has by a reading and whose bytes are here, in its order."""
    entries = seen(reading)
    notes = [one for one in entries if _approves(reading.case, one)]
    plans = reading.case.plans
    return tuple(
        KeptPlan(entry, kept, tuple(n for n in notes if n.cites == (entry.commitment,)))
        for entry in entries
        if entry.commitment in plans
        and (kept := _read(plans[entry.commitment])) is not None
    )


def in_force(reading: Reading, direction: Direction) -> KeptPlan | None:
    """The plan of a movement that was approved last; None where none was."""
    own = [
        one
        for one in kept_plans(reading)
        if one.kept.direction == direction and one.approvals
    ]
    return max(own, key=lambda one: one.approvals[-1].index, default=None)


def may_approve(case: Case, office: str) -> bool:
    """Whether an office may put a plan in force: one of a charter of the case.

    No member does so alone. In a case that is made from reports nobody acts, and the
    registrar writes down what was in force.
    """
    if case.is_reconstructed and office == case.registrar:
        return True
    charter_id, _, name = office.partition("/")
    charter = case.charters.get(charter_id)
    return charter is not None and any(
        name in (*text.offices, *text.organs) for text in charter.versions
    )


def _approves(case: Case, entry: Entry) -> bool:
    return (
        entry.kind == "note"
        and str(entry.body["text"]).split("\n")[0] == APPROVED
        and not entry.is_contested
        and may_approve(case, entry.signer)
    )


def source_draft(data: bytes, office: str, at: str) -> Draft:
    """The entry that keeps a plan.

    Args:
        data: What `write_kept` writes.
        office: Who proposes it.
        at: When it was made, an instant.
    """
    kept = read_kept(data)
    body: dict[str, object] = {
        "digest": sha256(data).hexdigest(),
        "bytes": len(data),
        "media_type": PLAN,
        "language": "zxx",
        "published": at,
        "title": f"Plan of the movement {kept.direction}, of the problem {kept.plan.problem}",
        "publisher": office,
        "author": kept.plan.made_by or office,
        "abstract": False,
    }
    return Draft("source", "documented", at, None, (), body)


def approval_draft(commitment: str, at: str, reason: str = "") -> Draft:
    """The note by which an office puts the plan of an entry in force."""
    text = f"{APPROVED}\n{reason}" if reason else APPROVED
    return Draft("note", "performed", at, None, (commitment,), {"text": text})


def held_as(entries: Sequence[Entry], data: bytes) -> Entry | None:
    """The entry that keeps these very bytes already."""
    digest = sha256(data).hexdigest()
    return next(
        (e for e in entries if e.kind == "source" and e.body["digest"] == digest), None
    )


@lru_cache(_KNOWN)
def _read(text: str) -> Kept | None:
    """A plan, or None: that one cannot be read is `peyman verify`'s to say."""
    try:
        return read_kept(text)
    except PeymanError:
        return None
