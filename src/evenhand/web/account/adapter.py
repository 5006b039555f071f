"""Accounts of officers: opened by the desk's administrator, never by a stranger or by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.web.notices import Notice, bare_page


class OfficerAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up, no mail; errors in the words of the house."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed; ask your administrator"),
        "enter_current_password": gettext_lazy("Enter the password you use now"),
        "incorrect_password": gettext_lazy("The password is not right; try again"),
        "too_many_login_attempts": gettext_lazy("Too many attempts; try again in a minute"),
        "username_password_mismatch": gettext_lazy(
            "The user name or the password is not right; try again"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone."""
        return False

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
    sentence = _("Too many requests came from where you are.")
    return _later(request, sentence, _("Wait a minute and try again."), seconds=60)


def _later(request: HttpRequest, sentence: str, do: str, *, seconds: int) -> HttpResponse:
    answer = bare_page(request, Notice(429, _("Too many attempts"), (sentence, do)))
    answer["Retry-After"] = str(seconds)
    return answer
