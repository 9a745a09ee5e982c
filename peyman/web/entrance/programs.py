"""How a program signs in: with the name and the password of an account (HTTP Basic).

Tries are counted as on the page where people sign in, and an account of the demonstration
is known only to who comes from this machine.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, JsonResponse

from peyman.errors import PeymanError
from peyman.saying import say
from peyman.web import demo
from peyman.web.entrance import guessing
from peyman.web.entrance.access import is_near

_SIGN_IN = {"WWW-Authenticate": 'Basic realm="Peyman", charset="UTF-8"'}
_P = ParamSpec("_P")


class NotSignedInError(Exception):
    """Nobody is named, or not with the right password.

    Attributes:
        problem: What is told to who asked.
    """

    def __init__(self, problem: PeymanError) -> None:
        super().__init__(str(problem))
        self.problem = problem


def who(request: HttpRequest) -> AbstractBaseUser:
    """Whose account a request names, with its password.

    Raises:
        NotSignedInError: If it names none, or the password is wrong.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise _not_signed_in(say("A name and a password are needed."))
    try:
        given = base64.b64decode(secret, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise _not_signed_in(say("The name and password cannot be read.")) from None
    name, _, password = given.partition(":")
    address = request.META.get("REMOTE_ADDR", "")
    if left := guessing.count_try(address, name):
        raise _not_signed_in(say("Too many tries for this name: wait {n} s.", n=left))
    user = authenticate(request, username=name, password=password)
    if user is None or (demo.is_of(user) and not is_near(request)):
        raise _not_signed_in(say("Name and password do not belong together here."))
    guessing.forget(address, name)
    return user


def _not_signed_in(problem: str) -> NotSignedInError:
    return NotSignedInError(
        PeymanError(
            problem,
            authority=say("An entry is taken in from an account of its office."),
            remedy=say("Send the name and the password of your account (HTTP Basic)."),
        )
    )


def refused(
    error: PeymanError, status: int, headers: dict[str, str] | None = None
) -> JsonResponse:
    """Answer a program in the words of an error."""
    told = {
        "problem": error.problem,
        "authority": error.authority,
        "remedy": error.remedy,
    }
    return JsonResponse(told, status=status, headers=headers)


def unknown(error: NotSignedInError) -> JsonResponse:
    """Answer a program that is not signed in."""
    return refused(error.problem, 401, _SIGN_IN)


def read_as(
    view: Callable[Concatenate[HttpRequest, _P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponse]:
    """Let a program read a page as the account that it names; a visitor names none.

    For pages that change nothing.
    """

    @wraps(view)
    def read(
        request: HttpRequest, /, *args: _P.args, **more: _P.kwargs
    ) -> HttpResponse:
        if "Authorization" in request.headers:
            try:
                request.user = who(request)  # type: ignore[assignment]
            except NotSignedInError as error:
                return unknown(error)
        return view(request, *args, **more)

    return read
