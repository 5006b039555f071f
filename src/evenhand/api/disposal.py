"""The calls about what is kept for a time: what is due, reviews, holds, certificates, balance."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from evenhand.actions import holds, reviews
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.disposal_bodies import (
    Balance,
    Certificate,
    Certificates,
    Confirmed,
    DueRecords,
    ForOwnReason,
    HoldBody,
    KeptRecord,
    NothingMore,
    ReviewBody,
)
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import shown
from evenhand.api.values import Chosen, Day, KeptReference, Sent, cursor_field
from evenhand.queries import balance as counting
from evenhand.queries import retention
from evenhand.rules.balance import InBalance
from evenhand.rules.officers import Permission
from evenhand.rules.reviews import Question, Review

ONE = "/kept/{reference}"
LOOKS: dict[str, Any] = {"tags": ["looks"]}
CHANGES: dict[str, Any] = {"tags": ["changes"]}
ADueCursor = Annotated[
    str, cursor_field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9A-Z-]{10,20})?$")
]
ANumber = Annotated[str, cursor_field(pattern="^(C-[A-Z0-9]{8})?$")]
AKind = Annotated[InBalance, Chosen(InBalance)]


@api.get(
    "/due",
    summary="List what is due for review or disposal",
    auth=Token(Permission.LIST_KEPT),
    response={200: DueRecords},
    **LOOKS,
)
def due(request: Call, cursor: ADueCursor = "") -> HttpResponse:
    """List records that are due today or wait for a second officer. No words, and no names."""
    check_known(request, ["cursor"])
    today = timezone.localdate(request.auth.at)
    found = retention.due(cursor, officer=request.auth.officer, today=today)
    return shown(DueRecords, found)


@api.get(
    ONE,
    summary="Read how a record is kept",
    auth=Token(Permission.LIST_KEPT),
    response={200: KeptRecord},
    **LOOKS,
)
def kept(request: Call, reference: KeptReference) -> HttpResponse:
    """Give the days, holds and reviews of one record that has come to an end."""
    check_known(request)
    return shown(KeptRecord, retention.one(reference, acting=request.auth))


@api.post(
    f"{ONE}/reviews",
    summary="Review a record",
    auth=Token(Permission.REVIEW),
    response={200: KeptRecord},
    **CHANGES,
)
def review(request: Call, reference: KeptReference, body: Sent[ReviewBody]) -> HttpResponse:
    """Record the review of one record; to dispose of or to retain it waits for a second officer."""
    found = Review(
        outcome=body.outcome,
        reason=body.reason,
        answers={it: text for it in Question if (text := getattr(body, it))},
        until=body.until,
        last_day=body.last_day,
    )

    def doing() -> None:
        reviews.review(reference, found, seen_version=body.version, acting=request.auth)

    return _changed(request, reference, doing)


@api.post(
    f"{ONE}/confirm",
    summary="Confirm a review",
    auth=Token(Permission.CONFIRM_REVIEW),
    response={200: Confirmed},
    **CHANGES,
)
def confirm_review(
    request: Call, reference: KeptReference, body: Sent[NothingMore]
) -> HttpResponse:
    """Confirm what a review came to. What is disposed of cannot be brought back."""

    def answer() -> Answer:
        certificate = reviews.confirm(reference, acting=request.auth)
        told = Confirmed(reference=reference, certificate=certificate or None)
        return Answer(HTTPStatus.OK, told.as_json())

    return answered_once(request, answer)


@api.post(
    f"{ONE}/decline",
    summary="Decline a review",
    auth=Token(Permission.CONFIRM_REVIEW),
    response={200: KeptRecord},
    **CHANGES,
)
def decline(request: Call, reference: KeptReference, body: Sent[ForOwnReason]) -> HttpResponse:
    """Decline what a review came to, for a reason; the record waits for another review."""
    return _changed(
        request, reference, lambda: reviews.decline(reference, body.reason, acting=request.auth)
    )


@api.post(
    f"{ONE}/holds",
    summary="Place a hold",
    auth=Token(Permission.PLACE_HOLD),
    response={200: KeptRecord},
    **CHANGES,
)
def place_hold(request: Call, reference: KeptReference, body: Sent[HoldBody]) -> HttpResponse:
    """Hold one record, at once. Nothing outweighs a hold."""

    def doing() -> None:
        holds.place(
            reference,
            body.kind,
            their_reference=body.their_reference,
            reason=body.reason,
            owner=body.owner,
            expires_on=body.expires_on,
            acting=request.auth,
        )

    return _changed(request, reference, doing)


@api.post(
    f"{ONE}/holds/{{hold}}/ask-end",
    summary="Ask for a hold to end",
    auth=Token(Permission.PLACE_HOLD),
    response={200: KeptRecord},
    **CHANGES,
)
def ask_to_end(
    request: Call, reference: KeptReference, hold: UUID, body: Sent[ForOwnReason]
) -> HttpResponse:
    """Ask for a hold to end; it stands until a second officer ends it."""
    return _changed(
        request,
        reference,
        lambda: holds.ask_to_end(reference, hold, body.reason, acting=request.auth),
    )


@api.post(
    f"{ONE}/holds/{{hold}}/end",
    summary="End a hold",
    auth=Token(Permission.LIFT_HOLD),
    response={200: KeptRecord},
    **CHANGES,
)
def end_hold(
    request: Call, reference: KeptReference, hold: UUID, body: Sent[NothingMore]
) -> HttpResponse:
    """End a hold that a colleague asked to end."""
    return _changed(request, reference, lambda: holds.end(reference, hold, acting=request.auth))


@api.get(
    "/certificates",
    summary="List certificates of disposal",
    auth=Token(Permission.READ_CERTIFICATES),
    response={200: Certificates},
    **LOOKS,
)
def certificates(request: Call, cursor: ANumber = "") -> HttpResponse:
    """List certificates of disposal, the newest first."""
    check_known(request, ["cursor"])
    return shown(Certificates, retention.certificates(cursor, officer=request.auth.officer))


@api.get(
    "/certificates/{number}",
    summary="Read a certificate of disposal",
    auth=Token(Permission.READ_CERTIFICATES),
    response={200: Certificate},
    **LOOKS,
)
def certificate(request: Call, number: str) -> HttpResponse:
    """Give one certificate. It names nobody whom the record was about."""
    check_known(request)
    return shown(Certificate, retention.certificate(number, officer=request.auth.officer))


@api.get(
    "/balance",
    summary="Count records in and out",
    auth=Token(Permission.READ_CERTIFICATES),
    response={200: Balance},
    **LOOKS,
)
def balance(request: Call, start: Day, end: Day, kind: AKind = InBalance.REFERRAL) -> HttpResponse:
    """Count one kind of record from one day to before another, by the system that it came from.

    No figure is given if it is off.
    """
    check_known(request, ["start", "end", "kind"])
    found = counting.balance(kind, start, end, officer=request.auth.officer)
    return shown(Balance, found)


def _changed(request: Call, reference: str, doing: Any) -> HttpResponse:
    """Do an act on a record, once a key, and give how it is kept then."""

    def answer() -> Answer:
        doing()
        found = retention.one(reference, acting=request.auth)
        return Answer(HTTPStatus.OK, KeptRecord.model_validate(found).as_json(), about=(reference,))

    return answered_once(request, answer)
