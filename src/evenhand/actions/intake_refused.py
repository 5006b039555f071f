"""Counting what was refused at intake. Nothing else is kept of it."""

from django.db.models import F
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.writing import writing


def count(refused: Refused, *, acting: Acting) -> None:
    """Count a refused intake by day and rule. Nothing of the content is kept."""
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
