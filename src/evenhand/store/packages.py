"""What is in a package: one shape, from which the published schema is made and which checks it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evenhand.rules.sharing import PackageIncomplete
from evenhand.rules.words import words

FORMAT = "evenhand-package/1"
Words = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A part of a package: everything in it is named here, and nothing else may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Grade(Part):
    """The first two parts of 3x5x2."""

    source: Literal["1", "2", "3"]
    information: Literal["A", "B", "C", "D"]


class Fact(Part):
    """Something that is known, with its source."""

    kind: Literal["fact"]
    text: Words
    source: Words
    source_date: date
    verified_on: date
    handling: Literal["P", "C"]
    conditions: list[str]


class Assessment(Part):
    """What an officer makes of something, with its basis and grade."""

    kind: Literal["assessment"]
    text: Words
    basis: Words
    basis_holder: str
    grade_of: Words
    grade: Grade
    source_date: date
    verified_on: date
    handling: Literal["P", "C"]
    conditions: list[str]


class Age(Part):
    """An age, since when and how it is known."""

    value: str
    as_at: date
    basis: Words


class About(Part):
    """Whom the package is about: the role always, and of the rest what was agreed."""

    role: Words
    may_have_been_under_18: bool
    identity_verified_on: date
    name: Words | None = None
    birth_date: date | None = None
    age: Age | None = None
    contact: Words | None = None
    offence: Words | None = None
    grounds: list[str] | None = None
    grounds_on: date | None = None
    grounds_words: Words | None = None
    welfare: Words | None = None
    referral: Words | None = None


class Under(Part):
    """The agreement that lets the package leave."""

    reference: Words
    version: int
    purpose: Words
    enactment: Words


class Handling(Part):
    """What the recipient promised to do with the package."""

    guidance: Words
    erase_within_days: Annotated[int, Field(ge=1)]
    erase_by: date
    answer_recalls_within_working_days: Annotated[int, Field(ge=1)]
    recalls: Words


class Package(Part):
    """A package about one person for one named recipient."""

    format: Literal["evenhand-package/1"]
    package: Words
    made_on: date
    desk: Words
    contact: Words
    organisation: Words
    recipient: Words
    agreement: Under
    person: About
    statements: list[Annotated[Fact | Assessment, Field(discriminator="kind")]]
    gaps: Words
    handling: Handling


def checked(document: dict[str, Any]) -> bytes:
    """Give the exact bytes of a package. Raises PackageIncomplete where anything is missing."""
    try:
        package = Package.model_validate(document)
    except ValidationError as error:
        raise PackageIncomplete(
            words("The package lacks something, or has something too much: {places}."),
            do=words("Have the record completed first, or leave it out."),
            places=", ".join(".".join(map(str, it["loc"])) for it in error.errors()),
        ) from error
    return package.model_dump_json(indent=2, exclude_none=True).encode()


def read(data: bytes) -> Package:
    """Read a package back from its bytes."""
    return Package.model_validate_json(data)


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a package, as it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Package.model_json_schema(),
    }
