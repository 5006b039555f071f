"""The links by which platforms answer: made from a referral, read back, never stored."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from evenhand.rules import platform_links
from evenhand.rules.platform_links import PATH, Link, Named, unknown
from evenhand.store.referrals import ReferralRow, not_found

SALT = "evenhand.platform-link"


def address_of(row: ReferralRow) -> str:
    """Give the address at which the platform answers about a referral."""
    token = Signer(sep=".", salt=SALT).sign(f"{row.id.hex}-{row.link_number}")
    return f"{settings.PUBLIC_URL.rstrip('/')}{PATH}{token}/"


def reference_of(link: Link) -> str:
    """Give the reference of a link's referral. Raises LinkUnknown where there is none any more."""
    found = ReferralRow.objects.filter(id=link.referral).values_list("reference", flat=True)
    reference = found.first()
    if reference is None:
        raise unknown()
    return reference


def check_works(row: ReferralRow, link: Link, *, now: datetime) -> None:
    """Refuse a link of this referral that does not work now. Raises LinkUnknown, LinkEnded."""
    platform_links.check_works(
        link,
        newest=row.link_number,
        approved_at=row.approved_at,
        sent_at=row.sent_at,
        now=now,
    )


def check_is_of(row: ReferralRow, named: Named, *, now: datetime) -> None:
    """Refuse what was not sent to this platform as if it were not there. Raises NotFound."""
    if not platform_links.is_of(
        named.platform,
        sent_to=row.platform,
        approved_at=row.approved_at,
        sent_at=row.sent_at,
        now=now,
    ):
        raise not_found()


def read(token: str) -> Link:
    """Read a link back. Raises LinkUnknown."""
    try:
        referral, number = Signer(sep=".", salt=SALT).unsign(token).split("-")
        return Link(UUID(hex=referral), int(number))
    except (BadSignature, ValueError) as error:
        raise unknown() from error
