"""How one referral stands, in brief: the answer to a change."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.rules.referrals import State
from evenhand.seal.record import RecordKey
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.whole import briefly


@dataclass(frozen=True, slots=True)
class ReferralInBrief:
    """How a referral stands, for the answer to a change. Words are None as in full."""

    reference: str
    state: State
    version: int
    platform: str
    platform_status: PlatformStatus
    content_id: str | None
    canonical_url: str | None
    same_content: Sequence[str]
    statutory_left: Sequence[str]


def in_brief(reference: str, *, officer: Officer) -> ReferralInBrief:
    """Give how one referral stands, by one question.

    It follows a change by the same officer, whose entry says that they were there.
    """
    check_may(officer, Permission.READ_REFERRAL)
    row, same, left = briefly(reference)
    key = open_record_key(row.key) if may(officer, Permission.READ_WORDS) else None
    return ReferralInBrief(
        reference=row.reference,
        state=State(row.state),
        version=row.version,
        platform=row.platform,
        platform_status=PlatformStatus(row.platform_status),
        content_id=words_of(row, key, "content_id"),
        canonical_url=words_of(row, key, "canonical_url"),
        same_content=same,
        statutory_left=left,
    )


def words_of(row: Model, key: RecordKey | None, column: str) -> str | None:
    """Read a sealed column, or withhold it where there is no key to read it with."""
    return unsealed(row, key, column) if key else None
