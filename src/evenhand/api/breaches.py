"""The calls that read the register of breaches, for those who keep it and who oversee."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import AliasPath, BeforeValidator, Field

from evenhand.api.asking import ACursor, check_known, entry_number
from evenhand.api.desk_replies import NEXT
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import OrNothing, Reply, of, shown
from evenhand.queries import breaches
from evenhand.rules.breaches import BreachKind, Content, Noted, ToTell, Urgency, Whom
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Permission

LOOK: dict[str, Any] = {"auth": Token(Permission.READ_BREACHES), "tags": ["looks"]}
ABreach = Annotated[int, Field(ge=1, le=1_000_000, description="The number of a breach")]
ERASED = "null where there are none, or they were erased six years after it was closed"


class BreachLine(Reply):
    """A breach as listed, without a word of what happened."""

    number: int
    kinds: list[BreachKind]
    urgency: Urgency
    aware_at: datetime = of("fact", "aware_at")
    due_at: datetime = of("fact", "due_at")
    first_told_at: datetime | None = of("fact", "first_told_at")
    told: Annotated[list[Content], BeforeValidator(sorted)] = of("fact", "told")
    people_owed: int = Field(
        validation_alias=AliasPath("fact", "owed"), description="Groups that are still to be told"
    )
    closed: bool = of("fact", "is_closed")
    erased: bool = Field(
        validation_alias=AliasPath("fact", "is_erased"),
        description="Whether what was said of it was erased when its time was over",
    )


class BreachNote(Reply):
    """One addition to the record of a breach."""

    what: Noted
    text: str
    by: str
    at: datetime


class BreachPhase(Reply):
    """What the Information Commissioner was told at one time."""

    told_at: datetime
    contents: Mapping[Content, str]
    by: str


class BreachGroup(Reply):
    """People whose data it was, counted roughly: whether they are told, and what they were told."""

    whom: Whom = of("fact", "whom")
    about: int = of("fact", "about")
    under_18: bool = of("fact", "under_18")
    to_tell: ToTell = of("fact", "to_tell")
    ground: RestrictionGround | None = of("fact", "ground")
    reasons: OrNothing = Field(validation_alias=AliasPath("fact", "reasons"), description=ERASED)
    due_at: datetime
    told_on: date | None
    contents: Mapping[Content, str]
    by: str


class Breach(BreachLine):
    """A breach with everything that is recorded of it."""

    package: OrNothing
    opened_by: str
    opened_at: datetime
    late_because: OrNothing = Field(description=ERASED)
    not_told_because: OrNothing = Field(description=ERASED)
    not_told_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None
    notes: list[BreachNote]
    phases: list[BreachPhase]
    groups: list[BreachGroup]


class Breaches(Reply):
    """A page of breaches, the newest first."""

    items: list[BreachLine] = of("lines")
    next: Annotated[
        str | None, BeforeValidator(lambda number: None if number is None else str(number))
    ] = Field(description=NEXT)


@api.get("/breaches", summary="List breaches", response={200: Breaches}, **LOOK)
def list_breaches(request: Call, cursor: ACursor = "") -> HttpResponse:
    """List every breach of personal data, a page at a time."""
    check_known(request, ["cursor"])
    before, acting = entry_number(cursor) or None, request.auth
    return shown(Breaches, breaches.breaches(before, now=acting.at, officer=acting.officer))


@api.get("/breaches/{number}", summary="Read a breach", response={200: Breach}, **LOOK)
def breach(request: Call, number: ABreach) -> HttpResponse:
    """Give one breach with all that was recorded and told of it."""
    check_known(request)
    return shown(Breach, breaches.one(number, now=request.auth.at, officer=request.auth.officer))
