"""Whose key signs: every key of a case, who holds it, and a way to bring one's own.

An office without a key of its own is signed for by this server, and the page says so.
Whoever has one hands in here what it signed elsewhere.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import open_envelope
from peyman.ledger.signing.keyring import KeyLife, Keyring
from peyman.web.forms.handing_in.keys import EnvelopeForm, KeyForm, RevokeForm
from peyman.web.forms.parts.guard import kept
from peyman.web.models import Membership
from peyman.web.records import record
from peyman.web.records.store import DbStore
from peyman.web.views.base import CasePage, case_page


class KeyRow(NamedTuple):
    """One key of the record.

    Attributes:
        holder: `own`, `server`, `keeper`, or empty where the record does not say.
    """

    life: KeyLife
    holder: str

    @property
    def is_good(self) -> bool:
        """Whether it may sign now."""
        return self.life.last is None

    @property
    def entered_by(self) -> str:
        """The entry that entered it: `open`, or the one after which it may sign."""
        return f"e{max(self.life.first - 1, 0)}"

    @property
    def ended_by(self) -> str:
        """The entry that ended it, if one did."""
        return "" if self.life.last is None else f"e{self.life.last}"

    @property
    def contested_from(self) -> str:
        """The first entry that it should not have signed, if it was revoked."""
        return "" if self.life.since is None else f"e{self.life.since}"


@kept
@case_page
def keys(request: HttpRequest, page: CasePage) -> HttpResponse:
    """The keys of the case; its members bring their own, and hand in what they signed."""
    keyring = DbStore(page.record).log.keyring
    if request.method == "POST":
        return _take(request, page, keyring)
    return _show(page, keyring)


def _take(request: HttpRequest, page: CasePage, keyring: Keyring) -> HttpResponse:
    """Take in the one form that was sent.

    Raises:
        Http404: For who has no part in the case, or a form that is not here.
    """
    member, step = page.member, request.POST.get("step", "")
    forms_here = _forms(page, keyring, request, step)
    if step not in _STEPS or step not in forms_here:
        raise Http404
    form = forms_here[step]
    if not form.is_valid():
        return _show(page, keyring, forms_here, status=422)
    try:
        index = _STEPS[step](page.record.slug, member, form, keyring)
    except PeymanError as error:
        return _show(page, keyring, forms_here, error, 422)
    messages.success(request, _("It is entered."))
    return redirect("receipt", page.record.slug, index)


def _show(
    page: CasePage,
    keyring: Keyring,
    forms_here: dict[str, forms.Form] | None = None,
    error: PeymanError | None = None,
    status: int = 200,
) -> HttpResponse:
    if forms_here is None:
        forms_here = _forms(page, keyring) if page.membership else {}
    context = {
        "rows": [
            KeyRow(one, holder_of(one, page.case.registrar)) for one in keyring.lives
        ],
        "forms": forms_here,
        "form": next((one for one in forms_here.values() if one.is_bound), None),
        "error": error,
        "office": page.membership.office if page.membership else "",
    }
    return page.render("web/keys.html", context, status=status)


def holder_of(life: KeyLife, registrar: str) -> str:
    """Who holds a key, by the record: see `KeyRow`. The registrar is the keeper itself."""
    if life.office == registrar:
        return "keeper"
    if life.held_by is None:
        return ""
    return "own" if life.held_by == life.office else "server"


def is_signed_here(page: CasePage, entry: Entry) -> bool:
    """Whether an entry is signed with a key that the keeper holds for its office.

    By what the record says of the key; of a register's entry nothing is said here.
    """
    row = page.record.entries.filter(index=entry.index).first()
    if entry.log or row is None or row.envelope is None:
        return False
    key = open_envelope(bytes(row.envelope)).payload.signer.key
    entered = (one.body for one in page.case.entries if one.kind == "key")
    return any(
        one["key"] == key and one.get("held_by", one["office"]) != one["office"]
        for one in entered
    )


def _forms(
    page: CasePage, keyring: Keyring, request: HttpRequest | None = None, step: str = ""
) -> dict[str, forms.Form]:
    """The forms for one who acts here; the one that was sent is filled in."""
    office = page.member.office
    may_add = keyring.may_add(office)
    mine = [
        one
        for one in keyring.lives
        if one.since is None and (may_add or one.office == office)
    ]

    def sent(name: str) -> tuple[Any, ...]:
        return (request.POST, request.FILES) if request and step == name else ()

    return {
        "sign": EnvelopeForm(*sent("sign")),
        "key": KeyForm(*sent("key"), office=office, may_add=may_add),
        "revoke": RevokeForm(*sent("revoke"), lives=mine),
    }


def _hand_in(slug: str, member: Membership, form: forms.Form, _keyring: Keyring) -> int:
    data = form.cleaned_data["source"]
    files = None if data is None else {f"sources/{sha256(data).hexdigest()}": data}
    envelope = form.cleaned_data["envelope"]
    return record.submit(slug, envelope, member, files).receipt.index


def _enter_key(
    slug: str, member: Membership, form: forms.Form, keyring: Keyring
) -> int:
    """Enter a key: an office that has one goes over to the new, another gets its first."""
    public = form.cleaned_data["public"]
    office = form.cleaned_data.get("office", member.office)
    body: dict[str, object] = {
        "do": "rotate" if keyring.good(office) else "add",
        "office": office,
        "key": public.fingerprint,
        "public": public.text,
        "alg": "ed25519",
        "held_by": office,
    }
    return _enter(slug, member, body)


def _revoke(slug: str, member: Membership, form: forms.Form, keyring: Keyring) -> int:
    fingerprint = form.cleaned_data["key"]
    life = next(one for one in keyring.lives if one.key.fingerprint == fingerprint)
    body: dict[str, object] = {
        "do": "revoke",
        "office": life.office,
        "key": fingerprint,
        "alg": "ed25519",
        "since": form.cleaned_data["since"],
    }
    return _enter(slug, member, body)


def _enter(slug: str, member: Membership, body: dict[str, object]) -> int:
    draft = Draft("key", "performed", "unknown", None, (), body)
    return record.enter(slug, draft, member.office).receipt.index


_STEPS: dict[str, Callable[[str, Membership, forms.Form, Keyring], int]] = {
    "sign": _hand_in,
    "key": _enter_key,
    "revoke": _revoke,
}

routes = [path("cases/<slug:slug>/keys/", keys, name="keys")]
