"""Freedom of information for anyone: ask, see how a request stands, read what was answered."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import foi
from evenhand.queries import foi_published, foi_receipts
from evenhand.queries.foi_published import FIRST, Disclosed, InTime
from evenhand.queries.foi_receipts import FoiReceipt
from evenhand.rules.foi import FoiStanding
from evenhand.rules.foi_parts import FoiOutcome
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import Door
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.labels import Tag
from evenhand.web.law_clocks import standing_tag
from evenhand.web.public import door
from evenhand.web.public.documents import summary
from evenhand.web.public.foi_forms import FoiForm
from evenhand.web.referrals.histories import as_file
from evenhand.web.words import Words

STANDINGS: Mapping[FoiStanding, Words] = {
    FoiStanding.OPEN: later("Open: we are dealing with it"),
    FoiStanding.REPLIED: later("Closed: our reply has left"),
    FoiStanding.UNDER_REVIEW: later("Open again: an officer with no hand in the reply reviews it"),
    FoiStanding.TO_REPLY_AGAIN: later("Open again: we give you a further reply"),
    FoiStanding.AT_COMMISSIONER: later("The Information Commissioner is looking at it"),
    FoiStanding.TO_COMPLY: later("The Information Commissioner has decided, and we act on it"),
    FoiStanding.NOT_VALID: later("Closed: it was not a valid request, and we wrote to you why"),
    FoiStanding.TRANSFERRED: later("Closed: passed to another authority that holds it"),
    FoiStanding.WITHDRAWN: later("Closed: it was withdrawn"),
    FoiStanding.LAPSED: later("Closed: the fee was not paid in time"),
    FoiStanding.UNREACHED: later("Closed: we tried to write to you, and could not reach you"),
}
OUTCOMES: Mapping[FoiOutcome, Tag] = {
    FoiOutcome.ALL: Tag(later("All given"), "green"),
    FoiOutcome.SOME: Tag(later("Given in part"), "yellow"),
    FoiOutcome.NOT_HELD: Tag(later("Not held"), "grey"),
    FoiOutcome.NONE: Tag(later("Withheld"), "red"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request for information from anyone, and give its number and receipt number."""
    form = FoiForm(request.POST if request.method == "POST" else None)

    def take(shown: str, now: Acting) -> HttpResponse:
        number, receipt = foi.receive(form.asked_as_given(), shown, acting=now)
        runs = foi_receipts.by_receipt(receipt).runs
        by = times.day(runs.due.target) if runs and runs.due.target else ""
        context = {"receipt": receipt, "number": number, "by": by}
        return render(request, "evenhand/public/foi_received.html", context)

    return door.taken(request, "foi", Door.FOI, form, take)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Say how a request stands to whoever has its receipt number."""
    return door.to_who_has_a_number(
        request, "foi_receipt", lambda number: _standing(request, number)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt(request: HttpRequest) -> HttpResponse:
    """Give whoever has a receipt number the proof that the log has the request, as a file."""
    if request.method != "POST":
        return redirect(in_language(reverse("public_foi_receipt")))
    return door.to_who_has_a_number(request, "foi_receipt", _proof)


@require_safe
@for_everybody
def disclosures(request: HttpRequest, page: int = 1) -> HttpResponse:
    """List what was answered, the newest first, and how the desk kept to its time."""
    found = foi_published.disclosures(max(page, 1))
    kept = foi_published.in_time(today=timezone.localdate())
    shown = {
        "disclosures": [_listed(it) for it in found.items],
        "next": _older(found.next_page),
        "page": page,
        "kept": summary(list(_kept(kept))),
    }
    return render(request, "evenhand/public/disclosures.html", shown)


@require_safe
@for_everybody
def disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was replied to one request as it is published: the first reply, then others."""
    found = [_in_full(it) for it in foi_published.replies(number)]
    shown = {"title": found[0]["title"], "replies": found}
    return render(request, "evenhand/public/disclosure.html", shown)


def _standing(request: HttpRequest, number: str) -> HttpResponse:
    found = foi_receipts.by_receipt(number)
    shown = {
        "standing": summary(list(_rows(found))),
        "receipt": number,
        "is_signed": found.is_in_the_signed_log,
    }
    return render(request, "evenhand/public/foi_standing.html", shown)


def _rows(found: FoiReceipt) -> Iterator[tuple[str, str]]:
    yield _("Our reference"), found.number
    yield _("Received on"), times.day(found.received_on)
    yield _("How it stands"), str(STANDINGS[found.standing])
    if found.runs:
        tag = standing_tag(found.runs.due, today=timezone.localdate())
        yield _("Its clock"), str(tag.text)
    if found.review_until and found.review_until >= timezone.localdate():
        yield _("You can ask us to look at our reply again until"), times.day(found.review_until)


def _proof(number: str) -> HttpResponse:
    return as_file(foi_receipts.log_receipt(number, log=settings.LOG_FOLDER), "receipt-of-request")


def _in_full(found: Disclosed) -> dict[str, object]:
    return {
        "title": found.title,
        "is_further": found.reply > FIRST,
        "anchor": f"reply-{found.reply}",
        "tag": OUTCOMES[found.outcome].params,
        "facts": summary(list(_facts(found))),
        "paragraphs": found.body.split("\n\n"),
    }


def _older(page: int) -> str:
    return in_language(reverse("disclosures_page", args=[page])) if page else ""


def _listed(found: Disclosed) -> dict[str, object]:
    is_further = found.reply > FIRST
    anchor = f"#reply-{found.reply}" if is_further else ""
    return {
        "title": found.title,
        "is_further": is_further,
        "href": in_language(reverse("disclosure", args=[found.number])) + anchor,
        "number": found.number,
        "day": times.day(found.replied_on),
        "tag": OUTCOMES[found.outcome].params,
    }


def _facts(found: Disclosed) -> Iterator[tuple[str, str]]:
    yield _("Our reference"), found.number
    yield _("Received on"), times.day(found.received_on)
    yield _("Answered on"), times.day(found.replied_on)
    if found.due_on:
        yield _("It was due by"), times.day(found.due_on)
    in_time = {True: _("Yes"), False: _("No"), None: _("Not reckoned")}
    yield _("In time"), in_time[found.in_time]


def _kept(kept: InTime) -> Iterator[tuple[str, str]]:
    yield _("Answered"), f"{kept.answered:,}"
    yield _("Answered late"), f"{kept.late:,}"
    yield _("Overdue now"), f"{kept.overdue:,}"
