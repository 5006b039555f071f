"""Reads a whole referral in two trips: its row, and the latest steps of each kind that there is."""

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
from evenhand.store.asking import Found, Known, Question, Table, ask
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

    ``same_content`` are references; ``captures`` says how many files of the content are kept;
    ``challenged`` says that somebody's challenge to it waits to be settled;
    ``exported`` says that somebody outside took an export of it;
    ``there`` are the kinds of steps that were ever taken.
    """

    row: ReferralRow
    duplicate_of: str | None
    same_content: Sequence[str]
    captures: int
    has_platform: bool
    challenged: bool
    exported: bool
    has_people: bool
    there: Sequence[Table[Any]]


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
    """Give a referral, and of which kinds there are steps on it. Raises NotFound."""
    if not could_be(reference):
        raise not_found()
    [rows] = ask((_begun(), [reference]))
    if not rows:
        raise not_found()
    [values] = rows
    beside, taken = values[REFERRAL.width : -len(STEPS)], values[-len(STEPS) :]
    there = [it for it, is_there in zip(STEPS, taken, strict=True) if is_there]
    return Begun(REFERRAL.row(values), *beside, there)


def rest_of(it: Begun) -> list[Question]:
    """Ask for what a whole referral is besides: only for what there is."""
    people = [(PEOPLE, [it.row.id])] if it.has_people else []
    platform = [(_platform(), [it.row.platform])] if it.has_platform else []
    return [*people, *platform, *latest(it, NOW)]


def whole(it: Begun, found: Sequence[Found]) -> Whole:
    """Make a whole referral of what was found of the rest of it."""
    rest, known = iter(found), dict[Any, Any]()
    people = next(rest) if it.has_people else ()
    kept = next(rest) if it.has_platform else ()
    version = PLATFORM.row(kept[0]) if kept else None
    taken = dict(zip(it.there, rest, strict=True))
    times = [getattr(version, it) for it in CHASE_TIMES] if version else None
    steps = [_rows(table, taken.get(table, ())[:MOST_STEPS], known) for table in STEPS]
    return Whole(
        it,
        with_these(settings.CLOCKS, times),
        called_by(it.row.platform, version),
        [(who, role, waits) for who, role, waits in people],
        any(len(rows) > MOST_STEPS for rows in taken.values()),
        *(several[::-1] for several in steps),
    )


def latest(it: Begun, before: Moment) -> list[Question]:
    """Ask for the latest steps of each kind that there is, before a moment."""
    return [(_steps_of(table), [it.row.id, *before]) for table in it.there]


def together(it: Begun, found: Sequence[Found]) -> Steps:
    """Make a page of the steps of all kinds of what was found of each."""
    known: Known = {}
    each = [_rows(*kind, known) for kind in zip(it.there, found, strict=True)]
    steps = sorted(chain(*each), key=moment_of, reverse=True)
    return Steps(steps[:MOST_STEPS], len(steps) > MOST_STEPS)


def moment_of(step: Step) -> Moment:
    """Give a step's place among all."""
    return Moment(step.at, step.id)


@cache
def _begun() -> str:
    there = (
        ("challenge", "standing = 'open'"),
        ("export", "taken_at IS NOT NULL"),
        ("person_link", "ended_at IS NULL"),
        *((it.table, "true") for it in STEPS),
    )
    flags = ", ".join(
        f"EXISTS (SELECT FROM {table} WHERE referral_id = referral.id AND {which})"  # noqa: S608
        for table, which in there
    )
    return (
        f"SELECT {REFERRAL.columns}, (SELECT reference FROM referral AS first"  # noqa: S608
        " WHERE first.id = referral.duplicate_of_id),"
        " ARRAY(SELECT reference FROM referral AS other"
        " WHERE other.same_content = referral.same_content AND other.id <> referral.id"
        f" ORDER BY number LIMIT {MOST_SAME}),"
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
def _steps_of(table: Table[Any]) -> str:
    place = f"{table.table}.at, {table.table}.id"
    return (
        f"SELECT {table.columns} FROM {table.joined}"  # noqa: S608
        f" WHERE referral_id = %s AND ({place}) < (%s, %s)"
        f" ORDER BY {table.table}.at DESC, {table.table}.id DESC LIMIT {MOST_STEPS + 1}"
    )


def _rows(table: Table[Any], found: Found, known: Known) -> list[Any]:
    return [table.row(values, known) for values in found]
