"""A plan as plain data: who covers what, what stays open and why, on which assumptions.

This is what `peyman plan --json` prints and what the pages and the templates are made from.
Source: DESIGN, section 10, `peyman plan`.
"""

from typing import Any

from peyman.case.planning.generation import Generation
from peyman.charter.moment import show, show_moment
from peyman.force.generation.assign import Objective, Open, Share
from peyman.force.generation.fitting import Fit, Reason
from peyman.force.generation.lines import Line
from peyman.force.generation.offers import Offer
from peyman.force.live.tracking import Tracked

Json = dict[str, Any]


def assignment_of(made: Generation) -> Json:
    """The force generation of a case: lines, offers, who covers what, what stays open."""
    plan = made.assignment
    return {
        "lines": [_line(line, plan.covered(line)) for line in made.lines],
        "offers": [_offer(offer) for offer in made.offers],
        "assignment": [_share(one) for one in plan.shares],
        "serials": [],
        "closure": None,
        "unmet": [_unmet(one) for one in plan.open],
        "board": [_cell(fit, plan.shares) for fit in plan.fits],
        "drafts": list(made.drafts),
        "tracking": [_tracked(one) for one in made.tracking],
        "objectives": [objective(one) for one in plan.objectives],
        "assumptions": list(made.assumptions),
    }


def objective(one: Objective) -> Json:
    """An objective with its proven bound and its gap."""
    return {"name": one.name, "value": one.value, "bound": one.bound, "gap": one.gap}


def _line(line: Line, covered: int) -> Json:
    due = line.required_by
    return {
        "line": line.line,
        "entry": line.entry,
        "capability": line.capability,
        "quantity": line.quantity,
        "covered": covered,
        "unit": line.unit,
        "place": line.place,
        "required": None if due is None else show(due),
        "priority": line.priority,
        "task": line.task,
    }


def _offer(offer: Offer) -> Json:
    return {
        "pledge": offer.name,
        "entry": offer.entry,
        "member": offer.member,
        "what": offer.what,
        "state": offer.state,
        "people": offer.people.low,
        "vehicles": offer.vehicles.low,
        "tonnes": offer.tonnes,
        "caveats": list(offer.caveats),
        "ready": None if offer.ready is None else show(offer.ready),
        "expires": None if offer.expires is None else show(offer.expires),
        "from": offer.origin,
        "lift": dict(offer.lift),
        "consent": offer.consent,
        "asks_consent": offer.asks_consent,
        "assumed": list(offer.assumed),
    }


def _share(one: Share) -> Json:
    return {
        "line": one.line.line,
        "pledge": one.offer.name,
        "member": one.offer.member,
        "quantity": one.quantity,
        "unit": one.line.unit,
        "reckoned": one.is_reckoned,
        "entries": [one.line.entry, one.offer.entry],
    }


def _unmet(one: Open) -> Json:
    return {
        "line": one.line.line,
        "quantity": one.quantity,
        "unit": one.line.unit,
        "reasons": [_reason(reason) for reason in one.reasons],
    }


def _tracked(one: Tracked) -> Json:
    return {
        "serial": one.serial,
        "entry": one.entry,
        "member": one.member,
        "leaves": show_moment(one.leaves),
        "unit": one.unit,
        "planned": one.planned,
        "reported": one.reported,
        "reports": list(one.reports),
        "outcome": one.outcome,
    }


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, "says": reason.says, "entry": reason.entry}


def _cell(fit: Fit, shares: tuple[Share, ...]) -> Json:
    given = [s for s in shares if s.line == fit.line and s.offer == fit.offer]
    return {
        "line": fit.line.line,
        "pledge": fit.offer.name,
        "could": fit.quantity,
        "gives": sum(one.quantity for one in given),
        "against": [_reason(reason) for reason in fit.against],
    }
