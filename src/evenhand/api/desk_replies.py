"""What the calls about the desk around referrals give back."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AliasPath, BeforeValidator, Field

from evenhand.api.reply import OrNothing, Reply
from evenhand.ledger.acts import Act
from evenhand.rules.clocks import NextStep
from evenhand.rules.notices import Transport
from evenhand.rules.referrals import State

NEXT = "The cursor of the next page; null on the last"


class DueStep(StrEnum):
    """Which steps to list: all, one of them, or those put off."""

    EVERYTHING = ""
    TRIAGE = NextStep.TRIAGE
    ASSESS = NextStep.ASSESS
    DECIDE = NextStep.DECIDE
    SEND = NextStep.SEND
    CHASE = NextStep.CHASE
    CHECK = NextStep.CHECK
    CLOSE = NextStep.CLOSE
    PUT_OFF = "put_off"


class DueReferral(Reply):
    """A referral whose next step is due or put off."""

    reference: str
    state: State
    step: NextStep
    platform: str
    harm: str | None
    owner: str = Field(description="Whose work it is, by name")
    due_at: datetime
    put_off_until: date | None = Field(None, validation_alias=AliasPath("postponed", "until"))
    chases: int = Field(description="Reminders sent so far")
    version: int


class DueReferrals(Reply):
    """A page of what is due, the longest overdue first."""

    items: list[DueReferral] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class Leave(Reply):
    """The data protection officer's leave to send by one channel."""

    transport: Transport
    contact: str
    signed_by: str
    review_on: date = Field(description="The last day on which anything is sent")


class ListedPlatform(Reply):
    """A platform with its sign-offs, one a channel."""

    code: str = Field(description="“other” stands for every site without sign-offs of its own")
    name: OrNothing
    sign_offs: list[Leave] = Field(validation_alias="leaves")


class Platforms(Reply):
    """A page of platforms: those of the law data first, then the desk's own by code."""

    items: list[ListedPlatform] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class ListedColleague(Reply):
    """A colleague who works on referrals."""

    username: str
    name: str
    away_until: date | None
    stand_in: OrNothing = Field(description="The name of who stands in")


class Colleagues(Reply):
    """Who works on referrals here, by name."""

    items: list[ListedColleague]


class OwnEntry(Reply):
    """One entry of the log in the caller's name."""

    number: int
    act: Act
    at: datetime
    why: OrNothing = Field(description="What a look was for")
    reference: OrNothing = Field(description="The referral that it is about, if it is one")
    listed: int = Field(description="How many referrals a list showed")


class OwnEntries(Reply):
    """A page of one's own entries, the newest first."""

    items: list[OwnEntry] = Field(validation_alias="lines")
    next: Annotated[
        str | None, BeforeValidator(lambda number: None if number is None else str(number))
    ] = Field(description=NEXT)
