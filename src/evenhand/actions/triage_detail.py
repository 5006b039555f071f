"""What goes with a triage outcome: the signpost, or the referral that is repeated."""

from evenhand.rules.referrals import NotFound
from evenhand.rules.triage import Detail, RepeatsNothing, check_repeats
from evenhand.rules.words import words
from evenhand.store.referrals import ReferralRow


def put(row: ReferralRow, detail: Detail) -> None:
    """Put the detail in a referral that is locked and will be kept. Raises RepeatsNothing."""
    row.signpost = detail.signpost or None
    if detail.duplicate_of:
        other = _repeated(detail.duplicate_of)
        check_repeats(row.as_fact(), other.as_fact())
        row.duplicate_of_id = other.id


def _repeated(reference: str) -> ReferralRow:
    """Find the referral that a duplicate repeats. Raises RepeatsNothing."""
    try:
        return ReferralRow.objects.named(reference.strip())
    except NotFound as error:
        raise RepeatsNothing(
            words("There is no referral with this reference on this desk."),
            do=words("Check the reference: it looks like 2026-000123."),
            at="duplicate_of",
        ) from error
