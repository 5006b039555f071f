"""Reminding platforms of many referrals at once: each its own message, entry and refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from evenhand.actions import notices
from evenhand.actions.carriers import MAIL, Carrier
from evenhand.rules.clocks import check_how_many
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Chosen:
    """A referral that an officer chose to remind of, at the version that they saw."""

    reference: str
    version: int


@dataclass(frozen=True, slots=True)
class Chased:
    """What came of one reminder: it is on its way, or why it is not."""

    reference: str
    refused: Refused | None


def chase_each(
    chosen: Sequence[Chosen], *, carrier: Carrier = MAIL, acting: Acting
) -> list[Chased]:
    """Remind the platform of each referral chosen; what is refused does not stop the others."""
    check_may(acting.officer, Permission.CHASE)
    check_how_many(len(chosen))
    once = {it.reference: it for it in chosen}
    with transaction.atomic():
        # In one order for everyone: two officers with the same rows wait, and never for ever.
        return [_chase(once[reference], carrier, acting) for reference in sorted(once)]


def _chase(one: Chosen, carrier: Carrier, acting: Acting) -> Chased:
    try:
        with transaction.atomic():
            notices.chase(one.reference, seen_version=one.version, carrier=carrier, acting=acting)
    except Refused as refused:
        return Chased(one.reference, refused)
    return Chased(one.reference, None)
