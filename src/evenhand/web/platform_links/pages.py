"""A platform answers by the link of a notice."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import platform_links as answering
from evenhand.queries import platform_links
from evenhand.queries.platform_links import Opened
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.platform_links import Writing, not_waited_for
from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.refusals import Refused
from evenhand.web.doorway import STATUS
from evenhand.web.forms import HouseForm, add_refusals, offer_only
from evenhand.web.platform_links.forms import (
    AddressForm,
    DecidedForm,
    QuestionForm,
    ReceivedForm,
    ReviewForm,
    typed,
    words_of,
)
from evenhand.web.platform_links.present import about, given
from evenhand.web.referrals.histories import as_file

WRONG = 422
Asked = Callable[[Any, Opened], HouseForm]
"""Makes the form of an answer from what was sent and from the request as it stands."""


@never_cache
@require_safe
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Show a platform our request, what it answered by this link, and what it can answer now."""
    now = datetime.now(UTC)
    found = platform_links.opened(token, now=now)
    signed = platform_links.signed(token, now=now) if found.answers else []
    answers = given(found, signed, token)
    shown = {**about(found, token), "answers": answers}
    return render(request, "evenhand/platform_links/opened.html", shown)


@never_cache
@require_safe
def receipt(_request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Give the receipt of an answer as a file: it proves that the log has it."""
    made = platform_links.receipt(token, number, log=settings.LOG_FOLDER, now=datetime.now(UTC))
    return as_file(made, f"receipt-of-answer-{number}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest, token: str) -> HttpResponse:
    """Take that the platform has our request."""
    title = _("We have your request, and have not decided yet")
    return _answered(request, token, _received, title)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decided(request: HttpRequest, token: str) -> HttpResponse:
    """Take what the platform decided."""
    return _answered(request, token, _decided, _("We have decided"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Take what the platform asks."""
    form = QuestionForm(_sent(request))
    return _written(request, token, form, Writing.QUESTION, _("We have a question"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong_address(request: HttpRequest, token: str) -> HttpResponse:
    """Take that the notice went to the wrong place."""
    form = AddressForm(_sent(request))
    return _written(request, token, form, Writing.WRONG_ADDRESS, _("This is the wrong address"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Take that the platform asks for a review of a content removal notice."""
    form = ReviewForm(_sent(request))
    return _written(request, token, form, Writing.REVIEW, _("We ask for a review of the notice"))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _received(sent: Any, found: Opened) -> HouseForm:
    return ReceivedForm(sent, initial={"version": found.version})


def _decided(sent: Any, found: Opened) -> HouseForm:
    form = DecidedForm(sent, initial={"version": found.version})
    offer_only(form.fields["outcome"], [it for it in found.possible if isinstance(it, Outcome)])
    return form


def _answered(request: HttpRequest, token: str, asked: Asked, title: str) -> HttpResponse:
    """Show the form of an answer, or take it once."""
    found = platform_links.opened(token, now=datetime.now(UTC))
    form = asked(_sent(request), found)

    def doing() -> None:
        _take(token, form.cleaned_data)

    if not found.possible:
        return _not_waited_for(request, token, found, form)
    try:
        return _shown_or_done(request, token, found, form, (title, doing))
    except ChangedMeanwhile:
        return _asked_again(request, token, asked, title)


def _not_waited_for(
    request: HttpRequest, token: str, found: Opened, form: HouseForm
) -> HttpResponse:
    """Keep what was typed to an answer that is not waited for: it can be sent as a message.

    Where no message would be taken it is shown, to be copied.
    Raises LinkEnded where nothing was typed yet.
    """
    refused = not_waited_for()
    if request.method != "POST":
        raise refused
    message = QuestionForm({"text": typed(form)})
    message.fields["text"].label = _("What you typed")
    add_refusals(message, refused)
    shown = {
        **about(found, token),
        "form": message,
        "title": _("Send what you typed as a message"),
        "told": _(
            "Nothing that you typed was sent, and nothing of it is lost. You can send it as a"
            " message, which an officer reads. Say where we can answer you."
        ),
        "action": reverse("platform_question", args=[token]),
    }
    if not found.may_write:
        shown |= {
            "title": _("What you typed"),
            "told": _(
                "Nothing that you typed was sent. Copy it, and answer our message by e-mail."
            ),
            "action": "",
            "is_over": True,
        }
    status = STATUS[refused.kind]
    return render(request, "evenhand/platform_links/answer.html", shown, status=status)


def _asked_again(request: HttpRequest, token: str, asked: Asked, title: str) -> HttpResponse:
    """Show an answer to what changed meanwhile, with all that was typed, to be looked at anew."""
    found = platform_links.opened(token, now=datetime.now(UTC))
    if not found.possible:
        return _not_waited_for(request, token, found, asked(request.POST, found))
    form = asked({**request.POST.dict(), "version": str(found.version)}, found)
    form.add_error(
        None,
        _(
            "Something changed since you opened the form. Perhaps your answer was taken already:"
            " look at how the request stands first. If it was not, check your answers and send them"
            " again."
        ),
    )
    shown = {**about(found, token), "form": form, "title": title}
    status = STATUS[ChangedMeanwhile.kind]
    return render(request, "evenhand/platform_links/answer.html", shown, status=status)


def _written(
    request: HttpRequest, token: str, form: HouseForm, what: Writing, title: str
) -> HttpResponse:
    """Show the form of what is no answer, or take it."""
    found = platform_links.opened(token, now=datetime.now(UTC))

    def doing() -> None:
        answering.write(token, what, form.cleaned_data["text"], acting=_by_nobody())

    return _shown_or_done(request, token, found, form, (title, doing))


def _shown_or_done(
    request: HttpRequest,
    token: str,
    found: Opened,
    form: HouseForm,
    act: tuple[str, Callable[[], None]],
) -> HttpResponse:
    """Show the form, or do its act; what is refused is shown with all that was typed."""
    title, doing = act
    template = "evenhand/platform_links/answer.html"
    shown = {**about(found, token), "form": form, "title": title}
    if request.method != "POST":
        return render(request, template, shown)
    if not form.is_valid():
        return render(request, template, shown, status=WRONG)
    try:
        doing()
    except ChangedMeanwhile:
        raise
    except Refused as refused:
        add_refusals(form, refused)
        return render(request, template, shown, status=STATUS[refused.kind])
    messages.success(request, _("Thank you. Your answer reached us."))
    return redirect("platform_link", token)


def _by_nobody() -> Acting:
    """Have the desk's own worker take it, for whoever has the link."""
    return Acting(officer=WORKER, at=datetime.now(UTC), request=uuid4())


def _take(token: str, given: Mapping[str, Any]) -> None:
    outcome = given.get("outcome")
    answering.answer(
        token,
        Outcome(outcome) if outcome else AnswerKind.ACKNOWLEDGED,
        words_of(given),
        seen_version=given["version"],
        acting=_by_nobody(),
    )
