"""How a released package passes the send gate.

What is proved is the entry of the release, which names the SHA-256 of the bytes that leave.
"""

from datetime import datetime

from evenhand.store.passage import Passage, passed
from evenhand.store.proving import is_witnessed, receipt_of_release
from evenhand.store.referrals import ReferralRow
from evenhand.store.sharing import DisclosureRow


def passage(row: DisclosureRow, *, now: datetime) -> Passage:
    """Say how a package passes the gate now. Of one that was not released nothing is proved."""
    if row.released_at is None or row.link_id is None or not is_witnessed():
        return Passage(None)
    referral = ReferralRow.objects.get(people=row.link_id)
    return passed(referral, receipt_of_release(row), asked_at=row.released_at, now=now)
