"""The calls by which a platform's own program sees the requests to it and answers them."""

from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from pydantic import Field

from evenhand.actions import platform_links as answering
from evenhand.actions.answers import AnswerWords
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.doing import once_for
from evenhand.api.platform_bodies import (
    AskReview,
    Decided,
    Question,
    Received,
    Request,
    RequestInFull,
    Requests,
    WrongAddress,
)
from evenhand.api.platform_door import PlatformCall, api
from evenhand.api.reading import PLAIN
from evenhand.api.reply import shown
from evenhand.api.values import Reference, Sent, cursor_field
from evenhand.queries import platform_links
from evenhand.rules.answers import AnswerKind, Outcome, reasons_of
from evenhand.rules.platform_links import Writing

LOOKS: dict[str, Any] = {"tags": ["looks"]}
ANSWERS: dict[str, Any] = {"response": {200: Request}, "tags": ["answers"]}
ONE = "/referrals/{reference}"
ACursor = Annotated[str, cursor_field(pattern="^([0-9]{1,18})?$")]
AnAnswer = Annotated[
    int, Field(ge=1, description="Which of your answers: the first one that you gave is 1")
]


@api.get("/referrals", summary="List what waits for you", response={200: Requests}, **LOOKS)
def list_requests(request: PlatformCall, cursor: ACursor = "") -> HttpResponse:
    """List the requests that you have not decided, the newest first, a page at a time."""
    check_known(request, ["cursor"])
    program = request.auth
    return shown(Requests, platform_links.waiting(program.platform, cursor, now=program.at))


@api.get(ONE, summary="Read a request", response={200: RequestInFull}, **LOOKS)
def read_request(request: PlatformCall, reference: Reference) -> HttpResponse:
    """Give one request to you: what the notice said, and what you answered yourself."""
    check_known(request)
    program = request.auth
    named = program.names(reference)
    found = platform_links.one(named, now=program.at)
    notice = platform_links.notice(named, now=program.at)
    return shown(RequestInFull, {**asdict(found), "notice": notice})


@api.get(f"{ONE}/answers/{{number}}/receipt", summary="Get the receipt of an answer", **LOOKS)
def receipt_of_answer(
    request: PlatformCall, reference: Reference, number: AnAnswer
) -> HttpResponse:
    """Give what proves that the desk's log has your answer, once the log is signed so far.

    Anybody can check it, without the desk: `evenhand log verify --policy FILE --receipt FILE`.
    """
    check_known(request)
    program = request.auth
    named = program.names(reference)
    made = platform_links.receipt(named, number, log=settings.LOG_FOLDER, now=program.at)
    return HttpResponse(made, content_type=PLAIN)


@api.post(f"{ONE}/received", summary="Say that you have a request", **ANSWERS)
def receive(request: PlatformCall, reference: Reference, body: Sent[Received]) -> HttpResponse:
    """Say that you have our request, and have not decided yet."""
    said = AnswerWords(body.their_reference)
    return _answered(request, reference, AnswerKind.ACKNOWLEDGED, said, body.version)


@api.post(f"{ONE}/outcome", summary="Say what you decided", **ANSWERS)
def tell_outcome(request: PlatformCall, reference: Reference, body: Sent[Decided]) -> HttpResponse:
    """Say what you decided, on which ground, and your reasons.

    A person of the desk looks at the address again before anything counts as removed.
    """
    said = AnswerWords(
        body.their_reference,
        body.ground_relied_on,
        reasons_of(body.model_dump(), body.statement),
        body.why_declined,
    )
    return _answered(request, reference, body.outcome, said, body.version)


@api.post(f"{ONE}/question", summary="Ask about a request", **ANSWERS)
def ask_question(request: PlatformCall, reference: Reference, body: Sent[Question]) -> HttpResponse:
    """Ask the desk something. An officer reads it and answers by e-mail."""
    return _written(request, reference, Writing.QUESTION, body.text)


@api.post(f"{ONE}/address", summary="Say that it went to the wrong address", **ANSWERS)
def say_wrong_address(
    request: PlatformCall, reference: Reference, body: Sent[WrongAddress]
) -> HttpResponse:
    """Say that the notice went to the wrong place. An officer reads it."""
    return _written(request, reference, Writing.WRONG_ADDRESS, body.text)


@api.post(f"{ONE}/review", summary="Ask for a review of an order", **ANSWERS)
def ask_review(request: PlatformCall, reference: Reference, body: Sent[AskReview]) -> HttpResponse:
    """Ask to have a content removal notice reviewed, and say why. Somebody else reviews it.

    Only a notice under section 21 of the Crime and Policing Act 2026 can be; nobody has verified
    that the section is in force.
    """
    return _written(request, reference, Writing.REVIEW, body.text)


def _answered(
    request: PlatformCall,
    reference: str,
    said: AnswerKind | Outcome,
    in_words: AnswerWords,
    version: int | None,
) -> HttpResponse:
    program = request.auth

    def doing() -> None:
        named = program.names(reference)
        answering.answer(named, said, in_words, seen_version=version, acting=program.acting)

    return _done(request, reference, doing)


def _written(request: PlatformCall, reference: str, what: Writing, text: str) -> HttpResponse:
    program = request.auth

    def doing() -> None:
        answering.write(program.names(reference), what, text, acting=program.acting)

    return _done(request, reference, doing)


def _done(request: PlatformCall, reference: str, doing: Callable[[], None]) -> HttpResponse:
    """Do it once a key, and give the request as it stands then."""
    program = request.auth

    def answer() -> Kept:
        doing()
        found = platform_links.one(program.names(reference), now=program.at)
        body = Request.model_validate(found).as_json()
        return Kept(HTTPStatus.OK, body, about=(reference,))

    return once_for(program.token, request, answer, now=program.at)
