"""One no for all: every refusal and every fault becomes a page that says what to do next."""

import logging
import sys
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.rules.intake import NotPublic
from evenhand.rules.officers import Officer
from evenhand.rules.public_doors import PROGRAMS
from evenhand.rules.refusals import Kind, Refused
from evenhand.web.attempts import attempted
from evenhand.web.drafting import kept_for_later, kept_for_now, words_to_copy
from evenhand.web.notices import Notice, bare_page, page
from evenhand.web.words import Said

logger = logging.getLogger(__name__)

STATUS = {
    Kind.INVALID: 422,
    Kind.CONFLICT: 409,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.NOT_SIGNED_IN: 403,
    Kind.MALFORMED: 400,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}
TRY_AGAIN_SECONDS = "10"


class OneNoForAll:
    """Turns what a page raises into a page. The APIs say their own no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on. What only a button may send says so where it is merely opened."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not request.path.startswith(PROGRAMS):
            return _only_by_a_button(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal or a missing database; leave the rest to the handlers below."""
        if request.path.startswith(PROGRAMS):
            return None
        return _answer(request, error)


def _answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    match error:
        case Refused():
            attempted(request, error)
            return refused_page(request, error)
        case OperationalError() | InterfaceError():
            logger.warning("%s on %s %s", type(error).__name__, request.method, request.path)
            return _unavailable(request)
        case _:
            return None


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say no: every refusal of the act with what to do, its rule and clause."""
    if refused.kind is Kind.NOT_SIGNED_IN:
        return _signed_out(request)
    titles = {
        Kind.INVALID: _("This cannot be done"),
        Kind.CONFLICT: _("This changed in the meantime"),
        Kind.FORBIDDEN: _("You may not do this"),
        Kind.NOT_FOUND: _("Page not found"),
        Kind.MALFORMED: _("The request cannot be read"),
        Kind.TOO_MANY: _("Too many attempts"),
        Kind.UNAVAILABLE: _("Try again in a moment"),
    }
    notice = Notice(
        STATUS[refused.kind],
        titles[refused.kind],
        refusals=[Said(one) for one in refused.every],
        ways=_ways_on(refused),
    )
    if refused.kind is Kind.UNAVAILABLE:
        return _later(bare_page(request, notice))
    return page(request, notice)


def _ways_on(refused: Refused) -> list[tuple[str, str]]:
    """Give ways on from a page that keeps nothing: what was entered is gone, and may not come back.

    From every other refusal the form or the frame of the page leads on.
    """
    if not isinstance(refused, NotPublic):
        return []
    return [
        (_("How this desk looks at accounts"), reverse("looking")),
        (_("Log other content"), reverse("log_referral")),
        (_("Go to the worklist"), reverse("worklist")),
    ]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read (handler400)."""
    match exception:
        case RequestDataTooBig() | TooManyFieldsSent() | TooManyFilesSent():
            sentence = _("The form that was sent is too big. Nothing was saved.")
            do = _("Open the page again and enter less at a time.")
        case _:
            sentence = _("The request cannot be read. Nothing was saved.")
            do = _("Open the page again. If it fails again, tell whoever looks after this service.")
    return page(request, Notice(400, _("The request cannot be read"), (sentence, do)))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what this reader may not see (handler403)."""
    sentence = _("You may not see this page or do what you asked for.")
    do = _("If you need to, ask a colleague whose role allows it.")
    return page(request, Notice(403, _("You may not do this"), (sentence, do)))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere (handler404)."""
    typed = _("If you typed the address, check that it is correct.")
    pasted = _("If you pasted the address, check that you copied all of it.")
    gone = _("A record that was disposed of has no page any more.")
    return page(request, Notice(404, _("Page not found"), (typed, pasted, gone)))


def _only_by_a_button(request: HttpRequest, allowed: str) -> HttpResponse:
    here = _("A button leads to this address. Nothing was done now.")
    back = _("Go back to the page with the button and press it there.")
    title = _("This page cannot be opened by its address")
    answer = page(request, Notice(405, title, (here, back)))
    answer["Allow"] = allowed
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours (handler500). Django has logged its type and place."""
    answer = _answer(request, sys.exception())
    if answer is not None:
        return answer
    sentence = _("Something went wrong on our side. What you sent may not have been saved.")
    do = _("Look at the record before you send it again. The fault has been written down.")
    return bare_page(request, Notice(500, _("Sorry, there is a problem"), (sentence, do)))


def form_from_elsewhere(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that this site did not hand out, or handed out before the last sign-in.

    What the page had shown to this officer comes back with its answers, to be sent again.
    """
    officer: Officer | None = getattr(request, "officer", None)
    kept = kept_for_now(request, officer) if officer else None
    if kept:
        return redirect(kept)
    sentence = _(
        "We could not tell that this form came from this site. Nothing was saved. It happens when "
        "you signed in again, or out, after the form was opened."
    )
    do = _("Open the page again and send the form from there.")
    return page(request, Notice(403, _("Nothing was saved: send the form again"), (sentence, do)))


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Send a reader to sign in; the answers of somebody who sent a form are kept until then."""
    login = reverse("account_login")
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), login)
    kept = kept_for_later(request)
    if kept:
        return redirect_to_login(kept, login)
    sentence = _("You were signed out, so nothing was saved.")
    do = _("Sign in, open the page again and send the form from there.")
    notice = Notice(
        403,
        _("You are signed out"),
        (sentence, do),
        new_tab=(_("Sign in (opens in a new tab)"), login),
        written=words_to_copy(request),
    )
    return page(request, notice)


def _unavailable(request: HttpRequest) -> HttpResponse:
    sentence = _("Nothing was saved. The service cannot reach its database.")
    do = _(
        "Wait a moment, then reload this page. If your browser asks whether to send the form "
        "again, let it."
    )
    return _later(bare_page(request, Notice(503, _("Nothing was saved"), (sentence, do))))


def _later(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = TRY_AGAIN_SECONDS
    return response
