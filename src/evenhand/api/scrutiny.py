"""The call that reads the register of scrutiny from outside, as it is published."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from evenhand.api.asking import check_known
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import Reply, of, shown
from evenhand.queries import scrutiny
from evenhand.rules.officers import Permission
from evenhand.rules.scrutiny import ScrutinyKind, Told

LOOK: dict[str, Any] = {"auth": Token(Permission.READ_DOCUMENTS), "tags": ["looks"]}


class ScrutinyTold(Reply):
    """One addition to an entry: what it is, of which day, and its text."""

    what: Told
    day: date
    text: str
    at: datetime


class ScrutinyRecommendation(Reply):
    """A recommendation, what was done about it, and how it stands."""

    id: UUID = of("ref")
    day: date
    text: str
    standing: Told | None = Field(description="What was said of it last; null: nothing yet")
    followed: list[ScrutinyTold]


class Scrutiny(Reply):
    """One look at the desk from outside, with what came of it."""

    number: int
    kind: ScrutinyKind
    body: str
    held_on: date
    scope: str
    recorded_at: datetime
    outcomes: list[ScrutinyTold]
    corrections: list[ScrutinyTold]
    recommendations: list[ScrutinyRecommendation]


class ScrutinyRegister(Reply):
    """The whole register as at the end of a day."""

    as_at: date
    items: list[Scrutiny] = of("found")
    none: dict[ScrutinyKind, date | None] = Field(
        description="Of each kind without an entry: the last day on which somebody said that"
        " there was none; null where nobody did"
    )


@api.get(
    "/scrutiny", summary="Read who looked at the desk", response={200: ScrutinyRegister}, **LOOK
)
def scrutiny_register(request: Call) -> HttpResponse:
    """Give the register of scrutiny from outside as at today; `/public/scrutiny` has other days."""
    check_known(request)
    return shown(ScrutinyRegister, scrutiny.as_at(timezone.localdate(request.auth.at)))
