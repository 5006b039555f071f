"""The send gate: whether a message may leave, and what it then says of its proof."""

import hashlib
from datetime import datetime

from django.conf import settings

from evenhand.actions.carriers import Carrier
from evenhand.rules.gate import Proof
from evenhand.rules.messages import proof_encloses, proof_follows
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow
from evenhand.store.passage import Passage, passed
from evenhand.store.proving import cosigned_receipt, is_witnessed
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import seal_into, unsealed
from evenhand.transports import email


def awaited(carrier: Carrier) -> Proof | None:
    """Say whether what is asked for now waits for its proof; what never leaves needs none."""
    return Proof.AWAITED if is_witnessed() and not carrier.synthetic else None


def passage(row: ReferralRow, posted: NoticeRow, *, now: datetime) -> Passage:
    """Say how a message of this referral passes the gate now."""
    if posted.proof is None or not is_witnessed():
        return Passage(None)
    return passed(row, cosigned_receipt(posted.id), asked_at=posted.at, now=now)


def let_out(posted: NoticeRow, key: RecordKey, passed: Passage) -> None:
    """Have a message that passes say so: these are the bytes that are kept, and that go out."""
    posted.proof = passed.proof
    if passed.proof is not None:
        data = unsealed(posted, key, "message").encode("ascii")
        seal_mail(posted, key, with_proof(data, passed.receipt))


def with_proof(mail: bytes, receipt: str | None) -> bytes:
    """Put the proof into a mail, or say in it that the proof follows."""
    log = f"{settings.PUBLIC_URL.rstrip('/')}/log/"
    said = proof_follows(log) if receipt is None else proof_encloses(log)
    return email.enclosing(mail, said, receipt)


def seal_mail(posted: NoticeRow, key: RecordKey, mail: bytes) -> None:
    """Keep the exact bytes of a mail, sealed, and their digest."""
    seal_into(posted, key, message=mail.decode("ascii"))
    posted.message_sha256 = hashlib.sha256(mail).digest()
