"""Requests for information: those that run, one of them, and a letter as it is printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import foi, foi_correcting, foi_letters, foi_parts, foi_sending
from evenhand.queries import foi as known
from evenhand.rules.foi import Channel
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.public_foi import no_such_request
from evenhand.web.acting import acting as acting_of
from evenhand.web.as_seen import as_number, seen
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.foi import present
from evenhand.web.foi.forms import CorrectForm, LogForm
from evenhand.web.one_form import shown_or_done

ACT = "evenhand/assurance/act.html"
CORRECT = "evenhand/foi/correct.html"
NONE_ANSWERS = "none_answers"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the requests that run, the most urgent first, and the last that were closed."""
    now = acting_of(request)
    found = known.lines(officer=now.officer)
    today = timezone.localdate(now.at)
    shown = {
        "running": present.listed(found.running, "running", today=today) if found.running else None,
        "closed": present.listed(found.closed, "closed", today=today) if found.closed else None,
        "more": found.more,
        "may_log": may(now.officer, Permission.ANSWER_FOI),
    }
    return render(request, "evenhand/foi/overview.html", shown)


@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Show one request, and what can be done with it."""
    now = acting_of(request)
    found = known.one(number, acting=now)
    shown = present.one(found, officer=now.officer, today=timezone.localdate(now.at))
    return render(request, "evenhand/foi/request.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Log a request that came by mail or on paper."""
    now = acting_of(request)
    check_may(now.officer, Permission.ANSWER_FOI)
    form = LogForm(answers(request, now), initial={"received_on": timezone.localdate(now.at)})
    shown = {
        "title": _("Log a request for information"),
        "button": _("Log it"),
        "caption": _("Requests for information"),
        "back": reverse("foi_requests"),
    }

    def doing() -> str:
        said = form.cleaned_data
        number = foi.log(
            form.asked_as_given(), Channel(said["channel"]), said["received_on"], acting=now
        )
        messages.success(request, _("The request is logged as %(number)s.") % {"number": number})
        return reverse("foi_request", args=[number])

    return shown_or_done(request, now, form, doing, (ACT, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Begin to correct a published reply whose request is erased, or reached nobody."""
    now = acting_of(request)
    check_may(now.officer, Permission.ANSWER_FOI)
    form = CorrectForm(answers(request, now), initial={"number": request.GET.get("number", "")})
    shown = {
        "title": _("Correct a published reply"),
        "button": _("Begin the correction"),
        "caption": _("Requests for information"),
        "back": reverse("foi_requests"),
        "about": _(
            "For a reply whose request is erased, or ended since nobody was reached. While the"
            " request is there otherwise, enter on its own page that the reply was wrong."
        ),
    }

    def doing() -> str:
        said = form.cleaned_data
        wrong = said["number"].strip().upper()
        number = foi_correcting.begin(wrong, said["text"], acting=now)
        messages.success(
            request,
            _(
                "The correction is begun. Write down what it answers anew. Once a second officer"
                " approves it, it is published below what it corrects, and nobody is written to."
            ),
        )
        return reverse("foi_request", args=[number])

    return shown_or_done(request, now, form, doing, (CORRECT, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def requester(request: HttpRequest, number: str) -> HttpResponse:
    """Show who asked, once somebody says that they want to see it: each look is an entry."""
    now = acting_of(request)
    check_may(now.officer, Permission.READ_REQUESTER)
    known.check_kept(number)
    shown: dict[str, object] = {"number": number}
    if request.method == "POST":
        shown["who"] = known.requester(number, acting=now)
    return render(request, "evenhand/foi/requester.html", shown)


@require_POST
def letter(request: HttpRequest, number: str, letter: int) -> HttpResponse:
    """Show a letter to be printed, with the address it goes to: that look is an entry."""
    now = acting_of(request)
    check_may(now.officer, Permission.READ_REQUESTER)
    found = [it for it in known.one(number, acting=now).letters if it.number == letter]
    if not found:
        raise no_such_request()
    shown = {"number": number, "letter": found[0], "who": known.requester(number, acting=now)}
    return render(request, "evenhand/foi/letter.html", shown)


@require_POST
def letter_sent(request: HttpRequest, number: str, letter: int) -> HttpResponse:
    """Record that a printed letter left today."""
    now = acting_of(request)

    def doing() -> str:
        foi_sending.sent_by_hand(number, letter, acting=now)
        messages.success(request, _("It is entered that the letter left today."))
        return reverse("foi_request", args=[number])

    return submitted_once(request, now, doing)


@require_POST
def confirm(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Confirm, as a second officer, that a part is withheld or not held."""
    now = acting_of(request)

    def doing() -> str:
        none = NONE_ANSWERS in request.POST
        foi_parts.confirm(number, part, seen=seen(request), none_answers=none, acting=now)
        messages.success(request, _("You have confirmed this part."))
        return reverse("foi_request", args=[number])

    return submitted_once(request, now, doing)


@require_POST
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the reply as a second officer."""
    now = acting_of(request)

    def doing() -> str:
        foi_letters.approve(number, seen=as_number(seen(request)), acting=now)
        messages.success(request, _("You have approved the reply. It is published as it leaves."))
        return reverse("foi_request", args=[number])

    return submitted_once(request, now, doing)
