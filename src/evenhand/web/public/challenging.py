"""The poster's door: anyone asks whether it was this desk, is answered later, and can challenge."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import posters
from evenhand.queries import challenges as known
from evenhand.queries.challenges import Answered, ByThePublic
from evenhand.rules.assessments import Ground
from evenhand.rules.challenges import ChallengeStanding, Told, answer_on
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import Door
from evenhand.web import times
from evenhand.web.for_everybody import in_language
from evenhand.web.public import door
from evenhand.web.public.documents import summary
from evenhand.web.public.forms import AskForm, ChallengeForm
from evenhand.web.referrals.histories import as_file
from evenhand.web.words import Words, translated

GROUNDS: Mapping[Ground, Words] = {
    Ground.ILLEGAL: later("We believed that it is against the law"),
    Ground.TERMS: later(
        "We believed that it is against the platform’s own terms. We did not say that it is"
        " against the law"
    ),
    Ground.BOTH: later(
        "We believed that it is against the law, and against the platform’s own terms"
    ),
}
STANDINGS: Mapping[ChallengeStanding, Words] = {
    ChallengeStanding.OPEN: later("It waits for an officer who had no part in our request"),
    ChallengeStanding.REJECTED: later("Rejected: we stand by our request"),
    ChallengeStanding.UPHELD: later(
        "Upheld: we have withdrawn our request and asked the platform to put the content back"
    ),
    ChallengeStanding.UPHELD_IN_PART: later(
        "Upheld in part: we have withdrawn our request and asked the platform to put the content"
        " back"
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question whether content was ours, and give the receipt number to come back with."""
    form = AskForm(request.POST if request.method == "POST" else None)

    def take(shown: str, now: Acting) -> HttpResponse:
        number = posters.ask(form.cleaned_data["url"], shown, acting=now)
        day = answer_on(timezone.localdate(now.at), settings.CLOCKS.calendar)
        context = {"receipt": number, "day": times.day(day)}
        return render(request, "evenhand/public/asked.html", context)

    return door.taken(request, "ask", Door.ASK, form, take, _numbers)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Answer whoever has a receipt number: nothing before the day, and then what may be told."""
    return door.to_who_has_a_number(
        request, "ask_receipt", lambda number: _answered(request, number)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt(request: HttpRequest) -> HttpResponse:
    """Give whoever has a receipt number the proof that the log has the question, as a file."""
    return _log_receipt(request, ByThePublic.ASKING)


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt_of_challenge(request: HttpRequest) -> HttpResponse:
    """Give whoever challenged the proof that the log has the challenge, as a file."""
    return _log_receipt(request, ByThePublic.CHALLENGE)


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest) -> HttpResponse:
    """Take a challenge from whoever was told that it was this desk."""
    form = ChallengeForm(request.POST if request.method == "POST" else None)

    def take(_shown: str, now: Acting) -> HttpResponse:
        said = form.cleaned_data
        due_on = posters.challenge(
            said["receipt"],
            said["words"],
            email=said["email"],
            language=get_language() or "en",
            acting=now,
        )
        context = {"day": times.day(due_on), "told": bool(said["email"])}
        return render(request, "evenhand/public/challenged.html", context)

    return door.taken(request, "challenge", Door.CHALLENGE, form, take)


def _log_receipt(request: HttpRequest, act: ByThePublic) -> HttpResponse:
    if request.method != "POST":
        return redirect(in_language(reverse("public_answer")))
    return door.to_who_has_a_number(request, "ask_receipt", lambda number: _proof(number, act))


def _proof(number: str, act: ByThePublic) -> HttpResponse:
    return as_file(known.log_receipt(number, act, log=settings.LOG_FOLDER), f"receipt-of-{act}")


def _answered(request: HttpRequest, number: str) -> HttpResponse:
    found = known.by_receipt(number)
    shown = {
        "receipt": number,
        "asking_is_signed": ByThePublic.ASKING in found.signed,
        "challenge_is_signed": ByThePublic.CHALLENGE in found.signed,
        "form": ChallengeForm(initial={"receipt": number}) if found.may_challenge else None,
        "name": door.SHOWN,
        "sign": door.sign_of(request),
        "answer": summary(list(_rows(found))),
        "cannot_say": found.told is Told.CANNOT_SAY,
        "not_yet": found.told is None,
        "gone": found.told is Told.REFERRED and found.sent_on is None,
        "reply": found.reply,
    }
    return render(request, "evenhand/public/answered.html", shown)


def _rows(found: Answered) -> Iterator[tuple[str, str]]:
    yield _("Asked on"), times.day(found.asked_on)
    if found.told is None:
        yield _("Answered on"), times.day(found.answer_on)
    if found.sent_on is None:
        return
    yield _("We asked the platform on"), times.day(found.sent_on)
    if found.ground:
        yield _("Why we asked"), str(GROUNDS[found.ground])
        yield _("What we believed it is"), translated(found.harm)
    if found.is_withdrawn:
        yield _("Since then"), _("We have withdrawn our request and told the platform so")
    if found.challenge and found.challenged_on and found.due_on:
        yield _("Challenged on"), times.day(found.challenged_on)
        yield _("Your challenge"), str(STANDINGS[found.challenge])
        if found.challenge is ChallengeStanding.OPEN:
            yield _("Settled by"), times.day(found.due_on)


def _numbers() -> dict[str, int]:
    made, upheld = known.published()
    return {"made": made, "upheld": upheld}
