"""What undoes or shows other entries: `correct`, `erase`, `release`.

None of them removes a leaf. An erasure takes effect when a second office enters the same
`erase` and cites the first: an envelope has one signature, so two offices are two entries.

Source: docs/record.md, section 3.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peyman.ledger.entries.bodies import ALWAYS_HERE, UNCORRECTABLE
from peyman.ledger.entries.entry import Citation, Payload
from peyman.ledger.signing.keyring import Problem
from peyman.ledger.strict import Table

if TYPE_CHECKING:
    from peyman.ledger.entries.rules import Log


def check(log: "Log", payload: Payload) -> Iterator[Problem]:
    """Say what is wrong with the next entry, if it is of one of the three kinds."""
    match payload.kind:
        case "correct":
            yield from _check_named(log, payload.body)
            yield from _check_correct(log, payload)
        case "erase":
            yield from _check_erase(log, payload)
        case "release":
            yield from _check_releaser(log, payload)
            yield from _check_release(log, payload.body)
        case _:
            pass


def take(log: "Log", payload: Payload, index: int) -> None:
    """Let a sound entry of one of the three kinds take effect."""
    body = payload.body
    match payload.kind:
        case "correct":
            log.corrected[body["entry"]] = (index, body.get("successor"))
        case "erase" if seconds(log, payload):
            for one in body["entries"]:
                if one in log.places:
                    log.erased[log.places[one]] = index
        case "release":
            log.releases.append(index)
        case _:
            pass


def seconds(log: "Log", payload: Payload) -> bool:
    """Whether it is the same `erase` or `release` as one of another office that it cites."""
    for cited in payload.cites:
        first = log.payload_of(cited.commitment)
        if (
            first is not None
            and first.kind == payload.kind
            and first.body == payload.body
            and first.signer.office != payload.signer.office
        ):
            return True
    return False


def _check_named(log: "Log", body: Table) -> Iterator[Problem]:
    for name in ("entry", "successor"):
        if name in body and not log.is_earlier(Citation(body[name])):
            yield Problem(f"The {name} of `correct` is no earlier entry.", 3)
    if body["entry"] in log.corrected:
        index, _ = log.corrected[body["entry"]]
        yield Problem(f"It corrects what e{index} has corrected already.", 3)
    successor = body.get("successor")
    if successor in log.corrected:
        index, _ = log.corrected[successor]
        yield Problem(f"Its successor is corrected by e{index}.", 3)
    if successor and successor in (other for _, other in log.corrected.values()):
        yield Problem("Its successor is that of another entry already.", 3)


def _check_correct(log: "Log", payload: Payload) -> Iterator[Problem]:
    target = log.payload_of(payload.body["entry"])
    if target is None:
        return
    place = log.places[payload.body["entry"]]
    if target.signer.office != payload.signer.office:
        yield Problem(f"Only {target.signer.office} may correct e{place}.", 3)
    if target.kind == "act" and target.known_as == "performed":
        yield Problem(f"e{place} is a performed act: no entry corrects it.", 3)
    if target.kind in UNCORRECTABLE:
        yield Problem(f"e{place} is `{target.kind}`: no entry corrects it.", 3)
    successor = payload.body.get("successor")
    follows = None if successor is None else log.payload_of(successor)
    if follows is not None:
        yield from _check_successor(target, follows)


def _check_successor(target: Payload, successor: Payload) -> Iterator[Problem]:
    if successor.kind != target.kind:
        yield Problem(f"Its successor is `{successor.kind}`, not `{target.kind}`.", 3)
    if successor.signer.office != target.signer.office:
        yield Problem(f"Its successor is not of {target.signer.office}.", 3)
    if successor.kind == "act" and successor.known_as == "performed":
        yield Problem("Its successor is a performed act.", 3)


def _check_erase(log: "Log", payload: Payload) -> Iterator[Problem]:
    body = payload.body
    for one, kind in zip(body["entries"], body["kinds"], strict=True):
        if not log.is_earlier(Citation(one)):
            yield Problem(f"It erases {one[:16]}…, which is no earlier entry.", 3)
        place = log.places.get(one)
        target = log.payload_of(one)
        if target is not None and target.kind != kind:
            yield Problem(f"It says e{place} is `{kind}`: it is `{target.kind}`.", 3)
        if place in log.erased:
            yield Problem(f"e{place} is erased already.", 3)
    if seconds(log, payload):
        yield from _check_quotations(log, {*body["entries"]})


def _check_quotations(log: "Log", erased: set[str]) -> Iterator[Problem]:
    for index, payload in log.payloads.items():
        leaf = log.leaves[index]
        quotes = payload.kind in ("claim", "note") and any(
            cited.commitment in erased for cited in payload.cites
        )
        if quotes and leaf is not None and leaf.commitment not in erased:
            yield Problem(f"It leaves e{index}, which quotes what it erases.", 3)


def _check_releaser(log: "Log", payload: Payload) -> Iterator[Problem]:
    registrar = log.settings.registrar
    if payload.signer.office != registrar and not seconds(log, payload):
        yield Problem(f"`release` is not signed by {registrar}, and seconds none.", 3)


def _check_release(log: "Log", body: Table) -> Iterator[Problem]:
    if body["size"] > log.size:
        yield Problem("It releases entries that are to come.", 3)
    shown = frozenset(body["indexes"])
    for index in sorted(shown & log.erased.keys()):
        yield Problem(f"It shows e{index}, which is erased.", 3)
    for index, payload in log.payloads.items():
        if index < body["size"] and index not in shown and index not in log.erased:
            yield from _check_left_out(log, index, body)
        if payload.kind == "correct":
            place = log.places.get(payload.body["entry"])
            if place in shown and index not in shown:
                yield Problem(f"It shows e{place} without its correction e{index}.", 3)


def _check_left_out(log: "Log", index: int, body: Table) -> Iterator[Problem]:
    kind = log.payloads[index].kind
    if kind in ALWAYS_HERE:
        yield Problem(f"It leaves out e{index}, `{kind}`.", 3)
    elif kind not in body["kinds_not_shown"]:
        yield Problem(
            f"It leaves out e{index} and does not say that it shows not every `{kind}`.",
            3,
        )
