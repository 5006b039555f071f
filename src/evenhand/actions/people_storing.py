"""Putting what is known of a person into the rows: sealed under their key, with the days it has."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.rules.officers import Acting
from evenhand.rules.people import REFERENCE_LETTERS, PersonStanding, Proposal
from evenhand.rules.people_ages import Age, band_of
from evenhand.rules.people_days import days_handed_over, days_in_another_role, days_of_a_child
from evenhand.rules.people_names import kept_name
from evenhand.rules.people_roles import HANDED_OVER, SCHEDULES, PersonRole
from evenhand.rules.retention_schedules import Dates, dates
from evenhand.seal.record import RecordKey
from evenhand.store.combinations import let_lapse
from evenhand.store.machinery import ConsultationRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow, tokens_of
from evenhand.store.retention import reviewed_on
from evenhand.store.schedules import schedule_of
from evenhand.store.sealing import (
    replace_record_key,
    seal_into,
    sealed_columns,
    unsealed,
)

UNANSWERED = "unanswered"
"""What became of what one officer asked for and no second one answered in time."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is: a name as it is kept, and what is known of the age."""

    name: str
    age: Age


def new_reference() -> str:
    """Make a reference that says nothing: neither when it was made nor how many there are."""
    return "P-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))


def set_identity(row: PersonRow, key: RecordKey, identity: Identity) -> None:
    """Seal who somebody is into their row, with the tokens by which exactly they are found."""
    name, age = kept_name(identity.name), identity.age
    row.age_basis, row.age_as_at = age.basis, age.as_at
    row.age_band = band_of(age.youngest_on(timezone.localdate(row.proposed_at)))
    row.tokens = tokens_of(name, age.birth_date)
    seal_into(
        row,
        key,
        name=name,
        birth_date=age.birth_date.isoformat() if age.birth_date else "",
        age_value="" if age.value is None else str(age.value),
    )


def identity_of(row: PersonRow, key: RecordKey) -> Identity:
    """Read who somebody is."""
    return Identity(unsealed(row, key, "name"), row.age(key))


def set_days(row: PersonRow, role: PersonRole, start: date) -> Dates:
    """Set the schedule that the role falls under, and its days."""
    schedule = schedule_of(SCHEDULES[role])
    days = dates(schedule, start, child=row.child)
    row.schedule = schedule.code
    row.set_days(days)
    return days


def set_days_of_role(row: PersonRow, role: PersonRole, start: date, *, today: date) -> None:
    """Set the schedule of another role with its days; under the same one from the same day, none.

    So what a review set stays, and no last day moves but by a review.
    """
    schedule = schedule_of(SCHEDULES[role])
    if (schedule.code, start) != (row.schedule, row.start_on):
        row.schedule = schedule.code
        row.set_days(days_in_another_role(schedule, start, child=row.child, today=today))


def hand_over(row: PersonRow, *, today: date) -> None:
    """Put a suspect who was handed over to a named investigation under the row for that. D06."""
    schedule = schedule_of(HANDED_OVER)
    row.schedule = schedule.code
    row.set_days(days_handed_over(row.days(), schedule, child=row.child, today=today))


def set_child(row: PersonRow, child: bool, *, today: date) -> None:
    """Set whether they were or may have been under 18; a child's days come as early as a child's.

    Whoever was none after all keeps the days there are: only a review moves a last day.
    """
    if child and not row.child:
        days = days_of_a_child(
            row.days(),
            schedule_of(row.schedule),
            extended=bool(row.extended),
            reviewed_on=reviewed_on(row),
            today=today,
        )
        row.set_days(days)
    row.child = child


def link_of(
    row: PersonRow, role: PersonRole, key: RecordKey, proposal: Proposal, *, acting: Acting
) -> PersonLinkRow:
    """Make the link that a proposal asks for, without its referral."""
    grounds = proposal.grounds
    link = PersonLinkRow(
        person=row,
        role=role,
        offence=grounds.offence or None,
        grounds=sorted(grounds.codes),
        grounds_on=grounds.on,
        by_id=acting.officer.ref,
        at=acting.at,
    )
    seal_into(
        link,
        key,
        grounds_words=grounds.in_words,
        necessity=proposal.necessity,
        welfare_reason=proposal.welfare_reason,
        best_interests=proposal.best_interests,
    )
    return link


def add_step(
    row: PersonRow,
    key: RecordKey,
    what: str,
    reason: str,
    *,
    acting: Acting,
    about: str = "",
    **more: str,
) -> None:
    """Add to the record's history who did what, and why, with more words where there are any."""
    step = PersonStepRow(
        person=row, what=what, about=about or None, by_id=acting.officer.ref, at=acting.at
    )
    seal_into(step, key, reason=reason, **more)
    step.save(force_insert=True)


def destroy(row: PersonRow, *, acting: Acting) -> RecordKey:
    """Destroy everything that was proposed of somebody who is refused; give the new, empty key."""
    row.statements.all().delete()
    take_back(row.links.all(), acting=acting)
    let_lapse(row)
    row.steps.update(reason=None, letter=None)
    ConsultationRow.objects.filter(about=row.id).update(reason=None)
    for column in sealed_columns(PersonRow):
        setattr(row, column, None)
    row.tokens, row.contested, row.standing = [], [], PersonStanding.REFUSED
    row.trace = row.age_band = None
    return replace_record_key(row.id)


def take_back(links: QuerySet[PersonLinkRow], *, acting: Acting) -> None:
    """End links that were never in force; nothing that was written for them stays."""
    links.update(
        ended_at=acting.at,
        offence=None,
        grounds=[],
        grounds_on=None,
        **dict.fromkeys(sealed_columns(PersonLinkRow)),
    )
