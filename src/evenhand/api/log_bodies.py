"""What the calls take that log addresses."""

from typing import Annotated

from pydantic import ConfigDict, Field

from evenhand.actions.referrals import Continuing
from evenhand.api.bodies import Needed
from evenhand.api.values import (
    CallBody,
    Choice,
    Moment,
    ShortText,
    Text,
)
from evenhand.rules.content import LONGEST
from evenhand.rules.intake import MOST_ADDRESSES, ContentType, Source


class Saying(CallBody):
    """What an officer says of the content of an address, or of several, when logging it."""

    source: Choice[Source]
    source_detail: Text = ""
    public_without_login: bool = Field(
        description="Whether anyone sees it without log-in, follow or invitation."
    )
    observed_at: Moment = Field(None, description="When the officer saw it; now if not sent.")
    content_type: Choice[ContentType]
    language: str = Field(
        description="A language code of BCP 47, such as en; und if unknown.",
        json_schema_extra={"minLength": 2, "maxLength": 30},
    )
    description: Needed


class ToLog(CallBody):
    """One address, and what to say to the questions that it can raise."""

    url: str = Field(json_schema_extra={"minLength": 1, "maxLength": LONGEST})
    continue_reason: Text = Field("", description="Why to go on although the desk has it already.")
    authorisation: ShortText = Field(
        "",
        description="The reference of an authorisation held elsewhere, for a third look at one"
        " account within 28 days (E-RIPA-71).",
    )
    whole_account: bool = Field(
        default=False,
        description="Needed where the address names an account and no single content: says that"
        " the whole account is meant (E-URL-08).",
    )
    link_duplicate: bool = Field(
        default=False, description="Link it as a duplicate if the desk has it already."
    )


def continuing_of(body: ToLog) -> Continuing:
    """Give what a call says to the questions that its address can raise."""
    return Continuing(body.link_duplicate, body.continue_reason, body.whole_account)


class Log(Saying, ToLog):
    """What an officer says of one address when logging it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "source": "officer_found",
                "source_detail": "Seen on the public page.",
                "public_without_login": True,
                "content_type": "video",
                "language": "en",
                "description": "A threat to a named person is read out.",
            }
        }
    )


class LogBatch(Saying):
    """What an officer says of up to 50 addresses, and each of the addresses."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "urls": [
                    {"url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
                    {"url": "https://youtu.be/aaaaaaaaaaa", "link_duplicate": True},
                ],
                "source": "officer_found",
                "public_without_login": True,
                "content_type": "video",
                "language": "en",
                "description": "The same threat to a named person, put up again.",
            }
        }
    )

    urls: Annotated[
        list[ToLog], Field(min_length=1, json_schema_extra={"maxItems": MOST_ADDRESSES})
    ]
