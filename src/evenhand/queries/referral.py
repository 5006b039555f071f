"""One referral in full, in a number of queries that does not depend on what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.queries import consultations, steps
from evenhand.queries.first_look import FirstLook, first_look
from evenhand.queries.snoozes import Waiting, waiting
from evenhand.queries.steps import (
    AnswerReceived,
    AssessmentMade,
    CheckMade,
    DecisionMade,
    HandedOver,
    MailReceived,
    MoveMade,
    NoteMade,
    NoticeSent,
)
from evenhand.queries.summary import words_of
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.clocks import Clocks, Standing
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.order_reviews import Order
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.referrals import Referral, TriageOutcome
from evenhand.seal.record import RecordKey
from evenhand.store.sealing import open_record_key
from evenhand.store.whole import Whole, begun, rest_of, whole


@dataclass(frozen=True, slots=True)
class OnRecord:
    """That somebody is on record through a referral, and as what. It does not say who."""

    reference: str
    role: PersonRole
    waits: bool


@dataclass(frozen=True, slots=True)
class ReferralInFull:
    """What the desk holds on one referral. Words are None for who may not read them.

    ``times`` are the desk's clocks, with the platform's own chase times in place of the desk's.
    ``exported`` says that somebody took an export of it; exports.py has who.
    Of each kind of step the latest are here; where there are ``older_steps``, all_steps.py has
    them.
    """

    fact: Referral
    times: Clocks
    platform_name: str
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
    statutory_left: Sequence[str]
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
    order: Order | None
    mails: Sequence[MailReceived]
    people: Sequence[OnRecord]
    captures: int
    challenged: bool
    exported: bool
    older_steps: bool

    @property
    def last_assessment(self) -> int:
        """Give the number of the latest assessment; 0 before the first."""
        return self.assessments[-1].number if self.assessments else 0

    @property
    def standing(self) -> Standing:
        """Give the referral as the clocks see it."""
        return Standing(
            state=self.fact.state,
            state_since=self.state_since,
            in_the_post=self.fact.in_the_post,
            last_message_at=self.last_message_at,
            chases=self.chases,
            set_to=None if self.waiting.put_off_until else self.waiting.due_at,
        )


def one(
    reference: str, *, why: Permission = Permission.READ_REFERRAL, acting: Acting
) -> ReferralInFull:
    """Give one referral in full, once the look is in the log: ``why`` says what for. E-FIND-01.

    The number of queries does not depend on anything.
    """
    check_may(acting.officer, Permission.READ_REFERRAL)
    found = begun(reference)
    rest = consultations.at_referral(found.row, why, besides=rest_of(found), acting=acting)
    may_read = may(acting.officer, Permission.READ_WORDS)
    return _in_full(whole(found, rest), open_record_key(found.row.key) if may_read else None)


def for_review(reference: str, *, acting: Acting) -> ReferralInFull:
    """Give one referral in full to who reviews whether it is kept, closed or not. E-FIND-01."""
    check_may(acting.officer, Permission.REVIEW)
    found, why = begun(reference), Permission.REVIEW
    rest = consultations.at_referral(found.row, why, besides=rest_of(found), acting=acting)
    return _in_full(whole(found, rest), open_record_key(found.row.key))


def _in_full(found: Whole, key: RecordKey | None) -> ReferralInFull:
    first = found.begun
    row = first.row
    return ReferralInFull(
        fact=row.as_fact(),
        times=found.times,
        platform_name=found.platform_name,
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
        duplicate_of=first.duplicate_of,
        same_content=first.same_content,
        statutory_left=first.statutory_left,
        approved_by=row.approved_by.name if row.approved_by else None,
        approved_at=row.approved_at,
        last_message_at=row.last_message_at,
        chases=row.chases,
        closed_at=row.closed_at,
        reported_to=ReportedTo(row.reported_to) if row.reported_to else None,
        reported_reference=words_of(row, key, "reported_reference"),
        moves=[steps.move(it, key) for it in found.moves],
        assessments=[steps.assessment(it, key) for it in found.assessments],
        decisions=[steps.decision(it, key) for it in found.decisions],
        notices=[steps.notice(it, key) for it in found.notices],
        answers=[steps.answer(it, key) for it in found.answers],
        checks=[steps.check(it, key) for it in found.checks],
        waiting=waiting(row, found.snoozes, key),
        handovers=[steps.handover(it, key) for it in found.handovers],
        notes=steps.notes(found.notes, key),
        order=row.order([it.by_id for it in found.notices if it.form == NoticeForm.WEAPONS]),
        mails=[steps.mail(it, key) for it in found.mails],
        people=[OnRecord(who, PersonRole(role), waits) for who, role, waits in found.people],
        captures=first.captures,
        challenged=first.challenged,
        exported=first.exported,
        older_steps=found.older_steps,
    )
