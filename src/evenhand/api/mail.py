"""The calls that list, read, attach and set aside mail that came in."""

from collections.abc import Callable
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import ConfigDict, Field

from evenhand.actions import mail as acts
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Change, Needed
from evenhand.api.disposal_bodies import NothingMore
from evenhand.api.doing import answered_once, changed
from evenhand.api.door import Call, Token, api
from evenhand.api.replies import Summary
from evenhand.api.reply import Reply, of, shown
from evenhand.api.steps import Mail
from evenhand.api.values import CallBody, Reference, Sent
from evenhand.queries import mail as mails
from evenhand.rules.mail import MailStanding, MayAnswer
from evenhand.rules.officers import Permission

ONE = "/mail/{mail}"
LOOKS: dict[str, Any] = {"auth": Token(Permission.READ_MAIL), "tags": ["looks"]}
AMail = Annotated[UUID, Field(description="The id of a message that came in")]


class Attach(Change):
    """Which referral a message belongs to, and how that is known."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"reference": "2026-000123", "reason": "It names the same address."}
        }
    )

    reference: Reference
    reason: Needed


class SetAside(CallBody):
    """Why a message belongs to no referral."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "It is an advertisement."}})

    reason: Needed


class Waits(Reply):
    """A message of no referral."""

    mail: Mail
    last_day: date | None = Field(description="On which it is erased")


class Waiting(Reply):
    """Messages that wait for a person, the oldest first; ``more``: there are others."""

    items: list[Waits]
    more: bool


class MailFile(Reply):
    """A part of a message that is not given as text."""

    number: int
    name: str
    content_type: str
    size: int
    sha256: str


class Hint(Reply):
    """What a message of no referral may answer, by a reference of the desk's own that it bears."""

    may_answer: MayAnswer
    reference: str = Field(description="Of the recalled package, the referral or the request")


class Message(Reply):
    """One message: what it says of itself, its text, and the files that came with it.

    ``is_safe`` is false where it is built so that it cannot be taken apart safely.
    """

    mail: Mail
    standing: MailStanding
    reference: str | None = Field(description="The referral that it belongs to")
    last_day: date | None = Field(description="On which it is erased, while it has no referral")
    recipients: list[str] = of("read", "recipients")
    date: str = of("read", "date")
    text: str = of("read", "text")
    text_is_cut: bool = of("read", "is_cut")
    is_safe: bool = of("read", "is_read")
    files: list[MailFile] = of("read", "parts")
    hints: list[Hint]


@api.get("/mail", summary="List mail that waits", response={200: Waiting}, **LOOKS)
def mail_waiting(request: Call) -> HttpResponse:
    """Give the messages that bear no mark of one referral, or marks that disagree."""
    check_known(request, [])
    return shown(Waiting, mails.waiting(acting=request.auth))


@api.get(ONE, summary="Read a message", response={200: Message}, **LOOKS)
def mail_message(request: Call, mail: AMail) -> HttpResponse:
    """Give one message. HTML is reduced to its words; files are named, and not given."""
    check_known(request, [])
    return shown(Message, mails.one(mail, acting=request.auth))


@api.post(
    f"{ONE}/referral",
    summary="Attach a message to a referral",
    auth=Token(Permission.SORT_MAIL),
    response={200: Summary},
    tags=["changes"],
)
def attach_mail(request: Call, mail: AMail, body: Sent[Attach]) -> HttpResponse:
    """Attach a message that waits, or was set aside. From then on it goes with the referral."""
    act = partial(acts.attach, mail, body.reference, body.reason, seen_version=body.version)
    return changed(request, body.reference, act)


@api.post(
    f"{ONE}/set-aside",
    summary="Set a message aside",
    auth=Token(Permission.SORT_MAIL),
    response={200: Message},
    tags=["changes"],
)
def set_mail_aside(request: Call, mail: AMail, body: Sent[SetAside]) -> HttpResponse:
    """Set a message aside that belongs to no referral; it is erased on its last day."""
    return _changed(request, mail, partial(acts.set_aside, mail, body.reason))


@api.post(
    f"{ONE}/read",
    summary="Say that a message was read",
    auth=Token(Permission.READ_MAIL),
    response={200: Message},
    tags=["changes"],
)
def read_mail(request: Call, mail: AMail, body: Sent[NothingMore]) -> HttpResponse:
    """Say that a message of a referral was read, and that there is nothing to record."""
    return _changed(request, mail, partial(acts.note_read, mail))


@api.post(
    f"{ONE}/came-back",
    summary="Record that a notice came back",
    auth=Token(Permission.RECORD_ANSWER),
    response={200: Message},
    tags=["changes"],
)
def mail_came_back(request: Call, mail: AMail, body: Sent[NothingMore]) -> HttpResponse:
    """Record on the word of a mail server that a referral could not be delivered."""
    return _changed(request, mail, partial(acts.note_came_back, mail))


def _changed(request: Call, mail: UUID, act: Callable[..., None]) -> HttpResponse:
    def answer() -> Kept:
        act(acting=request.auth)
        found = mails.one(mail, acting=request.auth)
        about = (found.reference,) if found.reference else ()
        return Kept(HTTPStatus.OK, Message.model_validate(found).as_json(), about=about)

    return answered_once(request, answer)
