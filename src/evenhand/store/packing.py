"""Puts one package together from what is stored: what was chosen of it, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from evenhand.rules.agreements import Field, Terms, named
from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Acting
from evenhand.rules.people import PersonStanding
from evenhand.rules.people_roles import WITH_CONTACT, PersonRole
from evenhand.rules.people_statements import (
    Condition,
    Handling,
    Information,
    Source,
    Standing,
)
from evenhand.rules.sharing import Item, Subject, Wanted
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store import packages
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.sealing import unsealed
from evenhand.store.sharing import AgreementRow

RECALLS = words(
    "If we tell you that this package is corrected, restricted, erased or was wrong, do what the"
    " recall asks and answer it. Do not pass the package on without our leave."
)


@dataclass(frozen=True, slots=True)
class Shared:
    """The rows that a package is made from."""

    person: PersonRow
    link: PersonLinkRow
    key: RecordKey
    statements: Sequence[StatementRow]


def subject_of(person: PersonRow, link: PersonLinkRow) -> Subject:
    """Give whom a package is about, as the rules see them."""
    return Subject(
        role=PersonRole(link.role),
        child=person.child,
        held=person.standing == PersonStanding.HELD,
        review_on=person.review_on,
        reporter=person.links.filter(role=PersonRole.REPORTER).exists(),
        contested=frozenset(person.contested),
    )


def item_of(row: StatementRow, *, consented: bool = False) -> Item:
    """Give a statement as sharing sees one."""
    return Item(
        ref=row.id,
        kind=Kind(row.kind),
        grade_source=Source(row.grade_source) if row.grade_source else None,
        grade_information=Information(row.grade_information) if row.grade_information else None,
        handling=Handling(row.handling),
        conditions=frozenset(map(Condition, row.handling_conditions)),
        verified_at=row.verified_at,
        stands=row.standing == Standing.STANDING,
        consented=consented,
    )


def package(
    reference: str, shared: Shared, wanted: Wanted, row: AgreementRow, terms: Terms, acting: Acting
) -> bytes:
    """Give the exact bytes of a package. Raises PackageIncomplete."""
    today = timezone.localdate(acting.at)
    document: dict[str, Any] = {
        "format": packages.FORMAT,
        "package": reference,
        "made_on": today,
        "desk": settings.DESK.name,
        "contact": settings.DESK.contact_email,
        "organisation": terms.organisation,
        "recipient": named(terms, wanted.recipient).name,
        "agreement": {
            "reference": row.reference,
            "version": row.number,
            "purpose": terms.purpose,
            "enactment": terms.enactment,
        },
        "person": {
            "role": shared.link.role,
            "may_have_been_under_18": shared.person.child,
            "identity_verified_on": today,
            **_about(shared, wanted),
        },
        "statements": [_statement(it, shared.key) for it in shared.statements],
        "gaps": wanted.gaps,
        "handling": {
            "guidance": terms.guidance,
            "erase_within_days": terms.keep_days,
            "erase_by": today + timedelta(days=terms.keep_days),
            "answer_recalls_within_working_days": terms.recall_days,
            "recalls": RECALLS,
        },
    }
    return packages.checked(document)


def _about(shared: Shared, wanted: Wanted) -> Mapping[str, Any]:
    """Give of the person what was chosen, where it is on record at all."""
    person, link, key = shared.person, shared.link, shared.key
    # Who may have the age and not the birth date has it in years, as at the day it was recorded:
    # the same in every package, so that several do not tell the birthday.
    recorded = person.age(key)
    age = recorded.in_years(recorded.as_at)
    held: dict[Field, dict[str, Any]] = {
        Field.NAME: {"name": unsealed(person, key, "name")},
        Field.BIRTH_DATE: {"birth_date": unsealed(person, key, "birth_date")},
        Field.AGE: {
            "age": {
                "value": "" if age.value is None else str(age.value),
                "as_at": age.as_at,
                "basis": age.basis,
            }
        },
        Field.OFFENCE: {"offence": link.offence},
        Field.GROUNDS: {
            "grounds": link.grounds,
            "grounds_on": link.grounds_on,
            "grounds_words": unsealed(link, key, "grounds_words"),
        },
        Field.WELFARE: {"welfare": unsealed(link, key, "welfare_reason")},
        Field.REFERRAL: {"referral": link.referral.reference},
    }
    if PersonRole(link.role) in WITH_CONTACT:
        held[Field.CONTACT] = {"contact": unsealed(person, key, "contact")}
    chosen = (held[it] for it in sorted(wanted.fields) if it in held)
    return {name: it or None for part in chosen for name, it in part.items()}


def _statement(row: StatementRow, key: RecordKey) -> Mapping[str, Any]:
    said = {
        "kind": row.kind,
        "text": unsealed(row, key, "text"),
        "source_date": timezone.localdate(row.at),
        "verified_on": timezone.localdate(row.verified_at),
        "handling": row.handling,
        "conditions": sorted(row.handling_conditions),
    }
    if row.kind == Kind.FACT:
        return {**said, "source": unsealed(row, key, "source")}
    return {
        **said,
        "basis": unsealed(row, key, "basis"),
        "basis_holder": unsealed(row, key, "basis_holder"),
        "grade_of": row.grade_of,
        "grade": {"source": row.grade_source, "information": row.grade_information},
    }
