"""What can be asked of lists: the parameters of an address, an empty one the same as none."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from django.http import HttpRequest
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from evenhand.api.problems import FieldUnknown
from evenhand.api.values import cursor_field, day_or_moment, harm_codes, refusing
from evenhand.queries.platforms import lawbook
from evenhand.queries.referrals import CursorWrong, Filter
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.referrals import State
from evenhand.rules.texts import SHORT, choose
from evenhand.rules.words import words

MOST_DIGITS = 18
ACursor = Annotated[str, cursor_field(pattern=f"^[0-9]{{0,{MOST_DIGITS}}}$")]
CURSOR = "^(A[A-Za-f][A-Za-z0-9_-]{8}[ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9_-]{10}[AQgw])?$"
"""A moment in microseconds and a number, both in eight bytes, as base64url."""


class Overdue(StrEnum):
    """Whether only what is overdue is asked for."""

    ONLY = "true"


def _state(word: str) -> State | None:
    return choose(State, word, at="") if word != "" else None


def _ground(word: str) -> Ground | None:
    return choose(Ground, word, at="") if word != "" else None


def _outcome(word: str) -> PlatformStatus | None:
    return choose(PlatformStatus, word, at="") if word != "" else None


def _overdue(word: str) -> str:
    return choose(Overdue, word, at="") if word else ""


def _harm(code: str) -> str:
    return lawbook().harm(code[:SHORT]).code if code else ""


def _moment(text: str) -> date | datetime | None:
    return day_or_moment(str(text)) if text != "" else None


Moment = Annotated[
    date | datetime | None,
    BeforeValidator(refusing(_moment)),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [{"format": "date"}, {"format": "date-time"}, {"maxLength": 0}],
        }
    ),
]


class Asked(BaseModel):
    """Which referrals to list."""

    state: Annotated[
        State | None,
        BeforeValidator(refusing(_state)),
        WithJsonSchema({"type": "string", "enum": ["", *State]}),
    ] = Field(None, description="Where they stand on the desk")
    platform: str = Field(
        "",
        description="A platform's code, or the host of a site without one",
        json_schema_extra={"maxLength": SHORT},
    )
    harm: Annotated[
        str,
        AfterValidator(refusing(_harm)),
        Field(json_schema_extra=lambda schema: schema.update(enum=["", *harm_codes()])),
    ] = Field("", description="The main harm of the latest assessment")
    q: str = Field(
        "",
        description="A reference, an address in any spelling, or whole words, all required",
        json_schema_extra={"maxLength": 4 * SHORT},
    )
    ground: Annotated[
        Ground | None,
        BeforeValidator(refusing(_ground)),
        WithJsonSchema({"type": "string", "enum": ["", *Ground]}),
    ] = Field(None, description="What the latest assessment rests on")
    officer: str = Field(
        "",
        description="The user name of an officer who logged it or owns it",
        json_schema_extra={"maxLength": SHORT},
    )
    since: Moment = Field(None, description="Logged on or after this day, or from this moment on")
    until: Moment = Field(None, description="Logged on or before this day, or before this moment")
    outcome: Annotated[
        PlatformStatus | None,
        BeforeValidator(refusing(_outcome)),
        WithJsonSchema({"type": "string", "enum": ["", *PlatformStatus]}),
    ] = Field(None, description="How the platform stands to it")
    overdue: Annotated[
        str,
        AfterValidator(refusing(_overdue)),
        WithJsonSchema({"type": "string", "enum": ["", *Overdue]}),
    ] = Field("", description="`true`: only what was due before now")
    cursor: str = Field(
        "",
        description="The next of the page before",
        json_schema_extra={"pattern": CURSOR},
    )

    def as_filter(self, *, now: datetime) -> Filter:
        """Give it as the queries take it."""
        asked = dict(self)
        return Filter(overdue_at=now if asked.pop("overdue") else None, **asked)


class Search(Asked):
    """What to look for, as in a list’s address; a field that nobody knows is refused."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"q": "knife station", "state": "sent"}}
    )

    q: str = Field(
        description="A reference, an address in any spelling, or whole words, all required",
        json_schema_extra={"maxLength": 4 * SHORT},
    )


def check_known(request: HttpRequest, names: Iterable[str] = ()) -> None:
    """Refuse a parameter that nobody reads: a list that ignores a wish shows too much."""
    unknown = sorted(set(request.GET) - set(names))
    if unknown:
        raise FieldUnknown(
            words("This address takes no parameter with this name."),
            do=words("Remove it, or look its name up in openapi.json."),
            at=unknown[0][:SHORT].replace("~", "~0").replace("/", "~1"),
        )


def entry_number(cursor: str) -> int:
    """Read the cursor of a history. Raises CursorWrong."""
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) <= MOST_DIGITS):
        raise CursorWrong(
            words("This cursor is not one that a history gave."),
            do=words("Start again from the first page."),
            at="cursor",
        )
    return int(cursor or 0)
