"""Who may see a case, and who may act in it: the one place where that is asked.

A case that one may not see answers like one that is not there. What is public is what the
server was told is public: the worked cases, which are made from public reports.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from peyman.ledger.files.settings import LIVE
from peyman.web.models import CaseRecord, Membership
from peyman.web.surroundings import is_loopback

User = AbstractBaseUser | AnonymousUser


def cases_of(user: User) -> QuerySet[CaseRecord]:
    """The cases that somebody may see, with their rows."""
    seen = Q(is_public=True)
    if user.is_authenticated:
        seen |= Q(memberships__user=user.pk)
    return CaseRecord.objects.filter(seen).select_related("row").distinct()


def is_near(request: HttpRequest) -> bool:
    """Whether a request comes from this machine itself, and was handed on by nobody."""
    handed_on = request.headers.keys() & {
        "Forwarded",
        "X-Forwarded-For",
        "X-Real-Ip",
        "Via",
    }
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and not handed_on


def case_or_404(request: HttpRequest, slug: str) -> CaseRecord:
    """The case of that name, if it is there and the one who asks may see it.

    Raises:
        Http404: If either is not so; nothing says which.
    """
    record = cases_of(request.user).filter(slug=slug).first()
    if record is None:
        raise Http404
    return record


def membership_of(user: User, record: CaseRecord) -> Membership | None:
    """What somebody is in a case; None for a visitor."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(user=user.pk, case=record).first()


def may_act(user: User, record: CaseRecord) -> Membership | None:
    """In what role somebody may enter into a case; None where nothing may be entered.

    A case that was reconstructed from reports is only read here.
    """
    if record.row.kept != LIVE:
        return None
    return membership_of(user, record)


KINDS = {
    Membership.Role.DELEGATE: frozenset({"act", "ballot", "pledge", "note", "correct"}),
    Membership.Role.SECRETARY: frozenset({"act", "note", "requirement", "correct"}),
    Membership.Role.ANALYST: frozenset(
        {
            "source",
            "claim",
            "grade",
            "status",
            "act",
            "measure",
            "pledge",
            "serial",
            "strength",
            "requirement",
            "note",
            "correct",
        }
    ),
}
"""Kinds of entries that each role may enter; each corrects what its own office entered."""


def may_enter(membership: Membership | None, kind: str) -> bool:
    """Whether somebody in that role may enter an entry of that kind."""
    if membership is None:
        return False
    return kind in KINDS[Membership.Role(membership.role)]


SIGNED = frozenset({"key", "erase", "release"})
"""Kinds that any office may hand in signed: whether it may, the record itself says."""


def may_submit(membership: Membership, kind: str) -> bool:
    """Whether somebody in that role may hand in an entry of that kind, signed elsewhere."""
    return kind in SIGNED or may_enter(membership, kind)
