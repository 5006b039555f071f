"""Recalls: those that wait to be sent or acknowledged, one to be printed, and how many are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from evenhand.queries.all_steps import cursor_at, place_of
from evenhand.queries.filters import EPOCH
from evenhand.queries.referrals import PAGE
from evenhand.rules.messages import Message
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.recalls import Recall, answer_due_at
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.recalls import message_of
from evenhand.store.sharing import RecallRow
from evenhand.store.whole import Moment


@dataclass(frozen=True, slots=True)
class Line:
    """One recall: of which package, to whom, and what it waits for. Nothing about the person."""

    ref: UUID
    fact: Recall
    organisation: str
    recipient: str
    email: str
    failure: str
    last_sent_at: datetime | None
    reminders: int
    next_due_at: datetime
    message: Message


@dataclass(frozen=True, slots=True)
class Recalls:
    """A page of open recalls, the first due first, and the cursor of the next one."""

    lines: Sequence[Line]
    next: str | None


def waiting(cursor: str = "", *, officer: Officer) -> Recalls:
    """List the recalls that are not acknowledged or over, the first due first, a page at a time."""
    check_may(officer, Permission.READ_DISCLOSURES)
    at, which = place_of(cursor, Moment(EPOCH, UUID(int=0)))
    after = Q(due_at__gt=at) | Q(due_at=at, id__gt=which)
    rows = list(_rows().filter(after, _OPEN).order_by("due_at", "id")[: PAGE + 1])
    shown = rows[:PAGE]
    following = cursor_at(Moment(shown[-1].due_at, shown[-1].id)) if len(rows) > PAGE else None
    return Recalls([_line(it) for it in shown], following)


def one(recall: UUID, *, officer: Officer) -> Line:
    """Give one recall, with the words of its notice. Raises NotFound."""
    check_may(officer, Permission.READ_DISCLOSURES)
    row = _rows().filter(id=recall).first()
    if row is None:
        raise NotFound(words("There is no such recall."), do=words("Look at the open recalls."))
    return _line(row)


def count_open() -> int:
    """Count the recalls that no recipient has acknowledged yet, for anyone."""
    return RecallRow.objects.filter(_OPEN).count()


def count_overdue(*, now: datetime) -> int:
    """Count the recalls that were not sent by the end of their working day. Clock E11."""
    return RecallRow.objects.filter(_OPEN, sent_at__isnull=True, due_at__lt=now).count()


_OPEN = Q(acknowledged_at__isnull=True, ended_at__isnull=True)


def _rows() -> QuerySet[RecallRow]:
    return RecallRow.objects.select_related(
        "disclosure__agreement__key", "disclosure__agreement__recipient"
    )


def _line(row: RecallRow) -> Line:
    message, to = message_of(row)
    due_at = row.due_at
    if row.last_sent_at is not None:
        days = row.disclosure.agreement.recall_days
        due_at = answer_due_at(row.last_sent_at, days, settings.CLOCKS.calendar)
    return Line(
        ref=row.id,
        fact=row.as_fact(),
        organisation=row.disclosure.agreement.recipient.name,
        recipient=to.name,
        email=to.email,
        failure=row.failure or "",
        last_sent_at=row.last_sent_at,
        reminders=row.reminders,
        next_due_at=due_at,
        message=message,
    )
