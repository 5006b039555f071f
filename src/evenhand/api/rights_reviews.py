"""The calls about what a reply held back by law: looked at again, confirmed, and given."""

from functools import partial

from django.http import HttpResponse

from evenhand.actions import rights_further, rights_reviews
from evenhand.api.door import Call, Token, api
from evenhand.api.rights import DO, HANDLE, ONE, changed
from evenhand.api.rights_bodies import (
    AnswerReview,
    AskedReference,
    CannotReach,
    GiveFurther,
    LookAgain,
)
from evenhand.api.values import Sent
from evenhand.rules.officers import Permission
from evenhand.rules.rights_reviews import Review

APPROVE = Token(Permission.APPROVE_RIGHTS)


@api.post(f"{ONE}/reviews", summary="Look again at what is held back", auth=HANDLE, **DO)
def look_again(request: Call, asked: AskedReference, body: Sent[LookAgain]) -> HttpResponse:
    """Say whether a piece stays held back. It counts once a second officer confirms it."""
    found = Review(outcome=body.outcome, reasons=body.reasons, review_on=body.review_on)
    return changed(request, asked, partial(rights_reviews.look_again, asked, body.piece, found))


@api.post(f"{ONE}/reviews/answer", summary="Answer a review", auth=APPROVE, **DO)
def answer_review(request: Call, asked: AskedReference, body: Sent[AnswerReview]) -> HttpResponse:
    """Confirm a review as the second officer, or return it."""
    act = partial(
        rights_reviews.answer,
        asked,
        body.piece,
        body.reason,
        approves=body.approve,
        seen=body.review,
    )
    return changed(request, asked, act)


@api.post(f"{ONE}/further", summary="Propose a further letter", auth=HANDLE, **DO)
def give_further(request: Call, asked: AskedReference, body: Sent[GiveFurther]) -> HttpResponse:
    """Propose the letter that gives what is not held back any more, with its packs."""
    return changed(request, asked, partial(rights_further.propose, asked, body.because))


@api.post(f"{ONE}/unreached", summary="End what cannot be given", auth=HANDLE, **DO)
def cannot_reach(request: Call, asked: AskedReference, body: Sent[CannotReach]) -> HttpResponse:
    """Record that whoever is owed an approved further letter cannot be reached."""
    return changed(request, asked, partial(rights_further.unreached, asked, body.tried))
