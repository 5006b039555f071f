"""What the desk keeps of a platform, and the data protection officer's sign-off."""

from datetime import date
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.lawbook import Platform
from evenhand.rules.notices import Transport, check_sign_off
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.platforms import check_can_add, check_platform, check_seen
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import check_text
from evenhand.rules.words import words
from evenhand.store import platform_versions
from evenhand.store.lawbook import lawbook
from evenhand.store.platforms import SignOffRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import Pen, writing


def sign_off(
    platform: str,
    *,
    transport: Transport,
    contact: str,
    basis: str,
    review_on: date,
    acting: Acting,
) -> None:
    """Sign off sending to a platform by one channel until a review date; the one before it ends."""
    check_may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    check_text(basis, at="basis")
    check_sign_off(
        platform, transport, contact, basis, review_on, today=timezone.localdate(acting.at)
    )
    with writing() as pen:
        lock(platform)
        SignOffRow.objects.filter(
            platform=platform, transport=transport, ended_at__isnull=True
        ).update(ended_at=acting.at)
        ref = uuid4()
        key = new_record_key(ref)
        row = SignOffRow(
            id=ref,
            key_id=ref,
            platform=platform,
            transport=transport,
            signed_by_id=acting.officer.ref,
            signed_at=acting.at,
            review_on=review_on,
        )
        seal_into(row, key, basis=basis, contact=contact)
        row.save(force_insert=True)
        pen.enter(
            Entry(
                act=Act.PLATFORM_SIGNED_OFF,
                at=acting.at,
                who=acting.officer.ref,
                obj=ref,
                ver=1,
                outcome=Code(platform),
                req=acting.request,
            )
        )


def end_sign_off(platform: str, transport: Transport, *, acting: Acting) -> None:
    """End a sign-off at once: nothing goes by that channel any more, not even what is queued."""
    check_may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    with writing() as pen:
        lock(platform)
        current = SignOffRow.objects.filter(
            platform=platform, transport=transport, ended_at__isnull=True
        )
        row = current.first()
        if row is None:
            raise NotFound(
                words("There is no sign-off to end."), do=words("Look at the list of platforms.")
            )
        current.update(ended_at=acting.at)
        pen.enter(
            Entry(
                act=Act.SIGN_OFF_ENDED,
                at=acting.at,
                who=acting.officer.ref,
                obj=row.id,
                ver=2,
                outcome=Code(platform),
                req=acting.request,
            )
        )


def edit(platform: Platform, *, seen: int, acting: Acting) -> int:
    """Save what the desk keeps of a platform as a new version; give its number.

    ``seen`` is the version that the change was made on. Raises PlatformChanged, PlatformWrong.
    """
    check_may(acting.officer, Permission.EDIT_PLATFORM)
    check_platform(platform, harms=lawbook().harms)
    with writing() as pen:
        lock(platform.code)
        now = platform_versions.current(platform.code)
        if now is None:
            raise NotFound(words("There is no platform with this code."), do=words("Add it first."))
        check_seen(seen, now.number)
        return _save(platform, now.number + 1, pen, acting)


def add(platform: Platform, *, acting: Acting) -> None:
    """Add a platform that the law data does not know. Its code is the host on its referrals."""
    check_may(acting.officer, Permission.EDIT_PLATFORM)
    check_platform(platform, harms=lawbook().harms)
    with writing() as pen:
        lock(platform.code)
        known = platform_versions.current(platform.code)
        hosts = [host for it in lawbook().platforms.values() for host in it.hosts]
        check_can_add(platform, [*hosts, *([known.platform.code] if known else [])])
        _save(platform, platform_versions.LAW_DATA, pen, acting)


def lock(platform: str) -> None:
    """Let one change of a platform at a time through: the second waits and sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [platform])


def _save(platform: Platform, number: int, pen: Pen, acting: Acting) -> int:
    row = platform_versions.store(platform, number, acting)
    pen.enter(
        Entry(
            act=Act.PLATFORM_EDITED,
            at=acting.at,
            who=acting.officer.ref,
            obj=row.id,
            ver=number,
            outcome=Code(platform.code),
            req=acting.request,
        )
    )
    return number
