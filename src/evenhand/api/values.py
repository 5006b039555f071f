"""The kinds of values that calls carry, read in the rules' own words."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja.params.models import Body, BodyModel
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic.annotated_handlers import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from evenhand.api.problems import FieldWrong
from evenhand.api.reading import WRONG, read_object, read_said
from evenhand.queries.platforms import lawbook
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG, SHORT, TextUnreadable, check_text, choose
from evenhand.rules.words import words

MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1970, 9998

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class JsonBodyModel(BodyModel):
    """Reads a body with the house's own strictness in place of the framework's."""

    @classmethod
    def get_request_data(cls, request: Any, api: Any, path_params: Any) -> dict[str, object]:
        """Give the body under the name of the call's one parameter for it."""
        return {cls.__read_from_single_attr__: read_object(request)}


class JsonBody(Body):  # type: ignore[misc]  # the framework's class is untyped
    """Marks the parameter of a call that its body is read into."""

    _model = JsonBodyModel

    @classmethod
    def _param_source(cls) -> str:
        return "body"


def refusing(check: Callable[[T], T]) -> Callable[[T], T]:
    """Let a check refuse one field among others, so that all faults are named at once."""

    def read(value: T) -> T:
        try:
            return check(value)
        except Refused as refused:
            raise PydanticCustomError("refused", "refused", {"refused": refused}) from refused

    return read


class Chosen:
    """Reads one of a closed list by the rules' ``choose``; stands beside the type of the list.

    With ``choices`` the value may also be null; without, the type itself is the list.
    """

    def __init__(self, choices: type[StrEnum] | None = None) -> None:
        self.choices = choices

    def __get_pydantic_core_schema__(
        self, source: type[StrEnum], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Choose first; the type itself then has nothing left to refuse."""
        read = refusing(partial(self._read, self.choices or source))
        return core_schema.no_info_before_validator_function(read, handler(source))

    def _read(self, choices: type[StrEnum], word: object) -> StrEnum | None:
        return None if word is None and self.choices else choose(choices, _text(word), at="")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FieldWrong(WRONG["string_type"], do=words("Look its type up in openapi.json."))
    return value


def _moment(value: object) -> datetime | None:
    return None if value is None else moment(_text(value))


def moment(text: str) -> datetime:
    """Read a moment as RFC 3339 writes it. Raises FieldWrong."""
    try:
        read = datetime.fromisoformat(text.upper()) if MOMENT.fullmatch(text) else None
    except ValueError:
        read = None
    if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise FieldWrong(
            words("This is not a moment with its offset from UTC."),
            do=words("Write it as 2026-05-31T14:05:00Z."),
        )
    return read.astimezone(UTC)  # the database knows fewer offsets than RFC 3339


def _day(value: object) -> date:
    return day(_text(value))


def day(text: str, *, at: str = "") -> date:
    """Read a day as RFC 3339 writes it. Raises FieldWrong."""
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError as error:
        raise FieldWrong(
            words("This is not a day."), do=words("Write it as 2026-05-31."), at=at
        ) from error


def _record(value: object) -> UUID | None:
    """Read the id of a record, or null. Raises FieldWrong."""
    if value is None:
        return None
    try:
        return UUID(_text(value))
    except ValueError as error:
        raise FieldWrong(
            words("This is not the id of a record."), do=words("Send it as you were given it.")
        ) from error


def day_or_none(value: object) -> date | None:
    """Read a day, or null. Raises FieldWrong."""
    return None if value is None else _day(value)


def day_or_moment(text: str) -> date | datetime:
    """Read a day or a moment. Raises FieldWrong."""
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    return found or moment(text)


def _short(text: str) -> str:
    check_text(text, at="", most=SHORT)
    return text


def _whole(sent: dict[str, object]) -> dict[str, object]:
    """Refuse NUL and half characters anywhere inside an object."""
    waiting: list[object] = [sent]
    while waiting:
        match waiting.pop():
            case str() as text if "\0" in text or any("\ud800" <= it <= "\udfff" for it in text):
                raise TextUnreadable(
                    words("A text in this object holds a character that cannot be stored."),
                    do=words("Remove it: it is a NUL or half a character."),
                )
            case dict() as inner:
                waiting += [*inner.keys(), *inner.values()]
            case list() as several:
                waiting += several
            case _:
                pass
    return sent


def harm_codes() -> list[str]:
    """Name the harms of this desk's taxonomy, for the document."""
    return list(lawbook().harms)


def _one_of_the_harms(schema: dict[str, Any]) -> None:
    schema["enum"] = harm_codes()


class JsonHeaderModel(BodyModel):
    """Reads what is said of a body that is no JSON itself, from a header."""

    @classmethod
    def get_request_data(cls, request: Any, api: Any, path_params: Any) -> dict[str, object]:
        """Give what the header says under the name of the call's one parameter for it."""
        said = read_said(request.headers.get(SAID, ""))
        return {cls.__read_from_single_attr__: said}


class JsonHeader(Body):  # type: ignore[misc]  # the framework's class is untyped
    """Marks the parameter of a call that is read from a header, as its body is a file."""

    _model = JsonHeaderModel

    @classmethod
    def _param_source(cls) -> str:
        return "body"


SAID = "Capture"
"""The header that says what a file is: a JSON object in ASCII."""
Sent = Annotated[T, JsonBody(...)]
SaidOfFile = Annotated[T, JsonHeader(...)]
Choice = Annotated[E, Chosen()]
Text = Annotated[str, Field(json_schema_extra={"maxLength": LONG})]
ShortText = Annotated[str, Field(json_schema_extra={"maxLength": SHORT})]
Harm = Annotated[str, AfterValidator(refusing(_short)), Field(json_schema_extra=_one_of_the_harms)]
Moment = Annotated[
    datetime | None,
    BeforeValidator(refusing(_moment)),
    WithJsonSchema({"type": ["string", "null"], "format": "date-time"}),
]
Record = Annotated[
    UUID | None,
    BeforeValidator(refusing(_record)),
    WithJsonSchema({"type": ["string", "null"], "format": "uuid"}),
]
Day = Annotated[
    date,
    BeforeValidator(refusing(_day)),
    WithJsonSchema({"type": "string", "format": "date"}),
]
AnyObject = Annotated[dict[str, object], AfterValidator(refusing(_whole))]
Reference = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{6,}$", "example": "2026-000123"})
]

KeptReference = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d{4}-\d{6,}|P-[2-9A-HJ-NP-Z]{8})$",
            "example": "2026-000123",
        }
    ),
]


def cursor_field(**limits: str | int) -> Any:
    """Describe a cursor of a list in the document; ``limits`` are those of JSON Schema."""
    return Field(description="The next of the page before", json_schema_extra={**limits})


class CallBody(BaseModel, extra="forbid", strict=True):
    """The body of a call: only the fields named, each of exactly its type."""
