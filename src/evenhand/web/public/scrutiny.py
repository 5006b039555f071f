"""Who looked at the desk from outside, for everybody: the whole register, as at any day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries import scrutiny
from evenhand.queries.scrutiny import (
    Comparisons,
    Recommendation,
    Register,
    ScrutinyInFull,
    ToldOfIt,
    Untrue,
)
from evenhand.rules.scrutiny import ScrutinyKind, Told
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.for_everybody import for_everybody
from evenhand.web.public.documents import summary
from evenhand.web.words import Words

KINDS: Mapping[ScrutinyKind, Words] = {
    ScrutinyKind.AUDIT: later("Audit or formal review"),
    ScrutinyKind.INSPECTION: later("Inspection"),
    ScrutinyKind.COMPLAINT: later("Complaint about the desk to another body"),
    ScrutinyKind.APPEAL: later("Appeal"),
    ScrutinyKind.DECISION_NOTICE: later("Decision notice"),
    ScrutinyKind.VERIFICATION: later("Verification of the log by an overseer"),
}
STANDINGS: Mapping[Told | None, tuple[Words, str]] = {
    None: (later("Nothing said yet"), "govuk-tag--yellow"),
    Told.IN_HAND: (later("In hand"), "govuk-tag--blue"),
    Told.DONE: (later("Done"), "govuk-tag--green"),
    Told.NOT_FOLLOWED: (later("Not followed"), "govuk-tag--grey"),
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


def title(found: ScrutinyInFull) -> str:
    """Name an entry: what it was, and by whom."""
    return _("%(kind)s, %(body)s") % {"kind": KINDS[found.kind], "body": found.body}


def _told(it: ToldOfIt) -> tuple[str, str]:
    return times.day(it.day), it.text


def _recommendation(it: Recommendation) -> Mapping[str, Any]:
    return {
        "text": it.text,
        "day": times.day(it.day),
        "tag": _standing(it.standing),
        "followed": [(*_told(one), str(STANDINGS[one.what][0])) for one in it.followed],
    }


def _standing(standing: Told | None) -> Params:
    text, classes = STANDINGS[standing]
    return {"text": str(text), "classes": classes}


def none_found(found: Register) -> Iterator[tuple[str, str]]:
    """Say of each kind without an entry whether somebody said that there was none."""
    for kind, day in found.none.items():
        said = _("None. That was last true on %(day)s.") % {"day": times.day(day)} if day else ""
        yield str(KINDS[kind]), said or _("Nobody has said yet whether there was any.")


def untrue(it: Untrue) -> str:
    """Say which “there was none” was found untrue, and by which entry."""
    said = _(
        "%(kind)s: on %(day)s the desk said that there was none by %(by)s. That has been found"
        " untrue: see entry %(number)d."
    )
    return said % {
        "kind": KINDS[it.kind],
        "day": times.local_day(it.said_at),
        "by": times.day(it.true_on),
        "number": it.number,
    }


def compared(found: Comparisons) -> str:
    """Say how often casework was compared with the log, and what came of it."""
    if found.last_at is None:
        return _("Casework and log were not compared in the last year.")
    return _(
        "Comparisons of casework with the log in the last year: %(times)d. The last one was on"
        " %(day)s. Differences that it found: %(count)d."
    ) % {
        "times": found.times,
        "day": times.local_day(found.last_at),
        "count": found.differences,
    }
