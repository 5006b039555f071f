"""Pairs of records: exact matches to be told apart, proposals to be answered, joinings to undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import combinations
from evenhand.queries import people_finding
from evenhand.rules.combinations import CombinationStanding
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.combinations import present
from evenhand.web.combinations.forms import JOIN, SAME, MatchForm, PairForm, UndoForm
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done

PAIR = "evenhand/combinations/pair.html"


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """List what is to be told apart, what waits for a second officer, what was joined; no names."""
    acting = acting_of(request)
    shown = {
        "matched": people_finding.with_matches(acting=acting),
        "waiting": present.pairs(people_finding.waiting(acting=acting)),
        "joined": present.pairs(people_finding.joined_lately(acting=acting)),
    }
    return render(request, "evenhand/combinations/pairs.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def matches(request: HttpRequest, person: str) -> HttpResponse:
    """Show the exact matches of a record, and ask of one whether it is the same person."""
    acting = acting_of(request)
    found = people_finding.to_tell_apart(person, acting=acting)
    form = MatchForm(answers(request, acting), references=[it.reference for it in found])
    shown = {"person": person, "hits": present.hits(found)}

    def doing() -> str:
        given = form.cleaned_data
        if given["answer"] == SAME:
            combinations.propose(person, given["other"], given["reason"], acting=acting)
            messages.success(request, _("It is proposed. A second officer joins the records."))
        else:
            combinations.tell_apart(person, given["other"], given["reason"], acting=acting)
            messages.success(request, _("They are told apart."))
        return reverse("matches", args=[person])

    return shown_or_done(
        request, acting, form, doing, ("evenhand/combinations/matches.html", shown)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show two records beside each other, and take the second officer's answer."""
    acting = acting_of(request)
    shown = _pair(ref, acting)
    form = PairForm(answers(request, acting))

    def doing() -> str:
        given = form.cleaned_data
        if given["answer"] == JOIN:
            combinations.join(ref, given["reason"], acting=acting)
            messages.success(request, _("The records are joined. It can be undone for 28 days."))
        else:
            combinations.refuse(ref, given["reason"], acting=acting)
            messages.success(request, _("The records stay apart."))
        return reverse("pairs")

    return shown_or_done(request, acting, form, doing, (PAIR, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take two joined records apart again."""
    acting = acting_of(request)
    shown = _pair(ref, acting)
    form = UndoForm(answers(request, acting))

    def doing() -> str:
        combinations.undo(ref, form.cleaned_data["reason"], acting=acting)
        messages.success(request, _("The records are taken apart again."))
        return reverse("pairs")

    return shown_or_done(request, acting, form, doing, (PAIR, shown | {"undoes": True}))


def _pair(ref: UUID, acting: Acting) -> dict[str, Any]:
    check_may(acting.officer, Permission.JOIN_PEOPLE)
    found = people_finding.pair(ref, acting=acting)
    return {
        "hits": present.hits(found.hits),
        "reason": found.reason,
        "by": found.decided_by,
        "standing": present.STANDINGS[found.standing],
        "is_joined": found.standing is CombinationStanding.JOINED,
        "waits": found.standing is CombinationStanding.PROPOSED,
        "ref": ref,
    }
