"""Submitting the assessments of a group: one record, one entry and one decision for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from evenhand.actions import assessments
from evenhand.rules.assessments import Assessment
from evenhand.rules.groups import check_one_reason, check_still_group
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Kind, Refused
from evenhand.store.referrals import ReferralRow


@dataclass(frozen=True, slots=True)
class Grouped:
    """One referral of a group: its own assessment, and the version that the officer saw."""

    reference: str
    assessment: Assessment
    seen_version: int


def submit(group: UUID, several: Sequence[Grouped], *, acting: Acting) -> dict[str, Refused]:
    """Submit each referral's own assessment; give those left out, each with the reason.

    One that changed meanwhile is left out and the rest go on. Anything that is wrong with the
    assessments themselves refuses them all (E-GRP-03, and as a single one is refused).
    """
    check_may(acting.officer, Permission.ASSESS)
    check_one_reason([it.assessment for it in several])
    for one in several:
        assessments.check_complete(one.assessment)
    left: dict[str, Refused] = {}
    with transaction.atomic():
        rows = ReferralRow.objects.filter(reference__in=[it.reference for it in several])
        check_still_group([row.as_fact() for row in rows])
        # In one order for everyone: two groups with the same referrals wait, and never for ever.
        for one in sorted(several, key=lambda it: it.reference):
            try:
                with transaction.atomic():
                    assessments.submit(
                        one.reference,
                        one.assessment,
                        seen_version=one.seen_version,
                        group=group,
                        acting=acting,
                    )
            except Refused as refused:
                if refused.kind is not Kind.CONFLICT:
                    raise
                left[one.reference] = refused
    return left
