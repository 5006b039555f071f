"""How anything that leaves passes the send gate: messages and packages alike."""

from dataclasses import dataclass
from datetime import datetime

from evenhand.rules.gate import Proof, at_the_gate
from evenhand.rules.triage import is_emergency
from evenhand.store.referrals import ReferralRow


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the proof of what leaves stands, None where there is no gate; and the proof."""

    proof: Proof | None
    receipt: str | None = None

    @property
    def waits(self) -> bool:
        """Say whether it stays on the desk for now."""
        return self.proof is Proof.AWAITED


def passed(
    referral: ReferralRow, receipt: str | None, *, asked_at: datetime, now: datetime
) -> Passage:
    """Say how something that was asked for about a referral passes now, with its proof if any."""
    proof = at_the_gate(
        cosigned=receipt is not None,
        emergency=is_emergency(referral.triage, recorded=referral.emergencyrows.exists()),
        asked_at=asked_at,
        now=now,
    )
    return Passage(proof, receipt)
