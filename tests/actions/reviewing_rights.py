"""What is held back from a reply, looked at again, as tests take it further."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.conf import settings

from evenhand.actions import rights, rights_further, rights_letters, rights_reviews, rights_sending
from evenhand.queries import rights_pack
from evenhand.rules.assessments import Kind
from evenhand.rules.officers import WORKER, Officer
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import Withheld
from evenhand.rules.rights_replies import QUIET_FOR, Reply, RightsOutcome, Route
from evenhand.rules.rights_reviews import RestrictionOutcome, Review
from evenhand.store.rights_found import RightsReviewRow
from tests.actions.asking_rights import (
    BORN,
    NAME,
    NOTHING,
    replied,
    requested,
    restriction,
    searched,
    wholly_restricted,
)
from tests.actions.people import known_person
from tests.builders import DEE, RIA, adult, proposal
from tests.journeys import Desk
from tests.mail import mail_server

IN_PART = Reply(outcome=RightsOutcome.GIVEN_IN_PART, reasons="It would warn them.", because="So.")
LIFTED = Review(outcome=RestrictionOutcome.LIFTED, reasons="The inquiry has ended.")


def kept(desk: Desk, days: int = 60, **changes: Any) -> Review:
    """Say that something stays held back for so many days."""
    plain: dict[str, Any] = {
        "outcome": RestrictionOutcome.KEPT,
        "reasons": "The inquiry goes on.",
        "review_on": desk.now.date() + timedelta(days=days),
    }
    return Review(**{**plain, **changes})


def somebody(desk: Desk) -> str:
    """Have the person who asks on record, and the rights desk staffed."""
    for officer in (RIA, DEE):
        desk.by(officer)
    return known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))


def held_back(
    desk: Desk, person: str, withheld: Withheld = Withheld.RESTRICTED_TOLD, **changes: Any
) -> tuple[str, str]:
    """Have a statement held back by law and the rest given; name the request and the piece."""
    request = requested(desk)
    searched(desk, request, person)
    found = rights_pack.preview(request, person, acting=desk.by(RIA))
    piece = found.pack.of(Kind.FACT)[0].name
    mark = restriction(desk, withheld, **changes)
    rights.hold_back(request, person, piece, mark, acting=desk.by(RIA))
    posted(desk, request)
    return request, piece


def posted(desk: Desk, request: str, said: Reply = IN_PART) -> None:
    """Have a reply approved, printed and posted."""
    letter = replied(desk, request, said)
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))


def nothing_given(
    desk: Desk, person: str, kind: RightsKind = RightsKind.ACCESS, **changes: Any
) -> str:
    """Have a whole record held back, and a letter leave that gives nothing; name the request."""
    request = requested(desk, kind, **changes)
    searched(desk, request, person)
    wholly_restricted(desk, request, person)
    desk.now += QUIET_FOR
    posted(desk, request, NOTHING)
    return request


def reviewed(
    desk: Desk, request: str, piece: str, found: Review = LIFTED, *, by: Officer = DEE
) -> None:
    """Have Ria look at a piece again, and a second officer confirm it."""
    rights_reviews.look_again(request, piece, found, acting=desk.by(RIA))
    rights_reviews.answer(
        request,
        piece,
        "It is right.",
        approves=True,
        seen=review_of(request, piece),
        acting=desk.by(by),
    )


def review_of(request: str, piece: str) -> UUID:
    """Say which review of a piece whoever looks at it now sees."""
    reviews = RightsReviewRow.objects.filter(request__reference=request, mark__piece=piece)
    return reviews.latest("at").id


def agreed(desk: Desk, request: str) -> UUID:
    """Have the letter written that gives what was lifted, and approved by a second officer."""
    letter = rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    rights_letters.answer(request, letter, "Yes.", approves=True, acting=desk.by(DEE))
    return letter


def mailed_in_vain(desk: Desk, request: str, letter: UUID) -> None:
    """Have a letter mailed to somebody whom the mail server does not know."""
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    with mail_server() as server, patch.object(settings, "SMTP_URL", server.address):
        server.to_recipient = "550 5.1.1 Nobody here"
        rights_sending.deliver(letter, last_attempt=True, acting=desk.by(WORKER))


def given_further(desk: Desk, request: str, route: Route = Route.MAIL) -> UUID:
    """Have the letter written that gives what was lifted, approved and sent."""
    letter = agreed(desk, request)
    rights_sending.send(request, letter, route, acting=desk.by(RIA))
    if route is Route.MAIL:
        rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    return letter
