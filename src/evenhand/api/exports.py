"""The calls about exports: one referral with its captures, for one named recipient."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from pydantic import ConfigDict, Field

from evenhand.actions import exports
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import Reply, of
from evenhand.api.sharing_bodies import Nothing
from evenhand.api.values import CallBody, Choice, Reference, Sent
from evenhand.queries import exports as known
from evenhand.queries.referrals import PAGE
from evenhand.rules.captures import MOST_CAPTURES
from evenhand.rules.exports import Wanted
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.purposes import OWN, Purpose

ZIP = "application/zip"
AnExport = Annotated[UUID, Field(description="The number of an export")]
LOOK: dict[str, Any] = {"tags": ["sharing"]}


class AskExport(CallBody):
    """Under which agreement, to whom there, for what, why, and with which captures."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "agreement": "A-7KX2M9QA",
                "recipient": "00000000-0000-4000-8000-000000000000",
                "purpose": "evidence_for_named_investigation",
                "reason": "They investigate it.",
            }
        }
    )

    agreement: Annotated[str, Field(json_schema_extra={"minLength": 1})]
    recipient: Annotated[UUID, Field(strict=False)]
    purpose: Choice[Purpose] = OWN
    reason: Needed
    captures: list[Annotated[UUID, Field(strict=False)]] | None = Field(
        None, max_length=MOST_CAPTURES, description="Ids of captures; all that are kept if null"
    )


class AnswerExport(CallBody):
    """A second officer's answer."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"allow": True, "reason": "It is needed."}}
    )

    allow: bool
    reason: Needed


class Export(Reply):
    """One export, without a word of what it holds. ``allowed`` is null until it is answered.

    About a child it is answered by the data protection officer as well, and is null until then.
    """

    id: UUID
    referral: str = of("reference")
    organisation: str
    recipient: str
    agreement: str
    purpose: Purpose
    captures: int
    asked_by: str
    asked_at: datetime
    allowed: bool | None
    child: bool
    answered_by: str
    dpo_answered_by: str = of("dpo")
    taken_at: datetime | None
    package_sha256: str


class Exports(Reply):
    """The exports that were asked for last, the latest first."""

    items: Annotated[list[Export], Field(max_length=PAGE)]


@api.get(
    "/exports",
    summary="List exports",
    auth=Token(Permission.READ_DISCLOSURES),
    response={200: Exports},
    **LOOK,
)
def list_exports(request: Call) -> HttpResponse:
    """List which referrals were asked for, allowed and taken, and to whom they go."""
    check_known(request)
    found = known.latest(officer=request.auth.officer)
    return HttpResponse(Exports.model_validate({"items": found}).as_json(), content_type=JSON)


@api.post(
    "/referrals/{reference}/exports",
    summary="Ask to export a referral",
    auth=Token(Permission.SHARE),
    response={200: Export},
    **LOOK,
)
def ask_to_export(request: Call, reference: Reference, body: Sent[AskExport]) -> HttpResponse:
    """Ask that a referral with its captures may go to somebody whom an agreement names."""
    wanted = Wanted(
        agreement=body.agreement,
        recipient=body.recipient,
        purpose=body.purpose,
        reason=body.reason,
        captures=body.captures,
    )

    def answer() -> Kept:
        export = exports.ask(reference, wanted, acting=request.auth)
        return Kept(200, _one(export, request.auth), about=(reference,))

    return answered_once(request, answer)


@api.post(
    "/exports/{export}/answer",
    summary="Allow or refuse an export",
    auth=Token(Permission.APPROVE_SHARE),
    response={200: Export},
    **LOOK,
)
def answer_export(request: Call, export: AnExport, body: Sent[AnswerExport]) -> HttpResponse:
    """Allow or refuse an export as a second officer, within 72 hours."""
    return _answered(request, export, body)


@api.post(
    "/exports/{export}/dpo-answer",
    summary="Allow or refuse an export about a child",
    auth=Token(Permission.APPROVE_CHILD_SHARE),
    response={200: Export},
    **LOOK,
)
def answer_export_as_dpo(request: Call, export: AnExport, body: Sent[AnswerExport]) -> HttpResponse:
    """Allow or refuse an export about a child as the data protection officer, within 72 hours."""
    return _answered(request, export, body)


@api.post(
    "/exports/{export}/takings",
    summary="Take an export",
    auth=Token(Permission.SHARE),
    **LOOK,
)
def take_export(request: Call, export: AnExport, body: Sent[Nothing]) -> StreamingHttpResponse:
    """Give the bag of an export that was allowed, as a ZIP file.

    Each call is a taking of its own, whatever the idempotency key: no answer is kept.
    """
    taken = exports.take(export, acting=request.auth)
    response = StreamingHttpResponse(taken.pieces, content_type=ZIP)
    response.headers["Content-Length"] = str(taken.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


def _answered(request: Call, export: UUID, body: AnswerExport) -> HttpResponse:
    def answer() -> Kept:
        exports.answer(export, body.reason, allowed=body.allow, acting=request.auth)
        return Kept(200, _one(export, request.auth), about=tuple(known.about(export)))

    return answered_once(request, answer)


def _one(export: UUID, acting: Acting) -> bytes:
    return Export.model_validate(known.one(export, officer=acting.officer)).as_json()
