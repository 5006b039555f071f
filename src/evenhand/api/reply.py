"""What every reply is made from."""

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from evenhand.api.reading import JSON

WITHHELD = "null where the caller may not read words, or where they are destroyed"
Words = Annotated[str | None, Field(description=WITHHELD)]
OrNothing = Annotated[str | None, BeforeValidator(lambda text: text or None)]


def of(*path: str) -> Any:
    """Read a field from somewhere within what the query gave."""
    return Field(validation_alias=AliasPath(*path))


class Reply(BaseModel):
    """Read from what the queries give, attribute by attribute."""

    model_config = ConfigDict(from_attributes=True)

    def as_json(self) -> bytes:
        """Write the reply as JSON in UTF-8."""
        return self.model_dump_json().encode()


def shown(reply: type[Reply], found: object) -> HttpResponse:
    """Answer with what a query found, read as a reply."""
    return HttpResponse(reply.model_validate(found).as_json(), content_type=JSON)
