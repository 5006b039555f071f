"""Forgetting officers who left: after six years their name and account go, their id stays. D19."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting, OfficerRef
from evenhand.rules.retention_schedules import dates
from evenhand.store.lawbook import schedules
from evenhand.store.officers import FORMER, AbsenceRow, OfficerRow, TokenRow
from evenhand.store.training import TrainingRow
from evenhand.store.writing import writing

SCHEDULE = "D19"


def forget_old(*, acting: Acting) -> int:
    """Forget who left so long ago that the schedule has them forgotten; give how many.

    Nobody decides about it: it is the last day of a name that nothing needs. A46.
    """
    today = timezone.localdate(acting.at)
    return sum(forget(it, acting=acting) for it in _past(today))


def forget(officer: OfficerRef, *, acting: Acting) -> bool:
    """Erase the name, account, tokens, absences and training of one officer who left; say whether.

    What they did is told of a former officer. Their random id stays, as the log has it. A restored
    backup may not know yet that they left: they have left then.
    """
    with transaction.atomic(savepoint=False):
        rows = OfficerRow.objects.select_for_update(of=("self",)).exclude(name=FORMER)
        row = rows.filter(id=officer).first()
        if row is None:
            return False
        with writing() as pen:
            row.retired_at = row.retired_at or acting.at
            _erase(row)
            pen.enter(
                Entry(act=Act.OFFICER_FORGOTTEN, at=acting.at, who=acting.officer.ref, obj=row.id)
            )
    return True


def _erase(row: OfficerRow) -> None:
    """Take another account in the place of the old one, with which goes whatever is of it."""
    old = row.account_id
    row.account = User.objects.create_user(f"former-{row.id.hex}", is_active=False)
    row.name = FORMER
    row.save(update_fields=["account", "name", "retired_at"])
    User.objects.filter(pk=old).delete()
    TokenRow.objects.filter(officer=row).delete()
    AbsenceRow.objects.filter(officer=row).delete()
    TrainingRow.objects.filter(officer=row).delete()


def _past(today: date) -> Sequence[OfficerRef]:
    """Name who left so long ago that their last day is over."""
    schedule = schedules()[SCHEDULE]
    left = OfficerRow.objects.filter(retired_at__lt=_start(today)).exclude(name=FORMER)
    return [
        OfficerRef(ref)
        for ref, at in left.values_list("id", "retired_at")
        if at and dates(schedule, timezone.localdate(at), child=False).max_on < today
    ]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
