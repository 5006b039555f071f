"""Requests for information, as tests bring them in and take them further."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.test import override_settings

from evenhand.actions import foi, foi_letters, foi_parts, foi_sending
from evenhand.rules.foi import Channel, FoiStep
from evenhand.rules.foi_parts import Wanted, Withholding
from evenhand.rules.foi_taking import Taken
from evenhand.rules.officers import PUBLIC, WORKER, Acting, Officer, OfficerRef
from evenhand.rules.public_foi import FoiAsked
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow, FoiPartRow
from tests.builders import DEE, RIA
from tests.journeys import Desk
from tests.mail import mail_server

NUMBERS = count(1)
NAME, EMAIL = "Quilla Marsh", "quilla@mailbox.example"
HELP = "The counts are on the public pages."
UNA = replace(RIA, ref=OfficerRef(UUID(int=500)), name="Una")
"""Answers requests beside Ria."""


def asked(**changes: Any) -> FoiAsked:
    """What somebody asks for, who wants the reply by e-mail."""
    plain: dict[str, Any] = {"name": NAME, "asked": "How many requests were sent?", "email": EMAIL}
    return FoiAsked(**{**plain, **changes})


def received(desk: Desk, **changes: Any) -> tuple[str, str]:
    """Have somebody ask by the form; give the number and the receipt number."""
    desk.now += timedelta(minutes=1)
    now = Acting(officer=PUBLIC, at=desk.now)
    return foi.receive(asked(**changes), f"form {next(NUMBERS)}", acting=now)


def on_paper(desk: Desk, *, days_ago: int = 0, by: Officer = RIA, **changes: Any) -> str:
    """Have a request logged that came on paper, with a postal address; give its number."""
    plain = {"email": "", "postal": "1 Quay Street\nHarbour"}
    acting = desk.by(by)
    day = acting.at.date() - timedelta(days=days_ago)
    return foi.log(asked(**{**plain, **changes}), Channel.PAPER, day, acting=acting)


def stepped(desk: Desk, number: str, step: FoiStep, *, on: date | None = None, **said: Any) -> None:
    """Have an officer take a step with a request, today unless a day is given."""
    by: Officer = said.pop("by", RIA)
    acting = desk.by(by)
    taken = Taken(step=step, on=on or acting.at.date(), **{"text": "So.", **said})
    foi.take(number, taken, acting=acting)


def with_part(desk: Desk, number: str, wants: Wanted = Wanted.OTHER) -> int:
    """Have a part of a request written down; give its number."""
    return foi_parts.add(number, "How is it done?", wants, acting=desk.by(RIA))


def answered(desk: Desk, number: str, answer: str = "By hand.") -> int:
    """Have a part of a request written down and answered."""
    part = with_part(desk, number)
    foi_parts.give(number, part, answer, acting=desk.by(RIA))
    return part


def withheld(desk: Desk, number: str, **said: Any) -> int:
    """Have a part of a request withheld and confirmed."""
    part = with_part(desk, number)
    plain = {"exemption": "s42", "why": "It is advice.", "public_interest": "Candour weighs more."}
    foi_parts.withhold(number, part, Withholding(**{**plain, **said}), acting=desk.by(RIA))
    foi_parts.confirm(number, part, seen=version_of(number, part), acting=desk.by(DEE))
    return part


def proposed(desk: Desk, number: str, *, title: str = "How it is done") -> str:
    """Have the next reply written to a request with an answered part."""
    row = FoiRequestRow.objects.one(number)
    if not row.parts.filter(reply=row.next_reply()).exists():
        answered(desk, number)
    foi_letters.propose(number, title, HELP, acting=desk.by(RIA))
    return number


def approved(desk: Desk, number: str) -> FoiLetterRow:
    """Have the reply written and approved; give it."""
    proposed(desk, number)
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    return letter_of(number)


def replied(desk: Desk, number: str) -> FoiDisclosureRow:
    """Have the next reply written, approved and sent; give what is published of it."""
    letter = approved(desk, number)
    if letter.by_mail:
        FoiLetterRow.objects.get(id=letter.id)
        foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    else:
        foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    return FoiDisclosureRow.objects.filter(number=number).latest("reply")


def bounced(letter: FoiLetterRow, acting: Acting) -> None:
    """Have the mail server refuse a letter for good."""
    with mail_server() as server, override_settings(SMTP_URL=server.address):
        server.to_recipient = "550 5.1.1 Nobody"
        foi_sending.deliver(letter.id, last_attempt=True, acting=acting)


def letter_of(number: str, kind: str = "reply") -> FoiLetterRow:
    """Give the last letter of a kind about a request."""
    letters = FoiLetterRow.objects.filter(request__number=number, kind=kind)
    return letters.order_by("-number")[0]


def version_of(number: str, part: int) -> str:
    """Say which version of a part whoever looks at it now sees."""
    return FoiPartRow.objects.get(request__number=number, number=part).as_fact().version


def row_of(number: str) -> FoiRequestRow:
    return FoiRequestRow.objects.one(number)
