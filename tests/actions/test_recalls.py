"""Recalls go out to every recipient, once each, and are chased until they are acknowledged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from evenhand.actions import (
    notification,
    people_corrections,
    people_restrictions,
    recalls,
    sharing,
)
from evenhand.actions.people_storing import identity_of
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import mail as mails
from evenhand.queries import recalls as asked
from evenhand.queries import sharing as shared
from evenhand.rules.agreements import NamedPerson
from evenhand.rules.mail import Hint, MayAnswer
from evenhand.rules.notification import Decision, Telling
from evenhand.rules.officers import WORKER
from evenhand.rules.people import Restriction
from evenhand.rules.recalls import Why
from evenhand.rules.sharing import Standing
from evenhand.store.sealing import open_record_key
from evenhand.store.sharing import RecallRow
from evenhand.store.writing import NothingEntered, writing
from evenhand.transports.email import NotAccepted
from tests.actions.people import as_exhibit, known_person, person
from tests.actions.sharing import built, in_force, refused_as, released, row, staffed
from tests.arriving import have_come
from tests.builders import ADA, CY, DEE, KIM, OLA, RIA, SID, fact, terms
from tests.journeys import Desk
from tests.letters import letter
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return staffed()


def recalled(desk: Desk, someone: str, why: Why = Why.RECTIFIED) -> int:
    """Recall what left about somebody, in an act of another room."""
    with writing() as pen:
        count = sharing.recall(person(someone).id, why, pen, acting=desk.by(CY))
        pen.enter(Entry(act=Act.PERSON_CORRECTED, at=desk.now, who=CY.ref))
    return count


def only() -> UUID:
    return RecallRow.objects.get().id


def test_every_disclosure_has_its_own_recall_and_what_has_not_left_is_dropped(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    packages = {released(desk, someone, agreement) for _ in range(2)}
    under_way = built(desk, someone, agreement)
    assert recalled(desk, someone) == 2
    assert row(under_way).standing == Standing.DROPPED
    lines = asked.waiting(officer=OLA).lines
    assert {it.fact.package for it in lines} == packages
    assert asked.count_open() == 2
    assert recalled(desk, someone) == 0
    assert recalled(desk, someone, Why.ERASED) == 2
    assert all("Noor" not in it.message.body + it.message.subject for it in lines)


def _restrict(desk: Desk, someone: str) -> None:
    because = Restriction.NEEDED_AS_EVIDENCE
    people_restrictions.restrict(
        someone, because, "It is evidence.", evidence=as_exhibit(desk), acting=desk.by(DEE)
    )


def _correct(desk: Desk, someone: str) -> None:
    people_corrections.contest(someone, "name", "It is another.", acting=desk.by(ADA))
    row = person(someone)
    old = identity_of(row, open_record_key(row.key))
    why = people_corrections.Why(reason="The document says so.")
    right = replace(old, name="Nour Vantage")
    people_corrections.correct_identity(someone, right, why, acting=desk.by(CY))


def _correct_statement(desk: Desk, someone: str) -> None:
    about = str(person(someone).statements.get().id)
    people_corrections.contest(someone, about, "It is another shop.", acting=desk.by(ADA))
    why = people_corrections.Why(reason="The document says so.")
    said = fact(text="The video shows another shop.")
    people_corrections.correct_statement(someone, about, said, why, acting=desk.by(CY))


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (_restrict, Why.RESTRICTED),
        (_correct, Why.RECTIFIED),
        (_correct_statement, Why.RECTIFIED),
    ],
)
def test_what_is_put_right_or_restricted_is_recalled_in_the_same_act(
    desk: Desk, act: Callable[[Desk, str], None], why: Why
) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    act(desk, someone)
    [line] = asked.waiting(officer=OLA).lines
    assert (line.fact.package, line.fact.why) == (package, why)


def test_a_recall_is_part_of_the_act_that_makes_it_necessary(desk: Desk) -> None:
    someone = known_person(desk)
    with pytest.raises(NothingEntered), writing() as pen:
        pen.enter(Entry(act=Act.PERSON_CORRECTED, at=desk.now, who=CY.ref))
        sharing.recall(person(someone).id, Why.RECTIFIED, pen, acting=desk.by(CY))


def test_a_recall_goes_out_by_mail_is_chased_and_acknowledged(
    desk: Desk, server: MailServer
) -> None:
    someone = known_person(desk)
    package = released(desk, someone, in_force(desk))
    recalled(desk, someone)
    with refused_as("E-RECALL-18"):
        sharing.check_told(person(someone).id)
    recalls.deliver(only(), last_attempt=False, acting=desk.by(WORKER))
    recalls.deliver(only(), last_attempt=False, acting=desk.by(WORKER))
    sharing.check_told(person(someone).id)
    [(_sender, recipients, sent)] = server.taken
    assert recipients == [KIM.email]
    assert package.encode() in sent
    assert b"Noor" not in sent
    recalls.send(only(), acting=desk.by(SID))
    with refused_as("E-RECALL-19"):
        recalls.send(only(), acting=desk.by(SID))
    recalls.deliver(only(), last_attempt=False, acting=desk.by(WORKER))
    assert b"no answer yet" in server.taken[1][2].replace(b"=\r\n", b"")
    assert asked.one(only(), officer=OLA).reminders == 1
    with refused_as("E-RECALL-19"):
        recalls.acknowledge(only(), desk.now.date() + timedelta(days=1), acting=desk.by(SID))
    recalls.acknowledge(only(), desk.now.date(), acting=desk.by(SID))
    assert asked.waiting(officer=OLA).lines == []
    assert asked.count_open() == 0


def test_a_recall_that_cannot_be_sent_is_seen_and_printed(desk: Desk, server: MailServer) -> None:
    someone = known_person(desk)
    released(desk, someone, in_force(desk))
    recalled(desk, someone)
    server.to_recipient = "450 Later"
    with pytest.raises(NotAccepted):
        recalls.deliver(only(), last_attempt=False, acting=desk.by(WORKER))
    recalls.deliver(only(), last_attempt=True, acting=desk.by(WORKER))
    assert asked.one(only(), officer=OLA).failure == "450"
    recalls.give_up(only(), acting=desk.by(WORKER))
    recalls.send(only(), acting=desk.by(SID))
    recalls.give_up(only(), acting=desk.by(WORKER))
    assert asked.one(only(), officer=OLA).failure == "fault"
    with refused_as("E-RECALL-19"):
        recalls.acknowledge(only(), desk.now.date(), acting=desk.by(SID))
    recalls.sent_on_paper(only(), acting=desk.by(SID))
    sharing.check_told(person(someone).id)


def test_where_nobody_has_an_address_the_recall_is_printed(desk: Desk) -> None:
    someone = known_person(desk)
    said = terms(people=(NamedPerson(KIM.ref, "Kim Lee"),))
    released(desk, someone, in_force(desk, said))
    recalled(desk, someone)
    with refused_as("E-RECALL-19"):
        recalls.send(only(), acting=desk.by(SID))
    recalls.sent_on_paper(only(), acting=desk.by(SID))
    assert asked.one(only(), officer=OLA).fact.sent_at


def _lifted(desk: Desk, someone: str) -> None:
    people_restrictions.ask_to_lift(someone, "It is settled.", acting=desk.by(RIA))
    people_restrictions.lift(someone, "It is.", agreed=True, acting=desk.by(DEE))


def _unlawful(desk: Desk, someone: str) -> None:
    because = Restriction.UNLAWFUL
    people_restrictions.restrict(someone, because, "It may be.", acting=desk.by(DEE))


def _deliver(desk: Desk) -> None:
    for it in RecallRow.objects.filter(in_the_post=True):
        recalls.deliver(it.id, last_attempt=False, acting=desk.by(WORKER))


def test_whoever_was_told_not_to_use_a_package_is_told_when_they_may_again(
    desk: Desk, server: MailServer
) -> None:
    someone = known_person(desk)
    package = released(desk, someone, in_force(desk))
    _unlawful(desk, someone)
    _deliver(desk)
    _lifted(desk, someone)
    assert shared.handed_over(package, acting=desk.by(SID))
    [line] = asked.waiting(officer=OLA).lines
    assert (line.fact.package, line.fact.why) == (package, Why.LIFTED)
    _deliver(desk)
    told = server.taken[1][2].replace(b"=\r\n", b"")
    assert b"you may use the package again" in told
    assert b"answer this e-mail" not in told
    assert asked.count_open() == 0
    restricted = RecallRow.objects.get(why=Why.RESTRICTED)
    with refused_as("E-RECALL-19"):
        recalls.acknowledge(restricted.id, desk.now.date(), acting=desk.by(SID))
    with refused_as("E-RECALL-19"):
        recalls.send(RecallRow.objects.get(why=Why.LIFTED).id, acting=desk.by(SID))


def test_a_restriction_that_is_over_before_anybody_was_told_tells_nobody(
    desk: Desk, server: MailServer
) -> None:
    someone = known_person(desk)
    released(desk, someone, in_force(desk))
    _unlawful(desk, someone)
    _lifted(desk, someone)
    recalls.deliver(only(), last_attempt=False, acting=desk.by(WORKER))
    assert (server.taken, asked.count_open(), asked.count_overdue(now=desk.now)) == ([], 0, 0)
    sharing.check_told(person(someone).id)


def test_what_is_restricted_again_is_not_said_to_be_usable(desk: Desk, server: MailServer) -> None:
    someone = known_person(desk)
    released(desk, someone, in_force(desk))
    _unlawful(desk, someone)
    _deliver(desk)
    _lifted(desk, someone)
    _unlawful(desk, someone)
    _deliver(desk)
    [line] = asked.waiting(officer=OLA).lines
    assert line.fact.why is Why.RESTRICTED
    assert len(server.taken) == 2
    assert not any(b"again, under our agreement" in sent for _by, _to, sent in server.taken)


def test_a_package_that_was_recalled_for_another_reason_stays_recalled(
    desk: Desk, server: MailServer
) -> None:
    someone = known_person(desk)
    package = released(desk, someone, in_force(desk))
    sharing.recall_one(package, "It was too much.", acting=desk.by(SID))
    _unlawful(desk, someone)
    _deliver(desk)
    _lifted(desk, someone)
    assert [it.fact.why for it in asked.waiting(officer=OLA).lines] == [Why.WRONGLY_SENT]


def test_who_was_closed_because_nobody_decided_and_is_open_again_may_be_used_again(
    desk: Desk, server: MailServer
) -> None:
    someone = known_person(desk)
    released(desk, someone, in_force(desk))
    desk.now += timedelta(days=40)
    assert notification.restrict_undecided(acting=desk.by(WORKER)) == 1
    _deliver(desk)
    notification.decide(
        someone, Decision(telling=Telling.TELL, reasons="She asked."), acting=desk.by(RIA)
    )
    [line] = asked.waiting(officer=OLA).lines
    assert line.fact.why is Why.LIFTED


def test_a_notice_is_part_of_the_act_that_lifts(desk: Desk) -> None:
    someone = known_person(desk)
    with pytest.raises(NothingEntered), writing() as pen:
        pen.enter(Entry(act=Act.RESTRICTION_LIFTED, at=desk.now, who=DEE.ref))
        sharing.may_be_used_again(person(someone).id, pen, acting=desk.by(DEE))


def test_a_package_that_was_wrong_is_recalled_by_itself(desk: Desk) -> None:
    package = released(desk, known_person(desk), in_force(desk))
    sharing.recall_one(package, "It was about another person.", acting=desk.by(SID))
    [line] = asked.waiting(officer=OLA).lines
    assert line.fact.why is Why.WRONGLY_SENT


def test_there_is_no_recall_of_nothing(desk: Desk) -> None:
    nothing = UUID(int=1)
    with refused_as("E-FIND-01"):
        recalls.send(nothing, acting=desk.by(SID))
    with refused_as("E-FIND-01"):
        asked.one(nothing, officer=OLA)


def test_mail_that_names_a_recalled_package_says_so(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    recalled(desk, someone)
    data = letter(subject=f"Re: your package {package}")
    mail = have_come(data, acting=desk.by(WORKER))
    assert mails.one(mail, acting=desk.by(ADA)).hints == []
    recalls.give_up(only(), acting=desk.by(WORKER))
    recalls.sent_on_paper(only(), acting=desk.by(SID))
    hint = Hint(MayAnswer.RECALL, package, only())
    assert mails.one(mail, acting=desk.by(ADA)).hints == [hint]
