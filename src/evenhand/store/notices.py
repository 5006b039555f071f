"""What a notice says, from what is stored, and the leave to send it."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from evenhand.rules.assessments import Ground
from evenhand.rules.messages import Message, NoticeFacts, chase_message, referral_message
from evenhand.rules.notices import ANY_OTHER_SITE, SignOff
from evenhand.seal.record import RecordKey
from evenhand.store.lawbook import lawbook
from evenhand.store.platforms import SignOffRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed


def sign_off_for(platform: str) -> SignOff | None:
    """Give the current sign-off of a platform, else the one for sites without their own."""
    rows = SignOffRow.objects.filter(platform__in=[platform, ANY_OTHER_SITE], ended_at__isnull=True)
    signed = {
        row.platform: row.as_fact(contact=unsealed(row, open_record_key(row.key), "contact"))
        for row in rows.select_related("key")
    }
    return signed.get(platform) or signed.get(ANY_OTHER_SITE)


def referral_notice(row: ReferralRow, key: RecordKey) -> Message:
    """Write the referral as the platform gets it."""
    return referral_message(_facts(row, key))


def chase_notice(row: ReferralRow, key: RecordKey, *, at: datetime) -> Message:
    """Write the next reminder."""
    first_sent_at = row.sent_at or at
    return chase_message(_facts(row, key), first_sent_at=first_sent_at, number=row.chases + 1)


def _facts(row: ReferralRow, key: RecordKey) -> NoticeFacts:
    assessment = row.assessmentrows.latest("number")
    observed = timezone.localtime(row.observed_at)
    return NoticeFacts(
        reference=row.reference,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        url=unsealed(row, key, "url"),
        harm=lawbook().harm(assessment.harm).title,
        ground=Ground(assessment.ground),
        provision=unsealed(assessment, key, "provision"),
        provision_why=unsealed(assessment, key, "provision_why"),
        policy_clause=unsealed(assessment, key, "policy_clause"),
        policy_version=unsealed(assessment, key, "policy_version"),
        policy_why=unsealed(assessment, key, "policy_why"),
        evidence=unsealed(assessment, key, "evidence_inside"),
        observed=f"{observed:%d %B %Y, %H:%M %Z}",
    )
