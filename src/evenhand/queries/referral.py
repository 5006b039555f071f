"""One referral in full, in a number of queries that does not depend on what happened to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Prefetch

from evenhand.queries.first_look import FirstLook, first_look
from evenhand.queries.snoozes import Waiting, waiting
from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, Seen
from evenhand.rules.assessments import KINDS, Assessment, Child, Expression, Ground, ReportedTo
from evenhand.rules.clocks import Clocks
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.rules.referrals import Decision, Referral, State, TriageOutcome
from evenhand.seal.record import RecordKey
from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    MoveRow,
    NoticeRow,
    SnoozeRow,
)
from evenhand.store.platform_versions import with_chase_times
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed

MOST_SAME = 20


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A move made for a reason: triage, continue, close, withdraw, reopen."""

    move: str
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class AssessmentMade:
    """A submitted assessment with who made it and when."""

    number: int
    by: str
    at: datetime
    answers: Assessment | None
    harm: str
    in_group: UUID | None


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A second officer's decision."""

    decision: Decision
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A message to the platform and what became of it. ``sha256`` is of the exact bytes."""

    kind: NoticeKind
    transport: Transport
    by: str
    at: datetime
    delivery: Delivery
    failure: str | None
    settled_at: datetime | None
    sha256: str
    recipient: str | None
    message: str | None
    their_reference: str | None
    witness: str | None
    witness_initials: str | None


@dataclass(frozen=True, slots=True)
class AnswerReceived:
    """An answer of the platform."""

    kind: AnswerKind
    outcome: Outcome | None
    by: str
    at: datetime
    their_reference: str | None
    ground_relied_on: str | None
    statement_of_reasons: object


@dataclass(frozen=True, slots=True)
class CheckMade:
    """What a person saw."""

    seen: Seen
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReferralInFull:
    """Everything the desk holds on one referral. Words are None for who may not read them.

    ``times`` are the desk's clocks, with the platform's own chase times in place of the desk's.
    """

    fact: Referral
    times: Clocks
    state_since: datetime
    platform_status: PlatformStatus
    is_removal: bool
    address: str | None
    canonical_url: str | None
    content_id: str | None
    source: Source
    source_detail: str | None
    observed_at: datetime
    content_type: ContentType
    language: str
    description: str | None
    logged_by: str
    logged_at: datetime
    owner: Officer
    triage: TriageOutcome | None
    first_look: FirstLook
    harm: str | None
    duplicate_of: str | None
    same_content: Sequence[str]
    approved_by: str | None
    approved_at: datetime | None
    last_message_at: datetime | None
    chases: int
    closed_at: datetime | None
    reported_to: ReportedTo | None
    reported_reference: str | None
    moves: Sequence[MoveMade]
    assessments: Sequence[AssessmentMade]
    decisions: Sequence[DecisionMade]
    notices: Sequence[NoticeSent]
    answers: Sequence[AnswerReceived]
    checks: Sequence[CheckMade]
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class ReferralInBrief:
    """How a referral stands, for the answer to a change. Words are None as in full."""

    reference: str
    state: State
    version: int
    platform: str
    platform_status: PlatformStatus
    content_id: str | None
    canonical_url: str | None
    same_content: Sequence[str]


_when = attrgetter("at")
STEPS = (
    ("moverows", MoveRow.objects),
    ("emergencyrows", EmergencyRow.objects),
    ("assessmentrows", AssessmentRow.objects),
    ("decisionrows", DecisionRow.objects),
    ("noticerows", NoticeRow.objects.select_related("witness")),
    ("answerrows", AnswerRow.objects),
    ("checkrows", CheckRow.objects),
    ("snoozerows", SnoozeRow.objects),
)


def one(reference: str, *, officer: Officer) -> ReferralInFull:
    """Give one referral in full. The number of queries does not depend on anything. E-FIND-01."""
    check_may(officer, Permission.READ_REFERRAL)
    row = (
        ReferralRow.objects.select_related(
            "key", "logged_by", "owner", "approved_by", "duplicate_of"
        )
        .prefetch_related(*(Prefetch(steps, rows.select_related("by")) for steps, rows in STEPS))
        .named(reference)
    )
    may_read = may(officer, Permission.READ_WORDS)
    return _in_full(row, open_record_key(row.key) if may_read else None)


def in_brief(reference: str, *, officer: Officer) -> ReferralInBrief:
    """Give how one referral stands, in two queries."""
    check_may(officer, Permission.READ_REFERRAL)
    row = ReferralRow.objects.select_related("key").named(reference)
    key = open_record_key(row.key) if may(officer, Permission.READ_WORDS) else None
    return ReferralInBrief(
        reference=row.reference,
        state=State(row.state),
        version=row.version,
        platform=row.platform,
        platform_status=PlatformStatus(row.platform_status),
        content_id=_words(row, key, "content_id"),
        canonical_url=_words(row, key, "canonical_url"),
        same_content=_same_content(row),
    )


def _in_full(row: ReferralRow, key: RecordKey | None) -> ReferralInFull:
    return ReferralInFull(
        fact=row.as_fact(),
        times=with_chase_times(settings.CLOCKS, row.platform),
        state_since=row.state_since,
        platform_status=PlatformStatus(row.platform_status),
        is_removal=row.is_removal,
        address=_words(row, key, "url"),
        canonical_url=_words(row, key, "canonical_url"),
        content_id=_words(row, key, "content_id"),
        source=Source(row.source),
        source_detail=_words(row, key, "source_detail"),
        observed_at=row.observed_at,
        content_type=ContentType(row.content_type),
        language=row.language,
        description=_words(row, key, "description"),
        logged_by=row.logged_by.name,
        logged_at=row.logged_at,
        owner=row.owner.as_fact(),
        triage=TriageOutcome(row.triage) if row.triage else None,
        first_look=first_look(row, key),
        harm=row.harm,
        duplicate_of=row.duplicate_of.reference if row.duplicate_of else None,
        same_content=_same_content(row),
        approved_by=row.approved_by.name if row.approved_by else None,
        approved_at=row.approved_at,
        last_message_at=row.last_message_at,
        chases=row.chases,
        closed_at=row.closed_at,
        reported_to=ReportedTo(row.reported_to) if row.reported_to else None,
        reported_reference=_words(row, key, "reported_reference"),
        moves=[
            MoveMade(it.move, it.by.name, it.at, _words(it, key, "reason"))
            for it in sorted(row.moverows.all(), key=_when)
        ],
        assessments=[_assessment(it, key) for it in sorted(row.assessmentrows.all(), key=_when)],
        decisions=[
            DecisionMade(Decision(it.decision), it.by.name, it.at, _words(it, key, "reason"))
            for it in sorted(row.decisionrows.all(), key=_when)
        ],
        notices=[_notice(it, key) for it in sorted(row.noticerows.all(), key=_when)],
        answers=[_answer(it, key) for it in sorted(row.answerrows.all(), key=_when)],
        checks=[
            CheckMade(Seen(it.seen), it.by.name, it.at)
            for it in sorted(row.checkrows.all(), key=_when)
        ],
        waiting=waiting(row, key),
    )


def _words(row: Model, key: RecordKey | None, column: str) -> str | None:
    return unsealed(row, key, column) if key else None


def _same_content(row: ReferralRow) -> list[str]:
    if row.same_content is None:
        return []
    rows = ReferralRow.objects.filter(same_content=row.same_content).exclude(id=row.id)
    return list(rows.order_by("number").values_list("reference", flat=True)[:MOST_SAME])


def _assessment(row: AssessmentRow, key: RecordKey | None) -> AssessmentMade:
    answers = None
    if key:
        answers = Assessment(
            harm=row.harm,
            also_harms=tuple(row.also_harms),
            ground=Ground(row.ground),
            expression=frozenset(Expression(it) for it in row.expression),
            child=Child(row.child),
            **{name: unsealed(row, key, name) for name in KINDS},
        )
    return AssessmentMade(row.number, row.by.name, row.at, answers, row.harm, row.in_group)


def _notice(row: NoticeRow, key: RecordKey | None) -> NoticeSent:
    return NoticeSent(
        kind=NoticeKind(row.kind),
        transport=Transport(row.transport),
        by=row.by.name,
        at=row.at,
        delivery=Delivery(row.delivery),
        failure=row.failure,
        settled_at=row.settled_at,
        sha256=bytes(row.message_sha256).hex(),
        recipient=_words(row, key, "recipient"),
        message=_words(row, key, "message"),
        their_reference=_words(row, key, "their_reference"),
        witness=row.witness.name if row.witness else None,
        witness_initials=_words(row, key, "witness_initials"),
    )


def _answer(row: AnswerRow, key: RecordKey | None) -> AnswerReceived:
    reasons = _words(row, key, "statement_of_reasons")
    return AnswerReceived(
        kind=AnswerKind(row.kind),
        outcome=Outcome(row.outcome) if row.outcome else None,
        by=row.by.name,
        at=row.at,
        their_reference=_words(row, key, "their_reference"),
        ground_relied_on=_words(row, key, "ground_relied_on"),
        statement_of_reasons=json.loads(reasons) if reasons else None,
    )
