"""The numbers of a month as a call gives them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext
from pydantic import BeforeValidator, Field

from evenhand.api.reply import Reply
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import DEFINITIONS, Counted
from evenhand.rules.own_errors import OwnError


def _numbers(numbers: Mapping[Counted, int]) -> list[dict[str, object]]:
    return [
        {"code": it, "count": number, "definition": gettext(DEFINITIONS[it])}
        for it, number in numbers.items()
    ]


def _refusals(refused: Mapping[str, int]) -> list[dict[str, object]]:
    return [{"rule": rule, "count": number} for rule, number in refused.items()]


class Number(Reply):
    """One number of a month, and what it means."""

    code: Counted
    count: int
    definition: str


class RefusedIntakes(Reply):
    """How often one rule refused an intake in a month."""

    rule: str
    count: int


class Counts(Reply):
    """The numbers of one month, exactly as the record gives them now, or as at the end of a day."""

    month: Annotated[str, BeforeValidator(str)]
    as_at: date | None = Field(description="The day at whose end the desk knew this; null for now")
    counts: Annotated[list[Number], BeforeValidator(_numbers)] = Field(validation_alias="numbers")
    intake_refused: Annotated[list[RefusedIntakes], BeforeValidator(_refusals)] = Field(
        validation_alias="refused"
    )


class Rate(Reply):
    """Of so many decisions of platforms, so many that show an error of the desk's own."""

    decided: int
    wrong: int
    errors: dict[OwnError, int]


class Errors(Reply):
    """The desk's own error rate over whole months (DSA Article 22(6))."""

    first: str
    last: str
    all: Rate
    grounds: dict[Ground, Rate]
    platforms: dict[str, Rate]
    upheld: int = Field(description="Challenges by posters that were upheld")
