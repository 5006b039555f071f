"""Reads a whole referral in one trip: its row, every step taken, and what else its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from evenhand.rules.clocks import Clocks
from evenhand.rules.platforms import CHASE_TIMES
from evenhand.store.asking import Found, Table, ask
from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    HandoverRow,
    MoveRow,
    NoteRow,
    NoticeRow,
    SnoozeRow,
)
from evenhand.store.platform_versions import with_these
from evenhand.store.referrals import ReferralRow, could_be, not_found

REFERRAL = Table(ReferralRow, ("key", "logged_by", "owner", "approved_by"))
STEPS: Sequence[Table[Any]] = (
    Table(MoveRow, ("by",)),
    Table(EmergencyRow, ("by",)),
    Table(AssessmentRow, ("by",)),
    Table(DecisionRow, ("by",)),
    Table(NoticeRow, ("by", "witness")),
    Table(AnswerRow, ("by",)),
    Table(CheckRow, ("by",)),
    Table(SnoozeRow, ("by",)),
    Table(HandoverRow, ("by", "earlier_owner", "new_owner")),
    Table(NoteRow, ("by",)),
)
MOST_SAME = 20
SAME_CONTENT = (
    "SELECT other.reference FROM referral AS this JOIN referral AS other"  # noqa: S608
    " ON other.same_content = this.same_content AND other.id <> this.id"
    f" WHERE this.reference = %s ORDER BY other.number LIMIT {MOST_SAME}"
)
TIMES = (
    f"SELECT {', '.join(CHASE_TIMES)} FROM platform_version WHERE replaced_at IS NULL"  # noqa: S608
    " AND platform = (SELECT platform FROM referral WHERE reference = %s)"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral's row and all its steps, each kind by time, with what stands beside it.

    ``times`` are the desk's clocks, with the platform's own chase times in place of the desk's.
    """

    row: ReferralRow
    duplicate_of: str | None
    same_content: Sequence[str]
    times: Clocks
    moves: Sequence[MoveRow]
    emergencies: Sequence[EmergencyRow]
    assessments: Sequence[AssessmentRow]
    decisions: Sequence[DecisionRow]
    notices: Sequence[NoticeRow]
    answers: Sequence[AnswerRow]
    checks: Sequence[CheckRow]
    snoozes: Sequence[SnoozeRow]
    handovers: Sequence[HandoverRow]
    notes: Sequence[NoteRow]


def whole(reference: str) -> Whole:
    """Give a referral with everything that happened to it. Raises NotFound."""
    [[*values, duplicate_of]], same, times, *steps = _asked(reference, _all())
    return Whole(
        REFERRAL.row(values),
        duplicate_of,
        [other for (other,) in same],
        with_these(settings.CLOCKS, times[0] if times else None),
        *([table.row(it) for it in found] for table, found in zip(STEPS, steps, strict=True)),
    )


def with_same_content(reference: str) -> tuple[ReferralRow, Sequence[str]]:
    """Give a referral and the others of the same content. Raises NotFound."""
    [[*values, _duplicate_of]], same = _asked(reference, (_row(), SAME_CONTENT))
    return REFERRAL.row(values), [other for (other,) in same]


def _asked(reference: str, statements: Sequence[str]) -> list[Found]:
    if not could_be(reference):
        raise not_found()
    found = ask(*((it, [reference]) for it in statements))
    if not found[0]:
        raise not_found()
    return found


@cache
def _all() -> Sequence[str]:
    return (_row(), SAME_CONTENT, TIMES, *map(_steps, STEPS))


@cache
def _row() -> str:
    return (
        f"SELECT {REFERRAL.columns}, (SELECT reference FROM referral AS first"  # noqa: S608
        f" WHERE first.id = referral.duplicate_of_id) FROM {REFERRAL.joined}"
        " WHERE referral.reference = %s"
    )


def _steps(table: Table[Any]) -> str:
    return (
        f"SELECT {table.columns} FROM {table.joined} WHERE referral_id ="  # noqa: S608
        f" (SELECT id FROM referral WHERE reference = %s) ORDER BY {table.table}.at"
    )
