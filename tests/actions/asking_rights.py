"""Requests about one's own data, as tests bring them in and take them further."""

from datetime import date, timedelta
from email.message import Message
from itertools import count
from typing import Any
from uuid import UUID

from evenhand.actions import rights, rights_letters, rights_receiving, rights_sending
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import WORKER, Officer
from evenhand.rules.people_finding import Key
from evenhand.rules.public_rights import RightsAsked, RightsKind
from evenhand.rules.rights import CameBy, Mark, Withheld
from evenhand.rules.rights_replies import Reply, RightsOutcome, Route
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_letters import RightsLetterRow
from tests.actions.people import known_person
from tests.actions.reporting import anyone
from tests.builders import DEE, RIA, adult, proposal
from tests.journeys import Desk

NUMBERS = count(1)
NAME, BORN = "Ode Marsh", date(1990, 4, 1)
GIVEN = Reply(outcome=RightsOutcome.GIVEN, reasons="", because="All of it is theirs.")
NOTHING = Reply(outcome=RightsOutcome.NOTHING_TO_GIVE, reasons="", because="So.")


def asked(kind: RightsKind = RightsKind.ACCESS, **changes: Any) -> RightsAsked:
    plain: dict[str, Any] = {
        "kind": kind,
        "name": NAME,
        "wish": "Everything.",
        "birth_date": BORN,
        "email": "ode@mailbox.example",
    }
    return RightsAsked(**{**plain, **changes})


def requested(desk: Desk, kind: RightsKind = RightsKind.ACCESS, **changes: Any) -> str:
    """Have somebody ask at the public door; give the request's reference."""
    form, acting = f"form {next(NUMBERS)}", anyone(desk)
    known = set(RightsRequestRow.objects.values_list("reference", flat=True))
    rights_receiving.receive(asked(kind, **changes), form, acting=acting)
    [new] = set(RightsRequestRow.objects.values_list("reference", flat=True)) - known
    return new


def on_paper(desk: Desk, kind: RightsKind = RightsKind.ACCESS, **changes: Any) -> str:
    """Have Ria log a request that came on paper today."""
    acting = desk.by(RIA)
    said = asked(kind, **changes)
    return rights_receiving.log(said, CameBy.PAPER, acting.at.date(), acting=acting)


def searched(desk: Desk, request: str, *people: str) -> None:
    """Have Ria search by the name, and say of each record that it is theirs."""
    rights.search(request, Key(name=NAME, birth_date=BORN), acting=desk.by(RIA))
    for person in people:
        rights.settle_hit(
            request, person, is_theirs=True, reason="Same person.", acting=desk.by(RIA)
        )


def piece_of(person: str) -> str:
    return f"person/{PersonRow.objects.get(reference=person).id}"


def restriction(
    desk: Desk, withheld: Withheld = Withheld.RESTRICTED_UNTOLD, **changes: Any
) -> Mark:
    plain: dict[str, Any] = {
        "withheld": withheld,
        "reasons": "It would warn them.",
        "ground": RestrictionGround.CRIME,
        "review_on": desk.now.date() + timedelta(days=80),
    }
    return Mark(**{**plain, **changes})


def wholly_restricted(desk: Desk, request: str, person: str) -> None:
    """Have Ria hold a whole record back, without saying so."""
    mark = restriction(desk)
    rights.hold_back(request, person, piece_of(person), mark, acting=desk.by(RIA))


def replied(desk: Desk, request: str, said: Reply = GIVEN, *, by: Officer = DEE) -> UUID:
    """Have Ria propose a reply, and a second officer approve it."""
    letter = rights_letters.propose(request, said, acting=desk.by(RIA))
    rights_letters.answer(request, letter, "It is right.", approves=True, acting=desk.by(by))
    return letter


def sent(desk: Desk, request: str, said: Reply = GIVEN) -> UUID:
    """Have a reply approved, and mailed by the worker."""
    letter = replied(desk, request, said)
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    return letter


def row_of(request: str) -> RightsRequestRow:
    return RightsRequestRow.objects.get(reference=request)


def letter_row(letter: UUID) -> RightsLetterRow:
    return RightsLetterRow.objects.get(id=letter)


def somebody(desk: Desk, **changes: Any) -> str:
    """Have the person who asks on record, and the rights desk staffed."""
    for officer in (RIA, DEE):
        desk.by(officer)
    return known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN), **changes))


def known_row(person: str) -> PersonRow:
    return PersonRow.objects.get(reference=person)


def read_of(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found
