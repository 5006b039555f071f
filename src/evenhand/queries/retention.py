"""What is due for review or disposal, what is held, and what was disposed of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from evenhand.queries import consultations
from evenhand.queries.filters import no_such_place
from evenhand.queries.referrals import PAGE
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import Hold, HoldKind
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.people import PersonStanding
from evenhand.rules.referrals import NotFound
from evenhand.rules.retention import Kept, RecordKind, Verdict, What, decide, duty_to_erase
from evenhand.rules.reviews import Question, ReviewOutcome, ReviewStanding
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store import records
from evenhand.store.people import PersonRow
from evenhand.store.records import TABLES, Record, Table
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow, HoldRow, RetentionRunRow, ReviewRow
from evenhand.store.sealing import open_record_key, unsealed

WAITING = ReviewRow.objects.filter(standing=ReviewStanding.WAITING)


@dataclass(frozen=True, slots=True)
class DueLine:
    """A record that is due, or waits for a second officer. No words, so listing it is no look."""

    reference: str
    kind: RecordKind
    schedule: str
    review_on: date
    max_on: date
    verdict: Verdict
    proposed: ReviewOutcome | None
    duty: Duty | None


@dataclass(frozen=True, slots=True)
class ToErase:
    """How many people's records are to be erased: those in time, and those that are overdue."""

    in_time: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of what is due, the soonest last day first, and the cursor of the next one."""

    lines: Sequence[DueLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold. Its words are None for who may not read them."""

    id: UUID
    kind: HoldKind
    placed_on: date
    expires_on: date | None
    stands: bool
    end_asked: bool
    owner: str | None
    their_reference: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review. Its words are None for who may not read them."""

    by: str
    at: datetime
    outcome: ReviewOutcome
    standing: ReviewStanding
    until: date | None
    last_day: date | None
    reason: str | None
    answers: Mapping[Question, str]


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One record that is kept for a time, with its holds and reviews, the newest first."""

    kept: Kept
    version: int
    verdict: Verdict
    duty: Duty | None
    holds: Sequence[HoldLine]
    reviews: Sequence[ReviewLine]

    @property
    def proposal(self) -> ReviewLine | None:
        """The review that waits for a second officer, if one does."""
        return next((it for it in self.reviews if it.standing is ReviewStanding.WAITING), None)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of disposal. It holds no personal data of anybody outside the desk."""

    reference: str
    record: UUID
    kind: RecordKind
    what: What
    system: str
    schedule: str
    because: str
    created_on: date
    max_on: date
    at: datetime
    proposed_by: UUID | None
    released_by: UUID | None


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A page of certificates, the newest first, and the cursor of the next one."""

    lines: Sequence[Certificate]
    next: str | None


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the worker last looked what is due, and what it found: the heartbeat of retention."""

    ran_at: datetime
    restricted: int
    destroyed: int
    waiting: int


def due(cursor: str = "", *, officer: Officer, today: date) -> DuePage:
    """List what is due today, or proposed, a page at a time. The number of queries is fixed."""
    check_may(officer, Permission.LIST_KEPT)
    return _due(cursor, today)


def all_due(*, today: date) -> Iterator[DueLine]:
    """Give all that is due today, for the desk's own machine."""
    cursor: str | None = ""
    while cursor is not None:
        page = _due(cursor, today)
        yield from page.lines
        cursor = page.next


def _due(cursor: str, today: date) -> DuePage:
    found = [row for table in TABLES for row in _rows_due(table, cursor, today)]
    found.sort(key=_order)
    shown = found[:PAGE]
    proposed, holds = _proposed(shown), _holds(shown)
    lines = [_line(it, holds[it.id], proposed, today) for it in shown]
    last = shown[-1] if len(found) > PAGE else None
    return DuePage(lines, "{}_{}".format(*_order(last)) if last else None)


def _rows_due(table: Table, cursor: str, today: date) -> Sequence[Record]:
    """Give the first that are due, and the first that are proposed: each is found by its index."""
    rows = table.objects.filter(max_on__isnull=False).order_by("max_on", "reference")
    if cursor:
        day, reference = _place(cursor)
        later = Q(max_on__gt=day) | Q(max_on=day, reference__gt=reference)
        rows = rows.filter(later, max_on__gte=day)  # said twice, so that the index starts there
    proposed = Q(id__in=records.of(table, WAITING))
    return _firsts(rows, [*_is_due(table, today), proposed], PAGE + 1)


def to_review(most: int, *, officer: Officer, today: date) -> Sequence[DueLine]:
    """Give the first that are due and that this officer may review, by a fixed number of queries.

    What a colleague proposed, what is held, and what the officer worked on waits for others.
    """
    check_may(officer, Permission.REVIEW)
    found: list[Record] = []
    for table in TABLES:
        rows = table.objects.filter(max_on__isnull=False).order_by("max_on", "reference")
        for_others = records.belongs(table, WAITING) | records.held(table, today)
        rows = rows.exclude(for_others).exclude(table.worked_on(officer.ref))
        found += _firsts(rows, _is_due(table, today), most)
    return [_line(it, (), {}, today) for it in sorted(found, key=_order)[:most]]


def _is_due(table: Table, today: date) -> list[Q]:
    """Say which records of a table are due, each way by an index of its own."""
    if table is PersonRow:
        to_erase = Q(erase_because__isnull=False, standing=PersonStanding.HELD)
        return [Q(review_on__lte=today), to_erase]
    return [Q(review_on__lte=today)]


def _firsts(rows: QuerySet[Any], either: Sequence[Q], most: int) -> Sequence[Record]:
    found = {row.id: row for which in either for row in rows.filter(which)[:most]}
    return list(found.values())


def _holds(rows: Sequence[Record]) -> Mapping[UUID, Sequence[Hold]]:
    """Give what holds each record of a page, asked for all of them at once."""
    referrals = [it for it in rows if isinstance(it, ReferralRow)]
    prefetch_related_objects(referrals, "holdrows", "challenges")
    people = [it.id for it in rows if isinstance(it, PersonRow)]
    on_people = records.holds_on_people(people) if people else {}
    return {it.id: records.holds_of(it) for it in referrals} | dict(on_people)


def _order(row: Record) -> tuple[date, str]:
    return row.max_on or date.max, row.reference


def one(reference: str, *, acting: Acting) -> KeptRecord:
    """Give one record as it is kept; its reviews and holds in words to who may read them.

    That somebody looks is in the log first. Raises NotFound, NotDue.
    """
    check_may(acting.officer, Permission.LIST_KEPT)
    row = records.named(reference)
    consultations.at_one(row.id, Permission.LIST_KEPT, acting=acting)
    today = timezone.localdate(acting.at)
    may_read = may(acting.officer, Permission.READ_REVIEWS)
    key = open_record_key(row.key) if may_read else None
    holds = list(row.holdrows.order_by("-at"))
    found = records.kept(row)
    reviews = row.reviewrows.select_related("by").order_by("-at")[:PAGE]
    return KeptRecord(
        kept=found,
        version=row.version,
        verdict=decide(found, today=today),
        duty=duty_to_erase(found, today=today),
        holds=[_hold(it, key, today) for it in holds],
        reviews=[_review(it, key) for it in reviews],
    )


def certificates(cursor: str = "", *, officer: Officer) -> CertificatePage:
    """List certificates of disposal, the newest first."""
    check_may(officer, Permission.READ_CERTIFICATES)
    rows = DisposalRow.objects.order_by("-at", "-id")
    if cursor:
        before = DisposalRow.objects.filter(reference=cursor).first()
        if before is None:
            raise no_such_place()
        rows = rows.filter(Q(at__lt=before.at) | Q(at=before.at, id__lt=before.id))
    found = list(rows[: PAGE + 1])
    lines = [_certificate(it) for it in found[:PAGE]]
    return CertificatePage(lines, lines[-1].reference if len(found) > PAGE else None)


def certificate(reference: str, *, officer: Officer) -> Certificate:
    """Give one certificate of disposal. Raises NotFound."""
    check_may(officer, Permission.READ_CERTIFICATES)
    row = DisposalRow.objects.filter(reference=reference).first()
    if row is None:
        raise NotFound(
            words("There is no certificate with this reference."),
            do=words("Check the reference: it looks like C-7K3M9XQA."),
        )
    return _certificate(row)


def last_run(*, officer: Officer) -> LastRun | None:
    """Say when the worker last looked what is due; None where it never did."""
    check_may(officer, Permission.LIST_KEPT)
    row = RetentionRunRow.objects.first()
    return LastRun(row.ran_at, row.restricted, row.destroyed, row.waiting) if row else None


def to_erase(*, officer: Officer, today: date) -> ToErase:
    """Count the people's records that the desk has to erase without being asked. A25."""
    check_may(officer, Permission.LIST_KEPT)
    held = Q(id__in=records.of(PersonRow, HoldRow.objects.standing(today)))
    return ToErase(*PersonRow.objects.numbers_to_erase(held, today=today))


def _place(cursor: str) -> tuple[date, str]:
    day, _line, reference = cursor.partition("_")
    try:
        return date.fromisoformat(day), reference.replace("\0", "")
    except ValueError as error:
        raise no_such_place() from error


def _proposed(rows: Sequence[Record]) -> Mapping[UUID, ReviewOutcome]:
    ids = [row.id for row in rows]
    of_these = Q(referral__in=ids) | Q(person__in=ids)
    waiting = WAITING.filter(of_these)
    found = ((it.referral_id or it.person_id, ReviewOutcome(it.outcome)) for it in waiting)
    return {record: outcome for record, outcome in found if record}


def _line(
    row: Record, holds: Sequence[Hold], proposed: Mapping[UUID, ReviewOutcome], today: date
) -> DueLine:
    # Who worked on each is asked once one of them is reviewed.
    found = row.as_kept(holds, frozenset())
    return DueLine(
        reference=row.reference,
        kind=found.kind,
        schedule=found.schedule,
        review_on=found.dates.review_on,
        max_on=found.dates.max_on,
        verdict=decide(found, today=today),
        proposed=proposed.get(row.id),
        duty=duty_to_erase(found, today=today),
    )


def _hold(row: HoldRow, key: RecordKey | None, today: date) -> HoldLine:
    return HoldLine(
        id=row.id,
        kind=HoldKind(row.kind),
        placed_on=row.day,
        expires_on=row.expires_on,
        stands=row.as_fact().stands(today),
        end_asked=row.asked_by_id is not None,
        owner=unsealed(row, key, "owner") if key else None,
        their_reference=unsealed(row, key, "their_reference") if key else None,
        reason=unsealed(row, key, "reason") if key else None,
    )


def _review(row: ReviewRow, key: RecordKey | None) -> ReviewLine:
    return ReviewLine(
        by=row.by.name,
        at=row.at,
        outcome=ReviewOutcome(row.outcome),
        standing=ReviewStanding(row.standing),
        until=row.until,
        last_day=row.last_day,
        reason=unsealed(row, key, "reason") if key else None,
        answers={it: text for it in Question if (text := unsealed(row, key, it))},
    )


def _certificate(row: DisposalRow) -> Certificate:
    return Certificate(
        reference=row.reference,
        record=row.record,
        kind=RecordKind(row.kind),
        what=What(row.what),
        system=row.system,
        schedule=row.schedule,
        because=row.because,
        created_on=row.created_on,
        max_on=row.max_on,
        at=row.at,
        proposed_by=row.proposed_by_id,
        released_by=row.released_by_id,
    )
