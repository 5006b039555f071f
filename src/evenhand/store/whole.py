"""Reads a whole referral by two questions: its row, and the latest steps of each kind."""

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
from evenhand.rules.referrals import State
from evenhand.store.asking import Found, Question, Table, Tables, ask
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
from evenhand.store.trips import Numbered

REFERRAL = Table(ReferralRow, ("key", "logged_by", "owner", "approved_by"))
KINDS: Sequence[Table[Any]] = (
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
STEPS = Tables(KINDS)
PLATFORM = Table(PlatformVersionRow, ("key", "made_by"))
MOST_STEPS = 25
"""So many steps of a kind are read with a referral, and so many of all kinds on a page of them."""
MOST_SAME = 20
SAME_CONTENT = (
    "ARRAY(SELECT reference FROM referral AS other"  # noqa: S608
    " WHERE other.same_content = referral.same_content AND other.id <> referral.id"
    f" ORDER BY number LIMIT {MOST_SAME})"
)
STATUTORY_LEFT = (
    "ARRAY(SELECT reference FROM referral AS other"  # noqa: S608
    " WHERE other.statutory_with = coalesce(referral.statutory_with, referral.id)"
    f" AND other.state <> '{State.STATUTORY_ROUTE}' AND other.url IS NOT NULL"
    f" ORDER BY number LIMIT {MOST_SAME})"
)
PEOPLE = (
    "SELECT person.reference, role, person_link.authorised_at IS NULL FROM person_link"  # noqa: S608
    " JOIN person ON person.id = person_id WHERE referral_id = %s AND ended_at IS NULL"
    f" ORDER BY person_link.at, person_link.id LIMIT {MOST_STEPS}"
)


class Moment(NamedTuple):
    """When a step was taken, and which of those taken at once it is: its place among all."""

    at: datetime
    id: UUID


NOW = Moment(datetime(9999, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Begun:
    """A referral's row with what is read at once, before anything of it is shown.

    ``same_content`` are references; ``statutory_left`` those that have to go by the statutory
    route, as one of the same content did; ``captures`` says how many files of it are kept;
    ``challenged`` says that somebody's challenge to it waits to be settled;
    ``exported`` says that somebody outside took an export of it.
    """

    row: ReferralRow
    duplicate_of: str | None
    same_content: Sequence[str]
    statutory_left: Sequence[str]
    captures: int
    has_platform: bool
    challenged: bool
    exported: bool
    has_people: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral as it was begun, and the latest steps of each kind by time.

    ``times`` are the desk's clocks, with the platform's own chase times in place of the desk's;
    ``platform_name`` is what the law data or the desk calls the platform, else its host;
    ``people`` are references of records with their roles, and whether these wait to be authorised;
    ``older_steps`` says that of some kind there are more steps than are given.
    """

    begun: Begun
    times: Clocks
    platform_name: str
    people: Sequence[tuple[str, str, bool]]
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
    """A page of a referral's steps of all kinds, the latest first, and whether there are others."""

    steps: Sequence[Step]
    more: bool


def begun(reference: str) -> Begun:
    """Give a referral, and what stands beside it. Raises NotFound."""
    values = _asked(_begun(), reference)
    return Begun(REFERRAL.row(values), *values[REFERRAL.width :])


def briefly(reference: str) -> tuple[ReferralRow, Sequence[str], Sequence[str]]:
    """Give a referral, others of the same content, and those left to go. Raises NotFound."""
    values = _asked(_briefly(), reference)
    same, left = values[REFERRAL.width :]
    return REFERRAL.row(values), same, left


def rest_of(it: Begun) -> list[Question]:
    """Ask for its latest steps; for people, and what is kept of its platform, where there are."""
    people = [(PEOPLE, [it.row.id])] if it.has_people else []
    platform = [(_platform(), [it.row.platform])] if it.has_platform else []
    return [latest(it.row, NOW), *people, *platform]


def whole(it: Begun, found: Sequence[Found]) -> Whole:
    """Make a whole referral of what was found of the rest of it."""
    taken, *rest = found
    people = rest.pop(0) if it.has_people else ()
    kept = rest.pop(0) if it.has_platform else ()
    version = PLATFORM.row(kept[0]) if kept else None
    times = [getattr(version, it) for it in CHASE_TIMES] if version else None
    steps = [sorted(rows, key=moment_of) for rows in STEPS.rows(taken)]
    return Whole(
        it,
        with_these(settings.CLOCKS, times),
        called_by(it.row.platform, version),
        [(who, role, waits) for who, role, waits in people],
        any(len(rows) > MOST_STEPS for rows in steps),
        *(rows[-MOST_STEPS:] for rows in steps),
    )


def latest(row: ReferralRow, before: Moment) -> Question:
    """Ask for the latest steps of each kind before a moment."""
    return _steps(), [row.id, before.at, before.id]


def together(found: Found) -> Steps:
    """Make a page of the steps of all kinds of the latest of each."""
    steps = sorted(chain(*STEPS.rows(found)), key=moment_of, reverse=True)
    return Steps(steps[:MOST_STEPS], len(steps) > MOST_STEPS)


def moment_of(step: Step) -> Moment:
    """Give a step's place among all."""
    return Moment(step.at, step.id)


def _asked(statement: str, reference: str) -> Sequence[Any]:
    [rows] = ask((statement, [reference])) if could_be(reference) else [()]
    if not rows:
        raise not_found()
    return rows[0]


@cache
def _briefly() -> str:
    return (
        f"SELECT {REFERRAL.columns}, {SAME_CONTENT}, {STATUTORY_LEFT}"  # noqa: S608
        f" FROM {REFERRAL.joined}"
        " WHERE referral.reference = %s"
    )


@cache
def _begun() -> str:
    there = (
        ("challenge", "standing = 'open'"),
        ("export", "taken_at IS NOT NULL"),
        ("person_link", "ended_at IS NULL"),
    )
    flags = ", ".join(
        f"EXISTS (SELECT FROM {table} WHERE referral_id = referral.id AND {which})"
        for table, which in there
    )
    return (
        f"SELECT {REFERRAL.columns}, (SELECT reference FROM referral AS first"  # noqa: S608
        f" WHERE first.id = referral.duplicate_of_id), {SAME_CONTENT}, {STATUTORY_LEFT},"
        " (SELECT count(*) FROM capture WHERE referral_id = referral.id),"
        " EXISTS (SELECT FROM platform_version"
        " WHERE platform = referral.platform AND replaced_at IS NULL),"
        f" {flags} FROM {REFERRAL.joined} WHERE referral.reference = %s"
    )


@cache
def _platform() -> str:
    return (
        f"SELECT {PLATFORM.columns} FROM {PLATFORM.joined}"  # noqa: S608
        " WHERE replaced_at IS NULL AND platform = %s"
    )


@cache
def _steps() -> str:
    steps = STEPS.statement(
        lambda it: (
            f"WHERE referral_id = $1 AND ({it.table}.at, {it.table}.id) < ($2, $3)"
            f" ORDER BY {it.table}.at DESC, {it.table}.id DESC LIMIT {MOST_STEPS + 1}"
        )
    )
    return Numbered(steps)
