"""What is due on this desk, and what was put off: oldest first, a page at a time by keyset."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from evenhand.queries.filters import EPOCH, MICROSECOND, no_such_place
from evenhand.queries.referrals import PAGE
from evenhand.rules.clocks import (
    CHASED,
    MOST_CHASES_AT_ONCE,
    NEXT_STEP,
    Clocks,
    NextStep,
    due_at,
)
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.referrals import State
from evenhand.store import notices
from evenhand.store.casework import SnoozeRow
from evenhand.store.platform_versions import clocks_for
from evenhand.store.referrals import ReferralRow

CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,18})")
# The oldest of each state first, then of all: as many rows are read as a page has, not as wait.
DUE = (
    "SELECT found.id FROM unnest(%(states)s::text[]) AS wanted (state), LATERAL ("
    " SELECT id, due_at, number FROM referral"
    " WHERE state = wanted.state AND due_at <= %(now)s"
    " AND NOT (state = ANY(%(chased)s) AND chases >= %(most)s)"
    " AND (due_at, number) > (%(after_due)s, %(after_number)s)"
    " ORDER BY due_at, number LIMIT %(count)s) AS found"
    " ORDER BY found.due_at, found.number LIMIT %(count)s"
)


@dataclass(frozen=True, slots=True)
class Postponed:
    """A step that was put off: until when, by whom, and when it was due before."""

    until: date
    by: str
    was_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """A referral whose next step is due. It has no words, so that listing it is no look.

    ``by_form``: its platform is signed off for its own form, and not for e-mail.
    """

    reference: str
    version: int
    state: State
    step: NextStep
    platform: str
    harm: str | None
    owner: str
    due_at: datetime
    chases: int
    postponed: Postponed | None
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of what is due and the cursor of the next one, if there is more."""

    lines: Sequence[DueLine]
    next: str | None


def overdue(step: NextStep | None, cursor: str = "", *, officer: Officer, now: datetime) -> DuePage:
    """List what is overdue on the desk, of one step or of all, the longest overdue first."""
    check_may(officer, Permission.LIST_REFERRALS)
    states = [state for state, next_step in NEXT_STEP.items() if step in {None, next_step}]
    if step in {None, NextStep.CHASE}:
        states.append(State.UNDER_CHALLENGE)  # A content removal notice is waited for even then.
    return _page(_due(states, cursor, PAGE, now), PAGE)


def to_chase(cursor: str = "", *, officer: Officer, now: datetime) -> DuePage:
    """List the referrals whose platforms may be reminded now, as many as may be sent at once."""
    check_may(officer, Permission.CHASE)
    found = _page(_due(CHASED, cursor, MOST_CHASES_AT_ONCE, now), MOST_CHASES_AT_ONCE)
    channels = notices.channels_of({it.platform for it in found.lines})
    lines = [
        replace(it, by_form=set(channels[it.platform]) == {Transport.PORTAL}) for it in found.lines
    ]
    return DuePage(lines, found.next)


def put_off(cursor: str = "", *, officer: Officer, now: datetime) -> DuePage:
    """List what is put off to a later day, the soonest first."""
    check_may(officer, Permission.LIST_REFERRALS)
    due, number = max(_after(cursor), (now, 0))
    later = Q(due_at__gt=due) | Q(due_at=due, number__gt=number)
    rows = ReferralRow.objects.filter(later, put_off_until__isnull=False)
    found = rows.select_related("owner").order_by("due_at", "number")[: PAGE + 1]
    return _page(list(found), PAGE)


def _due(states: Iterable[State], cursor: str, count: int, now: datetime) -> list[ReferralRow]:
    after_due, after_number = _after(cursor)
    asked: dict[str, datetime | int | list[str]] = {
        "states": [str(it) for it in states],
        "chased": [str(it) for it in CHASED],
        "most": settings.DESK.chases_before_silence,
        "now": now,
        "after_due": after_due,
        "after_number": after_number,
        "count": count + 1,
    }
    with connection.cursor() as asking:
        asking.execute(DUE, asked)
        ids: list[UUID] = [found for (found,) in asking.fetchall()]
    rows = ReferralRow.objects.filter(id__in=ids).select_related("owner")
    return list(rows.order_by("due_at", "number"))


def _page(rows: Sequence[ReferralRow], count: int) -> DuePage:
    shown = rows[:count]
    snoozes = _snoozes(shown)
    clocks = clocks_for({row.platform for row in shown if row.id in snoozes}, settings.CLOCKS)
    lines = [_line(row, snoozes.get(row.id), clocks) for row in shown]
    return DuePage(lines, _cursor(shown[-1]) if len(rows) > count else None)


def _snoozes(rows: Iterable[ReferralRow]) -> Mapping[UUID, SnoozeRow]:
    """Give the snooze in force of each row that is put off, in one query."""
    ids = [row.id for row in rows if row.put_off_until]
    latest = SnoozeRow.objects.filter(referral__in=ids).order_by("referral", "-at")
    return {it.referral_id: it for it in latest.distinct("referral").select_related("by")}


def _line(row: ReferralRow, snooze: SnoozeRow | None, clocks: Mapping[str, Clocks]) -> DueLine:
    state = State(row.state)
    postponed = None
    if snooze:
        was_due_at = due_at(row.standing(), clocks[row.platform])
        postponed = Postponed(snooze.until, snooze.by.name, was_due_at)
    return DueLine(
        reference=row.reference,
        version=row.version,
        state=state,
        step=NEXT_STEP[State(row.before_challenge or state)],
        platform=row.platform,
        harm=row.harm,
        owner=row.owner.name,
        due_at=row.due_at or row.state_since,
        chases=row.chases,
        postponed=postponed,
    )


def _cursor(row: ReferralRow) -> str:
    due = row.due_at or row.state_since
    return f"{(due - EPOCH) // MICROSECOND}-{row.number}"


def _after(cursor: str) -> tuple[datetime, int]:
    """Read where the page before ended. Raises CursorWrong."""
    if not cursor:
        return EPOCH, 0
    read = CURSOR.fullmatch(cursor)
    if read is None:
        raise no_such_place()
    return EPOCH + int(read[1]) * MICROSECOND, int(read[2])
