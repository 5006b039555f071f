"""Packs: of one record as it stands, to mark what is held back; and as they go with a reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.queries import consultations, rights_reviews
from evenhand.queries.rights_shown import ReviewShown
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.rights import RightsStanding, Withheld
from evenhand.rules.rights_pack import Pack
from evenhand.rules.rights_pack_json import PackJson, from_json, schema
from evenhand.rules.rights_replies import not_ready
from evenhand.store.people import no_such_person
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_letters import RightsPackRow
from evenhand.store.rights_packing import pack_of, whole
from evenhand.store.sealing import open_record_key, unsealed

__all__ = ["MarkShown", "Preview", "drawn", "preview", "schema"]
READ = Permission.READ_RIGHTS


@dataclass(frozen=True, slots=True)
class MarkShown:
    """What is held back of a record, why, and on which ground."""

    piece: str
    withheld: Withheld
    ground: RestrictionGround | None
    review_on: date | None
    reasons: str
    by: str
    is_lifted: bool
    reviews: Sequence[ReviewShown]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything of one record, and what of it is held back. ``whole`` stands for all of it.

    ``is_open``: nobody has answered the request, so that what is held back may still change.
    """

    pack: Pack
    is_open: bool
    whole: str
    marks: Sequence[MarkShown]


def preview(reference: str, person: str, *, acting: Acting) -> Preview:
    """Give everything of one record that is theirs. It is a look at them. Raises NotFound."""
    check_may(acting.officer, READ)
    row = RightsRequestRow.objects.named(reference)
    found = row.found.filter(person__reference=person, is_theirs=True)
    hit = found.select_related("person__key").first()
    if hit is None:
        raise no_such_person()
    key = open_record_key(hit.person.key)
    consultations.at_person_again(hit.person, key, READ, row.reference, acting=acting)
    marks = row.marks.filter(person=hit.person).select_related("by").order_by("at")
    marks = marks.prefetch_related("reviews__by", "reviews__answered_by")
    return Preview(
        pack_of(hit.person, key, row.reference, today=timezone.localdate(acting.at)),
        row.standing == RightsStanding.OPEN,
        whole(hit.person),
        [
            MarkShown(
                it.piece,
                Withheld(it.withheld),
                RestrictionGround(it.ground) if it.ground else None,
                it.review_on,
                unsealed(it, key, "reasons"),
                it.by.name,
                it.lifted_at is not None,
                rights_reviews.of_mark(it, key),
            )
            for it in marks
        ],
    )


def drawn(reference: str, letter: UUID, person: str, *, acting: Acting) -> PackJson:
    """Give a pack as it goes with a letter. Each time it is drawn is an entry of the log."""
    check_may(acting.officer, READ)
    row = RightsRequestRow.objects.named(reference)
    packs = RightsPackRow.objects.filter(letter__request=row, letter=letter)
    found = packs.filter(person__reference=person).select_related("person__key").first()
    if found is None:
        raise not_ready()
    key = open_record_key(found.person.key)
    consultations.at_pack(found.person.id, key, row.reference, acting=acting)
    return from_json(unsealed(found, key, "pack"))
