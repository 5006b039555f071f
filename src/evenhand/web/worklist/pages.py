"""The first page after signing in: what waits, or for other roles what there is to see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries import saved_lists
from evenhand.queries import worklist as waiting
from evenhand.rules.officers import Permission, may
from evenhand.web.acting import acting
from evenhand.web.referrals.narrowed import links
from evenhand.web.worklist import present


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show the piles of work, or the ways that this officer's roles open."""
    now = acting(request)
    if not may(now.officer, Permission.ASSESS):
        return render(request, "evenhand/worklist/ways.html", {"ways": present.ways(now.officer)})
    piles = waiting.waiting_for(now.officer, now=now.at)
    shown = [present.pile(it, now=now.at) for it in piles]
    saved = links(saved_lists.of(now.officer))
    return render(request, "evenhand/worklist/worklist.html", {"piles": shown, "saved": saved})
