"""How old everybody on record is, without who they are: for the youngest and the oldest alone."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.rules.combinations import ON_RECORD
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key


def ages(today: date) -> Iterator[tuple[UUID, int | None, int | None, tuple[str, ...]]]:
    """Give of each the youngest age when recorded and now, None where not known, and the roles.

    With the random id of the record, for the log of looks.
    """
    rows = PersonRow.objects.filter(standing__in=sorted(ON_RECORD)).select_related("key")
    for row in rows.iterator():
        age = row.age(open_record_key(row.key))
        in_force = row.links.filter(authorised_at__isnull=False, ended_at__isnull=True)
        roles = tuple(sorted(set(in_force.values_list("role", flat=True))))
        recorded = age.youngest_on(timezone.localdate(row.proposed_at))
        yield row.id, recorded, age.youngest_on(today), roles
