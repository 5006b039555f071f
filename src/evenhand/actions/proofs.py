"""The proof of a message that went out before witnesses had cosigned the log: it follows."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.carriers import MAIL, Carrier
from evenhand.actions.entering import about
from evenhand.actions.gate import seal_mail, with_proof
from evenhand.actions.notices import FAULT, SIGN_OFF, hand_over, is_still_signed_off
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.gate import Proof, look_again_after, of_the_debt
from evenhand.rules.messages import proof_message
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Acting
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow
from evenhand.store.jobs import ask_to_prove
from evenhand.store.proving import cosigned_receipt
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import writing
from evenhand.transports import email

UNWITNESSED = "unwitnessed"


def follow(notice: UUID, *, last_attempt: bool, carrier: Carrier = MAIL, acting: Acting) -> None:
    """Send the proof of a message that went out without, or look again later. No clock notices.

    Where it cannot be sent any more, that is recorded. Raises NotAccepted for a failure that may
    pass, so that the worker tries again.
    """
    with transaction.atomic(savepoint=False):
        row, earlier = _locked(notice)
        if earlier.proof != Proof.OWED:
            return
        receipt, sent_at = cosigned_receipt(notice), earlier.settled_at or earlier.at
        debt = of_the_debt(cosigned=receipt is not None, sent_at=sent_at, now=acting.at)
        if debt is Proof.OWED:
            ask_to_prove(notice, after=look_again_after(sent_at, now=acting.at))
            return
        with writing() as pen:
            failure: str | None = UNWITNESSED
            if receipt is not None:
                failure = _send(row, earlier, receipt, carrier, last_attempt, acting)
            pen.enter(_settled(row, earlier, failure, acting))


def give_up(notice: UUID, *, acting: Acting) -> None:
    """Record that a proof could not be sent for a fault of the desk's own, so that it is seen."""
    with transaction.atomic():
        row, earlier = _locked(notice)
        if earlier.proof == Proof.OWED:
            with writing() as pen:
                pen.enter(_settled(row, earlier, FAULT, acting))


def _locked(notice: UUID) -> tuple[ReferralRow, NoticeRow]:
    reference = NoticeRow.objects.values_list("referral__reference", flat=True).get(id=notice)
    row = ReferralRow.objects.locked(reference)
    return row, row.noticerows.get(id=notice)


def _send(
    row: ReferralRow,
    earlier: NoticeRow,
    receipt: str,
    carrier: Carrier,
    last_attempt: bool,
    acting: Acting,
) -> str | None:
    """Send the proof to where the message went; say why it could not be sent, if so."""
    key = open_record_key(row.key)
    if not is_still_signed_off(earlier, key, row.platform, acting):
        return SIGN_OFF
    proof = _composed(row, earlier, key, receipt, acting)
    hand_over(proof, key, carrier, last_attempt=last_attempt)
    proof.save(force_insert=True)
    return proof.failure


def _composed(
    row: ReferralRow, earlier: NoticeRow, key: RecordKey, receipt: str, acting: Acting
) -> NoticeRow:
    desk, recipient = settings.DESK, unsealed(earlier, key, "recipient")
    proof = NoticeRow(
        referral=row,
        by_id=earlier.by_id,
        at=acting.at,
        settled_at=acting.at,
        kind=NoticeKind.PROOF,
        transport=earlier.transport,
    )
    message = proof_message(
        row.reference,
        sent_at=timezone.localtime(earlier.settled_at),
        desk=desk.name,
        contact=desk.contact_email,
    )
    mail = email.compose(
        message,
        desk=desk.name,
        contact=desk.contact_email,
        recipient=recipient,
        reference=row.reference,
        notice=proof.id,
        at=acting.at,
        follows=earlier.id,
    )
    seal_into(proof, key, recipient=recipient)
    seal_mail(proof, key, with_proof(mail, receipt))
    return proof


def _settled(row: ReferralRow, earlier: NoticeRow, failure: str | None, acting: Acting) -> Entry:
    """Note what became of the proof, and nothing else about the referral; give the entry."""
    earlier.proof = Proof.MISSING if failure else Proof.FOLLOWED
    earlier.save()
    row.keep()
    act = Act.PROOF_FAILED if failure else Act.PROOF_SENT
    return about(row, act, None, acting=acting, outcome=failure or earlier.kind)
