"""The door of a closed desk: it says so, takes nothing in, and loses nothing that was typed."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.opening import Remains, is_closed, what_remains
from evenhand.rules.officers import Officer, Permission, may
from evenhand.web import times
from evenhand.web.drafting import words_to_copy
from evenhand.web.notices import Notice, page

LATER_SECONDS = "600"
STILL_ANSWERED = (
    "/account/",
    "/api/",
    "/health/",
    "/log/",
    "/opening/",
    "/oversight/",
    "/platform/",
    "/public/accessibility",
    "/public/contact",
    "/public/language",
    "/.well-known/",
)
"""What holds no casework: signing in, the log, opening the desk. The APIs say their own no."""
WHERE_THINGS_END = frozenset(
    {
        "platforms",
        "platform",
        "platform_tokens",
        "end_platform_token",
        "sign_off",
        "end_sign_off",
        "take_back_link",
    }
)
"""The pages where an officer ends again what was ended since the backup, and the way there."""


class ClosedDesk:
    """Answers for every page of casework while a restored desk is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _named: dict[str, Any]
    ) -> HttpResponse | None:
        """Say that the desk is closed, in place of a page."""
        if request.path.startswith(STILL_ANSWERED) or _is_for_ending(request) or not is_closed():
            return None
        return _closed(request)


def _is_for_ending(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and found.url_name in WHERE_THINGS_END


def _closed(request: HttpRequest) -> HttpResponse:
    officer: Officer | None = getattr(request, "officer", None)
    remains = what_remains() if officer else None
    sent = request.method == "POST"
    notice = Notice(
        503,
        _("This desk is not open yet"),
        list(_lines(remains, sent=sent)),
        written=words_to_copy(request) if sent else (),
        ways=_ways(officer) if officer else (),
    )
    response = page(request, notice)
    response["Retry-After"] = LATER_SECONDS
    return response


def _lines(remains: Remains | None, *, sent: bool) -> Iterator[str]:
    yield _("It was restored from a backup, and two people check it before it is used again.")
    if sent:
        yield _("What you sent just now was not kept.")
    if remains is not None:
        yield from _still_to_do(remains)
        return
    yield _(
        "Nothing can be sent to it until then. Please come back later, or write to %(mail)s."
    ) % {"mail": settings.DESK.contact_email}
    yield _("If somebody is in danger now, ring 999.")


def _still_to_do(remains: Remains) -> Iterator[str]:
    restored = {"moment": times.moment(remains.restored_at)}
    yield _("Restored %(moment)s. What remains to be done:") % restored
    if not remains.is_compared:
        yield _("An administrator compares casework with the log.")
    if remains.proposed is None:
        yield _("An administrator proposes to open the desk.")
    yield _("The data protection officer attests. Then it is open.")


def _ways(officer: Officer) -> list[tuple[str, str]]:
    opening = (Permission.PROPOSE_OPENING, Permission.ATTEST_OPENING)
    ending = (Permission.EDIT_PLATFORM, Permission.SIGN_OFF_PLATFORM)
    ways = []
    if any(may(officer, it) for it in opening):
        ways.append((_("See what was restored"), reverse("opening")))
    if any(may(officer, it) for it in ending):
        ways.append((_("End a platform’s tokens and sign-offs"), reverse("platforms")))
    return ways
