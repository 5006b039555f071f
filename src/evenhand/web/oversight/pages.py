"""The state of the log, what the desk looks at records for, and what was tried and refused."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import equality, people_count, retention
from evenhand.queries import log as published
from evenhand.queries import oversight as log
from evenhand.rules.disparity import quarter_of
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.combinations.present import people
from evenhand.web.disposal.present import heartbeat
from evenhand.web.equality.present import to_be_explained
from evenhand.web.oversight import present
from evenhand.web.oversight.forms import PeriodForm, PurposeForm
from evenhand.web.referrals.present import more

WRONG = 422
MOST_DIGITS = 18
ASKED = "ask"
"""What the form of a purpose sends besides it, so that one without an answer is known."""


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """Show how the log stands, and lead to what can be asked of it."""
    acting = acting_of(request)
    found = log.state(officer=acting.officer)
    tree = published.progress(settings.DESK.witness_policy)
    today = timezone.localdate(acting.at)
    erasing = retention.to_erase(officer=acting.officer, today=today)
    shown = {
        **present.state(found, tree, now=acting.at),
        "heartbeat": heartbeat(retention.last_run(officer=acting.officer), erasing, now=acting.at),
        "people": people(people_count.on_record(officer=acting.officer)),
        "work": to_be_explained(equality.report(quarter_of(today).before, officer=acting.officer)),
    }
    return render(request, "evenhand/oversight/oversight.html", shown)


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Count the looks of a period by purpose, by everybody together."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.OVERSEE)
    form = PeriodForm(request.GET, today=timezone.localdate(acting.at))
    shown: dict[str, object] = {"form": form}
    if form.is_bound and not form.is_valid():
        return render(request, "evenhand/oversight/looks.html", shown, status=WRONG)
    since, until = form.period
    shown |= present.looks(log.looks(since, until, officer=acting.officer), since, until)
    shown["counted_at"] = present.counted_at(log.state(officer=acting.officer))
    return render(request, "evenhand/oversight/looks.html", shown)


@require_safe
def attempts(request: HttpRequest) -> HttpResponse:
    """List what was tried and refused; who it was only for a purpose in law."""
    acting = acting_of(request)
    before, purpose = before_in(request), request.GET.get("purpose")
    asked = purpose_form(request)
    if purpose is None:
        found = log.attempts(before=before, officer=acting.officer)
    else:
        found = log.attempts_by_whom(purpose, before=before, acting=acting)
    query = {"before": found.next} | ({} if purpose is None else {"purpose": purpose})
    shown = {
        "days": present.days(found.lines),
        "form": asked,
        "purpose": present.purpose(purpose),
        "is_first": before is None,
        "pages": more(urlencode(query)) if found.next else None,
    }
    status = WRONG if asked.errors else 200
    return render(request, "evenhand/oversight/attempts.html", shown, status=status)


def purpose_form(request: HttpRequest) -> PurposeForm:
    """Give the question what the log is read for; asked for without an answer, with its error."""
    return PurposeForm(request.GET if request.GET.keys() == {ASKED} else None)


def before_in(request: HttpRequest) -> int | None:
    """Give the number that a page starts before, where its address names one."""
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= MOST_DIGITS
    return int(before) if known else None
