"""What the calls about people give back."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from evenhand.api.reply import WITHHELD, Reply, Words, of
from evenhand.rules.assessments import Kind
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_ages import AgeBasis
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Condition, GradeOf, Handling, Standing
from evenhand.rules.purposes import Purpose


class PersonSummary(Reply):
    """How a record stands: the answer to every change. It says nothing about who it is."""

    reference: str
    standing: PersonStanding
    version: int


class AgeKnown(Reply):
    """What is known of an age."""

    basis: AgeBasis
    as_at: date
    birth_date: date | None
    value: int | None


class Link(Reply):
    """What a person is, or was, or shall be in one referral."""

    referral: str
    role: PersonRole
    offence: str | None
    grounds: list[str]
    grounds_on: date | None
    grounds_words: Words
    necessity: Words
    welfare_reason: Words
    best_interests: Words
    by: str
    at: datetime
    authorised_by: str | None
    authorised_at: datetime | None
    ended_at: datetime | None


class StatementHeld(Reply):
    """A statement; its words are null where it is contested or restricted."""

    id: Annotated[str, BeforeValidator(str)] = Field(json_schema_extra={"format": "uuid"})
    kind: Kind
    referral: str
    text: Words
    source: Words
    basis: Words
    basis_holder: Words
    by: str
    at: datetime
    grade_of: GradeOf | None
    grade_source: str | None
    grade_information: str | None
    handling: Handling
    conditions: list[Condition]
    verified_at: datetime
    standing: Standing


class StepTaken(Reply):
    """What was done with the record, and why."""

    what: str
    about: str | None
    by: str
    at: datetime
    reason: Words
    letter: Words = Field(description="What the person is to be told before a restriction ends")


class PurposeOf(Reply):
    """For what else a record may be used, or was to be; null while it waits for an answer."""

    purpose: Purpose
    law: Words
    necessity: Words
    proportionality: Words
    asked_by: str
    asked_at: datetime
    approved: bool | None
    answer: Words


class Person(Reply):
    """What the desk holds on one person, as far as the caller may read it."""

    reference: str = of("fact", "reference")
    standing: PersonStanding = of("fact", "standing")
    version: int = of("fact", "version")
    child: bool = of("fact", "child")
    restricted_because: RestrictedBecause | None
    contested: list[str]
    name: str | None = Field(description=WITHHELD)
    age: AgeKnown | None
    contact: str | None = Field(description="Never a reporter's: that has a call of its own")
    knows: bool
    proposed_by: str
    proposed_at: datetime
    schedule: str
    review_on: date
    max_on: date
    links: list[Link]
    facts: list[StatementHeld]
    assessments: list[StatementHeld]
    steps: list[StepTaken]
    purposes: list[PurposeOf]
    disposed_on: date | None = Field(
        description="Somebody of this name and birth date was disposed of then, not long ago."
        " Said of a proposed record to who may authorise it; nothing else is known (E-DISP-24)"
    )
    one_with: list[str] = Field(
        description="The records that two officers joined with it as one person’s and that the"
        " caller may open, too"
    )


class Contact(Reply):
    """How a reporter can be reached."""

    contact: str
