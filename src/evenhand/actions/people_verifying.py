"""Verifying again: whoever works on it looks at a statement's source anew, so that it may leave."""

from uuid import UUID

from django.utils import timezone

from evenhand.actions.entering import about as entry_about
from evenhand.actions.entering import committed
from evenhand.actions.people_storing import add_step
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import check_people_open
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import (
    PersonStanding,
    check_may_open,
    check_standing,
    check_version,
)
from evenhand.rules.people_statements import Standing, check_may_verify
from evenhand.rules.retention import check_open
from evenhand.rules.texts import check_reason
from evenhand.store.assurance import assured
from evenhand.store.people import PersonRow, no_such_person
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing


def verify(
    reference: str,
    about: UUID,
    reason: str,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Say that a statement is still right and up to date, and what shows it. A16.

    It settles nothing that was contested: that takes a second officer.
    """
    check_may(acting.officer, Permission.ADD_STATEMENT)
    check_people_open(assured())
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        check_may_open(acting.officer, row.owners())
        check_version(row.as_fact(at=acting.at), seen_version)
        restricted = row.is_restricted(timezone.localdate(acting.at))
        check_open(reference, restricted=restricted, officer=acting.officer)
        check_standing(row.as_fact(at=acting.at), PersonStanding.HELD)
        statement = row.statements.filter(id=about).first()
        if statement is None:
            raise no_such_person()
        check_may_verify(Standing(statement.standing))
        key = open_record_key(row.key)
        statement.verified_at = acting.at
        statement.save()
        row.keep()
        add_step(row, key, "verify", reason, about=str(about), acting=acting)
        pen.enter(
            entry_about(
                row,
                Act.STATEMENT_VERIFIED,
                Permission.ADD_STATEMENT,
                acting=acting,
                reason=committed(key, reason),
            )
        )
