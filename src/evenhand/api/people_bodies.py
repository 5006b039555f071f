"""What the calls about people take."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from evenhand.actions.people_corrections import Why
from evenhand.api.bodies import Change, Needed
from evenhand.api.values import (
    CallBody,
    Choice,
    Chosen,
    ShortText,
    Text,
    day_or_none,
    refusing,
)
from evenhand.rules.assessments import Kind
from evenhand.rules.holds import Evidence
from evenhand.rules.originators import Originator
from evenhand.rules.people import Restriction
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_grounds import Ground, Grounds
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Statement,
)
from evenhand.rules.purposes import Purpose

MaybeDay = Annotated[
    date | None,
    BeforeValidator(refusing(day_or_none)),
    WithJsonSchema({"type": ["string", "null"], "format": "date"}),
]
Role = Annotated[
    PersonRole | None,
    Chosen(PersonRole),
    WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, PersonRole), None]}),
]
PersonReference = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^P-[2-9A-Z]{8}$", "example": "P-7K3M9XQA"}),
]
AGradeOf = Annotated[
    GradeOf | None,
    Chosen(GradeOf),
    WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, GradeOf), None]}),
]
ASource = Annotated[
    Source | None,
    Chosen(Source),
    WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, Source), None]}),
]
AnInformation = Annotated[
    Information | None,
    Chosen(Information),
    WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, Information), None]}),
]
AHandling = Annotated[
    Handling | None,
    Chosen(Handling),
    WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, Handling), None]}),
]


AGround = Annotated[
    Ground, Chosen(), WithJsonSchema({"type": "string", "enum": [*map(str, Ground)]})
]


class Known(CallBody):
    """Who somebody is: a name only if it is needed, and how old."""

    name: ShortText = Field("", description="Not of a reporter: their contact has it")
    birth_date: MaybeDay = None
    age_value: Annotated[int, Field(ge=0, le=150)] | None = Field(
        None, description="In whole years, only where no birth date is known"
    )
    age_basis: Choice[AgeBasis] = Field(description="How the age is known")
    age_as_at: MaybeDay = Field(None, description="On which day it was known; today if not sent")

    def age(self, today: date) -> Age:
        """Give the age as the rules take it."""
        return Age(
            basis=self.age_basis,
            as_at=self.age_as_at or today,
            birth_date=self.birth_date,
            value=self.age_value,
        )


class Accused(CallBody):
    """What an accusation rests on; empty for every other role."""

    offence: ShortText = Field("", description="The code of a provision of law")
    grounds: list[AGround] = []
    grounds_on: MaybeDay = None
    grounds_words: Text = ""

    def as_grounds(self) -> Grounds:
        """Give them as the rules take them."""
        return Grounds(
            offence=self.offence,
            codes=frozenset(self.grounds),
            on=self.grounds_on,
            in_words=self.grounds_words,
        )


class ProposePerson(Known, Accused):
    """Somebody who must be on record through this referral, as what, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "role": "victim",
                "necessity": "They are threatened by name, and must be warned.",
                "name": "Noor Vantage",
                "birth_date": "1990-05-17",
                "age_basis": "document",
            }
        }
    )

    role: Role = None
    necessity: Text = ""
    contact: ShortText = Field("", description="Only of a victim, a witness or a reporter")
    welfare_reason: Text = ""
    best_interests: Text = ""
    knows: bool = Field(False, description="Whether the person knows of this record")


class AuthorisePerson(Change):
    """The second officer's answers to the test questions."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "necessary": "They cannot be warned without a name.",
                "role_right": "They are threatened and threaten nobody.",
                "less_would_do": "No: without the name nobody could be warned.",
            }
        }
    )

    necessary: Needed
    role_right: Needed
    less_would_do: Needed


class AskForRole(Change, Accused):
    """What somebody shall be in a referral from now on, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "referral": "2026-000123",
                "role": "victim",
                "necessity": "They must be warned.",
            }
        }
    )

    referral: ShortText
    role: Role = None
    necessity: Text = ""
    welfare_reason: Text = ""
    best_interests: Text = ""


class DecideRole(Change):
    """Whether the role that was asked for comes into force, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "referral": "2026-000123",
                "authorise": True,
                "reason": "The video shows it.",
            }
        }
    )

    referral: ShortText
    authorise: bool
    reason: Needed


class AddStatement(Change):
    """A fact with its source, or an assessment with its basis and grade; with its handling code."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "referral": "2026-000123",
                "kind": "fact",
                "text": "The video shows the front of their shop.",
                "source": "The content itself, seen by the officer.",
                "handling": "P",
                "sensitive": False,
            }
        }
    )

    referral: ShortText = ""
    kind: Choice[Kind]
    text: Needed
    source: Text = ""
    basis: Text = ""
    basis_holder: ShortText = ""
    grade_of: AGradeOf = None
    grade_source: ASource = None
    grade_information: AnInformation = None
    handling: AHandling = None
    conditions: list[Choice[Condition]] = []
    sensitive: bool | None = Field(
        None, description="Whether it reveals race, belief, politics, health or sexuality"
    )

    def as_statement(self) -> Statement:
        """Give it as the rules take it."""
        return Statement(
            kind=self.kind,
            text=self.text,
            source=self.source,
            basis=self.basis,
            basis_holder=self.basis_holder,
            grade_of=self.grade_of,
            grade_source=self.grade_source,
            grade_information=self.grade_information,
            handling=self.handling,
            conditions=frozenset(self.conditions),
            sensitive=self.sensitive,
        )


class Contest(Change):
    """What may be wrong, and why: ``name``, ``age``, or the id of a statement."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"about": "name", "reason": "It is misspelt."}}
    )

    about: ShortText
    reason: Needed


class Correction(CallBody):
    """Why something is put right, and what becomes of the wrong one."""

    reason: Needed
    evidence: ShortText = Field("", description="For what the wrong one is needed as evidence")
    originator: ShortText = Field("", description="The body that the wrong one came from")
    their_reference: ShortText = Field(
        "", description="The reference under which that body sent it"
    )

    def why(self, best_interests: str = "", welfare_reason: str = "") -> Why:
        """Give it as the act takes it."""
        return Why(
            reason=self.reason,
            evidence=self.evidence,
            best_interests=best_interests,
            welfare_reason=welfare_reason,
            originator=Originator(body=self.originator, their_reference=self.their_reference),
        )


class CorrectIdentity(Change, Known, Correction):
    """The right name and age of somebody of whom one was contested."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Nour Vantage",
                "birth_date": "1990-05-17",
                "age_basis": "document",
                "reason": "It was misspelt.",
            }
        }
    )

    best_interests: Text = ""
    welfare_reason: Text = Field("", description="Of somebody under ten: for which need of theirs")


class CorrectContact(Change, Correction):
    """How somebody is reached, in the place of what was contested."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"contact": "nour@harbour.example", "reason": "The old number is another’s."}
        }
    )

    contact: ShortText = Field("", description="Empty where nobody knows: then none is kept")


class CorrectStatement(AddStatement, Correction):
    """The right statement in the place of a contested one."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "fact",
                "text": "The video shows another shop.",
                "source": "The content itself.",
                "handling": "P",
                "sensitive": False,
                "reason": "It is not their shop.",
            }
        }
    )


class Restrict(Change):
    """Why a record is kept but not used."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"because": "unlawful", "reason": "There is no basis for it."}
        }
    )

    because: Choice[Restriction]
    reason: Needed
    their_reference: ShortText = Field(
        "", description="Needed as evidence: the reference of the court or the exhibit"
    )
    owner: ShortText = Field("", description="Needed as evidence: who answers for it")
    expires_on: MaybeDay = Field(
        None, description="Needed as evidence: the last day of the hold, within 12 months"
    )

    def as_evidence(self) -> Evidence:
        """Give what it is evidence of as the act takes it."""
        return Evidence(
            their_reference=self.their_reference, owner=self.owner, expires_on=self.expires_on
        )


class Lift(Change):
    """Whether a restricted record is used again, and how the person was told."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"agreed": True, "reason": "It is settled.", "notice": "L-3"}}
    )

    agreed: bool
    reason: Needed
    notice: ShortText = Field(
        "",
        description=(
            "The reference of the letter that told the person; empty where it is decided and"
            " confirmed that they are not told"
        ),
    )


class AskPurpose(Change):
    """For what else a record is to be used, under which law, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "purpose": "safeguard_individual",
                "law": "Children Act 2004 s.11",
                "necessity": "They cannot be warned otherwise.",
                "proportionality": "Only the name is used.",
            }
        }
    )

    purpose: Choice[Purpose]
    law: Needed
    necessity: Needed
    proportionality: Needed


class AnswerPurpose(Change):
    """Whether a record may be used for the other purpose that was asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "purpose": "safeguard_individual",
                "agreed": True,
                "reason": "The law allows it.",
            }
        }
    )

    purpose: Choice[Purpose]
    agreed: bool
    reason: Needed
