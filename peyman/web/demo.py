"""What comes with Peyman: the worked cases, and a live case to try out, with its accounts.

Worked cases are taken in bit for bit, as they stand in the library. The demonstration is a
case like any other, kept live, with an account for each member, the secretary and an
analyst. Its password is printed, so it is served on the loopback only: `peyman serve` and
the ASGI application refuse to start elsewhere, and signing in refuses who comes from afar.
"""

import base64
import time
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from peyman.case.entering.draft import Draft
from peyman.case.load import load
from peyman.case.making.founding import Founding
from peyman.case.making.workshop import Workshop
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger import Key, Settings, build_log, read_case_file
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.settings import LIVE, RECONSTRUCTED
from peyman.ledger.witnesses.heads import LostEntries
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import record
from peyman.web.records.keys import kept_of, key_of
from peyman.web.surroundings import LOOPBACK

Role = Membership.Role

ORIGIN = "demo.live/request-for-help"
SLUG = "live"
REGISTRAR = "peyman/registrar"
_GROUP = "demonstration"
_TITLE = {
    "en": "Demonstration: a request for help",
    "fa": "نمایش: درخواست کمک",
    "ru": "Демонстрация: просьба о помощи",
}
_ZONE = "Asia/Almaty"
_CHARTERS = ("csto", "kazakhstan")
_MEMBERS = ("AM", "BY", "KG", "KZ", "RU", "TJ")
_PASSWORD_BYTES = 10


class Account(NamedTuple):
    """An account of the demonstration: what to sign in as, and whose part it plays."""

    name: str
    what: str
    role: Role
    office: str


ACCOUNTS = (
    *(
        Account(one.lower(), f"delegate of {one}", Role.DELEGATE, one)
        for one in _MEMBERS
    ),
    Account("secretary", "secretary", Role.SECRETARY, "csto/secretary_general"),
    Account("analyst", "analyst", Role.ANALYST, REGISTRAR),
)


def load_worked_cases() -> None:
    """Take in every built case of the library as it is there now, registers too.

    Nobody enters into a worked case: one that the library has anew takes the old one's place.
    """
    heads = dict(CaseRecord.objects.values_list("slug", "checkpoint"))
    for head in sorted((settings.LIBRARY / "cases").glob("*/checkpoint")):
        folder = head.parent
        known = heads.get(folder.name)
        if known is None or bytes(known) != head.read_bytes():
            with transaction.atomic():
                _worked(folder.name).delete()
                record.take_in(read_case_file(folder), folder.name, is_public=True)


def _worked(slug: str) -> QuerySet[CaseRecord]:
    """A case made from reports, which is read here and not kept."""
    return CaseRecord.objects.filter(slug=slug, row__kept=RECONSTRUCTED)


@transaction.atomic
def make() -> tuple[Account, ...]:
    """Make the live case and its accounts, where they are not here yet."""
    case = CaseRecord.objects.filter(origin=ORIGIN).first() or _found()
    group, _ = Group.objects.get_or_create(name=_GROUP)
    one = User.objects.filter(username=ACCOUNTS[-1].name, groups=group).first()
    if one is None or not one.check_password(password()):
        # One hash for all: what is printed is one password, and hashing is slow.
        hashed = make_password(password())
        for account in ACCOUNTS:
            _make_account(account, case, group, hashed)
    return ACCOUNTS


def is_here() -> bool:
    """Whether this database has accounts whose password is printed."""
    return User.objects.filter(groups__name=_GROUP).exists()


def is_of(user: AbstractBaseUser) -> bool:
    """Whether an account is one whose password is printed."""
    return User.objects.filter(pk=user.pk, groups__name=_GROUP).exists()


def is_named_beyond() -> bool:
    """Whether this server answers to names that others may reach."""
    return not set(settings.ALLOWED_HOSTS) <= set(LOOPBACK)


def names() -> str:
    """The names under which this server answers."""
    return ", ".join(settings.ALLOWED_HOSTS)


def refuse_beyond(where: str, *, wanted: bool = False) -> None:
    """Refuse to serve accounts with a printed password to other machines.

    Args:
        where: On what address, and under which names, is to be served.
        wanted: Whether a demonstration is to be made.

    Raises:
        PeymanError: If it is, or one is in the database.
    """
    if wanted or is_here():
        raise PeymanError(
            f"Demonstration accounts are not served on {where}.",
            authority="their password is printed, so whoever reaches them can sign",
            remedy=(
                "Serve on 127.0.0.1 without PEYMAN_HOSTS; or, with another PEYMAN_HOME,"
                " with --no-demo."
            ),
        )


def password() -> str:
    """The password of the demonstration: of this installation, the same at every start."""
    made = salted_hmac("peyman demonstration", "password", algorithm="sha256").digest()
    text = base64.b32encode(made[:_PASSWORD_BYTES]).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _make_account(
    account: Account, case: CaseRecord, group: Group, hashed: str
) -> None:
    user, _ = User.objects.update_or_create(
        username=account.name, defaults={"password": hashed}
    )
    user.groups.add(group)
    Membership.objects.update_or_create(
        user=user,
        case=case,
        defaults={"role": account.role, "office": account.office},
    )


def _found() -> CaseRecord:
    """Open the live case: its charters with their registers, and a key for each office."""
    key = key_of(REGISTRAR, make=True)
    log_key = key_of(ORIGIN, make=True)
    shop = Workshop(_founding(key, log_key), key, record.nonce)
    now = int(time.time())
    shop.open(now, None)
    for account in ACCOUNTS:
        if account.office != REGISTRAR:
            shop.enter(account.office, _key_entry(account.office, now), now, None)
    made = build_log(shop.files, shop.entries, log_key, name=SLUG, guard=_look)
    return record.take_in(made, SLUG, is_public=True)


def _look(log: Log) -> None:
    """Refuse to begin the demonstration again where this machine has seen it before."""
    try:
        kept_of(ORIGIN).check(log)
    except LostEntries as error:
        raise PeymanError(
            f"{error.problem} The demonstration would begin again: a second log of one"
            " name, by one key.",
            authority=error.authority,
            remedy=(
                f"Restore it from a backup: peyman restore BACKUP --database {SLUG}. Or"
                " begin anew with another PEYMAN_HOME, or go without: --no-demo."
            ),
        ) from error


def _founding(key: Key, log_key: Key) -> Founding:
    library = settings.LIBRARY
    charters = {
        one: (library / "charters" / f"{one}.toml").read_bytes() for one in _CHARTERS
    }
    registers = {
        one: load(read_case_file(library / "cases" / f"{one}-register"))
        for one in _CHARTERS
    }
    said = Settings(
        origin=ORIGIN,
        title=_TITLE,
        zone=_ZONE,
        kept=LIVE,
        log_key=log_key.public,
        registrar=REGISTRAR,
        charters=_CHARTERS,
    )
    return Founding(said, charters, registers, key.public)


def _key_entry(office: str, now: int) -> Draft:
    public = key_of(office, make=True).public
    body: dict[str, object] = {
        "do": "add",
        "office": office,
        "key": public.fingerprint,
        "public": public.text,
        "alg": "ed25519",
        "held_by": REGISTRAR,
    }
    return Draft("key", "documented", show(now), None, (), body)
