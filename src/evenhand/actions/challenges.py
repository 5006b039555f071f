"""What an officer does with a challenge: settle it; and keeping a referral from posters."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from evenhand.actions import notices
from evenhand.actions.carriers import MAIL, Carrier
from evenhand.actions.closing import keep_evidence_closed
from evenhand.actions.entering import about, committed
from evenhand.actions.referrals import add_move
from evenhand.ledger.acts import Act
from evenhand.rules.challenges import (
    ANSWERS_UNTIL,
    COME_FROM,
    UPHELD,
    ChallengeStanding,
    Settlement,
    Withholding,
    check_is_withheld,
    check_may_settle,
    check_settlement,
    check_withholding,
)
from evenhand.rules.notices import Delivery, NoticeKind
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State, check_can_move, check_version
from evenhand.rules.texts import check_reason
from evenhand.store.challenges import (
    AskingRow,
    ChallengeRow,
    WithholdingRow,
    has_touched,
    is_challenged,
    last_withholding,
)
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import Pen, writing


def settle(
    challenge: UUID, settlement: Settlement, *, carrier: Carrier = MAIL, acting: Acting
) -> None:
    """Settle a challenge, as an officer with no part in the referral.

    Upheld, in full or in part, the referral is withdrawn and the platform is told. Rejected, it
    goes back to where it stood, once no other challenge to it waits; also where it is closed to
    casework. Raises NotFound, ChallengeSettled, HandsOnIt.
    """
    check_may(acting.officer, Permission.SETTLE_CHALLENGE)
    check_settlement(settlement)
    with transaction.atomic(savepoint=False):
        row = ReferralRow.objects.locked(ChallengeRow.objects.one(challenge).referral.reference)
        made = ChallengeRow.objects.one(challenge)
        touched = has_touched(row.id, acting.officer.ref)
        check_may_settle(ChallengeStanding(made.standing), has_touched=touched)
        today = timezone.localdate(acting.at)
        is_upheld = settlement.standing in UPHELD
        withdraws = is_upheld and row.state != State.WITHDRAWN
        with writing() as pen:
            key = open_record_key(row.key)
            made.standing = settlement.standing
            made.settled_by_id, made.settled_at = acting.officer.ref, acting.at
            seal_into(made, key, reasons=settlement.reasons, told=settlement.told)
            made.save()
            AskingRow.objects.filter(id=made.id).update(answers_until=ANSWERS_UNTIL.after(today))
            if withdraws:
                interrupt(row, acting=acting)
                check_can_move(row.as_fact(), State.WITHDRAWN)
                row.stop_the_post("withdrawn", at=acting.at)
                row.move(State.WITHDRAWN, at=acting.at, settles=True)
                keep_evidence_closed(row, today=today)
                row.note_removal(False, at=acting.at)
                row.closed_at = None
                add_move(row, key, State.WITHDRAWN, settlement.reasons, acting=acting)
            elif row.state == State.UNDER_CHALLENGE and not is_challenged(row):
                row.move(row.stands(), at=acting.at, settles=True)
            row.keep()
            entry = about(
                row,
                Act.CHALLENGE_SETTLED,
                Permission.SETTLE_CHALLENGE,
                acting=acting,
                outcome=settlement.standing,
                reason=committed(key, settlement.reasons),
            )
            pen.enter(entry)
        if withdraws:
            why = Permission.SETTLE_CHALLENGE
            notices.owe_withdrawal(row, why, carrier=carrier, acting=acting)


def interrupt(row: ReferralRow, *, acting: Acting) -> None:
    """Put a referral under challenge, where nobody works on it. Needs the pen.

    A reminder that is still on its way out does not leave.
    """
    if State(row.state) in COME_FROM:
        if row.noticerows.filter(kind=NoticeKind.CHASE, delivery=Delivery.QUEUED).exists():
            row.stop_the_post("challenged", at=acting.at)
        row.move(State.UNDER_CHALLENGE, at=acting.at, settles=True)


def withhold(
    reference: str, withheld: Withholding, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Keep a referral from whoever asks at the poster's door, on a ground in law, until a day.

    Only the data protection officer does: nobody on casework hides their own work. Whoever was told
    already stays told. Raises WithheldWrong.
    """
    check_may(acting.officer, Permission.WITHHOLD_TELLING)
    check_withholding(withheld, today=timezone.localdate(acting.at))
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        _withhold(row, withheld, Act.TELLING_WITHHELD, pen, acting=acting)


def tell_again(
    reference: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """End before its day that a referral is kept from posters: its ground is gone.

    Whoever asks is told from now on. Whoever was answered already stays answered so.
    Raises NotWithheld.
    """
    check_may(acting.officer, Permission.WITHHOLD_TELLING)
    check_reason(reason)
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        last = last_withholding(row.withholdingrows.all())
        check_is_withheld(last.until if last else None, today=today)
        assert last  # noqa: S101 - what nobody withheld was refused
        ground, yesterday = RestrictionGround(last.ground), today - timedelta(days=1)
        over = Withholding(ground=ground, reasons=reason, until=yesterday)
        _withhold(row, over, Act.TELLING_RESUMED, pen, acting=acting)


def _withhold(
    row: ReferralRow, withheld: Withholding, act: Act, pen: Pen, *, acting: Acting
) -> None:
    key = open_record_key(row.key)
    step = WithholdingRow(
        referral=row,
        by_id=acting.officer.ref,
        at=acting.at,
        ground=withheld.ground,
        until=withheld.until,
    )
    seal_into(step, key, reasons=withheld.reasons)
    step.save(force_insert=True)
    row.keep()
    why = Permission.WITHHOLD_TELLING
    reasoned = committed(key, withheld.reasons)
    pen.enter(about(row, act, why, acting=acting, outcome=withheld.ground, reason=reasoned))
