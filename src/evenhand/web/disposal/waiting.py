"""What of review and disposal waits for whoever signs in."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.queries import retention_waiting, schedules
from evenhand.queries.retention_waiting import ToConfirm, ToEnd
from evenhand.queries.schedules import Proposal
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.disposal import labels, present, schedule


def waiting(acting: Acting) -> Iterator[Mapping[str, object]]:
    """Give the piles of review and disposal for this officer, empty ones left out."""
    yield from _of_records(acting)
    if may(acting.officer, Permission.APPROVE_SCHEDULE):
        figures = schedules.to_approve(officer=acting.officer)
        if figures:
            title = _("Figures of the retention schedule to approve")
            yield _pile("to-approve-figures", title, {"items": [_to_approve(it) for it in figures]})


def _of_records(acting: Acting) -> Iterator[Mapping[str, object]]:
    officer, today = acting.officer, timezone.localdate(acting.at)
    if may(officer, Permission.REVIEW):
        due = retention_waiting.to_review(officer=officer, today=today)
        if due:
            yield _pile("to-review", _("Records to review"), present.due(due))
    if may(officer, Permission.CONFIRM_REVIEW):
        proposed = retention_waiting.to_confirm(officer=officer)
        if proposed:
            title = _("Reviews to confirm or decline")
            yield _pile("to-confirm", title, {"items": [_to_confirm(it) for it in proposed]})
    if may(officer, Permission.LIFT_HOLD):
        asked = retention_waiting.to_end(officer=officer, today=today)
        if asked:
            title = _("Holds to end, or to keep")
            yield _pile("to-end", title, {"items": [_to_end(it) for it in asked]})


def _pile(anchor: str, title: str, tasks: Params) -> Mapping[str, object]:
    return {"anchor": anchor, "title": title, "tasks": {**tasks, "idPrefix": anchor}}


def _to_confirm(line: ToConfirm) -> Params:
    return {
        "title": {"text": f"{labels.KINDS[line.kind]} {line.reference}"},
        "href": reverse("kept_confirm", args=[line.reference]),
        "hint": {"text": _("proposed on %(moment)s") % {"moment": times.moment(line.since)}},
        "status": {"text": str(labels.OUTCOMES[line.outcome])},
    }


def _to_end(line: ToEnd) -> Params:
    return {
        "title": {"text": f"{labels.KINDS[line.kind]} {line.reference}"},
        "href": reverse("kept_end_hold", args=[line.reference, line.hold]),
        "hint": {"text": _("asked for on %(moment)s") % {"moment": times.moment(line.since)}},
        "status": {"text": str(labels.HOLDS[line.held_for])},
    }


def _to_approve(line: Proposal) -> Params:
    return {
        "title": {"text": schedule.called(line.schedule)},
        "href": reverse("schedule_approve", args=[line.schedule.code, line.ref]),
        "hint": {"text": _("proposed on %(moment)s") % {"moment": times.moment(line.at)}},
        "status": {"text": schedule.figures(line.figures)},
    }
