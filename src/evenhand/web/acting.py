"""Who acts, and when: the only clock of the pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from evenhand.queries.officers import AtTheDoor
from evenhand.rules.officers import Acting, NotSignedIn, Officer, OfficerRetired
from evenhand.rules.public_doors import PROGRAMS
from evenhand.rules.words import words

SIGNED_IN_AT = "signed_in_at"
USED_AT = "used_at"
ONE_USE = 60
"""Seconds within which the use of a session is kept once: a page is not slowed by each."""
WITHOUT_IT = ("/account/", "/public/", "/log/", "/static/", "/health/")
"""Where an officer without a second factor may still go, to set one up or to leave."""


class OfficerAtTheDoor:
    """Puts the signed-in officer on the request, or None. Roles are read anew at each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look the officer up and pass the request on."""
        found: AtTheDoor | None = None
        if _has_lasted_too_long(request):
            logout(request)
        if request.user.is_authenticated and not request.path.startswith(PROGRAMS):
            _keep_use(request)
            found = getattr(request.user, "at_the_door", None)
        officer = found.officer if found else None
        request.officer = officer  # type: ignore[attr-defined]
        request.preferences = found.preferences if found else None  # type: ignore[attr-defined]
        if officer and _second_factor_is_missing(request):
            messages.warning(request, _("Set up a second factor before you go on."))
            return redirect("mfa_index")
        return self.get_response(request)


def _has_lasted_too_long(request: HttpRequest) -> bool:
    """Say whether this sign-in is older than the longest that the desk's profile allows."""
    if not request.user.is_authenticated:
        return False
    now = datetime.now(UTC).timestamp()
    since: float = request.session.setdefault(SIGNED_IN_AT, now)
    return now - since > settings.DESK.session_hours * 3600


def _keep_use(request: HttpRequest) -> None:
    """Lengthen the session, and keep when and where it was used last."""
    now = datetime.now(UTC).timestamp()
    if now - request.session.get(USED_AT, 0) >= ONE_USE:
        request.session[USED_AT] = now
        UserSession.objects.create_from_request(request)


def _second_factor_is_missing(request: HttpRequest) -> bool:
    """Say whether the desk's profile asks for a second factor that this account lacks."""
    needed = settings.DESK.second_factor_required and not request.path.startswith(WITHOUT_IT)
    return needed and not is_mfa_enabled(request.user)


def officer_of(request: HttpRequest) -> Officer:
    """Give the officer who asks. Raises NotSignedIn, OfficerRetired."""
    officer: Officer | None = getattr(request, "officer", None)
    if officer is not None:
        return officer
    if request.user.is_authenticated:
        raise OfficerRetired(
            words("Your account is not an officer of this desk."),
            do=words("Ask the desk’s administrator."),
        )
    raise NotSignedIn(words("You are not signed in."), do=words("Sign in."))


def acting(request: HttpRequest) -> Acting:
    """Say who acts, when and in which request. Raises NotSignedIn, OfficerRetired."""
    return Acting(officer=officer_of(request), at=datetime.now(UTC), request=uuid4())
