"""The view ledger: counting a look at an account, and forgetting it when it counts no more."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from evenhand.actions.forgetting import forget
from evenhand.ledger.acts import Act
from evenhand.rules import looks
from evenhand.rules.content import Content
from evenhand.rules.intake import Intake
from evenhand.rules.officers import Acting
from evenhand.seal.blind import What
from evenhand.store.looks import LookRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index


@dataclass(frozen=True, slots=True)
class Look:
    """A look at one account on one day. The account is only its keyed hash from here on."""

    account: bytes
    day: date


def look_at(content: Content, intake: Intake, *, acting: Acting) -> Look | None:
    """Say which look it is to log this content; None where it is none."""
    account = looks.account_looked_at(content, intake.source)
    if account is None:
        return None
    return Look(blind_index().token(What.ACCOUNT, account), timezone.localdate(acting.at))


def check(look: Look | None, authorisation: str) -> bool:
    """Say whether this look is to be counted. Needs the lock on its account. Raises E-RIPA-71."""
    if look is None:
        return False
    since = looks.first_day_that_counts(look.day)
    days = LookRow.objects.days_of([look.account], since=since)[look.account]
    looks.check_may_look(days, look.day, authorisation=authorisation)
    return looks.is_counted(days, look.day)


def count(look: Look | None, row: ReferralRow, *, acting: Acting) -> None:
    """Enter a look that is to be counted. Needs the pen."""
    if look is not None and row.counted_look:
        LookRow(account=look.account, day=look.day, referral=row, by_id=acting.officer.ref).save(
            force_insert=True
        )


def forget_old(*, acting: Acting) -> int:
    """Delete every look that can count no more; give how many. Each batch has its own entry."""
    first = looks.first_day_kept(timezone.localdate(acting.at))
    return forget(LookRow.objects.filter(day__lt=first), Act.LOOKS_FORGOTTEN, acting=acting)
