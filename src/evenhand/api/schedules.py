"""The calls about the retention schedule: what is in force, and changing it by two people."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from pydantic import ConfigDict, Field

from evenhand.actions import schedules
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import Reply, of
from evenhand.api.values import CallBody, Sent
from evenhand.queries import schedules as known
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.retention import Figures as TheFigures

Months = Annotated[int, Field(ge=1, le=1_200)]


class ProposeFigures(CallBody):
    """New figures of one schedule, in months, for a reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": 3,
                "most": 9,
                "child_review": 2,
                "child_most": 4,
                "reason": "We need less.",
            }
        }
    )

    review: Months
    most: Months
    child_review: Months
    child_most: Months
    reason: Needed


class ApproveFigures(CallBody):
    """Which figures are approved: the proposal that was read, and none that took its place."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"proposal": "0b8f5e0c-2f6e-4a43-9d0e-6d1f3f4f7b11"}}
    )

    proposal: Annotated[UUID, Field(strict=False)]


class Figures(Reply):
    """Months until the review and until the last day; and where a child may be."""

    review: int
    most: int
    child_review: int
    child_most: int


class ScheduleOf(Reply):
    """One schedule that this desk may set."""

    code: str = of("schedule", "code")
    kind: str = of("schedule", "kind")
    counted_from: str = of("schedule", "start")
    clause: str = of("schedule", "clause")
    to_review: int = Field(description="Records whose day of review has come")
    to_go: int = Field(description="Records whose last day has come")
    in_force: Figures
    proposed: Figures | None = Field(description="What waits for a second person")
    proposal: UUID | None = Field(description="Which proposal that is: who approves it names it")


class Schedules(Reply):
    """The schedules that this desk may set, by code."""

    items: list[ScheduleOf]


class Approved(Reply):
    """Whose figures are in force now."""

    code: str


@api.get(
    "/schedules",
    summary="Read the retention schedule",
    auth=Token(Permission.LIST_KEPT),
    response={200: Schedules},
    tags=["looks"],
)
def read_schedules(request: Call) -> HttpResponse:
    """Give the figures in force, and those that wait for a second person."""
    check_known(request)
    return HttpResponse(_known(request.auth).as_json(), content_type=JSON)


@api.post(
    "/schedules/{code}/proposals",
    summary="Propose figures of a schedule",
    auth=Token(Permission.PROPOSE_SCHEDULE),
    response={200: Schedules},
    tags=["changes"],
)
def propose_schedule(request: Call, code: str, body: Sent[ProposeFigures]) -> HttpResponse:
    """Propose figures, in place of any that wait. What ended already keeps its days."""
    figures = TheFigures(body.review, body.most, body.child_review, body.child_most)
    acting = request.auth

    def answer() -> Answer:
        schedules.propose(code, figures, body.reason, acting=acting)
        return Answer(HTTPStatus.OK, _known(acting).as_json())

    return answered_once(request, answer)


@api.post(
    "/schedules/{code}/approve",
    summary="Approve figures of a schedule",
    auth=Token(Permission.APPROVE_SCHEDULE),
    response={200: Approved},
    tags=["changes"],
)
def approve_schedule(request: Call, code: str, body: Sent[ApproveFigures]) -> HttpResponse:
    """Approve the figures that were read; what ends from now on falls under them."""

    def answer() -> Answer:
        schedules.approve(code, seen=body.proposal, acting=request.auth)
        return Answer(HTTPStatus.OK, Approved(code=code).as_json())

    return answered_once(request, answer)


def _known(acting: Acting) -> Schedules:
    """Give the rows whose figures this desk may set."""
    rows = known.every(officer=acting.officer, today=timezone.localdate(acting.at))
    return Schedules.model_validate({"items": [it for it in rows if it.can_be_set]})
