"""What the words of the charter language are called on a page, for the catalogues."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHO: Mapping[str, str | Promise] = {
    "member": _("any member"),
    "each member": _("every member, for itself"),
    "another member": _("a member other than the one concerned"),
    "each other member": _("every other member, for itself"),
    "subject": _("the member concerned"),
    "time": _("time"),
    "outside": _("somebody outside"),
}
"""Words of `by` that name no office."""

ACT: Mapping[str, str | Promise] = {
    "form": _("In the form"),
    "by": _("Who may"),
    "decide": _("By a vote"),
    "to": _("Addressed to"),
    "opens": _("Begins"),
    "after": _("Only after"),
    "while": _("Only while in force"),
    "before": _("Only before"),
    "on": _("Grounds that it may name"),
    "fixes": _("Must state"),
    "implies": _("Holds where it is silent"),
    "at_most": _("At most"),
    "agrees": _("Should repeat"),
    "mandate": _("Sets up a mandate"),
    "deed": _("Is a deed: it has effect even if unlawful"),
    "binds": _("Whom it binds"),
    "void": _("Has no effect with a defect of"),
    "duty": _("Owed from then on"),
    "every": _("Owed again and again"),
    "lapse": _("Time then does"),
    "lasts": _("Lasts"),
    "undo": _("Owed where it stands without a footing"),
    "ends": _("Ends"),
    "amends": _("Changes"),
    "waive": _("Does away with the duty of"),
    "joins": _("Makes a party to"),
    "leaves": _("Leaves"),
    "known": _("Meant so, because"),
}
"""Words of an act, in the order in which they are told."""

OTHER: Mapping[str, str | Promise] = {
    "organ": _("Who decides"),
    "carry": _("What carries a decision"),
    "of": _("Of whom"),
    "quorum": _("Who must be present"),
    "veto": _("Whose no defeats it"),
    "except": _("Without a vote"),
    "else": _("Failing that"),
    "modes": _("Ways of meeting"),
    "binds": _("Whom it binds"),
    "sits": _("Who sits there"),
    "without": _("Without a seat"),
    "seat": _("Who sits for a member"),
    "chair": _("Led by"),
    "secretary": _("Papers kept by"),
    "outside": _("Belongs to another organization"),
    "held_by": _("Held by"),
    "word_of": _("Whose word decides"),
    "elements": _("What a claim must speak to"),
    "acts": _("Acts that it limits"),
    "disputed": _("Readings held against each other"),
}
"""Words of every other table."""
