"""The send gate: what leaves waits until witnesses have cosigned that the desk asked for it.

What the desk then hands over carries a proof that nobody on the desk can take back.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

GATE_WAIT = timedelta(minutes=10)
"""So long a message waits for witnesses. A desk that cannot send would protect nobody."""
PROOF_WAIT = timedelta(days=1)
"""So long the desk tries to send the proof of a message that went out without."""
KNOCK_AGAIN = timedelta(seconds=5)
SOONEST, LATEST = timedelta(seconds=15), timedelta(minutes=15)


class Proof(StrEnum):
    """Where the proof of a message stands that is sent while witnesses cosign the log."""

    AWAITED = "awaited"
    ENCLOSED = "enclosed"
    OWED = "owed"
    FOLLOWED = "followed"
    MISSING = "missing"


def at_the_gate(*, cosigned: bool, emergency: bool, asked_at: datetime, now: datetime) -> Proof:
    """Say whether a message waits, goes with its proof, or goes and is owed its proof."""
    if cosigned:
        return Proof.ENCLOSED
    if emergency or now - asked_at >= GATE_WAIT:
        return Proof.OWED
    return Proof.AWAITED


class PackageWaits(Refused):
    """A package leaves once witnesses have cosigned its release, and after ten minutes at most."""

    code = "E-GATE-01"
    clause = words("Rule of this desk: what left can be proved by whoever has it")
    kind = Kind.CONFLICT


def check_may_be_taken(proof: Proof | None) -> None:
    """Refuse to give a package away while its proof is awaited. Raises PackageWaits."""
    if proof is Proof.AWAITED:
        raise PackageWaits(
            words("Witnesses have not cosigned the release of this package yet."),
            do=words(
                "Try again in half a minute; after ten minutes it waits no longer. Where a life is"
                " at risk, record the emergency on the referral: then nothing waits."
            ),
        )


def unwitnessed(kind: str) -> str:
    """Name for the log what went out before witnesses had cosigned."""
    return f"{kind}-unwitnessed"


def of_the_debt(*, cosigned: bool, sent_at: datetime, now: datetime) -> Proof:
    """Say whether the proof of a message that went out without can follow, or never will."""
    if cosigned:
        return Proof.FOLLOWED
    return Proof.MISSING if now - sent_at >= PROOF_WAIT else Proof.OWED


def look_again_after(sent_at: datetime, *, now: datetime) -> timedelta:
    """Say after which time to look for a missing proof again: an eighth of what it took so far."""
    return min(max((now - sent_at) / 8, SOONEST), LATEST)
