"""What a charter asks and a log cannot tell, so that an audit leaves it out, and says so.

Source: docs/audit.md, section 4.
"""

from collections.abc import Iterator

from peyman.charter.model import Act, Charter
from peyman.saying import Said, say


def unjudged(charter: Charter) -> tuple[Said, ...]:
    """What is left out of an audit against this charter, a sentence each."""
    return tuple(_unjudged(charter))


def _unjudged(charter: Charter) -> Iterator[Said]:
    acts = [
        act
        for text in charter.versions
        for forms in text.acts.values()
        for act in forms.values()
    ]
    if any(act.decide for act in acts):
        yield say("votes: a decision counts as carried, as the log announces it")
    if any(act.on or act.art for act in acts):
        yield say("grounds and basis: a log does not say on what an act rests")
    if any(set(act.fixes) - {"basis"} or act.agrees or act.at_most for act in acts):
        yield say("what an act must state, repeat, or keep within a bound")
    if any(text.limits for text in charter.versions):
        yield say("what a higher norm asks")
    if any(_has_a_fact(act) for act in acts):
        yield say("days that an act states, where the log has no column for them")
    if charter.unsure:
        yield say("changes of the text on a day that is not known")
    if charter.notice == "received":
        yield say("when a notice was received: it counts from when it was sent")
    yield say("who is suspended, and who holds an office: that is in the register")


def _has_a_fact(act: Act) -> bool:
    spans = [*act.lapse.values(), act.lasts]
    return any(isinstance(span, str) and span in act.fixes for span in spans)
