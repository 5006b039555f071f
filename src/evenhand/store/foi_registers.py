"""Whether a register of the desk had something to answer from as a request was received."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from evenhand.rules.foi_registers import HeldIn
from evenhand.store.assurance import DocumentRow
from evenhand.store.scrutiny import ScrutinyNoneRow, ScrutinyRow


def has_on_record(held_in: HeldIn | None, on: date) -> bool:
    """Say whether what a part asks for stood in its register at the end of a day."""
    match held_in:
        case None | HeldIn.NONE:
            return False
        case HeldIn.OPERATIONS:
            return True
        case HeldIn.SCRUTINY:
            until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
            rows = (ScrutinyRow.objects, ScrutinyNoneRow.objects)
            return any(it.filter(at__lt=until).exists() for it in rows)
        case _:
            return DocumentRow.objects.filter(kind=held_in, in_force_from__lte=on).exists()
