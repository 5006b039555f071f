"""Reminding many platforms at once: a person ticks, each reminder is its own."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import drafts
from evenhand.actions.chases import Chased, chase_each
from evenhand.queries import due
from evenhand.queries.platforms import called
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.due import present
from evenhand.web.due.forms import RemindForm
from evenhand.web.forms import add_refusals
from evenhand.web.words import Said


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest) -> HttpResponse:
    """List the platforms that may be reminded now, and remind those that were ticked."""
    now = acting(request)
    check_may(now.officer, Permission.CHASE)
    found = due.to_chase(request.GET.get("cursor", ""), officer=now.officer, now=now.at)
    ticked = "all" in request.GET
    names = called({it.platform for it in found.lines})
    form = RemindForm(answers(request, now), present.choices(found, names), all_ticked=ticked)
    shown = {"form": form, **present.reminders(found, names, request.GET.get("cursor", ""))}
    if request.method != "POST":
        return render(request, "evenhand/due/remind.html", shown)
    if not form.is_valid():
        return render(request, "evenhand/due/remind.html", shown, status=422)
    try:
        return submitted_once(request, now, lambda: _sent(form, now))
    except Refused as refused:
        add_refusals(form, refused)
        return render(request, "evenhand/due/remind.html", shown, status=STATUS[refused.kind])


@require_safe
def done(request: HttpRequest, sending: UUID) -> HttpResponse:
    """Show what came of each reminder of one go. Only who sent them can read it, for a month."""
    officer = acting(request).officer
    check_may(officer, Permission.CHASE)
    kept = drafts.load(_place(sending), officer=officer.ref)
    if not kept:
        raise NotFound(
            words("There is nothing at this address."),
            do=words("Look at the referrals themselves: each shows its messages."),
        )
    return render(request, "evenhand/due/reminded.html", present.results(kept))


def _sent(form: RemindForm, now: Acting) -> str:
    """Send the reminders and keep what came of them for the page that says so."""
    results = {it.reference: _said(it) for it in chase_each(form.asked(), acting=now)}
    sending = uuid4()
    drafts.save(_place(sending), results, officer=now.officer.ref, now=now.at)
    return reverse("reminded", args=[sending])


def _said(result: Chased) -> list[str]:
    """Give the sentences of a refusal, in the words of the day; none where there was none."""
    if result.refused is None:
        return []
    said = Said(result.refused)
    return [said.sentence, said.do, f"{said.rule}"]


def _place(sending: UUID) -> str:
    return f"reminders {sending}"
