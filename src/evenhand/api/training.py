"""The calls about training: the register, an entry in it, and accepting the instructions."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from pydantic import ConfigDict, Field

from evenhand.actions import training as doing_with
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import Reply, shown
from evenhand.api.values import CallBody, Choice, Day, Sent, ShortText
from evenhand.queries import training
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.training import Course, Standing, Training


class TrainingReply(Reply):
    """What an officer must have, the newest that is recorded of it, and how it stands today."""

    username: str
    name: str
    course: Course
    done_on: date | None
    valid_until: date | None
    standing: Standing


class TrainingRegister(Reply):
    """What each officer must have, by name."""

    items: list[TrainingReply]


class RecordTraining(CallBody):
    """Who was trained in what, when, and until when it counts."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "username": "cy",
                "course": "children",
                "done_on": "2026-11-20",
                "valid_until": "2028-11-19",
            }
        }
    )

    username: ShortText
    course: Choice[Course]
    done_on: Day
    valid_until: Day


class AcceptInstructions(CallBody):
    """Which version of the instructions was read."""

    model_config = ConfigDict(json_schema_extra={"example": {"number": 1}})

    number: Annotated[int, Field(ge=1, le=999_999)]


CHANGE: dict[str, Any] = {"response": {200: TrainingRegister}, "tags": ["changes"]}


@api.get(
    "/training",
    summary="Read the register of training",
    auth=Token(Permission.READ_TRAINING),
    response={200: TrainingRegister},
    tags=["looks"],
)
def training_register(request: Call) -> HttpResponse:
    """Give what each officer must have, and what is overdue."""
    check_known(request)
    today = timezone.localdate(request.auth.at)
    found = training.register(today=today, officer=request.auth.officer)
    return shown(TrainingRegister, {"items": found})


@api.post("/training", summary="Record training", auth=Token(Permission.RECORD_TRAINING), **CHANGE)
def record_training(request: Call, body: Sent[RecordTraining]) -> HttpResponse:
    """Record that a colleague was trained; give what they must have."""

    def answer() -> Kept:
        done = Training(body.done_on, body.valid_until)
        doing_with.record(body.username, body.course, done, acting=request.auth)
        today = timezone.localdate(request.auth.at)
        lines = [it for it in training.everyone(today=today) if it.username == body.username]
        return Kept(200, TrainingRegister.model_validate({"items": lines}).as_json())

    return answered_once(request, answer)


@api.post(
    "/training/instructions",
    summary="Accept the instructions",
    auth=Token(Permission.ACCEPT_INSTRUCTIONS),
    **CHANGE,
)
def accept_instructions(request: Call, body: Sent[AcceptInstructions]) -> HttpResponse:
    """Accept the instructions in force for a year; give what the officer must have."""

    def answer() -> Kept:
        doing_with.accept(body.number, acting=request.auth)
        return Kept(200, _own(request.auth).as_json())

    return answered_once(request, answer)


def _own(acting: Acting) -> TrainingRegister:
    found = training.own(today=timezone.localdate(acting.at), officer=acting.officer)
    return TrainingRegister.model_validate({"items": found.lines})
