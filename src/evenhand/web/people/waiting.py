"""What about people waits for whoever signs in, beside what they authorise: references only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.queries import notification, people_finding, people_waiting
from evenhand.queries.people_waiting import SHOWN, ToAnswer
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web import labels, times
from evenhand.web.components import Params


def waiting(acting: Acting) -> Iterator[Mapping[str, object]]:
    """Give the piles about people for this officer, empty ones left out."""
    piles = (
        ("lift", _("Restrictions to lift"), _to_lift(acting)),
        ("purposes", _("Other purposes to answer for"), _purposes(acting)),
        ("telling", _("Decisions on telling people"), _telling(acting)),
        ("pairs", _("Pairs of records to compare"), _pairs(acting)),
        ("joined", _("Joined records to look at again"), _joined(acting)),
    )
    for anchor, title, items in piles:
        if items:
            tasks = {"idPrefix": anchor, "items": items}
            yield {"anchor": anchor, "title": title, "tasks": tasks}


def _to_lift(acting: Acting) -> Sequence[Params]:
    if not may(acting.officer, Permission.LIFT_RESTRICTION):
        return []
    return _asked(people_waiting.to_lift(acting=acting), "lift_restriction", acting.at)


def _purposes(acting: Acting) -> Sequence[Params]:
    if not may(acting.officer, Permission.ANSWER_PURPOSE):
        return []
    return _asked(people_waiting.purposes_to_answer(acting=acting), "answer_purpose", acting.at)


def _asked(found: Sequence[ToAnswer], page: str, now: datetime) -> Sequence[Params]:
    return [
        _item(
            it.reference,
            reverse(page, args=[it.reference]),
            _("asked for on %(moment)s, to be answered by %(due)s")
            % {"moment": times.moment(it.since), "due": times.moment(it.due_at)},
            is_late=it.due_at < now,
        )
        for it in found
    ]


def _telling(acting: Acting) -> Sequence[Params]:
    if not may(acting.officer, Permission.CONFIRM_NOT_TELLING) or not people_waiting.is_open():
        return []
    return [
        _item(
            it.reference,
            reverse("telling_one", args=[it.reference]),
            _("to be decided by %(day)s") % {"day": times.day(it.due_on)},
            is_late=it.due_on < timezone.localdate(acting.at),
        )
        for it in notification.due(SHOWN, acting=acting)
    ]


def _pairs(acting: Acting) -> Sequence[Params]:
    if not may(acting.officer, Permission.JOIN_PEOPLE) or not people_waiting.is_open():
        return []
    return [
        _item(
            _("%(first)s and %(second)s") % {"first": it.first, "second": it.second},
            reverse("pair", args=[it.ref]),
            _("proposed by %(name)s") % {"name": it.decided_by},
        )
        for it in people_finding.waiting(acting=acting)[:SHOWN]
    ]


def _joined(acting: Acting) -> Sequence[Params]:
    if not may(acting.officer, Permission.CORRECT_PERSON):
        return []
    return [
        _item(
            it.reference,
            reverse("person", args=[it.reference]),
            _("a record of the same person changed on %(moment)s")
            % {"moment": times.moment(it.since)},
        )
        for it in people_waiting.changed_beside(acting=acting)
    ]


def _item(title: str, href: str, hint: str, *, is_late: bool = False) -> Params:
    tag = labels.Tag(_("Overdue"), "orange") if is_late else labels.Tag(_("Waiting"), "yellow")
    return {
        "title": {"text": title},
        "href": href,
        "hint": {"text": hint},
        "status": tag.status,
    }
