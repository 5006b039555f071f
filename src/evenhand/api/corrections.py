"""The calls about corrections of published figures: written by one, answered by another."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from pydantic import ConfigDict

from evenhand.actions import figures as doing_with
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.disposal_bodies import ForOwnReason, NothingMore
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import OrNothing, Reply, of, shown
from evenhand.api.values import CallBody, Sent
from evenhand.queries import figures
from evenhand.rules.officers import Permission

ALL = "/figure-corrections"
ONE = f"{ALL}/{{correction}}"
ANSWERS = Token(Permission.CONFIRM_CORRECTION)


class CorrectFigure(CallBody):
    """What was wrong with the figure that is published for the same question and day."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"why": "One referral was counted twice."}}
    )

    why: Needed


class CorrectionWritten(Reply):
    """The correction that was written; it waits for a second person."""

    correction: UUID


class FigureCorrection(Reply):
    """That a figure was wrong, and what was answered. ``why_declined`` is never published."""

    reference: UUID = of("ref")
    wrong: UUID
    right: UUID
    code: str
    as_at: date
    was: int = of("exact_was")
    is_now: int = of("exact_now")
    why: str
    by: str
    at: datetime
    confirmed_at: datetime | None
    declined_at: datetime | None
    declined_by: OrNothing
    why_declined: OrNothing = of("declined_why")
    withdrawn_at: datetime | None


class FigureCorrections(Reply):
    """The corrections that wait, and those that were declined, the newest first."""

    waiting: list[FigureCorrection]
    declined: list[FigureCorrection]


@api.post(
    "/figures/{figure}/corrections",
    summary="Correct a published figure",
    auth=Token(Permission.PUBLISH_FIGURES),
    response={200: CorrectionWritten},
    tags=["changes"],
)
def correct_figure(request: Call, figure: UUID, body: Sent[CorrectFigure]) -> HttpResponse:
    """Write that what is published for this figure's question is wrong, and this figure right."""

    def answer() -> Kept:
        found = figures.one(figure, officer=request.auth.officer)
        wrong = found.beside or found.ref
        made = doing_with.correct(wrong, figure, body.why, acting=request.auth)
        return Kept(200, CorrectionWritten(correction=made).as_json())

    return answered_once(request, answer)


@api.get(
    ALL,
    summary="List the corrections of figures",
    auth=ANSWERS,
    response={200: FigureCorrections},
    tags=["looks"],
)
def figure_corrections(request: Call) -> HttpResponse:
    """List the corrections that wait for a second person, and those that were declined."""
    check_known(request)
    officer = request.auth.officer
    waiting, declined = figures.waiting(officer=officer), figures.declined(officer=officer)
    return shown(FigureCorrections, {"waiting": waiting, "declined": declined})


@api.post(
    f"{ONE}/confirm",
    summary="Confirm the correction of a figure",
    auth=ANSWERS,
    response={200: FigureCorrection},
    tags=["changes"],
)
def confirm_figure_correction(
    request: Call, correction: UUID, body: Sent[NothingMore]
) -> HttpResponse:
    """Confirm a correction that somebody else wrote: it is published with the right figure."""
    return _answered(
        request, correction, lambda: doing_with.confirm(correction, acting=request.auth)
    )


@api.post(
    f"{ONE}/decline",
    summary="Decline the correction of a figure",
    auth=ANSWERS,
    response={200: FigureCorrection},
    tags=["changes"],
)
def decline_figure_correction(
    request: Call, correction: UUID, body: Sent[ForOwnReason]
) -> HttpResponse:
    """Decline a correction that somebody else wrote: what is published stands."""
    return _answered(
        request,
        correction,
        lambda: doing_with.decline(correction, body.reason, acting=request.auth),
    )


@api.post(
    f"{ONE}/withdraw",
    summary="Withdraw the correction of a figure",
    auth=Token(Permission.PUBLISH_FIGURES),
    response={200: FigureCorrection},
    tags=["changes"],
)
def withdraw_figure_correction(
    request: Call, correction: UUID, body: Sent[NothingMore]
) -> HttpResponse:
    """Take back a correction that you wrote and nobody answered: what is published stands."""
    return _answered(
        request, correction, lambda: doing_with.withdraw(correction, acting=request.auth)
    )


def _answered(request: Call, correction: UUID, act: Callable[[], None]) -> HttpResponse:
    def answer() -> Kept:
        act()
        found = figures.correction(correction, officer=request.auth.officer)
        return Kept(200, FigureCorrection.model_validate(found).as_json())

    return answered_once(request, answer)
