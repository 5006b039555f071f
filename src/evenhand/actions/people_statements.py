"""Saying something of a person: a fact or an assessment, graded, with a handling code."""

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import check_people_open
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.people import (
    PersonStanding,
    check_may_open,
    check_standing,
    check_version,
    check_worked_on,
)
from evenhand.rules.people_statements import Standing, Statement, check_statement
from evenhand.rules.referrals import State
from evenhand.seal.record import RecordKey
from evenhand.store.assurance import assured
from evenhand.store.people import PersonLinkRow, PersonRow, no_such_person
from evenhand.store.people_statements import StatementRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

OPEN = (PersonStanding.PROPOSED, PersonStanding.HELD)


def add(
    reference: str,
    statement: Statement,
    *,
    referral: str,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Add a statement to what is said of a person in one referral."""
    check_may(acting.officer, Permission.ADD_STATEMENT)
    check_people_open(assured())
    check_statement(statement)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        link = link_in(row, referral)
        check_may_open(acting.officer, {OfficerRef(link.referral.owner_id)})
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, *OPEN)
        check_worked_on(referral, State(ReferralRow.objects.locked(referral).state))
        key = open_record_key(row.key)
        row.keep()
        step = statement_row(link, key, statement, acting=acting)
        step.save(force_insert=True)
        pen.enter(
            about(
                row,
                Act.STATEMENT_ADDED,
                Permission.ADD_STATEMENT,
                acting=acting,
                reason=committed(key, statement.text),
            )
        )


def link_in(row: PersonRow, referral: str) -> PersonLinkRow:
    """Give what a person is in a referral, or was proposed to be. Raises NotFound."""
    links = row.links.select_related("referral").filter(ended_at__isnull=True)
    link = links.filter(referral__reference=referral).order_by("authorised_at").first()
    if link is None:
        raise no_such_person()
    return link


def statement_row(
    link: PersonLinkRow, key: RecordKey, statement: Statement, *, acting: Acting
) -> StatementRow:
    """Make the row of a statement, sealed."""
    row = StatementRow(
        person_id=link.person_id,
        link=link,
        kind=statement.kind,
        by_id=acting.officer.ref,
        at=acting.at,
        grade_of=statement.grade_of,
        grade_source=statement.grade_source,
        grade_information=statement.grade_information,
        handling=str(statement.handling),
        handling_conditions=sorted(statement.conditions),
        verified_at=acting.at,
        standing=Standing.STANDING,
    )
    seal_into(
        row,
        key,
        text=statement.text,
        source=statement.source,
        basis=statement.basis,
        basis_holder=statement.basis_holder,
    )
    return row
