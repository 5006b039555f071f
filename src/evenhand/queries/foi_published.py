"""The disclosure log: what the desk answered, for everybody, and how it kept to its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from evenhand.rules.foi_due import is_over, running
from evenhand.rules.foi_parts import FoiOutcome
from evenhand.rules.public_foi import no_such_request
from evenhand.rules.publishing_tables import Published
from evenhand.store import foi_counting
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.lawbook import clocks

PAGE = 25
FIRST = 1


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One reply as it is published. ``reply``: 1 is the first to a request, 2 a further one."""

    number: str
    reply: int
    title: str
    body: str
    received_on: date
    due_on: date | None
    replied_on: date
    outcome: FoiOutcome

    @property
    def in_time(self) -> bool | None:
        """Say whether it was answered by the earliest last day; None where none was reckoned."""
        return None if self.due_on is None else self.replied_on <= self.due_on


@dataclass(frozen=True, slots=True)
class DisclosedPage:
    """One page of the disclosure log, the newest first. ``next_page``: 0 where there is none."""

    items: Sequence[Disclosed]
    next_page: int


@dataclass(frozen=True, slots=True)
class InTime:
    """How many requests were answered, how many of them late, and how many are overdue now."""

    answered: int
    late: int
    overdue: int


def disclosures(page: int) -> DisclosedPage:
    """Give one page of the disclosure log, counted from 1."""
    start = (page - 1) * PAGE
    rows = FoiDisclosureRow.objects.order_by("-replied_on", "-number", "-reply")[
        start : start + PAGE + 1
    ]
    found = [_disclosed(it) for it in rows]
    return DisclosedPage(found[:PAGE], page + 1 if len(found) > PAGE else 0)


def replies(number: str) -> Sequence[Disclosed]:
    """Give every reply to a request as it is published, the first one first. Raises NotFound."""
    rows = FoiDisclosureRow.objects.filter(number=number).order_by("reply")
    found = [_disclosed(it) for it in rows]
    if not found:
        raise no_such_request()
    return found


def numbers() -> Sequence[Published]:
    """Give the numbers that replies tell, for whatever else is to be published beside them."""
    return list(foi_counting.told())


def in_time(*, today: date) -> InTime:
    """Count how the desk kept to its time, by the earliest last day of each first reply. A84."""
    rows = FoiDisclosureRow.objects.filter(reply=FIRST)
    asked = FoiRequestRow.objects.with_facts().running()
    overdue = sum(_is_overdue(it, today) for it in asked)
    return InTime(rows.count(), rows.filter(replied_on__gt=F("due_on")).count(), overdue)


def _is_overdue(row: FoiRequestRow, today: date) -> bool:
    return is_over(running(row.as_fact(), clocks()), today)


def _disclosed(row: FoiDisclosureRow) -> Disclosed:
    return Disclosed(
        number=row.number,
        reply=row.reply,
        title=row.title,
        body=row.body,
        received_on=row.received_on,
        due_on=row.due_on,
        replied_on=row.replied_on,
        outcome=FoiOutcome(row.outcome),
    )
