"""How a released package passes the send gate.

What is proved is the entry of the release, which names the SHA-256 of the bytes that leave.
"""

from dataclasses import dataclass
from datetime import datetime

from evenhand.rules.gate import Proof, at_the_gate
from evenhand.rules.triage import is_emergency
from evenhand.store.proving import is_witnessed, receipt_of_release
from evenhand.store.referrals import ReferralRow
from evenhand.store.sharing import DisclosureRow


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the proof of a package stands, None where there is no gate; and the proof."""

    proof: Proof | None
    receipt: str | None = None


def passage(row: DisclosureRow, *, now: datetime) -> Passage:
    """Say how a package passes the gate now. Of one that was not released nothing is proved."""
    if row.released_at is None or row.link_id is None or not is_witnessed():
        return Passage(None)
    receipt = receipt_of_release(row)
    referral = ReferralRow.objects.get(people=row.link_id)
    recorded = referral.emergencyrows.exists()
    proof = at_the_gate(
        cosigned=receipt is not None,
        emergency=is_emergency(referral.triage, recorded=recorded),
        asked_at=row.released_at,
        now=now,
    )
    return Passage(proof, receipt)
