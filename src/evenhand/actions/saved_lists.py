"""An officer's saved lists. A working aid, not casework: no entry, no colleague sees them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.saved_lists import check_filters, check_name, check_room
from evenhand.rules.words import words
from evenhand.store.machinery import SavedListRow
from evenhand.store.officers import OfficerRow


@transaction.atomic
def add(name: str, filters: Mapping[str, str], *, acting: Acting) -> UUID:
    """Keep filters of the list of referrals under a name; give the saved list's id."""
    check_may(acting.officer, Permission.LIST_REFERRALS)
    check_name(name)
    check_filters(filters)
    # Two at once: the second waits, and counts the first.
    OfficerRow.objects.select_for_update(of=("self",)).get(id=acting.officer.ref)
    check_room(SavedListRow.objects.filter(officer=acting.officer.ref).count())
    return _keep(name, filters, officer=acting.officer.ref, at=acting.at)


@transaction.atomic
def rename(ref: UUID, name: str, *, acting: Acting) -> None:
    """Give a saved list another name."""
    check_name(name)
    row = _own(ref, acting)
    _name, filters = row.opened()
    row.delete()
    _keep(name, filters, officer=row.officer, at=row.saved_at)


@transaction.atomic
def remove(ref: UUID, *, acting: Acting) -> None:
    """Forget a saved list."""
    _own(ref, acting).delete()


def forget_all(officer: UUID) -> None:
    """Forget the saved lists of somebody who leaves the desk."""
    SavedListRow.objects.filter(officer=officer).delete()


def _own(ref: UUID, acting: Acting) -> SavedListRow:
    """Give a saved list to its officer alone; to anybody else there is none."""
    check_may(acting.officer, Permission.LIST_REFERRALS)
    rows = SavedListRow.objects.select_for_update()
    row = rows.filter(id=ref, officer=acting.officer.ref).first()
    if row is None:
        raise NotFound(
            words("You have no such saved list."), do=words("Look at the lists that you have.")
        )
    return row


def _keep(name: str, filters: Mapping[str, str], *, officer: UUID, at: datetime) -> UUID:
    row = SavedListRow.sealed(name.strip(), filters)
    row.officer, row.saved_at = officer, at
    row.save(force_insert=True)
    return row.id
