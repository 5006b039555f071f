"""What the calls of sharing take and give back."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from evenhand.api.bodies import Needed
from evenhand.api.reply import OrNothing, Reply, Words, of
from evenhand.api.values import CallBody, Choice, Day, ShortText, Text
from evenhand.rules.agreements import Field as Shared
from evenhand.rules.agreements import RecipientKind, Transfer
from evenhand.rules.assessments import Kind
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.purposes import OWN, Purpose
from evenhand.rules.recalls import Why
from evenhand.rules.sharing import Carrier, Standing
from evenhand.rules.texts import SHORT

NEXT = "The cursor of the next page; null on the last"
Short = Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": SHORT})]
Days = Annotated[int, Field(ge=1)]
TERMS: dict[str, Any] = {
    "organisation": "Neighbour Police",
    "kind": "police",
    "country": "GB",
    "transfer": "at_home",
    "people": [{"name": "Kim Lee", "email": "kim@neighbour.example"}],
    "lock": "",
    "purpose": "Protect victims who live there.",
    "enactment": "Policing Act s.1",
    "guidance": "For this purpose only. Do not pass on.",
    "fields": ["name", "facts"],
    "roles": ["victim"],
    "keep_days": 90,
    "recall_days": 2,
    "review_on": "2027-06-01",
}


class NamedPerson(CallBody):
    """Somebody at the recipient, and where recalls reach them."""

    name: Short
    email: ShortText = ""


class Terms(CallBody):
    """What an agreement says. ``lock`` is a public key of age; empty: packages are printed."""

    model_config = ConfigDict(json_schema_extra={"example": TERMS})

    organisation: Short
    kind: Choice[RecipientKind]
    country: Annotated[str, Field(json_schema_extra={"minLength": 2, "maxLength": 2})]
    transfer: Choice[Transfer]
    people: list[NamedPerson]
    lock: ShortText = ""
    purpose: Needed
    enactment: Short
    guidance: Needed
    fields: list[Choice[Shared]]
    roles: list[Choice[PersonRole]]
    keep_days: Days
    recall_days: Days
    review_on: Day


class Signature(CallBody):
    """The number of the version that was read."""

    model_config = ConfigDict(json_schema_extra={"example": {"number": 1}})

    number: Annotated[int, Field(ge=1, le=1_000_000)]


class Nothing(CallBody):
    """Nothing needs to be said."""

    model_config = ConfigDict(json_schema_extra={"example": {}})


class OpenKind(CallBody):
    """A closed kind of recipient, the law that authorises it, and its last day."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "education",
                "enactment": "Education Act s.1",
                "expires_on": "2027-06-01",
            }
        }
    )

    kind: Choice[RecipientKind]
    enactment: Short
    expires_on: Day


class OneKind(CallBody):
    """A closed kind of recipient."""

    model_config = ConfigDict(json_schema_extra={"example": {"kind": "education"}})

    kind: Choice[RecipientKind]


class Look(CallBody):
    """Under which agreement, and why somebody's record is opened."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"agreement": "A-7KX2M9QA", "reason": "To protect her."}}
    )

    agreement: Short
    reason: Needed


class Build(Look):
    """Exactly what goes into a package, to whom, and how it leaves."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "agreement": "A-7KX2M9QA",
                "reason": "To protect her.",
                "recipient": "018f0000-0000-7000-8000-000000000001",
                "link": "018f0000-0000-7000-8000-000000000002",
                "carrier": "sealed",
                "fields": ["name"],
                "statements": [],
                "checked": True,
                "gaps": "Where she lives now is not known.",
            }
        }
    )

    recipient: Annotated[UUID, Field(strict=False)]
    link: Annotated[UUID, Field(strict=False)]
    carrier: Choice[Carrier]
    fields: list[Choice[Shared]]
    statements: list[Annotated[UUID, Field(strict=False)]] = []
    checked: bool = Field(description="Identity and role were verified just now")
    gaps: Needed
    compelling: Text = Field("", description="Needed about anybody who may have been under 18")
    consent: Text = Field("", description="Who consented, where a condition is S2")
    purpose: Choice[Purpose] = Field(OWN, description="Another than the desk's is allowed first")


class OpenPackage(CallBody):
    """Why a package is opened."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "To decide on it."}})

    reason: Needed


class Approve(CallBody):
    """A second officer's answer to the package with this digest."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"digest": "00" * 32, "approve": True, "reason": "It is needed."}
        }
    )

    digest: Short
    approve: bool
    reason: Needed


class PackageStep(CallBody):
    """The next step with a package: ask for approval, hand it over or drop it."""

    model_config = ConfigDict(json_schema_extra={"example": {"step": "propose"}})

    step: Annotated[str, Field(json_schema_extra={"enum": ["propose", "release", "drop"]})]


class SendRecall(CallBody):
    """How a recall is sent: by e-mail, or on paper, which has happened then."""

    model_config = ConfigDict(json_schema_extra={"example": {"by": "email"}})

    by: Annotated[str, Field(json_schema_extra={"enum": ["email", "paper"]})]


class Acknowledgement(CallBody):
    """The day on which the recipient acknowledged a recall, or a body was told."""

    model_config = ConfigDict(json_schema_extra={"example": {"on": "2026-06-01"}})

    on: Day


class Recipient(Reply):
    """Somebody whom an agreement names."""

    ref: UUID
    name: str
    email: OrNothing


class Agreement(Reply):
    """A version of an agreement that is in force or waits to be signed."""

    reference: str = of("agreement", "reference")
    number: int = of("agreement", "number")
    signed: bool = of("agreement", "signed")
    organisation: str = of("agreement", "terms", "organisation")
    kind: RecipientKind = of("agreement", "terms", "kind")
    country: str = of("agreement", "terms", "country")
    transfer: Transfer = of("agreement", "terms", "transfer")
    people: list[Recipient] = of("agreement", "terms", "people")
    lock: OrNothing = of("agreement", "terms", "lock")
    purpose: str = of("agreement", "terms", "purpose")
    enactment: str = of("agreement", "terms", "enactment")
    guidance: str = of("agreement", "terms", "guidance")
    fields: list[Shared] = of("agreement", "terms", "fields")
    roles: list[PersonRole] = of("agreement", "terms", "roles")
    keep_days: int = of("agreement", "terms", "keep_days")
    recall_days: int = of("agreement", "terms", "recall_days")
    review_on: date = of("agreement", "terms", "review_on")
    proposed_by: str
    signed_by: OrNothing


class Agreements(Reply):
    """A page of agreements."""

    items: list[Agreement] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class Done(Reply):
    """The reference of what was changed."""

    reference: str


class ClosedKind(Reply):
    """A closed kind of recipient, and the leave for it."""

    kind: RecipientKind
    enactment: OrNothing
    asked_by: OrNothing
    approved_by: OrNothing
    expires_on: date | None


class ClosedKinds(Reply):
    """The closed kinds of recipients."""

    items: list[ClosedKind]


class RoleHeld(Reply):
    """A role that a person has in one referral."""

    link: UUID
    role: PersonRole
    referral: str


class Said(Reply):
    """A statement; ``faults`` are the rules that keep it from leaving now."""

    ref: UUID
    link: UUID
    kind: Kind
    text: Words
    verified_at: datetime
    faults: list[str]


class ChoiceOf(Reply):
    """What could leave of one person."""

    reference: str
    child: bool
    roles: list[RoleHeld]
    statements: list[Said]


class Disclosure(Reply):
    """A disclosure, without a word of what it holds."""

    reference: str = of("fact", "reference")
    standing: Standing = of("fact", "standing")
    child: bool = of("fact", "child")
    carrier: Carrier
    organisation: str
    recipient: str
    agreement: str
    version: int
    fields: list[Shared]
    statements: int
    built_by: str
    built_at: datetime = of("fact", "built_at")
    approved_by: OrNothing
    dpo_by: OrNothing
    released_at: datetime | None
    package_sha256: OrNothing


class Disclosures(Reply):
    """A page of what left the desk, the latest first."""

    items: list[Disclosure] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class Contents(Reply):
    """A package opened: exactly what leaves, its digest, and which fields stay."""

    package: dict[str, Any]
    digest: str
    left_out: list[Shared]


class File(Reply):
    """The exact bytes that left, in base64, their SHA-256, and the proof that they left.

    The proof is there once witnesses cosigned it, where any are asked. Hand it over with the file.
    """

    data: str
    sha256: str
    proof: str | None


class Recall(Reply):
    """A recall of one package."""

    reference: UUID = Field(validation_alias="ref")
    package: str = of("fact", "package")
    why: Why = of("fact", "why")
    organisation: str
    recipient: str
    due_at: datetime = of("fact", "due_at")
    sent_at: datetime | None = of("fact", "sent_at")
    reminders: int
    failure: OrNothing
    acknowledged_at: datetime | None = of("fact", "acknowledged_at")
    ended_at: datetime | None = of("fact", "ended_at")


class Recalls(Reply):
    """A page of open recalls, the first due first."""

    items: list[Recall] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class ToTell(Reply):
    """A record of which data from another body was wrong, and by when that body is told."""

    reference: UUID = Field(validation_alias="ref")
    person: str = Field(validation_alias="reference")
    due_at: datetime


class Originators(Reply):
    """The bodies to be told, the first due first."""

    items: list[ToTell]


class Originator(Reply):
    """What one body is told: which kind of data was wrong, and never the data."""

    reference: UUID = Field(validation_alias="ref")
    person: str = Field(validation_alias="reference")
    subject: str = of("message", "subject")
    body: str = of("message", "body")
    due_at: datetime
    corrected_at: datetime
    told_on: date | None
    told_by: OrNothing
