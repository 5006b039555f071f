"""Records of people without a birth date: no exact key finds them, but for a request about data."""

from uuid import UUID

from evenhand.rules.people import PersonStanding
from evenhand.rules.people_names import comparable
from evenhand.store.people import People, PersonRow
from evenhand.store.sealing import open_record_key, unsealed

_IN_FORCE = [PersonStanding.HELD, PersonStanding.RESTRICTED, PersonStanding.PROPOSED]


def without_birth_date() -> People:
    """Give those on record and proposed ones: nothing in the table says their name."""
    return PersonRow.objects.filter(standing__in=_IN_FORCE, tokens=[])


def called(name: str) -> list[UUID]:
    """Find those of exactly this whole name. Each is opened by the machine, and shown to nobody."""
    same = comparable(name)
    rows = without_birth_date().select_related("key").order_by("id").iterator()
    return [
        it.id for it in rows if comparable(unsealed(it, open_record_key(it.key), "name")) == same
    ]
