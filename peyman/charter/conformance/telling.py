"""Say in words what is at fault with a row or a case, with its articles and how sure they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from peyman.charter.conformance.runs.course import Remark
from peyman.charter.conformance.steps.law import MARKS, Law, Row, member_of
from peyman.charter.moment import day_of, show
from peyman.saying import Either, Said, say


@dataclass(frozen=True, slots=True)
class Told:
    """A fault as it is handed on.

    Attributes:
        row: The number of the row in the log; None for what was never done.
        act: The full name of the act, or what the log calls it.
        article: The articles that it rests on.
        checked: How surely the least sure of these was read.
    """

    row: int | None
    act: str
    fault: str
    article: tuple[str, ...]
    checked: str
    text: str


def tell(law: Law, remark: Remark, last: int) -> Told:
    """Put a remark into words.

    Args:
        law: The charter.
        remark: What is at fault.
        last: The time of the case's last row, for what has no time of its own.
    """
    fault = remark.fault
    text = law.charter.on(day_of(remark.at or last, law.charter.zone))
    marks = [text.articles[n].checked for n in fault.articles if n in text.articles]
    return Told(
        row=remark.row,
        act=remark.act,
        fault=fault.code,
        article=fault.articles,
        checked=max(marks, key=MARKS.index, default="text"),
        text=SENTENCES[fault.code](law, remark, remark.what or Row(remark.act)),
    )


def _named(law: Law, words: tuple[str, ...]) -> Either:
    """Organs and offices by their full names; other words of `by` and `to` as they are."""
    text = law.charter.versions[-1]
    known = {*text.organs, *text.offices}
    return Either(f"{law.charter.id}/{w}" if w in known else w for w in words)


def _acts(law: Law, remark: Remark) -> Either:
    return Either(f"{law.charter.id}.{name}" for name in remark.fault.names)


def _unknown(law: Law, remark: Remark, what: Row) -> Said:
    near = law.nearest(what.act)
    if near is None:
        return say(
            "{charter} has no act {words}", charter=law.charter.id, words=what.act
        )
    return say(
        "{charter} has no act {words}; the nearest name is {near_words}",
        charter=law.charter.id,
        words=what.act,
        near_words=near,
    )


def _no_provision(law: Law, remark: Remark, what: Row) -> Said:
    return say(
        "no provision of {charter} on {day} knows the act {words}",
        charter=law.charter.id,
        day=str(day_of(remark.at or 0, law.charter.zone)),
        words=remark.act,
    )


def _no_matter(law: Law, remark: Remark, what: Row) -> Said:
    kind = remark.fault.names[0]
    return say(
        "nothing in this case began a matter of the kind {kind_code}", kind_code=kind
    )


def _no_power(law: Law, remark: Remark, what: Row) -> Said:
    if remark.fault.names:
        may = _named(law, remark.fault.names)
        actor = what.actor or "nobody named"
        return say("{actor} may not; {other_actor} may", actor=actor, other_actor=may)
    return say(
        "{actor} is not a party to {article}",
        actor=member_of(what) or what.actor or "nobody named",
        article=remark.fault.articles,
    )


def _wrong_addressee(law: Law, remark: Remark, what: Row) -> Said:
    return say(
        "addressed to {actor}; {other_actor} is meant",
        actor=Either(what.to),
        other_actor=_named(law, remark.fault.names),
    )


def _too_early(law: Law, remark: Remark, what: Row) -> Said:
    if remark.fault.names == ("time",):
        return say("time does this on its day, and that had not come")
    acts = _acts(law, remark)
    if remark.fault.number:
        number = remark.fault.number
        return say(
            "{act} must have been done by {number_code} of the members before",
            act=acts,
            number_code=number,
        )
    return say("the log shows no {act} before", act=acts)


def _too_late(law: Law, remark: Remark, what: Row) -> Said:
    return say("{act} was done before", act=_acts(law, remark))


def _not_open(law: Law, remark: Remark, what: Row) -> Said:
    return say("the log shows no {act} in force", act=_acts(law, remark))


def _form(law: Law, remark: Remark, what: Row) -> Said:
    return say(
        "done in the form {code}; {other_code} is meant",
        code=what.form or "",
        other_code=Either(remark.fault.names),
    )


def _late(law: Law, remark: Remark, what: Row) -> Said:
    return say(
        "owed by {at} because of {act}",
        at=show(remark.due or 0),
        act=_acts(law, remark),
    )


def _never_met(law: Law, remark: Remark, what: Row) -> Said:
    because = _acts(law, remark)
    if remark.is_each:
        return say(
            "owed because of {act}; of those bound, {n} never did it",
            act=because,
            n=remark.left,
        )
    if remark.due is None:
        return say("owed because of {act}, and never done", act=because)
    return say(
        "owed by {at} because of {act}, and never done",
        at=show(remark.due),
        act=because,
    )


def _too_much(law: Law, remark: Remark, what: Row) -> Said:
    return say("more stands open at this row than is kept apart")


SENTENCES: Mapping[str, Callable[[Law, Remark, Row], Said]] = {
    "unknown act": _unknown,
    "no provision": _no_provision,
    "no such matter": _no_matter,
    "no power": _no_power,
    "wrong addressee": _wrong_addressee,
    "too early": _too_early,
    "too late": _too_late,
    "not open": _not_open,
    "form": _form,
    "late": _late,
    "never met": _never_met,
    "too much": _too_much,
}
"""Every kind of fault, and what says it in words."""
