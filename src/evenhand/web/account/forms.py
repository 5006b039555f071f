"""The sign-in forms in the words of the house."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

from evenhand.web.fields import Look
from evenhand.web.words import Words


class _Wording(NamedTuple):
    label: Words
    missing: Words = ""
    look: Look = {}


class _InOurWords:
    """Gives the fields of an allauth form their labels, errors and looks."""

    fields: Mapping[str, Any]
    wording: Mapping[str, _Wording]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.wording.items():
            field = self.fields[name]
            field.label, field.look, field.help_text = words.label, words.look, ""
            if words.missing:
                field.error_messages["required"] = words.missing


_CODE = _Wording(
    _("Code"),
    _("Enter the code"),
    {
        "hint": _("The 6 numbers that your authenticator app shows, or a recovery code"),
        "width": 10,
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "spellcheck": False,
    },
)
_KEY_NAME = _Wording(_("Name of the key"), _("Enter a name for the key"), {"width": 20})
_PASSWORD = _Wording(_("Password"), _("Enter your password"), {"width": "two-thirds"})


class SignInForm(_InOurWords, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """User name and password."""

    wording = {
        "login": _Wording(
            _("User name"),
            _("Enter your user name"),
            {"width": "two-thirds", "autocomplete": "username", "spellcheck": False},
        ),
        "password": _PASSWORD,
    }


class NewPasswordForm(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The password now and the new one twice."""

    wording = {
        "oldpassword": _Wording(
            _("Password now"), _("Enter the password you use now"), {"width": "two-thirds"}
        ),
        "password1": _Wording(
            _("New password"),
            _("Enter a new password"),
            {
                "hint": _("At least 12 characters and not a common password"),
                "width": "two-thirds",
                "autocomplete": "new-password",
            },
        ),
        "password2": _Wording(
            _("New password again"),
            _("Enter the new password again"),
            {"width": "two-thirds", "autocomplete": "new-password"},
        ),
    }


class PasswordAgainForm(_InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, to confirm who it is."""

    wording = {"password": _PASSWORD}


class CodeForm(_InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """A code, as the second step of signing in."""

    wording = {"code": _CODE}


class CodeAgainForm(_InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code, to confirm who it is."""

    wording = {"code": _CODE}


class NewAppForm(_InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    wording = {
        "code": _CODE._replace(look={**_CODE.look, "hint": _("The 6 numbers that the app shows")})
    }


class NewKeyForm(_InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A new key and whether it shall sign in without a password."""

    wording = {
        "name": _KEY_NAME,
        "passwordless": _Wording(
            _("Sign in with this key alone"),
            look={
                "hint": _("No password is asked; the key asks for a PIN, a finger or a face itself")
            },
        ),
    }


class KeyNameForm(_InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    """A new name for a key."""

    wording = {"name": _KEY_NAME}
