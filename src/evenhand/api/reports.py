"""The calls about reports from the public. None of them tells how a reporter is reached."""

from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import AliasPath, ConfigDict, Field

from evenhand.actions import public_reports, referrals
from evenhand.actions.referrals import Admitted, Continuing
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.bodies import ASignpost, Needed
from evenhand.api.doing import KEY, answered_once, done_once
from evenhand.api.door import Call, Token, api
from evenhand.api.log_bodies import Log
from evenhand.api.reading import JSON
from evenhand.api.replies import Summary
from evenhand.api.reply import OrNothing, Reply
from evenhand.api.sharing_bodies import Nothing
from evenhand.api.values import CallBody, Reference, Sent
from evenhand.queries import public_reports as known
from evenhand.rules.intake import Intake
from evenhand.rules.officers import Permission
from evenhand.rules.public_reports import ReportStanding, Worry

TAKE = Token(Permission.TAKE_REPORT)
ONE = "/reports/{report}"
AReport = Annotated[UUID, Field(description="The id of a report")]


class JoinReport(CallBody):
    """The referral that a report is joined to."""

    model_config = ConfigDict(json_schema_extra={"example": {"reference": "2026-000123"}})

    reference: Reference


class SetReportAside(CallBody):
    """Why a report is set aside, and who can help the reporter instead."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reason": "It is a private dispute.", "signpost": ""}}
    )

    reason: Needed
    signpost: ASignpost = Field("", description="Who can help the reporter instead, as a code.")


class PublicReportLine(Reply):
    """One report without a word of what was said."""

    id: UUID
    received_at: datetime
    platform: str
    worry: Worry
    danger_now: bool
    standing: ReportStanding
    opened_by: OrNothing
    review_on: date = Field(description="The day by which an officer should have opened it")
    erase_on: date


class PublicReportLines(Reply):
    """The reports that wait, where somebody is in danger first; ``more``: there are others."""

    items: list[PublicReportLine]
    more: bool


class PublicReport(Reply):
    """One report; what was said only while it is opened."""

    id: UUID = Field(validation_alias=AliasPath("line", "id"))
    received_at: datetime = Field(validation_alias=AliasPath("line", "received_at"))
    platform: str = Field(validation_alias=AliasPath("line", "platform"))
    worry: Worry = Field(validation_alias=AliasPath("line", "worry"))
    danger_now: bool = Field(validation_alias=AliasPath("line", "danger_now"))
    standing: ReportStanding = Field(validation_alias=AliasPath("line", "standing"))
    opened_by: OrNothing = Field(validation_alias=AliasPath("line", "opened_by"))
    review_on: date = Field(validation_alias=AliasPath("line", "review_on"))
    erase_on: date = Field(validation_alias=AliasPath("line", "erase_on"))
    url: OrNothing
    why: OrNothing
    settled_by: OrNothing
    settled_at: datetime | None
    became: str | None
    signpost: OrNothing
    reason: OrNothing


STATE: dict[str, Any] = {"auth": TAKE, "response": {200: PublicReport}}


@api.get(
    "/reports",
    summary="List reports from the public",
    auth=TAKE,
    response={200: PublicReportLines},
    tags=["looks"],
)
def list_reports(request: Call) -> HttpResponse:
    """List the reports that no officer has settled, at most 50, without a word of them."""
    check_known(request)
    found = known.waiting(officer=request.auth.officer)
    return HttpResponse(PublicReportLines.model_validate(found).as_json(), content_type=JSON)


@api.get(ONE, summary="Read a report from the public", tags=["looks"], **STATE)
def read_report(request: Call, report: AReport) -> HttpResponse:
    """Give one report; what was said only once it is opened. Then it is a look."""
    check_known(request)
    return HttpResponse(_found(request, report), content_type=JSON)


@api.post(f"{ONE}/open", summary="Open a report from the public", tags=["changes"], **STATE)
def open_report(request: Call, report: AReport, body: Sent[Nothing]) -> HttpResponse:
    """Open a report, so that it can be read and the reporter sees that somebody did."""
    return _changed(
        request, report, lambda: public_reports.open_report(report, acting=request.auth)
    )


@api.post(
    f"{ONE}/log",
    summary="Log a referral from a report",
    auth=TAKE,
    response={200: Summary},
    tags=["changes"],
)
def log_report(request: Call, report: AReport, body: Sent[Log]) -> HttpResponse:
    """Log a referral from an opened report as any content; what the report said is destroyed."""
    acting = request.auth
    intake = Intake(
        source=body.source,
        source_detail=body.source_detail,
        public_without_login=body.public_without_login,
        observed_at=body.observed_at or acting.at,
        content_type=body.content_type,
        language=body.language,
        description=body.description,
    )
    content = referrals.admit(body.url, intake, acting=acting, key=request.headers.get(KEY, ""))
    admitted = Admitted(
        content,
        body.url,
        Continuing(as_duplicate=body.link_duplicate, reason=body.continue_reason),
        body.authorisation,
    )

    def doing() -> str:
        return public_reports.log(report, admitted, intake, acting=acting)

    return done_once(request, doing, status=HTTPStatus.OK)


@api.post(f"{ONE}/join", summary="Join a report to a referral", tags=["changes"], **STATE)
def join_report(request: Call, report: AReport, body: Sent[JoinReport]) -> HttpResponse:
    """Join an opened report to a referral of this desk; what the report said is destroyed."""
    return _changed(
        request, report, lambda: public_reports.join(report, body.reference, acting=request.auth)
    )


@api.post(f"{ONE}/set-aside", summary="Set a report aside", tags=["changes"], **STATE)
def set_report_aside(request: Call, report: AReport, body: Sent[SetReportAside]) -> HttpResponse:
    """Set an opened report aside for a reason; what it said is destroyed."""
    return _changed(
        request,
        report,
        lambda: public_reports.set_aside(
            report, body.reason, signpost=body.signpost, acting=request.auth
        ),
    )


def _changed(request: Call, report: UUID, act: Callable[[], None]) -> HttpResponse:
    def answer() -> Answer:
        act()
        return Answer(200, _found(request, report), about=(str(report),))

    return answered_once(request, answer)


def _found(request: Call, report: UUID) -> bytes:
    return PublicReport.model_validate(known.one(report, acting=request.auth)).as_json()
