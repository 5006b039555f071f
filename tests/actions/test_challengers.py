"""Challengers are told once that it was settled, by the worker alone, and then forgotten."""

import ast
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import challengers, challenges
from evenhand.actions.erasing_again import erase_again
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.ledger.erasures import Erased
from evenhand.rules.challenges import ChallengeStanding, Settlement
from evenhand.rules.officers import PUBLIC, WORKER, Acting
from evenhand.rules.public_reports import ReachUnusable
from evenhand.rules.referrals import State
from evenhand.store.challengers import ChallengerContactRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.writing import writing
from evenhand.transports.email import NotAccepted
from tests.builders import GUS
from tests.journeys import Desk, challenged, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
SRC = Path(challengers.__file__).parents[1]
EMAIL = "vex@mailbox.example"
REJECTED = Settlement(standing=ChallengeStanding.REJECTED, reasons="A secret.", told="We stand by.")


def made(desk: Desk, state: State = State.CHECKED) -> tuple[str, UUID]:
    """Have somebody challenge who wants to be told; give the referral and the challenge."""
    reference = desk.brought_to(state)
    return reference, challenged(desk, reference, email=EMAIL)


def ask(desk: Desk) -> int:
    return challengers.ask_to_tell(acting=desk.by(WORKER))


def tell(desk: Desk, *, last: bool = False) -> None:
    contact = ChallengerContactRow.objects.get()
    challengers.deliver(contact.id, last_attempt=last, acting=desk.by(WORKER))


def said_in(server: MailServer) -> str:
    [(_sender, recipients, data)] = server.taken
    assert recipients == [EMAIL]
    mail = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    assert mail["Reply-To"].split("@")[0].endswith("+challenges")
    return f"{mail['Subject']}\n{mail.get_content()}"


def is_forgotten(contact: UUID) -> bool:
    there = RecordKeyRow.objects.filter(id=contact).exists()
    return not ChallengerContactRow.objects.exists() and not there


def test_a_challenger_is_told_where_to_read_it_and_forgotten(server: MailServer) -> None:
    desk = Desk()
    reference, challenge = made(desk)
    contact = ChallengerContactRow.objects.get().id
    assert ask(desk) == 0
    tell(desk)
    assert server.taken == []
    challenges.settle(challenge, REJECTED, acting=desk.by(GUS))
    assert ask(desk) == 1
    assert ask(desk) == 0  # it is asked for already
    assert ProcrastinateJob.objects.filter(task_name="tell_challenger").count() == 1
    tell(desk)
    said = said_in(server)
    assert "has settled your challenge" in said
    assert "/public/challenge/receipt" in said
    for word in ("secret", "stand by", "song", reference, str(challenge), EMAIL):
        assert word not in said
    assert is_forgotten(contact)


def test_nobody_is_reached_who_did_not_ask(server: MailServer) -> None:
    desk = Desk()
    challenged(desk, desk.brought_to(State.CHECKED))
    assert not ChallengerContactRow.objects.exists()
    reference = desk.brought_to(State.CHECKED)
    with refused(ReachUnusable), changing_nothing():
        challenged(desk, reference, email="not an address")


def test_after_three_months_a_challenger_is_told_that_it_waits(server: MailServer) -> None:
    desk = Desk()
    made(desk)
    desk.now += timedelta(days=93)
    assert ask(desk) == 1
    tell(desk)
    assert "Your challenge waits still" in said_in(server)
    assert not ChallengerContactRow.objects.exists()


def test_whoever_challenged_what_is_gone_is_told_in_their_own_language(server: MailServer) -> None:
    desk = Desk()
    made(desk)
    with writing() as pen:
        ChallengerContactRow.objects.update(challenge=uuid4(), language="cy")
        pen.enter(Entry(act=Act.CHALLENGE_SETTLED, at=desk.now, who=GUS.ref))
    assert ask(desk) == 1
    tell(desk)
    said = said_in(server)
    assert said.startswith("Beth a ddaeth o’ch her")
    assert "erased" not in said


@pytest.mark.parametrize(("says", "last"), [("550 5.1.1 Nobody", False), ("450 4.2.0 Later", True)])
def test_whoever_cannot_be_told_is_forgotten(server: MailServer, says: str, last: bool) -> None:
    desk = Desk()
    _reference, challenge = made(desk)
    challenges.settle(challenge, REJECTED, acting=desk.by(GUS))
    contact = ChallengerContactRow.objects.get().id
    if last:
        server.to_recipient = says
        with pytest.raises(NotAccepted):
            tell(desk)
        assert not is_forgotten(contact)
    server.to_recipient = says
    tell(desk, last=last)
    assert is_forgotten(contact)


def test_a_fault_of_the_desks_own_keeps_nobody(server: MailServer) -> None:
    desk = Desk()
    made(desk)
    contact = ChallengerContactRow.objects.get().id
    challengers.give_up(contact, acting=desk.by(WORKER))
    assert is_forgotten(contact)
    for again in (challengers.give_up, challengers.deliver):
        more = {} if again is challengers.give_up else {"last_attempt": True}
        again(contact, **more, acting=desk.by(WORKER))
    assert server.taken == []


def test_what_a_backup_still_holds_of_a_challenger_is_erased_again() -> None:
    desk = Desk()
    made(desk)
    contact = ChallengerContactRow.objects.get().id
    gone = Erased(1, bytes(32), Act.CHALLENGER_FORGOTTEN, contact, desk.now.date())
    assert erase_again(gone, acting=Acting(WORKER, desk.now))
    assert is_forgotten(contact)
    assert not erase_again(gone, acting=Acting(PUBLIC, desk.now))


def test_no_page_no_call_and_no_question_asks_how_a_challenger_is_reached() -> None:
    names = {"ChallengerContactRow": set[str](), "challengers": set[str]()}
    for path in SRC.rglob("*.py"):
        for it in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(it, ast.Name) and it.id in names:
                names[it.id].add(path.relative_to(SRC).as_posix())
    assert names["ChallengerContactRow"] == {"actions/challengers.py", "actions/erasing_again.py"}
    assert names["challengers"] == {
        "actions/erasing_again.py",
        "actions/posters.py",
        "work/tasks.py",
    }
