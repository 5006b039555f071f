"""The calls about captures: a file is the body of one, and the answer of another."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from pydantic import ConfigDict, Field, WithJsonSchema

from evenhand.actions import captures
from evenhand.actions.captures_coming import Coming, Received
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import Reply, Words, of
from evenhand.api.values import (
    SAID,
    CallBody,
    Choice,
    Moment,
    Reference,
    SaidOfFile,
    Sent,
    ShortText,
)
from evenhand.queries import captures as known
from evenhand.rules.captures import (
    MOST_CAPTURES,
    MOST_OFFSET,
    CaptureUnreadable,
    How,
    NoTimestamp,
    Scan,
    Taking,
    check_announced,
    check_taking,
)
from evenhand.rules.captures_formats import Format, Kind
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words

FILE = "application/octet-stream"
PIECE = 256 * 1024
CaptureNumber = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
LOOKS: dict[str, Any] = {"tags": ["looks"]}
CHANGES: dict[str, Any] = {"tags": ["changes"]}


class TakeCapture(CallBody):
    """What is said of a file: why it is strictly needed, how and when it was made."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"why": "The knife.", "how": "screenshot", "of_a_child": False}
        }
    )

    why: Annotated[ShortText, Field(json_schema_extra={"minLength": 1})]
    how: Choice[How]
    of_a_child: bool = Field(
        description="Whether it shows, or might show, a child in a sexual way: it is not kept then"
    )
    taken_at: Moment = Field(None, description="By the clock of the device; now if not sent.")
    clock_offset: Annotated[int, Field(ge=-MOST_OFFSET, le=MOST_OFFSET)] = Field(
        0, description="By how many seconds that clock was ahead; negative: behind"
    )


class OpenCapture(CallBody):
    """What somebody needs to see, and for what."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "To compare it."}})

    reason: Needed


class StopCapture(CallBody):
    """Nothing needs to be said."""

    model_config = ConfigDict(json_schema_extra={"example": {}})


class Capture(Reply):
    """What is known of a capture. None of it is shown here."""

    id: UUID
    referral: str = of("reference")
    by: str
    at: datetime
    why: Words
    how: How
    taken_at: datetime
    clock_offset: int = of("offset")
    kind: Kind = of("told", "kind")
    format: Format = of("told", "format")
    size: int
    sha256: str = Field(description="Of the file before it was sealed, in hexadecimal")
    scan: Scan
    stopped_at: datetime | None
    timestamp: datetime | None = Field(
        validation_alias="stamped_at",
        description="The time at which an authority outside signed its SHA-256 (RFC 3161)",
    )
    no_timestamp: NoTimestamp | None = Field(
        validation_alias="unstamped", description="Why there is none yet; it is asked for again"
    )


class Captures(Reply):
    """The captures of a referral, oldest first."""

    items: Annotated[list[Capture], Field(max_length=MOST_CAPTURES)]


@api.get(
    "/referrals/{reference}/captures",
    summary="List the captures of a referral",
    auth=Token(Permission.READ_REFERRAL),
    response={200: Captures},
    **LOOKS,
)
def list_captures(request: Call, reference: Reference) -> HttpResponse:
    """List what is known of the files that are kept of the content."""
    check_known(request)
    found = known.of(reference, acting=request.auth)
    return _shown(Captures.model_validate({"items": found}))


@api.post(
    "/referrals/{reference}/captures",
    summary="Keep a capture",
    auth=Token(Permission.TAKE_CAPTURE),
    response={200: Capture},
    **CHANGES,
)
def take_capture(
    request: Call, reference: Reference, said: SaidOfFile[TakeCapture]
) -> HttpResponse:
    """Keep the file that is the body of this call; the header says what it is.

    It is hashed and sealed as it comes.
    """
    acting = request.auth
    taking = Taking(
        why=said.why,
        how=said.how,
        taken_at=said.taken_at or acting.at,
        offset=said.clock_offset,
        of_a_child=said.of_a_child,
    )
    check_taking(taking, now=acting.at)
    known.check_may_take(reference, acting=acting)
    coming = Coming()
    try:
        received = _received(request, coming)

        def answer() -> Kept:
            capture = captures.take(reference, taking, received, acting=acting)
            return Kept(200, _one(capture, acting), about=(reference,))

        return answered_once(request, answer, said=_as_said(request, received))
    finally:
        coming.abandon()


@api.post(
    "/captures/{capture}/openings",
    summary="Open a capture",
    auth=Token(Permission.OPEN_CAPTURE),
    **LOOKS,
)
def open_capture(
    request: Call, capture: CaptureNumber, body: Sent[OpenCapture]
) -> StreamingHttpResponse:
    """Give the file, for a reason. Each call is a look, whatever the idempotency key."""
    number = _number(capture)
    known.look(number, body.reason, acting=request.auth)
    opened = known.open_one(number, acting=request.auth)
    response = StreamingHttpResponse(opened.pieces, content_type=FILE)
    response.headers["Content-Length"] = str(opened.capture.size)
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@api.post(
    "/captures/{capture}/stop",
    summary="Stop a capture as illegal imagery",
    auth=Token(Permission.STOP_CAPTURE),
    response={200: Capture},
    **CHANGES,
)
def stop_capture(request: Call, capture: CaptureNumber, body: Sent[StopCapture]) -> HttpResponse:
    """Lock a capture at once and for good: nobody opens it any more."""
    number = _number(capture)

    def answer() -> Kept:
        captures.stop(number, acting=request.auth)
        return Kept(200, _one(number, request.auth))

    return answered_once(request, answer)


def _received(request: Call, coming: Coming) -> Received:
    announced, came = int(request.META.get("CONTENT_LENGTH") or 0), 0
    check_announced(announced)
    while piece := request.read(PIECE):
        coming.write(piece)
        came += len(piece)
    if came != announced:
        raise CaptureUnreadable(
            words("The file did not come whole."), do=words("Send it again."), at="file"
        )
    return coming.whole(at=request.auth.at)


def _as_said(request: Call, received: Received) -> bytes:
    head = f"{request.method} {request.get_full_path()}\n{request.headers.get(SAID)}\n"
    return head.encode() + received.sha256


def _one(capture: UUID, acting: Acting) -> bytes:
    return Capture.model_validate(known.one(capture, acting=acting)).as_json()


def _number(capture: str) -> UUID:
    try:
        return UUID(capture)
    except ValueError as error:
        raise NotFound(
            words("There is no capture with this number."),
            do=words("Look at the captures of its referral."),
        ) from error


def _shown(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.as_json(), content_type=JSON)
