"""Records of people without a birth date: no exact key finds them, but for a request about data."""

from evenhand.rules.people import PersonStanding
from evenhand.rules.people_names import comparable
from evenhand.store.people import People, PersonRow
from evenhand.store.sealing import open_record_key, unsealed

_IN_FORCE = [PersonStanding.HELD, PersonStanding.RESTRICTED, PersonStanding.PROPOSED]


def without_birth_date() -> People:
    """Give those on record and proposed ones: nothing in the table says their name."""
    return PersonRow.objects.filter(standing__in=_IN_FORCE, tokens=[])


def called(name: str) -> People:
    """Give those of exactly this whole name. Each is opened by the machine, and shown to nobody."""
    same, people = comparable(name), without_birth_date()
    rows = people.select_related("key").iterator()
    found = [it.id for it in rows if _name_of(it) == same]
    return people.filter(id__in=found).order_by("id")


def _name_of(row: PersonRow) -> str:
    return comparable(unsealed(row, open_record_key(row.key), "name"))
