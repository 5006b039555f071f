"""Putting right how somebody is reached: one contests it, a second officer settles it."""

from django.conf import settings

from evenhand.actions import originators
from evenhand.actions.people_corrections import (
    Why,
    check_second,
    check_why,
    locked_to_correct,
    put_right,
)
from evenhand.actions.people_storing import add_step
from evenhand.rules.holds import check_kept_as_evidence
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import check_trained
from evenhand.rules.people_changes import IdentityPart, check_contact
from evenhand.rules.people_roles import PersonRole
from evenhand.store.records import holds_of_words
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import writing

CONTACT = IdentityPart.CONTACT


def correct_contact(
    reference: str,
    contact: str,
    why: Why,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Put a contested contact right; empty: none is kept. The old one goes, unless it is evidence.

    Whoever does so need not read the old one: a reporter's stays in its vault.
    """
    check_may(acting.officer, Permission.CORRECT_PERSON)
    check_why(why)
    with writing() as pen:
        row = locked_to_correct(reference, seen_version, acting)
        key = open_record_key(row.key)
        old = unsealed(row, key, "contact")
        check_second(row, CONTACT if contact != old else "", acting)
        today = settings.CLOCKS.calendar.day_of(acting.at)
        check_kept_as_evidence(holds_of_words(row), why.evidence, today=today)
        check_trained(row.as_fact(at=acting.at), acting.officer)
        roles = row.links.filter(ended_at__isnull=True).values_list("role", flat=True)
        check_contact(contact, {PersonRole(it) for it in roles})
        if why.evidence:
            kept = f"{why.evidence}\n{old}"
            add_step(row, key, "keep_as_evidence", kept, about=CONTACT, acting=acting)
        seal_into(row, key, contact=contact)
        row.contested = [it for it in row.contested if it != CONTACT]
        originators.begin(row, key, why.originator, CONTACT, acting=acting)
        put_right(row, key, why, pen, about=CONTACT, acting=acting)
