"""Who looked at the desk from outside, for everybody: the whole register, as at any day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries import scrutiny
from evenhand.queries.registers_told import compared, none_found, title, untrue
from evenhand.queries.scrutiny import Recommendation, Register, ScrutinyInFull, ToldOfIt
from evenhand.rules.public_registers import SCRUTINY, STANDINGS
from evenhand.rules.scrutiny import ScrutinyKind, Told
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.for_everybody import for_everybody
from evenhand.web.labels import Tag
from evenhand.web.public.documents import summary
from evenhand.web.words import Words, translated

KINDS: Mapping[ScrutinyKind, Words] = {it: later(text) for it, text in SCRUTINY.items()}
COLOURS: Mapping[Told | None, str] = {
    None: "yellow",
    Told.IN_HAND: "blue",
    Told.DONE: "green",
    Told.NOT_FOLLOWED: "grey",
}


@require_safe
@for_everybody
def register(request: HttpRequest) -> HttpResponse:
    """Show the whole register, as at today or an earlier day (``?as_at=``)."""
    shown = _register(scrutiny.as_at(_day(request)))
    return render(request, "evenhand/public/scrutiny.html", shown)


def _day(request: HttpRequest) -> date:
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("as_at", "") or today.isoformat()), today)
    except ValueError as error:
        raise Http404 from error


def _register(found: Register) -> Mapping[str, Any]:
    """Show the whole register as at its day."""
    return {
        "as_at": times.day(found.as_at),
        "entries": [entry(it) for it in found.found],
        "none": summary(list(none_found(found))),
        "untrue": [untrue(it) for it in found.untrue],
        "comparisons": compared(found.comparisons),
    }


def entry(found: ScrutinyInFull) -> Mapping[str, Any]:
    """Show one look at the desk with what came of it."""
    return {
        "number": found.number,
        "title": title(found),
        "facts": summary(
            [
                (_("Body"), found.body),
                (_("Day"), times.day(found.held_on)),
                (_("What it looked at"), found.scope),
                (_("Recorded"), times.local_day(found.recorded_at)),
            ]
        ),
        "outcomes": [_told(it) for it in found.outcomes],
        "recommendations": [_recommendation(it) for it in found.recommendations],
        "corrections": [_told(it) for it in found.corrections],
    }


def _told(it: ToldOfIt) -> tuple[str, str]:
    return times.day(it.day), it.text


def _recommendation(it: Recommendation) -> Mapping[str, Any]:
    return {
        "text": it.text,
        "day": times.day(it.day),
        "tag": _standing(it.standing),
        "followed": [(*_told(one), translated(STANDINGS[one.what])) for one in it.followed],
    }


def _standing(standing: Told | None) -> Params:
    return Tag(translated(STANDINGS[standing]), COLOURS[standing]).params
