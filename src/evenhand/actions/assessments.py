"""Assessing a referral by hand, and the one way out where the law takes over."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from evenhand.actions import drafts, repeats, same_content
from evenhand.actions.entering import about
from evenhand.actions.referrals import make_findable, triage_row
from evenhand.ledger.acts import Act
from evenhand.rules.assessments import KINDS, Assessment, Child, ReportedTo, check_assessment
from evenhand.rules.harms import Harm, check_also_harms, check_can_be_referred
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import (
    State,
    TriageOutcome,
    begins_assessing,
    check_can_move,
    check_statutory_route,
    check_version,
)
from evenhand.rules.texts import SHORT, check_given
from evenhand.seal.record import RecordKey
from evenhand.store.captures import CaptureRow, CaptureTimeRow
from evenhand.store.casework import AssessmentRow
from evenhand.store.disposing import remove_challenges, remove_messages
from evenhand.store.lawbook import lawbook
from evenhand.store.looks import LookRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.retention import HoldRow, ReviewRow
from evenhand.store.sealing import (
    open_record_key,
    replace_record_key,
    seal_into,
    sealed_columns,
    unsealed,
)
from evenhand.store.writing import writing

GONE = "The words of this review went with the content that they were about."


def start(reference: str, *, seen_version: int | None = None, acting: Acting) -> None:
    """Begin assessing; a referral that was not triaged yet is triaged as *proceed* first."""
    check_may(acting.officer, Permission.ASSESS)
    with transaction.atomic(savepoint=False):
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        _start(row, acting)


def submit(
    reference: str,
    assessment: Assessment,
    *,
    seen_version: int | None = None,
    group: UUID | None = None,
    acting: Acting,
) -> None:
    """Submit a complete assessment for a second officer's decision.

    Begins the assessment where nobody has yet. Refused whole if a question is unanswered (E-LAW-02,
    E-REF-81, E-FACT-12, E-PROP-80, E-CHD-75), or if the harm is not for a platform (E-CSAM-77).
    ``group`` is the id of the group that it was assessed in, if any.
    """
    check_may(acting.officer, Permission.ASSESS)
    harm = check_complete(assessment)
    with transaction.atomic(savepoint=False):
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        if row.state != State.ASSESSING:
            _start(row, acting)
        with writing() as pen:
            check_can_move(row.as_fact(), State.AWAITING_APPROVAL)
            _store(row, assessment, group, acting)
            row.harm, row.ground = harm.code, assessment.ground
            row.terms_only = harm.terms_only
            row.child = assessment.child is not Child.NO
            row.owner_id = row.assessed_by_id = acting.officer.ref
            row.assessed_at = acting.at
            row.assessors = sorted({*row.assessors, acting.officer.ref})
            row.approved_by_id = row.approved_at = None
            row.move(State.AWAITING_APPROVAL, at=acting.at)
            row.keep()
            pen.enter(
                about(
                    row,
                    Act.ASSESSMENT_SUBMITTED,
                    Permission.ASSESS,
                    acting=acting,
                    outcome=harm.code.lower(),
                )
            )


def check_complete(assessment: Assessment) -> Harm:
    """Refuse an assessment that could not be submitted, whatever it is about; give its harm."""
    harm = lawbook().harm(assessment.harm)
    also = [lawbook().harm(code) for code in assessment.also_harms]
    for one in (*also, harm):
        check_can_be_referred(one)
    check_also_harms(harm, also)
    check_assessment(assessment, terms_only=harm.terms_only)
    return harm


def take_statutory_route(
    reference: str,
    *,
    reported_to: ReportedTo,
    reported_reference: str,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """End a referral that the law sends elsewhere (C1): its words and their key are destroyed.

    Until it has ended: what is on its way to the platform does not leave, and a challenge goes.

    Kept are the reference, the platform, the times, and where it was reported. Its duplicates go
    with it; other referrals of the same content are marked, as each has to go so. A77, E-CSAM-77.
    """
    check_may(acting.officer, Permission.STATUTORY_ROUTE)
    check_given(reported_reference, at="reported_reference", most=SHORT)
    with transaction.atomic(savepoint=False):
        same_content.lock_content_of(reference)
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_statutory_route(row.as_fact())
        if begins_assessing(State(row.state)):
            _start(row, acting)
        content = row.same_content
        _keep_only_a_reference(row, reported_to, reported_reference, acting)
        # What was linked to it as a duplicate shows the same imagery.
        same = Q(duplicate_of=row.id)
        if content is not None:
            same |= Q(same_content=content)
        linked = ReferralRow.objects.filter(same, state=State.DUPLICATE)
        for duplicate in linked.order_by("number").values_list("reference", flat=True):
            _keep_only_a_reference(
                ReferralRow.objects.locked(duplicate), reported_to, reported_reference, acting
            )


def _keep_only_a_reference(
    row: ReferralRow, reported_to: ReportedTo, reported_reference: str, acting: Acting
) -> None:
    with writing() as pen:
        check_can_move(row.as_fact(), State.STATUTORY_ROUTE)
        row.stop_the_post("withdrawn", at=acting.at)
        key = destroy_words(row)
        row.reported_to = reported_to
        seal_into(row, key, reported_reference=reported_reference)
        row.move(State.STATUTORY_ROUTE, at=acting.at)
        row.keep()
        pen.enter(about(row, Act.STATUTORY_ROUTE_TAKEN, Permission.STATUTORY_ROUTE, acting=acting))
    drafts.drop_everyones(row.reference)
    repeats.forget(row.reference)


def _start(row: ReferralRow, acting: Acting) -> None:
    if row.state == State.LOGGED:
        triage_row(row, TriageOutcome.PROCEED, "", acting=acting)
    with writing() as pen:
        check_can_move(row.as_fact(), State.ASSESSING)
        row.owner_id = acting.officer.ref
        row.move(State.ASSESSING, at=acting.at)
        row.keep()
        pen.enter(about(row, Act.ASSESSMENT_STARTED, Permission.ASSESS, acting=acting))


def _store(row: ReferralRow, assessment: Assessment, group: UUID | None, acting: Acting) -> None:
    key = open_record_key(row.key)
    texts = {name: getattr(assessment, name) for name in KINDS}
    step = AssessmentRow(
        referral=row,
        by_id=acting.officer.ref,
        at=acting.at,
        number=row.assessmentrows.count() + 1,
        harm=assessment.harm,
        also_harms=list(assessment.also_harms),
        ground=assessment.ground,
        expression=sorted(assessment.expression),
        child=assessment.child,
        in_group=group,
    )
    seal_into(step, key, **texts)
    step.save(force_insert=True)
    make_findable(row, *texts.values())


def destroy_words(row: ReferralRow) -> RecordKey:
    """Drop everything that was sealed under the record's key, captures too, and the key.

    Gives the new key. What holds the record is sealed under it. Needs the pen.
    """
    WordsRow.objects.filter(id=row.id).delete()
    LookRow.objects.filter(referral=row).delete()
    remove_messages(row)
    remove_challenges(row)
    CaptureTimeRow.objects.filter(capture__referral=row).delete()
    CaptureRow.objects.filter(referral=row).delete()
    _mark_the_same(row)
    row.same_content = row.emergency_since = row.mail_since = None
    if lawbook().platform(row.platform) is None:
        row.platform = ANY_OTHER_SITE  # the host may say what it shows
    for column in sealed_columns(ReferralRow):
        setattr(row, column, None)
    for steps in (
        row.moverows,
        row.emergencyrows,
        row.assessmentrows,
        row.decisionrows,
        row.noticerows,
        row.answerrows,
        row.snoozerows,
        row.handoverrows,
        row.noterows,
        row.mailrows,
        row.exportrows,
        row.withholdingrows,
    ):
        steps.update(**dict.fromkeys(sealed_columns(steps.model)))
    old, key = open_record_key(row.key), replace_record_key(row.id)
    _keep_what_holds_it(row, old, key)
    return key


def _mark_the_same(row: ReferralRow) -> None:
    """Mark other referrals of the same content: each has to go by the statutory route itself."""
    if row.same_content is not None:
        others = ReferralRow.objects.filter(same_content=row.same_content)
        unmarked = others.filter(statutory_with=None).exclude(id=row.id)
        unmarked.update(statutory_with=row.statutory_with or row.id)


def _keep_what_holds_it(row: ReferralRow, old: RecordKey, key: RecordKey) -> None:
    """Seal the words of holds under the new key, so that who keeps them reads and ends them.

    A review’s words are about the content: that there was one stays, its words go.
    """
    for hold in row.holdrows.all():
        seal_into(hold, key, **{it: unsealed(hold, old, it) for it in sealed_columns(HoldRow)})
        hold.save()
    for review in row.reviewrows.all():
        nothing = dict.fromkeys(sealed_columns(ReviewRow), "")
        seal_into(review, key, **{**nothing, "reason": GONE})
        review.save()
