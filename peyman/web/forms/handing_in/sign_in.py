"""The form of signing in: Django's own, with a delay against guessing."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyman.web import demo
from peyman.web.entrance import guessing
from peyman.web.entrance.access import is_near


class SignInForm(AuthenticationForm):
    """A name and a password."""

    def clean(self) -> dict[str, Any]:
        """Whether the two belong together; asked a few times at once, then with a delay."""
        name, password = map(self.cleaned_data.get, ("username", "password"))
        if not name or not password:
            return super().clean()
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        if left := guessing.count_try(address, name):
            raise ValidationError(
                ngettext(
                    "There were many tries for this name from your address. Wait %(n)s"
                    " second, then try again. Whoever comes from elsewhere need not wait.",
                    "There were many tries for this name from your address. Wait %(n)s"
                    " seconds, then try again. Whoever comes from elsewhere need not wait.",
                    left,
                )
                % {"n": left},
                code="wait",
            )
        said = super().clean()
        guessing.forget(address, name)
        return said

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Whether an account whose password is right may come in from there."""
        super().confirm_login_allowed(user)  # type: ignore[arg-type]
        if demo.is_of(user) and (self.request is None or not is_near(self.request)):
            raise ValidationError(
                _(
                    "This account is of the demonstration, whose password is printed. Use"
                    " it on the machine that serves it, at 127.0.0.1; elsewhere sign in"
                    " with an account of your own."
                ),
                code="from afar",
            )
