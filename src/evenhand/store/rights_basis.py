"""What a reply rests on, counted from what was searched, found, held back and done."""

from collections.abc import Sequence
from datetime import date

from evenhand.rules.holds import is_evidence
from evenhand.rules.people import REFERENCE
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import Withheld
from evenhand.rules.rights_replies import Basis
from evenhand.store.combinations import joined_with
from evenhand.store.imports import ImportedRow
from evenhand.store.people import PersonRow
from evenhand.store.records import holds_of
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_packing import is_whole
from evenhand.store.sealing import open_record_key, unsealed

PUT_RIGHT = ("correct", "change_role")
"""The steps by which what is on record of somebody is put right."""
TOLD = frozenset({Withheld.THIRD_PARTY, Withheld.RESTRICTED_TOLD})


def marks_of(row: RightsRequestRow) -> dict[str, Withheld]:
    """Give what is held back for a request, by piece."""
    return {it.piece: Withheld(it.withheld) for it in row.marks.standing()}


def theirs(row: RightsRequestRow) -> Sequence[PersonRow]:
    """Give the records of whoever asks, with their keys."""
    found = row.found.filter(is_theirs=True).select_related("person__key").order_by("at", "id")
    return [it.person for it in found]


def given(row: RightsRequestRow) -> Sequence[PersonRow]:
    """Give those of which something is given or done."""
    marks = marks_of(row)
    return [it for it in theirs(row) if not is_whole(it, marks)]


def basis_of(row: RightsRequestRow, *, today: date) -> Basis:
    """Count what a reply to a request rests on."""
    people, shown, searched = theirs(row), given(row), _searched(row)
    return Basis(
        searches=len(searched),
        by_name=sum(not REFERENCE.fullmatch(it) for it in searched),
        in_quarantine=_still_in_quarantine(row),
        more=any(searched.values()),
        unsettled=row.found.filter(is_theirs__isnull=True).count(),
        joined=_joined_since(row, people),
        theirs=len(people),
        whole=len(people) - len(shown),
        told=sum(it in TOLD for it in marks_of(row).values()),
        done=sum(_is_done(it, row, today) for it in shown),
    )


def _searched(row: RightsRequestRow) -> dict[str, bool]:
    """Say of each key whether the last search by it left any out, those in quarantine too."""
    key, found = open_record_key(row.key), row.searches.order_by("at", "id")
    return {unsealed(it, key, "sought"): it.more or bool(it.in_quarantine) for it in found}


def _still_in_quarantine(row: RightsRequestRow) -> int:
    """Count the records of old systems that were found and that nobody has settled since."""
    found = [it for search in row.searches.all() for it in search.in_quarantine]
    return ImportedRow.objects.filter(id__in=found, key__isnull=False).count()


def _joined_since(row: RightsRequestRow, people: Sequence[PersonRow]) -> int:
    """Count the records that are one person's with one of theirs and that no search found."""
    found = set(row.found.values_list("person", flat=True))
    joined = {it.id for person in people for it in joined_with(person)}
    return len(joined - found)


def _is_done(person: PersonRow, row: RightsRequestRow, today: date) -> bool:
    """Say whether what is asked for was done on a record; to erase it, whether it can be.

    What is evidence is not erased but restricted. DPA 2018 s.47(2).
    """
    match row.kind:
        case RightsKind.RECTIFICATION:
            return person.steps.filter(what__in=PUT_RIGHT, at__gte=row.logged_at).exists()
        case RightsKind.RESTRICTION:
            return person.is_restricted(today)
        case _:
            return not is_evidence(holds_of(person), today=today)
