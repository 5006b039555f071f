"""What each call takes: the names of the contract, and nothing else."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, WithJsonSchema

from evenhand.api.values import (
    AnyObject,
    CallBody,
    Choice,
    Chosen,
    Day,
    Moment,
    Record,
    ShortText,
    Text,
)
from evenhand.queries.platforms import signposts
from evenhand.rules.answers import AnswerKind, Outcome, Seen, WhyDeclined
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.notice_forms import NoticeForm, ReportKind
from evenhand.rules.referrals import Decision, TriageOutcome
from evenhand.rules.texts import LONG, SHORT
from evenhand.rules.triage import EmergencyStep

Needed = Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": LONG})]
UserName = Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": SHORT})]


def enum_of(choices: Any) -> WithJsonSchema:
    """Say in the document which words a field takes."""
    return WithJsonSchema({"type": "string", "enum": [str(choice) for choice in choices]})


class Change(CallBody):
    """A change of a referral. With ``version`` it is refused if the referral changed meanwhile."""

    version: Annotated[int, Field(ge=1)] | None = Field(
        None, description="The version that the officer saw."
    )


def _a_signpost(schema: dict[str, Any]) -> None:
    schema["enum"] = ["", *signposts()]


ASignpost = Annotated[str, Field(json_schema_extra=_a_signpost)]


class Triage(Change):
    """What the first look led to. *not_for_us* and *duplicate* need a reason."""

    model_config = ConfigDict(json_schema_extra={"example": {"outcome": "proceed"}})

    outcome: Choice[TriageOutcome]
    reason: Text = ""
    signpost: ASignpost = Field("", description="Who deals with it instead; only with not_for_us.")
    duplicate_of: Text = Field(
        "", description="The reference of the referral that it repeats; only with duplicate."
    )


class RecordEmergency(Change):
    """What was done because a life was at risk, when, and who was told."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "done": ["control_room"],
                "done_at": "2026-05-31T14:05:00Z",
                "told": "The duty inspector in the control room",
                "their_reference": "CAD 1234",
            }
        }
    )

    done: Annotated[list[Choice[EmergencyStep]], Field(max_length=20)]
    done_at: Moment = Field(None, description="When somebody was told; now if not sent.")
    told: Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": SHORT})]
    their_reference: ShortText = ""
    words: Text = ""


class Decide(Change):
    """The second officer's decision, for a reason in own words."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"decision": "approve", "reason": "I agree."}}
    )

    decision: Choice[Decision]
    reason: Needed


class Sending(Change):
    """The channel to the platform, as its sign-off names it; by portal also what a person sent.

    With ``portal`` the fields of ``GET /referrals/{reference}/sheet`` were copied into the
    platform's form by hand: ``sent_at``, ``sent_as_shown``, ``witness`` and ``witness_initials``
    are then needed, and ``changed`` where they were not sent as shown.
    """

    transport: str = Field(json_schema_extra={"minLength": 1, "maxLength": SHORT})
    sent_at: Moment = Field(None, description="When the form was sent.")
    sent_as_shown: bool | None = Field(None, description="Whether each field was as in the sheet.")
    changed: Text = Field("", description="What was changed or left out, in full.")
    their_reference: ShortText = Field("", description="The reference that the form gave.")
    witness: ShortText = Field("", description="User name of the second officer, who watched.")
    witness_initials: ShortText = Field("", description="Their initials, of first and last name.")
    sheet: ShortText = Field("", description="The sha256 of the sheet that was copied from.")


class Send(Sending):
    """How a referral goes to the platform; by e-mail also in which form of notice.

    ``GET /referrals/{reference}/forms`` says which forms may be sent, and what each leaves out.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"transport": "email"}})

    form: Choice[NoticeForm] = Field(NoticeForm.PLAIN, description="Only by e-mail.")
    report_kind: Annotated[
        ReportKind | None,
        Chosen(ReportKind),
        WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, ReportKind), None]}),
    ] = Field(None, description="What a XARF report is about; only with form xarf.")


class Chase(Sending):
    """The channel of a reminder or a withdrawal; e-mail where none is named. Else as in sending."""

    model_config = ConfigDict(json_schema_extra={"example": {}})

    transport: str = Field("email", json_schema_extra={"minLength": 1, "maxLength": SHORT})


class Answer(Change):
    """What the platform answered. Only a decided answer has an outcome."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"kind": "decided", "outcome": "restricted_in_full"}}
    )

    kind: Choice[AnswerKind]
    outcome: Annotated[
        Outcome | None,
        Chosen(Outcome),
        WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, Outcome), None]}),
    ] = None
    why_declined: Annotated[
        WhyDeclined | None,
        Chosen(WhyDeclined),
        WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, WhyDeclined), None]}),
    ] = Field(None, description="Why they declined; only with outcome declined.")
    their_reference: ShortText = ""
    ground_relied_on: Text = ""
    mail: Record = Field(None, description="The message of this referral that gave it.")
    statement_of_reasons: AnyObject | None = Field(
        None,
        description="Any object, kept exactly; at most 10,000 characters of JSON, or 30,000 with a"
        " `dsa_statement`, which keeps to the schema at /public/statement.schema.json.",
    )


class Check(Change):
    """What a person saw when looking at the address again."""

    model_config = ConfigDict(json_schema_extra={"example": {"seen": "not_visible"}})

    seen: Choice[Seen]


class Snooze(Change):
    """Until which working day the next step may wait, for a reason in own words."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"until": "2026-12-03", "reason": "The platform is on it."}}
    )

    until: Day
    reason: Needed


class ForReason(Change):
    """A change that needs a reason in own words."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "The platform acted."}})

    reason: Needed


class HandOver(Change):
    """To whom a referral goes, by user name, and why. One's own name takes it over."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"officer": "bo", "reason": "Ada is away."}}
    )

    officer: UserName
    reason: Needed


class WriteNote(CallBody):
    """What to tell colleagues, and the user names of those whose worklist shall show it."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "Please look at this.", "mentions": ["bo"]}}
    )

    text: Needed
    mentions: list[UserName] = []


class Report(Change):
    """Where content was reported that the law sends elsewhere, and under which reference."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reported_to": "iwf", "reported_reference": "IWF-1"}}
    )

    reported_to: Choice[ReportedTo]
    reported_reference: Annotated[
        str, Field(json_schema_extra={"minLength": 1, "maxLength": SHORT})
    ]
