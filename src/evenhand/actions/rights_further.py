"""What was held back and is lifted is given with a further letter, or it is said that it cannot."""

from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext

from evenhand.actions.entering import committed
from evenhand.actions.rights_letters import addressed, pack_with, seal
from evenhand.actions.rights_receiving import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.public_rights_letters import further
from evenhand.rules.rights import OF_CONTACTS, RightsStanding
from evenhand.rules.rights_replies import FAULT, LetterKind, LetterStanding, check_nothing_waits
from evenhand.rules.rights_reviews import (
    ReviewStanding,
    Undelivered,
    check_is_owed,
    check_unreached,
)
from evenhand.rules.texts import check_own_words, check_reason
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsContactRow, RightsRequestRow
from evenhand.store.rights_basis import TOLD, marks_of
from evenhand.store.rights_letters import IS_FURTHER, WAITS, RightsLetterRow
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

HANDLE = Permission.HANDLE_RIGHTS


def propose(reference: str, because: str, *, acting: Acting) -> UUID:
    """Propose the letter that gives what was lifted, with packs as they stand; give the letter.

    Raises NothingToReview where nothing is owed, LetterNotReady where a letter waits.
    """
    check_may(acting.officer, HANDLE)
    check_own_words(because, at="because")
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        check_is_owed(RightsStanding(row.standing))
        check_nothing_waits(row.letters.filter(IS_FURTHER, standing__in=WAITS).exists())
        made = RightsLetterRow(
            request=row,
            kind=LetterKind.FURTHER,
            standing=LetterStanding.PROPOSED,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        held_back = not TOLD.isdisjoint(marks_of(row).values())
        with translation.override(row.language):
            said = further(addressed(row, today, by=None), held_back=held_back, said=gettext)
        seal(made, row, said, because=because)
        made.save(force_insert=True)
        if row.kind == RightsKind.ACCESS:
            for person in _to_be_given(row):
                pack_with(made, row, person, today)
        told = committed(open_record_key(row.key), because)
        act, outcome, objs = Act.RIGHTS_LETTER_WRITTEN, LetterKind.FURTHER, (made.id,)
        entry = about_request(
            row, act, HANDLE, acting=acting, outcome=outcome, objs=objs, reason=told
        )
        pen.enter(entry)
    return made.id


def given(row: RightsRequestRow, *, acting: Acting) -> None:
    """Record that the person was given what was lifted: nothing is owed any more. Needs the pen."""
    for mark in row.marks.untold():
        mark.told_at = acting.at
        mark.save()
    row.standing = RightsStanding.REPLIED
    row.save()
    _reach_for_a_while(row, acting)


def unreached(reference: str, tried: str, *, acting: Acting) -> None:
    """Record that whoever is owed what was lifted cannot be reached, and what was tried.

    So the request ends. What it found is held no longer, and how they were reached goes in its
    time. Raises NothingToReview where nothing is owed, LetterNotReady where it can still leave.
    """
    check_may(acting.officer, HANDLE)
    check_reason(tried)
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        letter = row.letters.filter(IS_FURTHER, standing=LetterStanding.APPROVED).first()
        check_unreached(_as_fact(row, letter))
        assert letter is not None  # noqa: S101 - tells the type
        letter.standing = LetterStanding.UNDELIVERED
        letter.save()
        key = open_record_key(row.key)
        row.standing, row.unreached_at = RightsStanding.UNREACHED, acting.at
        row.unreached_by_id = acting.officer.ref
        seal_into(row, key, tried=tried)
        row.save()
        _reach_for_a_while(row, acting)
        act, objs, told = Act.RIGHTS_UNREACHED, (letter.id,), committed(key, tried)
        pen.enter(about_request(row, act, HANDLE, acting=acting, objs=objs, reason=told))


def _as_fact(row: RightsRequestRow, letter: RightsLetterRow | None) -> Undelivered:
    has_email = RightsContactRow.objects.filter(request=row, email__isnull=False).exists()
    return Undelivered(
        standing=RightsStanding(row.standing),
        is_ready=letter is not None and not letter.in_the_post,
        is_tried=not has_email or (letter is not None and letter.failure not in {None, FAULT}),
        waits=row.reviews.filter(standing=ReviewStanding.PROPOSED).exists(),
    )


def _reach_for_a_while(row: RightsRequestRow, acting: Acting) -> None:
    last_on = days_at_most(OF_CONTACTS, timezone.localdate(acting.at))[1]
    RightsContactRow.objects.filter(request=row).update(last_on=last_on)


def _to_be_given(row: RightsRequestRow) -> list[PersonRow]:
    lifted = row.marks.untold().values("person")
    return list(PersonRow.objects.select_related("key").filter(id__in=lifted).order_by("id"))
