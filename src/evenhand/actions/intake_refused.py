"""Counting what was refused at intake. Nothing else is kept of it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evenhand.actions import repeats
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.writing import writing


def count(refused: Refused, *, acting: Acting, key: str = "") -> None:
    """Count a refused intake by day and rule, once for a request that comes again under its key.

    Nothing of the content is kept.
    """
    with transaction.atomic():
        if not key or repeats.is_first(f"{refused.code} {key}", acting=acting):
            _count(refused, acting=acting)


def _count(refused: Refused, *, acting: Acting) -> None:
    with writing() as pen:
        day = timezone.localdate(acting.at)
        RefusedIntakeRow.objects.get_or_create(day=day, rule=refused.code)
        RefusedIntakeRow.objects.filter(day=day, rule=refused.code).update(count=F("count") + 1)
        pen.enter(
            Entry(
                act=Act.INTAKE_REFUSED,
                at=acting.at,
                who=acting.officer.ref,
                why=Code(refused.code.lower()),
                req=acting.request,
            )
        )
