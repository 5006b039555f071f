"""People on record, brought there by the desk's own acts."""

from datetime import timedelta
from uuid import UUID

from evenhand.actions import people, people_statements
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import Stage
from evenhand.rules.holds import Evidence
from evenhand.rules.people import Proposal
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Statement
from evenhand.store.assurance import DocumentRow, assured
from evenhand.store.notification import NotifyDecisionRow
from evenhand.store.people import PersonRow
from evenhand.store.writing import writing
from tests.builders import ADA, ANSWERS, CY, LIA, fact, proposal
from tests.journeys import Desk


def proposed(desk: Desk, referral: str = "", *, said: Proposal | None = None) -> str:
    """Have Ada propose somebody through a referral of hers, a victim unless said otherwise."""
    if assured().dpia is None:
        desk.assured()
    return people.propose(referral or desk.log(), said or proposal(), acting=desk.by(ADA))


def known_person(
    desk: Desk,
    referral: str = "",
    *,
    said: Proposal | None = None,
    statement: Statement | None = None,
) -> str:
    """Have somebody proposed with a statement, and authorised by Cy."""
    referral = referral or desk.log()
    reference = proposed(desk, referral, said=said)
    people_statements.add(reference, statement or fact(), referral=referral, acting=desk.by(ADA))
    people.authorise(reference, ANSWERS, acting=desk.by(CY))
    return reference


def suspect(desk: Desk, referral: str = "") -> str:
    return known_person(desk, referral, said=proposal(PersonRole.SUSPECT))


def decision_of(reference: str) -> UUID:
    """Say which decision about telling somebody whoever looks at it now sees."""
    return NotifyDecisionRow.objects.filter(person__reference=reference).latest("decided_at").id


def person(reference: str) -> PersonRow:
    return PersonRow.objects.get(reference=reference)


def as_exhibit(desk: Desk) -> Evidence:
    """Say what somebody is evidence of."""
    expires_on = desk.now.date() + timedelta(days=90)
    return Evidence(their_reference="Exhibit AB/1", owner="The court", expires_on=expires_on)


def no_assessment_in_force(desk: Desk) -> None:
    """Have the desk stand as one whose people were brought over without their assessment."""
    with writing() as pen:
        DocumentRow.objects.update(stage=Stage.REPLACED)
        pen.enter(Entry(act=Act.DOCUMENT_APPROVED, at=desk.now, who=LIA.ref))
