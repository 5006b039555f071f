"""Putting what is known of a person into the rows: sealed under their key, with the days it has."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules.officers import Acting
from evenhand.rules.people import PersonStanding, Proposal
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_names import comparable, kept_name
from evenhand.rules.people_roles import SCHEDULES, PersonRole
from evenhand.rules.retention_schedules import check_not_past, dates
from evenhand.seal.blind import What
from evenhand.seal.record import RecordKey
from evenhand.store.machinery import ConsultationRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow
from evenhand.store.schedules import schedule_of
from evenhand.store.sealing import (
    blind_index,
    replace_record_key,
    seal_into,
    sealed_columns,
    unsealed,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is: a name as it is kept, and what is known of the age."""

    name: str
    age: Age


def set_identity(row: PersonRow, key: RecordKey, identity: Identity) -> None:
    """Seal who somebody is into their row, with the tokens by which exactly they are found."""
    name, age = kept_name(identity.name), identity.age
    row.age_basis, row.age_as_at = age.basis, age.as_at
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
    born, value = unsealed(row, key, "birth_date"), unsealed(row, key, "age_value")
    age = Age(
        basis=AgeBasis(row.age_basis),
        as_at=row.age_as_at,
        birth_date=date.fromisoformat(born) if born else None,
        value=int(value) if value else None,
    )
    return Identity(unsealed(row, key, "name"), age)


def tokens_of(name: str, birth_date: date | None) -> list[bytes]:
    """Give the token of a whole name with a birth date; without both there is none."""
    if not name or birth_date is None:
        return []
    return [blind_index().token(What.PERSON, f"{comparable(name)}\n{birth_date.isoformat()}")]


def set_days(row: PersonRow, role: PersonRole, start: date, *, today: date) -> None:
    """Set the schedule that the role falls under, and its days. Raises NotOnSchedule."""
    schedule = schedule_of(SCHEDULES[role])
    days = dates(schedule, start, child=row.child)
    check_not_past(days, today=today)
    row.schedule, row.start_on = schedule.code, days.start_on
    row.review_on, row.max_on = days.review_on, days.max_on


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
    row: PersonRow, key: RecordKey, what: str, reason: str, *, acting: Acting, about: str = ""
) -> None:
    """Add to the record's history who did what, and why."""
    step = PersonStepRow(
        person=row, what=what, about=about or None, by_id=acting.officer.ref, at=acting.at
    )
    seal_into(step, key, reason=reason)
    step.save(force_insert=True)


def destroy(row: PersonRow, *, acting: Acting) -> RecordKey:
    """Destroy everything that was proposed of somebody who is refused; give the new, empty key."""
    row.statements.all().delete()
    row.links.update(
        ended_at=acting.at,
        offence=None,
        grounds=[],
        grounds_on=None,
        **dict.fromkeys(sealed_columns(PersonLinkRow)),
    )
    row.steps.update(reason=None)
    ConsultationRow.objects.filter(about=row.id).update(reason=None)
    for column in sealed_columns(PersonRow):
        setattr(row, column, None)
    row.tokens, row.contested, row.standing = [], [], PersonStanding.REFUSED
    return replace_record_key(row.id)
