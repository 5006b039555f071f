"""One referral in full, in a number of queries that does not depend on what happened to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.queries import consultations, notes
from evenhand.queries.first_look import FirstLook, first_look
from evenhand.queries.notes import HandedOver, NoteMade
from evenhand.queries.snoozes import Waiting, waiting
from evenhand.queries.summary import words_of
from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, Seen
from evenhand.rules.assessments import KINDS, Assessment, Child, Expression, Ground, ReportedTo
from evenhand.rules.clocks import Clocks, Standing
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.referrals import Decision, Referral, TriageOutcome
from evenhand.seal.record import RecordKey
from evenhand.store.casework import AnswerRow, AssessmentRow, NoticeRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.whole import Whole, whole


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
    handovers: Sequence[HandedOver]
    notes: Sequence[NoteMade]

    @property
    def standing(self) -> Standing:
        """Give the referral as the clocks see it."""
        return Standing(
            state=self.fact.state,
            state_since=self.state_since,
            in_the_post=self.fact.in_the_post,
            last_message_at=self.last_message_at,
            chases=self.chases,
        )


def one(
    reference: str, *, why: Permission = Permission.READ_REFERRAL, acting: Acting
) -> ReferralInFull:
    """Give one referral in full, once the look is in the log: ``why`` says what for. E-FIND-01.

    The number of queries does not depend on anything.
    """
    check_may(acting.officer, Permission.READ_REFERRAL)
    found = whole(reference)
    consultations.at_one(found.row.id, why, acting=acting)
    may_read = may(acting.officer, Permission.READ_WORDS)
    return _in_full(found, open_record_key(found.row.key) if may_read else None)


def _in_full(found: Whole, key: RecordKey | None) -> ReferralInFull:
    row = found.row
    return ReferralInFull(
        fact=row.as_fact(),
        times=found.times,
        state_since=row.state_since,
        platform_status=PlatformStatus(row.platform_status),
        is_removal=row.is_removal,
        address=words_of(row, key, "url"),
        canonical_url=words_of(row, key, "canonical_url"),
        content_id=words_of(row, key, "content_id"),
        source=Source(row.source),
        source_detail=words_of(row, key, "source_detail"),
        observed_at=row.observed_at,
        content_type=ContentType(row.content_type),
        language=row.language,
        description=words_of(row, key, "description"),
        logged_by=row.logged_by.name,
        logged_at=row.logged_at,
        owner=row.owner.as_fact(),
        triage=TriageOutcome(row.triage) if row.triage else None,
        first_look=first_look(row, found.emergencies, key),
        harm=row.harm,
        duplicate_of=found.duplicate_of,
        same_content=found.same_content,
        approved_by=row.approved_by.name if row.approved_by else None,
        approved_at=row.approved_at,
        last_message_at=row.last_message_at,
        chases=row.chases,
        closed_at=row.closed_at,
        reported_to=ReportedTo(row.reported_to) if row.reported_to else None,
        reported_reference=words_of(row, key, "reported_reference"),
        moves=[
            MoveMade(it.move, it.by.name, it.at, words_of(it, key, "reason")) for it in found.moves
        ],
        assessments=[_assessment(it, key) for it in found.assessments],
        decisions=[
            DecisionMade(Decision(it.decision), it.by.name, it.at, words_of(it, key, "reason"))
            for it in found.decisions
        ],
        notices=[_notice(it, key) for it in found.notices],
        answers=[_answer(it, key) for it in found.answers],
        checks=[CheckMade(Seen(it.seen), it.by.name, it.at) for it in found.checks],
        waiting=waiting(row, found.snoozes, key),
        handovers=notes.handovers(found.handovers, key),
        notes=notes.notes(found.notes, key),
    )


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
        recipient=words_of(row, key, "recipient"),
        message=words_of(row, key, "message"),
        their_reference=words_of(row, key, "their_reference"),
        witness=row.witness.name if row.witness else None,
        witness_initials=words_of(row, key, "witness_initials"),
    )


def _answer(row: AnswerRow, key: RecordKey | None) -> AnswerReceived:
    reasons = words_of(row, key, "statement_of_reasons")
    return AnswerReceived(
        kind=AnswerKind(row.kind),
        outcome=Outcome(row.outcome) if row.outcome else None,
        by=row.by.name,
        at=row.at,
        their_reference=words_of(row, key, "their_reference"),
        ground_relied_on=words_of(row, key, "ground_relied_on"),
        statement_of_reasons=json.loads(reasons) if reasons else None,
    )
