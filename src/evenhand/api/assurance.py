"""The calls about the desk's documents: written, advised on, approved, corrected."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import AliasPath, BeforeValidator, ConfigDict, Field, WithJsonSchema

from evenhand.actions import assurance as doing_with
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import OrNothing, Reply
from evenhand.api.values import CallBody, Choice, Chosen, Day, Sent, ShortText, Text
from evenhand.queries import assurance
from evenhand.rules.assurance import Claim, DocumentKind, Part, Residual, Said, Stage
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words

_PATTERN = rf"({'|'.join(DocumentKind)})-([1-9]\d{{0,5}})"
REFERENCE = re.compile(_PATTERN, re.ASCII)
DocumentReference = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^{_PATTERN}$"})]


class WriteDocument(CallBody):
    """A new version with the parts of its kind."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "apd",
                "procedures": "As follows.",
                "retention": "A year.",
                "conditions": ["1"],
            }
        }
    )

    kind: Choice[DocumentKind]
    description: Text = ""
    dangers: Text = ""
    measures: Text = ""
    safeguards: Text = ""
    procedures: Text = ""
    retention: Text = ""
    aims: Text = ""
    consultation: Text = ""
    effects: Text = ""
    actions: Text = ""
    instructions: Text = ""
    parties: Text = ""
    arrangement: Text = ""
    contracts: Text = ""
    information: Text = ""
    objectives: Text = ""
    residual: Annotated[Residual | None, Chosen(Residual)] = None
    claims: Annotated[list[Choice[Claim]], Field(max_length=20)] = []
    conditions: Annotated[
        list[ShortText],
        Field(max_length=20, description="Of a policy document: paragraphs of Schedule 8"),
    ] = []


class DocumentText(CallBody):
    """Words that are added to a version for good."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "Measure 3 leaves paper out."}}
    )

    text: Needed


class IcoAdvice(CallBody):
    """What the Information Commissioner advised, and on which day."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "Go on as described.", "given_on": "2026-11-20"}}
    )

    text: Needed
    given_on: Day


class ApproveDocument(CallBody):
    """By which day the document is looked at again."""

    model_config = ConfigDict(json_schema_extra={"example": {"review_on": "2027-11-20"}})

    review_on: Day


class PublishCorrection(CallBody):
    """Which of the version's corrections, counted from 1."""

    model_config = ConfigDict(json_schema_extra={"example": {"correction": 1}})

    correction: Annotated[int, Field(ge=1)]


def _reference(fact: Any) -> str:
    return fact if isinstance(fact, str) else f"{fact.kind}-{fact.number}"


class DocumentLine(Reply):
    """A version of a document as listed."""

    reference: Annotated[str, BeforeValidator(_reference)] = Field(validation_alias="fact")
    kind: DocumentKind = Field(validation_alias=AliasPath("fact", "kind"))
    stage: Stage = Field(validation_alias=AliasPath("fact", "stage"))
    written_by: str
    written_at: datetime
    approved_by: OrNothing
    in_force_from: date | None = Field(validation_alias=AliasPath("fact", "in_force_from"))
    review_on: date | None = Field(validation_alias=AliasPath("fact", "review_on"))


class DocumentWords(Reply):
    """Advice on a version, or a correction of it."""

    what: Said
    text: str
    by: str
    at: datetime
    published_at: datetime | None


class DocumentInFull(DocumentLine):
    """A version with its text and all that was said of it."""

    parts: dict[Part, str]
    residual: Residual | None = Field(validation_alias=AliasPath("fact", "residual"))
    claims: list[Claim] = Field(validation_alias=AliasPath("fact", "claims"))
    conditions: list[str] = Field(
        validation_alias=AliasPath("fact", "conditions"),
        description="Of a policy document: the paragraphs of Schedule 8 that it relies on",
    )
    untrue: list[Claim] = Field(description="What it says that is not so on this desk today")
    ico_advised_on: date | None
    said: list[DocumentWords]


class Documents(Reply):
    """The versions of all documents, the newest of each first."""

    items: list[DocumentLine]


ONE = "/documents/{reference}"
CHANGE: dict[str, Any] = {"response": {200: DocumentInFull}, "tags": ["changes"]}
LOOK: dict[str, Any] = {"auth": Token(Permission.READ_DOCUMENTS), "tags": ["looks"]}


@api.get("/documents", summary="List the desk’s documents", response={200: Documents}, **LOOK)
def documents(request: Call) -> HttpResponse:
    """List the versions of the desk's documents, those in force and those on their way."""
    check_known(request)
    found = assurance.versions(officer=request.auth.officer)
    return _shown(Documents.model_validate({"items": found}))


@api.get(ONE, summary="Read a document", response={200: DocumentInFull}, **LOOK)
def document(request: Call, reference: DocumentReference) -> HttpResponse:
    """Give one version in full."""
    check_known(request)
    return _shown(_found(reference, request.auth))


@api.post(
    "/documents",
    summary="Write a document",
    auth=Token(Permission.WRITE_DOCUMENT),
    response={201: DocumentInFull},
    tags=["changes"],
)
def write_document(request: Call, body: Sent[WriteDocument]) -> HttpResponse:
    """Write a new version of a document. One that was on its way is replaced."""

    def answer() -> Kept:
        number = doing_with.write(
            body.kind,
            {part: getattr(body, part) for part in Part},
            residual=body.residual,
            claims=body.claims,
            conditions=body.conditions,
            acting=request.auth,
        )
        return Kept(201, _found(f"{body.kind}-{number}", request.auth).as_json())

    return answered_once(request, answer)


@api.post(
    f"{ONE}/advice",
    summary="Advise on a document",
    auth=Token(Permission.ADVISE_DOCUMENT),
    **CHANGE,
)
def advise_document(
    request: Call, reference: DocumentReference, body: Sent[DocumentText]
) -> HttpResponse:
    """Add the data protection officer's advice."""
    return _changed(request, reference, partial(doing_with.advise, text=body.text))


@api.post(
    f"{ONE}/commissioner-advice",
    summary="Record the Commissioner’s advice",
    auth=Token(Permission.ADVISE_DOCUMENT),
    **CHANGE,
)
def commissioner_advice(
    request: Call, reference: DocumentReference, body: Sent[IcoAdvice]
) -> HttpResponse:
    """Record what the Information Commissioner advised where a high risk is left."""
    act = partial(doing_with.record_ico_advice, text=body.text, given_on=body.given_on)
    return _changed(request, reference, act)


@api.post(
    f"{ONE}/approval",
    summary="Put a document in force",
    auth=Token(Permission.APPROVE_DOCUMENT),
    **CHANGE,
)
def approve_document(
    request: Call, reference: DocumentReference, body: Sent[ApproveDocument]
) -> HttpResponse:
    """Put a version in force until its review, as a senior owner who did not write it."""
    return _changed(request, reference, partial(doing_with.approve, review_on=body.review_on))


@api.post(
    f"{ONE}/corrections",
    summary="Correct a document",
    auth=Token(Permission.WRITE_DOCUMENT),
    **CHANGE,
)
def correct_document(
    request: Call, reference: DocumentReference, body: Sent[DocumentText]
) -> HttpResponse:
    """Write a correction of a version that is or was in force."""
    return _changed(request, reference, partial(doing_with.write_erratum, text=body.text))


@api.post(
    f"{ONE}/publications",
    summary="Publish a correction",
    auth=Token(Permission.APPROVE_DOCUMENT),
    **CHANGE,
)
def publish_correction(
    request: Call, reference: DocumentReference, body: Sent[PublishCorrection]
) -> HttpResponse:
    """Publish a correction that somebody else wrote."""
    return _changed(
        request, reference, partial(doing_with.publish_erratum, erratum=body.correction)
    )


def _changed(request: Call, reference: str, act: Callable[..., None]) -> HttpResponse:
    """Do an act on a version, and give the version as it stands then."""

    def answer() -> Kept:
        act(*_named(reference), acting=request.auth)
        return Kept(200, _found(reference, request.auth).as_json())

    return answered_once(request, answer)


def _named(reference: str) -> tuple[DocumentKind, int]:
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise NotFound(
            words("There is no such version of a document."), do=words("Look at the list.")
        )
    return DocumentKind(found[1]), int(found[2])


def _found(reference: str, acting: Acting) -> DocumentInFull:
    found = assurance.one(*_named(reference), officer=acting.officer)
    return DocumentInFull.model_validate(found)


def _shown(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.as_json(), content_type=JSON)
