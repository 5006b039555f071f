"""The second officer's decision."""

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import (
    AFTER_DECISION,
    Decision,
    check_may_decide,
    check_version,
)
from evenhand.rules.texts import check_reason
from evenhand.store.casework import DecisionRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

ACTS = {
    Decision.APPROVE: Act.REFERRAL_APPROVED,
    Decision.RETURN: Act.REFERRAL_RETURNED,
    Decision.REFUSE: Act.REFERRAL_REFUSED,
}


def decide(
    reference: str,
    decision: Decision,
    reason: str,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Approve, return or refuse a referral as its second officer, for a reason in own words.

    Two officers at once: the first wins; the second is told that it changed meanwhile.
    """
    check_may(acting.officer, Permission.DECIDE)
    check_reason(reason)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_may_decide(row.as_fact(), acting.officer, decision)
        key = open_record_key(row.key)
        if decision is Decision.APPROVE:
            row.approved_by_id, row.approved_at = acting.officer.ref, acting.at
        row.move(AFTER_DECISION[decision], at=acting.at)
        row.keep()
        step = DecisionRow(
            referral=row,
            by_id=acting.officer.ref,
            at=acting.at,
            assessment_id=row.assessmentrows.order_by("-number").values_list("id", flat=True)[0],
            decision=decision,
        )
        seal_into(step, key, reason=reason)
        step.save(force_insert=True)
        entry = about(
            row, ACTS[decision], Permission.DECIDE, acting=acting, reason=committed(key, reason)
        )
        pen.enter(entry)
