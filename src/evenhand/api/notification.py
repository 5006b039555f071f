"""The calls that decide whether a person is told that they are on record."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import AliasPath, ConfigDict, Field

from evenhand.actions import notification as deciding
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.combinations import PersonReference
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import OrNothing, Reply
from evenhand.api.values import CallBody, Choice, Chosen, Day, Sent, ShortText
from evenhand.queries import notification
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import Acting, Permission

READ = Token(Permission.CONFIRM_NOT_TELLING)


class Confirmation(StrEnum):
    """What the second person answers."""

    CONFIRM = "confirm"
    REFUSE = "refuse"


class DecideTelling(CallBody):
    """To tell, or to restrict on a ground in law with a day of review within 90 days."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"telling": "tell", "reasons": "Nothing is against it."}}
    )

    telling: Choice[Telling]
    reasons: Needed
    ground: Annotated[RestrictionGround | None, Chosen(RestrictionGround)] = None
    lawyer: ShortText = ""
    review_on: Day | None = None


class ConfirmTelling(CallBody):
    """The second person's answer to a restriction, and why; which decision was read."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "decision": "0b8f5e0c-2f6e-4a43-9d0e-6d1f3f4f7b11",
                "answer": "confirm",
                "reason": "The others would flee.",
            }
        }
    )

    decision: Annotated[UUID, Field(strict=False)]
    answer: Choice[Confirmation]
    reason: Needed


class DueLine(Reply):
    """A record of which it must be decided; nothing of the person but the reference."""

    reference: str
    due_on: date
    is_restricted: bool
    waits_to_be_confirmed: bool


class DueLines(Reply):
    """The records that wait, the soonest due first."""

    items: list[DueLine]


class TellingState(Reply):
    """What is decided about telling one person."""

    reference: str
    decision: UUID | None = Field(description="Which decision that is: who confirms it names it")
    due_on: date | None
    telling: Telling | None = Field(None, validation_alias=AliasPath("fact", "telling"))
    ground: RestrictionGround | None
    reasons: OrNothing
    lawyer: OrNothing
    letter: OrNothing
    decided_by: OrNothing
    decided_at: datetime | None
    confirmed_by: OrNothing


ONE = "/people/{reference}/telling"
STATE: dict[str, Any] = {"response": {200: TellingState}}


@api.get(
    "/people/telling",
    summary="List whom to decide on telling",
    auth=READ,
    response={200: DueLines},
    tags=["looks"],
)
def telling_due(request: Call) -> HttpResponse:
    """List the records of which it must be decided whether the person is told."""
    check_known(request)
    found = notification.due(acting=request.auth)
    return HttpResponse(DueLines.model_validate({"items": found}).as_json(), content_type=JSON)


@api.get(ONE, summary="Read whether a person is told", auth=READ, tags=["looks"], **STATE)
def telling(request: Call, reference: PersonReference) -> HttpResponse:
    """Give what is decided about telling one person, and the letter. It is a look."""
    check_known(request)
    return HttpResponse(_found(reference, request.auth), content_type=JSON)


@api.post(
    ONE,
    summary="Decide whether a person is told",
    auth=Token(Permission.DECIDE_TELLING),
    tags=["changes"],
    **STATE,
)
def decide_telling(
    request: Call, reference: PersonReference, body: Sent[DecideTelling]
) -> HttpResponse:
    """Decide to tell, or not; a restriction holds once a second person has confirmed it."""
    decision = Decision(
        telling=body.telling,
        reasons=body.reasons,
        ground=body.ground,
        lawyer=body.lawyer,
        review_on=body.review_on,
    )
    return _changed(request, reference, partial(deciding.decide, reference, decision))


@api.post(
    f"{ONE}/confirmation",
    summary="Confirm that a person is not told",
    auth=READ,
    tags=["changes"],
    **STATE,
)
def confirm_not_telling(
    request: Call, reference: PersonReference, body: Sent[ConfirmTelling]
) -> HttpResponse:
    """Confirm or refuse, as the second person, that somebody is not told."""
    act = deciding.confirm if body.answer is Confirmation.CONFIRM else deciding.refuse
    return _changed(request, reference, partial(act, reference, body.reason, seen=body.decision))


def _changed(request: Call, reference: str, act: Callable[..., None]) -> HttpResponse:
    def answer() -> Kept:
        act(acting=request.auth)
        return Kept(200, _found(reference, request.auth))

    return answered_once(request, answer)


def _found(reference: str, acting: Acting) -> bytes:
    return TellingState.model_validate(notification.one(reference, acting=acting)).as_json()
