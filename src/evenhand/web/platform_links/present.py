"""The words of the pages on which a platform answers."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platform_links import Given, Opened
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.order_reviews import OrderReview
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.platform_links.forms import OUTCOMES
from evenhand.web.sheets import row
from evenhand.web.words import Words

REVIEWS: Mapping[OrderReview, Words] = {
    OrderReview.ASKED: later("You asked for it, and it is not finished"),
    OrderReview.CONFIRMED: later("The notice was confirmed"),
    OrderReview.WITHDRAWN: later("The notice was withdrawn"),
}


def about(found: Opened, token: str) -> Mapping[str, object]:
    """Tell a platform what it was asked, what it answered by this link, and what it still can."""
    return {
        "token": token,
        "reference": found.reference,
        "desk": found.desk,
        "contact": found.contact,
        "url": found.url,
        "summary": {
            "rows": [
                row(_("From"), found.desk),
                row(_("Our reference"), found.reference),
                row(_("Sent"), times.moment(found.sent_at)),
                *_of_an_order(found),
                row(_("This link works until"), times.local_day(found.ends_at)),
            ]
        },
        "may_ask_review": found.may_ask_review,
        "may_acknowledge": AnswerKind.ACKNOWLEDGED in found.possible,
        "may_decide": any(isinstance(it, Outcome) for it in found.possible),
    }


def given(found: Opened, signed: Sequence[bool], token: str) -> Params:
    """List what the platform answered itself, each with its receipt once the signed log has it."""
    there = reversed(signed)
    numbers = range(len(signed), 0, -1)
    rows = [
        _answer(it, reverse("platform_receipt", args=[token, number]) if is_signed else "")
        for it, number, is_signed in zip(found.answers, numbers, there, strict=False)
    ]
    return {"rows": rows}


def _answer(it: Given, receipt: str) -> Params:
    at = times.moment(it.at)
    shown = row(at, _said(it.said))
    if not receipt:
        return shown
    text = _("Download the receipt")
    item = {"href": receipt, "text": text, "visuallyHiddenText": f"({at})"}
    return {**shown, "actions": {"items": [item]}}


def _of_an_order(found: Opened) -> Iterator[Params]:
    """Say by when a content removal notice has the platform act, and how its review stands."""
    if found.act_by:
        yield row(_("Act by"), times.moment(found.act_by))
    if found.review:
        yield row(_("Review of the notice"), str(REVIEWS[found.review]))


def _said(said: AnswerKind | Outcome) -> str:
    if isinstance(said, Outcome):
        return str(OUTCOMES[said][0])
    return _("We have your request, and have not decided yet")
