"""What the calls of platforms take and give: what the notice itself said, and their answers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema

from evenhand.api.bodies import Change, Needed
from evenhand.api.reply import Reply
from evenhand.api.values import (
    AnyObject,
    CallBody,
    Choice,
    Chosen,
    ShortText,
    Text,
    refusing,
)
from evenhand.rules.answers import AnswerKind, Outcome, WhyDeclined
from evenhand.rules.order_reviews import OrderReview
from evenhand.rules.texts import check_text

LONGEST_FACTS, LONGEST_PART = 5_000, 2_000


def _read(text: str, most: int) -> str:
    check_text(text, at="", most=most)
    return text


def _at_most(most: int) -> Callable[[str], str]:
    return refusing(partial(_read, most=most))


Facts = Annotated[
    str,
    AfterValidator(_at_most(LONGEST_FACTS)),
    Field(json_schema_extra={"maxLength": LONGEST_FACTS}),
]
Part = Annotated[
    str,
    AfterValidator(_at_most(LONGEST_PART)),
    Field(json_schema_extra={"maxLength": LONGEST_PART}),
]


class Received(Change):
    """That the platform has the request, and has not decided."""

    model_config = ConfigDict(json_schema_extra={"example": {"their_reference": "TS-4711"}})

    their_reference: ShortText = Field("", description="Your own reference.")


class Decided(Received):
    """What the platform decided, on which ground, and its reasons."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "outcome": "restricted_in_full",
                "ground_relied_on": "Our rule against threats",
                "automated_means": "None; a person decided.",
            }
        }
    )

    outcome: Choice[Outcome]
    why_declined: Annotated[
        WhyDeclined | None,
        Chosen(WhyDeclined),
        WithJsonSchema({"type": ["string", "null"], "enum": [*map(str, WhyDeclined), None]}),
    ] = Field(None, description="Only with outcome declined.")
    ground_relied_on: Text = Field(
        "", description="The law or the clause of your terms. It may differ from ours."
    )
    facts: Facts = Field("", description="The facts and circumstances you rely on.")
    restriction: Part = Field("", description="What you did, where it applies and for how long.")
    automated_means: Part = Field(
        "", description="Whether automated means were used, in finding it or in deciding."
    )
    redress: Part = Field("", description="How your decision can be challenged.")
    statement: AnyObject | None = Field(
        None,
        description="The statement of reasons as you submit it to the DSA Transparency Database;"
        " its schema is at /public/statement.schema.json. It is kept exactly.",
    )


class Question(CallBody):
    """What the platform asks. An officer answers by e-mail."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "Which of the three clips do you mean?"}}
    )

    text: Needed


class WrongAddress(CallBody):
    """That the notice went to the wrong place, and where it belongs."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "Send it to legal@clips.example."}}
    )

    text: Text = ""


class AskReview(CallBody):
    """Why a content removal notice should not have been given, or should be changed."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "The knife is a prop; the listing says so."}}
    )

    text: Needed


class Given(Reply):
    """An answer that you gave yourself: *acknowledged*, or what you decided."""

    said: AnswerKind | Outcome
    at: datetime


class Request(Reply):
    """A request to you, and what you can answer now.

    ``url`` is empty where the desk keeps the address no more. ``act_by``: by when a content
    removal notice has you act, and ``review`` how its review stands, if you asked for one.
    ``ends_at``: until when you can answer here. ``version`` counts the changes
    of the request: sent with an answer, it refuses the answer if something changed since.
    """

    reference: str
    desk: str
    contact: str
    url: str
    sent_at: datetime
    act_by: datetime | None
    review: OrderReview | None
    may_ask_review: bool
    ends_at: datetime
    answers: list[Given] = Field(description="The newest first")
    possible: list[AnswerKind | Outcome]
    version: int


class RequestInFull(Request):
    """A request with the words of its notice.

    ``notice`` is null where the desk keeps the words no more, or had filled in your own form.
    """

    notice: str | None


class Waiting(Reply):
    """A request that waits for your decision."""

    reference: str
    url: str
    sent_at: datetime
    act_by: datetime | None


class Requests(Reply):
    """A page of requests; ``next`` is the cursor of the next page, null at the end."""

    items: list[Waiting] = Field(validation_alias="lines")
    next: str | None
