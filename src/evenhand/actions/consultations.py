"""What follows looks and attempts: how often they were repeated, and forgetting them beside it."""

from datetime import datetime

from django.db.models import QuerySet

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.consultations import NO_RECORD, ONE_CONSULTATION, REMEMBERED
from evenhand.store.machinery import ConsultationRow
from evenhand.store.writing import writing

BATCH = 500


def enter_repeats(*, now: datetime) -> int:
    """Close what was repeated and is over, each with one entry that says how often."""
    numbers = list(repeated(now).values_list("entry", flat=True)[:BATCH])
    return sum(_enter(number, now) for number in numbers)


def repeated(now: datetime) -> QuerySet[ConsultationRow]:
    """Give the looks that were repeated and are over, the oldest first."""
    over = ConsultationRow.objects.filter(is_repeated=True, at__lte=now - ONE_CONSULTATION)
    return over.order_by("at")


def _enter(number: int, now: datetime) -> bool:
    with writing() as pen:
        look = ConsultationRow.objects.select_for_update().get(entry=number)
        pen.enter(
            Entry(
                act=Act.ATTEMPTS_REPEATED if look.tried else Act.CONSULTATIONS_REPEATED,
                at=now,
                who=look.officer,
                obj=None if look.about == NO_RECORD else look.about,
                why=Code(look.why),
                tried=Code(look.tried) if look.tried else None,
                times=look.repeats,
            )
        )
        ConsultationRow.objects.filter(entry=number).update(repeats=0)
    return True


def tidy(*, now: datetime) -> None:
    """Forget looks that no officer’s own count needs any more; the log keeps them.

    Why somebody looked at a person is kept as long as the person is.
    """
    over = ConsultationRow.objects.filter(at__lt=now - REMEMBERED, repeats=0)
    over.filter(reason__isnull=True).delete()
