"""An officer records that a review is asked for; another one reviews the notice."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import order_reviews as reviewing
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.order_reviews import OrderReview, check_can_be_asked, check_may_review
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.forms import OneField, Option
from evenhand.web.one_act import OneAct, page
from evenhand.web.order_reviews.present import rows
from evenhand.web.sheets import Sheet, standing

NOT_VERIFIED = later(
    "Crime and Policing Act 2026, sections 21 and 22: nobody has verified that they are in force."
)


class AskedForm(ActForm):
    """Why the platform asks."""

    reason = ReasonField(
        label=later("Why does the platform ask for a review?"),
        needed=later("Enter why the platform asks for a review"),
    )


class ReviewForm(ActForm):
    """What came of the review, and why."""

    outcome = OneField(
        label=later("What comes of the review?"),
        missing=later("Select what comes of the review"),
        options=[
            Option(
                OrderReview.CONFIRMED,
                later("The notice is confirmed"),
                later("It stands as it was given."),
            ),
            Option(
                OrderReview.WITHDRAWN,
                later("The notice is withdrawn"),
                later("The referral is withdrawn with it."),
            ),
        ],
    )
    reason = ReasonField(label=later("Why?"), needed=later("Enter why"))
    field_order = ("version", "outcome", "reason")


def _shown(sheet: Sheet) -> Any:
    def shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
        return {
            "sheet": sheet,
            "standing": standing(referral),
            "order": {"rows": list(rows(referral.order))},
        }

    return shown


def _record(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    reviewing.record_asked(reference, given["reason"], seen_version=given["version"], acting=acting)


def _review(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    reviewing.review(
        reference,
        given["reason"],
        withdrawn=given["outcome"] == OrderReview.WITHDRAWN,
        seen_version=given["version"],
        acting=acting,
    )


_ASKED = OneAct(
    permission=Permission.RECORD_ANSWER,
    form=AskedForm,
    template="evenhand/order_reviews/act.html",
    check=lambda referral, _acting: check_can_be_asked(referral.order),
    shown=_shown(
        Sheet(
            title=later("The platform asks for a review of the notice"),
            button=later("Record it"),
            lines=(NOT_VERIFIED,),
        )
    ),
    do=_record,
    done=later("An approver who had no part in the notice reviews it now."),
)
_REVIEW = OneAct(
    permission=Permission.REVIEW_ORDER,
    form=ReviewForm,
    template="evenhand/order_reviews/act.html",
    check=lambda referral, acting: check_may_review(referral.order, acting.officer),
    shown=_shown(
        Sheet(
            title=later("Review the content removal notice"),
            button=later("Record the outcome"),
            lines=(NOT_VERIFIED,),
        )
    ),
    do=_review,
    done=later("The outcome of the review is recorded. The platform sees it at its link."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the platform of a referral asks for a review."""
    return page(request, reference, _ASKED)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Review the content removal notice of a referral."""
    return page(request, reference, _REVIEW)
