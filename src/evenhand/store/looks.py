"""The view ledger: one row a day for each account looked at, which is kept as a keyed hash only."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from django.db import models

from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row


class Looks(models.QuerySet["LookRow"]):
    """The desk's looks at accounts."""

    def days_of(self, accounts: Iterable[bytes], *, since: date) -> Mapping[bytes, set[date]]:
        """Give the days from one on, on which each of these accounts was looked at."""
        found: dict[bytes, set[date]] = {account: set() for account in accounts}
        rows = self.filter(account__in=list(found), day__gte=since)
        for account, day in rows.values_list("account", "day"):
            found[bytes(account)].add(day)
        return found


class LookRow(Row):
    """That this desk looked at one account on one day, which officer first, and by which referral.

    ``account`` is a token of the blind index: nobody can read the account from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.BinaryField()
    day = models.DateField()
    referral = models.ForeignKey(ReferralRow, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")

    objects = Looks.as_manager()

    class Meta:
        app_label = "store"
        db_table = "look"
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="look_once_a_day")]
        indexes = [models.Index(fields=["day"], name="look_by_day")]
