"""The data protection officer's sign-off of a platform."""

from datetime import date
from uuid import uuid4

from django.db import connection

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.notices import Transport, check_sign_off
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.texts import check_text
from evenhand.store.platforms import SignOffRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing


def sign_off(
    platform: str,
    *,
    transport: Transport,
    contact: str,
    basis: str,
    review_on: date,
    acting: Acting,
) -> None:
    """Sign off sending to a platform until a review date; the sign-off before it ends."""
    check_may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    check_text(basis, at="basis")
    check_sign_off(platform, contact, basis, review_on, today=acting.at.date())
    with writing() as pen:
        with connection.cursor() as cursor:
            # Two sign-offs of one platform at once: the second waits and ends the first.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [platform])
        SignOffRow.objects.filter(platform=platform, ended_at__isnull=True).update(
            ended_at=acting.at
        )
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
