"""The calls about the review of a content removal notice: that it is asked for, and its outcome."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from pydantic import ConfigDict, Field

from evenhand.actions import order_reviews
from evenhand.api.bodies import ForReason
from evenhand.api.doing import changed
from evenhand.api.door import Call, Token, api
from evenhand.api.replies import Summary
from evenhand.api.values import Reference, Sent
from evenhand.rules.officers import Permission

ONE = "/referrals/{reference}/order-review"
CHANGE: dict[str, Any] = {"response": {200: Summary}, "tags": ["changes"]}


class ReviewOrder(ForReason):
    """What comes of the review of a content removal notice, and why."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"withdrawn": False, "reason": "It is a real knife."}}
    )

    withdrawn: bool = Field(
        description="Whether the notice is withdrawn, with its referral; else it is confirmed"
    )


@api.post(
    f"{ONE}/requests",
    summary="Record that a review is asked for",
    auth=Token(Permission.RECORD_ANSWER),
    **CHANGE,
)
def ask_order_review(request: Call, reference: Reference, body: Sent[ForReason]) -> HttpResponse:
    """Record that a platform asks for a review of a content removal notice, and why."""
    act = partial(order_reviews.record_asked, reference, body.reason, seen_version=body.version)
    return changed(request, reference, act)


@api.post(
    f"{ONE}/outcomes",
    summary="Review a content removal notice",
    auth=Token(Permission.REVIEW_ORDER),
    **CHANGE,
)
def review_order(request: Call, reference: Reference, body: Sent[ReviewOrder]) -> HttpResponse:
    """Confirm a content removal notice, or withdraw it, as somebody who had no part in it."""
    act = partial(
        order_reviews.review,
        reference,
        body.reason,
        withdrawn=body.withdrawn,
        seen_version=body.version,
    )
    return changed(request, reference, act)
