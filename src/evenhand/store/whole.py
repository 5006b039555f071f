"""Reads a whole referral in one trip: its row, its latest steps, and what else its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

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
    Step,
)
from evenhand.store.mail import MailRow
from evenhand.store.platform_versions import called_by, with_these
from evenhand.store.platforms import PlatformVersionRow
from evenhand.store.referrals import ReferralRow, could_be, not_found
from evenhand.store.trips import Values

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
    Table(MailRow, ("by", "read_by")),
)
PLATFORM = Table(PlatformVersionRow, ("key", "made_by"))
MOST_STEPS = 25
"""So many steps of a kind are read with a referral, and so many of all kinds on a page of them."""
MOST_SAME = 20
SAME_CONTENT = (
    "SELECT other.reference FROM referral AS this JOIN referral AS other"  # noqa: S608
    " ON other.same_content = this.same_content AND other.id <> this.id"
    f" WHERE this.reference = %s ORDER BY other.number LIMIT {MOST_SAME}"
)
PEOPLE = (
    "SELECT person.reference, role, person_link.authorised_at IS NULL FROM person_link"  # noqa: S608
    " JOIN person ON person.id = person_id JOIN referral ON referral.id = referral_id"
    " WHERE referral.reference = %s AND ended_at IS NULL ORDER BY person_link.at, person_link.id"
    f" LIMIT {MOST_STEPS}"
)


class Moment(NamedTuple):
    """When a step was taken, and which of those taken at once it is: its place among all."""

    at: datetime
    id: UUID


NOW = Moment(datetime(9999, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral's row and the latest steps of each kind by time, with what stands beside it.

    ``times`` are the desk's clocks, with the platform's own chase times in place of the desk's;
    ``platform_name`` is what the law data or the desk calls the platform, else its host;
    ``people`` are references of records with their roles, and whether these wait to be authorised;
    ``captures`` says how many files of the content are kept;
    ``challenged`` says that somebody's challenge to it waits to be settled;
    ``exported`` says that somebody outside took an export of it;
    ``older_steps`` says that of some kind there are more steps than are given.
    """

    row: ReferralRow
    duplicate_of: str | None
    same_content: Sequence[str]
    times: Clocks
    platform_name: str
    people: Sequence[tuple[str, str, bool]]
    captures: int
    challenged: bool
    exported: bool
    older_steps: bool
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
    mails: Sequence[MailRow]


@dataclass(frozen=True, slots=True)
class Steps:
    """A referral's row, a page of its steps of all kinds, and whether there are others."""

    row: ReferralRow
    steps: Sequence[Step]
    more: bool


def whole(reference: str) -> Whole:
    """Give a referral with what happened to it lately. Raises NotFound."""
    [[*values, duplicate_of, captures, challenged, exported]], same, kept, people, *found = _asked(
        reference, (_row(), SAME_CONTENT, _platform(), PEOPLE), before=NOW
    )
    row, version = REFERRAL.row(values), PLATFORM.row(kept[0]) if kept else None
    steps = [it[:MOST_STEPS][::-1] for it in _rows(found)]
    return Whole(
        row,
        duplicate_of,
        [other for (other,) in same],
        with_these(
            settings.CLOCKS, [getattr(version, it) for it in CHASE_TIMES] if version else None
        ),
        called_by(row.platform, version),
        [(who, role, waits) for who, role, waits in people],
        captures,
        challenged,
        exported,
        any(len(it) > MOST_STEPS for it in found),
        *steps,
    )


def steps_before(reference: str, moment: Moment) -> Steps:
    """Give the latest steps of all kinds before a moment, the latest first. Raises NotFound."""
    [values], *found = _asked(reference, (_row(),), before=moment)
    steps = sorted(chain(*_rows(found)), key=moment_of, reverse=True)
    return Steps(REFERRAL.row(values), steps[:MOST_STEPS], len(steps) > MOST_STEPS)


def moment_of(step: Step) -> Moment:
    """Give a step's place among all."""
    return Moment(step.at, step.id)


def with_same_content(reference: str) -> tuple[ReferralRow, Sequence[str]]:
    """Give a referral and the others of the same content. Raises NotFound."""
    [values], same = _asked(reference, (_row(), SAME_CONTENT))
    return REFERRAL.row(values), [other for (other,) in same]


def _asked(
    reference: str, statements: Sequence[str], *, before: Moment | None = None
) -> list[Found]:
    """Ask about a referral, and for the latest steps of each kind before a moment."""
    if not could_be(reference):
        raise not_found()
    asked: list[tuple[str, Values]] = [(it, [reference]) for it in statements]
    if before:
        asked += [(it, [reference, *before]) for it in _steps()]
    found = ask(*asked)
    if not found[0]:
        raise not_found()
    return found


@cache
def _row() -> str:
    return (
        f"SELECT {REFERRAL.columns}, (SELECT reference FROM referral AS first"  # noqa: S608
        " WHERE first.id = referral.duplicate_of_id),"
        " (SELECT count(*) FROM capture WHERE referral_id = referral.id),"
        " EXISTS (SELECT FROM challenge WHERE referral_id = referral.id AND standing = 'open'),"
        " EXISTS (SELECT FROM export WHERE referral_id = referral.id AND taken_at IS NOT NULL)"
        f" FROM {REFERRAL.joined}"
        " WHERE referral.reference = %s"
    )


@cache
def _platform() -> str:
    return (
        f"SELECT {PLATFORM.columns} FROM {PLATFORM.joined} WHERE replaced_at IS NULL"  # noqa: S608
        " AND platform = (SELECT platform FROM referral WHERE reference = %s)"
    )


@cache
def _steps() -> Sequence[str]:
    return [
        f"SELECT {it.columns} FROM {it.joined} WHERE referral_id ="  # noqa: S608
        " (SELECT id FROM referral WHERE reference = %s)"
        f" AND ({it.table}.at, {it.table}.id) < (%s, %s)"
        f" ORDER BY {it.table}.at DESC, {it.table}.id DESC LIMIT {MOST_STEPS + 1}"
        for it in STEPS
    ]


def _rows(found: Sequence[Found]) -> Sequence[list[Any]]:
    return [[table.row(it) for it in rows] for table, rows in zip(STEPS, found, strict=True)]
