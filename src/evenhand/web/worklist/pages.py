"""The first page after signing in: what waits, or for other roles what there is to see."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import mail, notes, officers, people_waiting, saved_lists
from evenhand.queries import worklist as waiting
from evenhand.queries.worklist import Waiting
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web.acting import acting
from evenhand.web.assurance.waiting import waiting as waiting_documents
from evenhand.web.breaches.waiting import waiting as waiting_breaches
from evenhand.web.challenges.waiting import waiting as waiting_challenges
from evenhand.web.disposal.waiting import waiting as waiting_to_go
from evenhand.web.mail.present import mailbox_fault
from evenhand.web.people.waiting import waiting as waiting_about_people
from evenhand.web.questions.waiting import waiting as waiting_figures
from evenhand.web.referrals.narrowed import links
from evenhand.web.reports.waiting import waiting as waiting_reports
from evenhand.web.rights.waiting import waiting as waiting_requests
from evenhand.web.sharing.waiting import waiting as waiting_to_share
from evenhand.web.training.present import for_children
from evenhand.web.worklist import present


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show the piles of work, or the ways that this officer's roles open."""
    now = acting(request)
    if not may(now.officer, Permission.ASSESS):
        told = {
            "ways": present.ways(now.officer),
            "sharing": _others(now),
            "faults": _faults(now),
            "may_report": may(now.officer, Permission.REPORT_BREACH),
        }
        return render(request, "evenhand/worklist/ways.html", told)
    covered = officers.covered_by(now.officer, today=timezone.localdate(now.at))
    mentions = notes.unread(officer=now.officer)
    piles = waiting.waiting_for(covering=[it.ref for it in covered], acting=now)
    waiting_people = people_waiting.waiting_for(acting=now)
    names = {it.ref: it.name for it in covered}
    drawn = present.work(piles, names, now=now.at)
    urgent = 1 if piles and piles[0].why is Waiting.EMERGENCY else 0
    shown = {
        "piles": drawn,
        "first": drawn[:urgent],
        "others": drawn[urgent:],
        "covered": [present.covering(it) for it in covered],
        "mentions": present.mentions(mentions) if mentions.waiting else None,
        "reports": waiting_reports(now),
        "challenges": waiting_challenges(now),
        "people": present.people(waiting_people) if waiting_people else None,
        "sharing": _others(now),
        "mail": present.mail_waiting(mail.count_waiting(officer=now.officer)),
        "faults": _faults(now),
        "tallies": settings.DESK.equality_tally,
        "saved": links(saved_lists.of(now.officer)),
    }
    return render(request, "evenhand/worklist/worklist.html", shown)


def _faults(now: Acting) -> list[str]:
    """Say what keeps work from coming in, or from being decided, to whoever is told of that."""
    return [*filter(None, [mailbox_fault(now)]), *for_children(now)]


def _others(now: Acting) -> list[Mapping[str, object]]:
    """Give what of every other room waits for this officer."""
    rooms = (
        waiting_breaches,
        waiting_requests,
        waiting_about_people,
        waiting_to_go,
        waiting_to_share,
        waiting_documents,
        waiting_figures,
    )
    return [pile for room in rooms for pile in room(now)]
