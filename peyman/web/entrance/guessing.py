"""A delay against guessing passwords: for one name from one address, and nobody else.

After a few tries each further one has to wait, at most a minute. A try from another address
does not wait, so that nobody who guesses keeps a delegate out. Kept is a digest of the two,
not the address and not what was typed as a name. Why: docs/decisions/0010-sign-in.md.
"""

import time
import unicodedata
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import transaction
from django.utils.crypto import salted_hmac

from peyman.web.models import SignInTry

FREE = 5
"""Tries that need not wait."""

LONGEST_S = 60
"""The longest that one has to wait, in seconds."""

FORGOTTEN_S = 3600
"""After how many seconds without a try the tries are forgotten."""

_NETWORK = 64
"""Bits of an IPv6 address that one subscriber has: the rest is theirs to choose."""


def wait_s(tries: int) -> int:
    """How long after so many tries the next has to wait, in seconds.

    >>> [wait_s(n) for n in (0, 4, 5, 6, 7, 20)]
    [0, 0, 2, 4, 8, 60]
    """
    # The exponent is bounded, or a patient guesser would make it a long sum.
    return 0 if tries < FREE else min(2 ** min(tries - FREE + 1, 10), LONGEST_S)


@transaction.atomic
def count_try(address: str, name: str) -> int:
    """Count a try before its password is looked at; give the seconds it has to wait.

    A try that has to wait is not counted. Counted first, so that many at once are many.
    """
    now = int(time.time())
    SignInTry.objects.filter(last__lt=now - FORGOTTEN_S).delete()
    one, _ = SignInTry.objects.select_for_update().get_or_create(
        who=_who(address, name), defaults={"tries": 0, "last": now}
    )
    # A clock that was set back keeps nobody out.
    left = one.last + wait_s(one.tries) - now if one.last <= now else 0
    if left > 0:
        return left
    SignInTry.objects.filter(pk=one.pk).update(tries=one.tries + 1, last=now)
    return 0


def forget(address: str, name: str) -> None:
    """Forget the tries for a name from an address: the password was right."""
    SignInTry.objects.filter(who=_who(address, name)).delete()


def _who(address: str, name: str) -> str:
    said = f"{_subscriber(address)} {unicodedata.normalize('NFKC', name).casefold()}"
    return salted_hmac(
        "peyman.web.entrance.guessing", said, algorithm="sha256"
    ).hexdigest()


def _subscriber(address: str) -> str:
    """An address; of IPv6 the network that one subscriber is given.

    >>> _subscriber("192.0.2.7"), _subscriber("2001:db8::1:2:3:4")
    ('192.0.2.7', '2001:db8::/64')
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(ip_network((known.packed, _NETWORK), strict=False))
