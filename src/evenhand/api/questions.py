"""The calls that ask a question of the library, and give its exact answer with a receipt."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BeforeValidator, ConfigDict, Field

from evenhand.actions import figures as giving
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.disposal_bodies import NothingMore
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import PLAIN
from evenhand.api.reply import Reply, of, shown
from evenhand.api.values import CallBody, Choice, Day, Sent, ShortText
from evenhand.queries import figures
from evenhand.rules.officers import Permission
from evenhand.rules.questions import By, Question
from evenhand.rules.questions_library import LIBRARY

LOOK: dict[str, Any] = {"auth": Token(Permission.ASK_QUESTIONS), "tags": ["looks"]}
ONE = "/figures/{figure}"
Told = Annotated[str, BeforeValidator(gettext)]


class AskQuestion(CallBody):
    """A question of the library: days from start to before end, as at a day, divided by what."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"code": "records_held", "by": ["kind", "system"]}}
    )

    code: ShortText
    start: Day | None = None
    end: Day | None = None
    as_at: Day | None = None
    by: Annotated[list[Choice[By]], Field(max_length=4)] = []


class LibraryQuestion(Reply):
    """A question that can be asked, and what its number means."""

    code: str
    title: Told
    definition: Told
    basis: Told = of("basis", "says")
    by: list[By]


class Library(Reply):
    """Every question of the library."""

    items: list[LibraryQuestion]


class FigurePart(Reply):
    """One part of a number: what it is of, in the order of ``by``."""

    of: list[str]
    number: int


class Figure(Reply):
    """An exact answer as it was given. ``file`` is what the log commits to, byte for byte."""

    reference: UUID = of("ref")
    code: str = of("answer", "question", "code")
    start: date | None = of("answer", "question", "start")
    end: date | None = of("answer", "question", "end")
    as_at: date = of("answer", "question", "as_at")
    by: list[By] = of("answer", "question", "by")
    definition: Told = of("answer", "meaning", "definition")
    exact: int = of("answer", "exact")
    at_least: int | None = of("answer", "at_least")
    lines: list[FigurePart] = of("answer", "lines")
    entry: int
    at: datetime
    published_at: datetime | None
    file: str


@api.get("/questions", summary="List the questions", response={200: Library}, **LOOK)
def questions(request: Call) -> HttpResponse:
    """List every question of the library with what its number means."""
    check_known(request)
    return shown(Library, {"items": list(LIBRARY.values())})


@api.post(
    "/figures",
    summary="Ask a question",
    auth=Token(Permission.ASK_QUESTIONS),
    response={201: Figure},
    tags=["changes"],
)
def ask(request: Call, body: Sent[AskQuestion]) -> HttpResponse:
    """Answer a question exactly, and enter in the log that the answer was given."""
    today = timezone.localdate(request.auth.at)

    def answer() -> Kept:
        question = Question(
            code=body.code,
            as_at=body.as_at or today,
            start=body.start,
            end=body.end,
            by=tuple(body.by),
        )
        figure = giving.give(question, acting=request.auth)
        found = figures.one(figure, officer=request.auth.officer)
        return Kept(201, Figure.model_validate(found).as_json())

    return answered_once(request, answer)


@api.get(ONE, summary="Read a figure", response={200: Figure}, **LOOK)
def figure(request: Call, figure: UUID) -> HttpResponse:
    """Give one figure as it was given."""
    check_known(request)
    return shown(Figure, figures.one(figure, officer=request.auth.officer))


@api.get(f"{ONE}/receipt", summary="Get the receipt of a figure", **LOOK)
def receipt_of_figure(request: Call, figure: UUID) -> HttpResponse:
    """Give the receipt: that the log has the answer, and the SHA-256 of its file."""
    check_known(request)
    made = figures.receipt(figure, log=settings.LOG_FOLDER, acting=request.auth)
    return HttpResponse(made, content_type=PLAIN)


@api.post(
    f"{ONE}/publications",
    summary="Publish a figure",
    auth=Token(Permission.PUBLISH_FIGURES),
    response={200: Figure},
    tags=["changes"],
)
def publish(request: Call, figure: UUID, body: Sent[NothingMore]) -> HttpResponse:
    """Publish what may be published of a figure. It is never changed."""

    def answer() -> Kept:
        giving.publish(figure, acting=request.auth)
        found = figures.one(figure, officer=request.auth.officer)
        return Kept(200, Figure.model_validate(found).as_json())

    return answered_once(request, answer)
