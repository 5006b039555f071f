"""Accounts of officers: opened by the desk's administrator, never by a stranger or by mail."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.web.notices import Notice, bare_page
from evenhand.web.words import Words

_WRONG_CODE = gettext_lazy("The code is not right; try again")
_WEAK: Mapping[str, Words] = {
    "password_too_short": gettext_lazy("The new password must have at least 12 characters"),
    "password_too_common": gettext_lazy("The new password must not be a common password"),
    "password_too_similar": gettext_lazy("The new password must not be like your user name"),
}


class OfficerFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors; errors in the words of the house."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}


class OfficerAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up, no mail; errors in the words of the house."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed; ask your administrator"),
        "enter_current_password": gettext_lazy("The password you use now is not right; try again"),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": gettext_lazy("The password is not right; try again"),
        "too_many_login_attempts": gettext_lazy("Too many attempts; try again in a minute"),
        "username_password_mismatch": gettext_lazy(
            "The user name or the password is not right; try again"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone."""
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Say in our words what is wrong with a new password, one thing after the other."""
        try:
            cleaned: str = super().clean_password(password, user)
        except ValidationError as error:
            found = [_WEAK[code] for it in error.error_list if (code := it.code or "") in _WEAK]
            raise ValidationError(found) if found else error from None
        return cleaned

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: accounts have no address."""

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Send nothing: accounts have no address."""


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Give the user name that attempts are counted by: however it is written, it is one account."""
    tried = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(tried).strip().casefold()


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a sign-in after too many wrong passwords for one user name."""
    sentence = _("There were too many attempts, so this user name is closed for 15 minutes.")
    do = _("Wait 15 minutes and try again. If these were not you, tell your administrator.")
    return _later(request, sentence, do, seconds=900)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer whoever asks too often (handler429)."""
    sentence = _("There were too many attempts in a short time.")
    return _later(request, sentence, _("Wait a minute and try again."), seconds=60)


def _later(request: HttpRequest, sentence: str, do: str, *, seconds: int) -> HttpResponse:
    answer = bare_page(request, Notice(429, _("Too many attempts"), (sentence, do)))
    answer["Retry-After"] = str(seconds)
    return answer
