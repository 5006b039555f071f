"""The calls about challenges by posters, and about keeping a referral from them."""

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import AliasPath, ConfigDict, Field

from evenhand.actions import challenges
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.bodies import Change, ForReason, Needed
from evenhand.api.doing import answered_once, changed
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.replies import Summary
from evenhand.api.reply import OrNothing, Reply
from evenhand.api.values import CallBody, Choice, Day, Reference, Sent
from evenhand.queries import challenges as known
from evenhand.rules.challenges import LONGEST_TOLD, ChallengeStanding, Settlement, Withholding
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Permission

SETTLE = Token(Permission.SETTLE_CHALLENGE)
ONE = "/challenges/{challenge}"
AChallenge = Annotated[UUID, Field(description="The id of a challenge")]


class Settle(CallBody):
    """How a challenge ends, why, and what its challenger reads."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "outcome": "upheld",
                "reasons": "It is satire.",
                "told": "You are right, and we have withdrawn our request.",
            }
        }
    )

    outcome: Choice[ChallengeStanding]
    reasons: Needed
    told: Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": LONGEST_TOLD})]


class Withhold(Change):
    """On which ground in law posters are not told of a referral, until when, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "ground": "inquiry",
                "until": "2026-12-31",
                "reasons": "Telling would warn them.",
            }
        }
    )

    ground: Choice[RestrictionGround]
    until: Day
    reasons: Needed


class ChallengeLine(Reply):
    """One challenge without a word of what was said."""

    id: UUID
    reference: str
    platform: str
    at: datetime
    due_on: date = Field(description="The day by which it is to be settled")
    standing: ChallengeStanding
    has_touched: bool = Field(description="Whether the caller worked on the referral")


class ChallengeLines(Reply):
    """The challenges that wait, what is due first at the top; ``more``: there are others."""

    items: list[ChallengeLine]
    more: bool


class Challenge(Reply):
    """One challenge with what was said, and how it was settled."""

    id: UUID = Field(validation_alias=AliasPath("line", "id"))
    reference: str = Field(validation_alias=AliasPath("line", "reference"))
    platform: str = Field(validation_alias=AliasPath("line", "platform"))
    at: datetime = Field(validation_alias=AliasPath("line", "at"))
    due_on: date = Field(validation_alias=AliasPath("line", "due_on"))
    standing: ChallengeStanding = Field(validation_alias=AliasPath("line", "standing"))
    has_touched: bool = Field(validation_alias=AliasPath("line", "has_touched"))
    words: str
    settled_by: OrNothing
    settled_at: datetime | None
    reasons: OrNothing
    told: OrNothing


STATE: dict[str, Any] = {"auth": SETTLE, "response": {200: Challenge}}


@api.get(
    "/challenges",
    summary="List challenges",
    auth=SETTLE,
    response={200: ChallengeLines},
    tags=["looks"],
)
def list_challenges(request: Call) -> HttpResponse:
    """List the challenges that nobody has settled, at most 50, without a word of them."""
    check_known(request)
    found = known.waiting(officer=request.auth.officer)
    return HttpResponse(ChallengeLines.model_validate(found).as_json(), content_type=JSON)


@api.get(ONE, summary="Read a challenge", tags=["looks"], **STATE)
def read_challenge(request: Call, challenge: AChallenge) -> HttpResponse:
    """Give one challenge with what was said. It is a look at the referral."""
    check_known(request)
    found = known.one(challenge, acting=request.auth)
    return HttpResponse(_as_json(found), content_type=JSON)


@api.post(f"{ONE}/settle", summary="Settle a challenge", tags=["changes"], **STATE)
def settle(request: Call, challenge: AChallenge, body: Sent[Settle]) -> HttpResponse:
    """Settle a challenge as somebody with no part in it; upheld, the referral is withdrawn."""
    settlement = Settlement(standing=body.outcome, reasons=body.reasons, told=body.told)

    def answer() -> Answer:
        challenges.settle(challenge, settlement, acting=request.auth)
        found = known.one(challenge, acting=request.auth)
        return Answer(200, _as_json(found), about=(found.line.reference,))

    return answered_once(request, answer)


@api.post(
    "/referrals/{reference}/withholdings",
    summary="Keep a referral from posters",
    auth=Token(Permission.WITHHOLD_TELLING),
    response={200: Summary},
    tags=["changes"],
)
def withhold(request: Call, reference: Reference, body: Sent[Withhold]) -> HttpResponse:
    """Keep a referral from whoever asks at the poster's door, on a ground in law, until a day."""
    said = Withholding(ground=body.ground, reasons=body.reasons, until=body.until)
    act = partial(challenges.withhold, reference, said, seen_version=body.version)
    return changed(request, reference, act)


@api.post(
    "/referrals/{reference}/withholdings/end",
    summary="Tell posters of it again",
    auth=Token(Permission.WITHHOLD_TELLING),
    response={200: Summary},
    tags=["changes"],
)
def tell_again(request: Call, reference: Reference, body: Sent[ForReason]) -> HttpResponse:
    """End before its day that a referral is kept from posters."""
    act = partial(challenges.tell_again, reference, body.reason, seen_version=body.version)
    return changed(request, reference, act)


def _as_json(found: known.ChallengeInFull) -> bytes:
    return Challenge.model_validate(found).as_json()
