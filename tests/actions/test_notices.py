"""Sending: asked for by an officer, carried out by the worker, against a real mail server."""

import email
import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.policy import SMTP
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import notices, platforms, referrals
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.queries import referral as one_referral
from evenhand.queries.steps import NoticeSent
from evenhand.rules.notices import (
    AlreadyInThePost,
    Delivery,
    NoChaseYet,
    NoticeKind,
    NotSignedOff,
    Transport,
    TransportUnknown,
)
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, State
from evenhand.store.casework import NoticeRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.transports.email import NotAccepted
from tests.builders import ADA, DEE, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row
from tests.ledger import reading
from tests.mail import MailServer

WORDS = "Zauberwort"


def approved(desk: Desk) -> str:
    desk.sign_off(contact="abuse@{platform}")
    return desk.brought_to(State.APPROVED)


def send(desk: Desk, reference: str) -> UUID:
    return notices.send(reference, "email", acting=desk.by(ADA))


def deliver(desk: Desk, notice: UUID, *, last_attempt: bool = False) -> None:
    notices.deliver(notice, last_attempt=last_attempt, acting=desk.by(WORKER))


def only_notice(reference: str) -> NoticeSent:
    [sent] = one_referral.one(reference, acting=as_reader(ADA)).notices
    return sent


@pytest.mark.django_db
def test_what_was_asked_for_is_on_its_way_and_stays_approved() -> None:
    desk = Desk()
    reference = approved(desk)
    send(desk, reference)
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.APPROVED
    assert read.fact.in_the_post
    assert only_notice(reference).delivery is Delivery.QUEUED
    with changing_nothing(), refused(AlreadyInThePost):
        send(desk, reference)


@pytest.mark.django_db
def test_the_job_carries_the_notices_id_and_nothing_else() -> None:
    desk = Desk()
    notice = send(desk, approved(desk))
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name) == ("send_notice", "notices")
    assert job.args == {"notice": str(notice)}


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_no_job() -> None:
    desk = Desk()
    reference = approved(desk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(desk, reference)
        _ = 1 / 0
    assert not ProcrastinateJob.objects.exists()
    assert not NoticeRow.objects.exists()


@pytest.mark.django_db
def test_an_accepted_notice_makes_the_referral_sent_and_its_bytes_are_those_kept(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = approved(desk)
    deliver(desk, send(desk, reference))
    read, sent = one_referral.one(reference, acting=as_reader(ADA)), only_notice(reference)
    [(sender, recipients, taken)] = server.taken
    assert read.fact.state is State.SENT
    assert read.fact.sent_at == desk.now == sent.settled_at
    assert not read.fact.in_the_post
    assert sent.delivery is Delivery.ACCEPTED
    assert sent.message is not None
    assert taken == sent.message.encode("ascii")
    assert hashlib.sha256(taken).hexdigest() == sent.sha256
    assert recipients == [sent.recipient] == [f"abuse@{read.fact.platform}"]
    mail = email.message_from_bytes(taken, policy=SMTP)
    assert mail["Reply-To"].startswith(f"{sender.partition('@')[0]}+{reference}@")
    assert reference in mail["Subject"]


@pytest.mark.django_db
def test_only_an_accepted_notice_is_a_disclosure_with_a_recipient(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk)
    deliver(desk, send(desk, reference))
    stored = row(reference)
    entry = EntryRow.objects.filter(obj=stored.id, ver__isnull=False).latest("number")
    assert b'"act":"notice.accept"' in bytes(entry.leaf)
    assert b'"s62":"disclosure"' in bytes(entry.leaf)
    fields = reading.fields(OpeningRow.objects.get(entry=entry).fields)
    assert fields["recipient"] == stored.platform
    assert server.taken


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "https://_dmarc.example.com/x",
        "https://[2606:4700::1111]/x",
        "https://8.8.8.8/x",
        "https://bücher.example/x",
    ],
)
def test_a_site_of_any_kind_of_host_can_be_written_to(server: MailServer, address: str) -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED, address=address)
    deliver(desk, send(desk, reference))
    assert row(reference).state == State.SENT
    assert server.taken


@pytest.mark.django_db
def test_a_platform_gets_the_one_spelling_without_what_was_shared_with_it(
    server: MailServer,
) -> None:
    desk = Desk()
    desk.sign_off()
    address = "https://clips.example/%7Ea?utm_source=ada&v=1"
    deliver(desk, send(desk, desk.brought_to(State.APPROVED, address=address)))
    [(_sender, _recipients, taken)] = server.taken
    said = email.message_from_bytes(taken, policy=SMTP).get_content()
    assert "https://clips.example/~a?v=1" in said
    assert "utm_source" not in said


@pytest.mark.django_db
def test_a_server_that_is_busy_leaves_everything_for_the_next_attempt(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk)
    notice = send(desk, reference)
    server.to_recipient = "450 Later"
    with changing_nothing(), pytest.raises(NotAccepted), transaction.atomic():
        deliver(desk, notice)
    server.to_recipient = "250 Yes"
    deliver(desk, notice)
    assert row(reference).state == State.SENT


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "last"), [("550 Nobody here", False), ("450 Later", True)])
def test_what_cannot_be_delivered_is_undeliverable_and_can_be_sent_again(
    server: MailServer, answer: str, last: bool
) -> None:
    desk = Desk()
    reference = approved(desk)
    server.to_recipient = answer
    deliver(desk, send(desk, reference), last_attempt=last)
    read, sent = one_referral.one(reference, acting=as_reader(ADA)), only_notice(reference)
    assert (read.fact.state, read.fact.sent_at) == (State.UNDELIVERABLE, None)
    assert (sent.delivery, sent.failure) == (Delivery.FAILED, answer[:3])
    assert history.of(reference, officer=ADA).lines[-1].act is Act.NOTICE_FAILED

    server.to_recipient = "250 Yes"
    deliver(desk, send(desk, reference))
    again = one_referral.one(reference, acting=as_reader(ADA))
    assert again.fact.state is State.SENT
    assert [it.delivery for it in again.notices] == [Delivery.FAILED, Delivery.ACCEPTED]
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_tried_to_the_end() -> None:
    desk = Desk()
    reference = approved(desk)
    notice = send(desk, reference)
    with changing_nothing(), pytest.raises(NotAccepted), transaction.atomic():
        deliver(desk, notice)
    deliver(desk, notice, last_attempt=True)
    assert only_notice(reference).failure == "unreachable"
    assert row(reference).state == State.UNDELIVERABLE


@pytest.mark.django_db
def test_a_notice_that_was_dropped_on_the_way_leaves_once_at_the_next_attempt(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = approved(desk)
    notice = send(desk, reference)
    server.drops = True
    for _attempt in range(2):
        with changing_nothing(), pytest.raises(NotAccepted), transaction.atomic():
            deliver(desk, notice)
    server.drops = False
    deliver(desk, notice)
    with changing_nothing():
        deliver(desk, notice)
    assert row(reference).state == State.SENT
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_what_is_withdrawn_meanwhile_is_not_sent(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk)
    notice = send(desk, reference)
    referrals.withdraw(reference, "A mistake.", acting=desk.by(ADA))
    with changing_nothing():
        deliver(desk, notice)
    sent = only_notice(reference)
    assert (sent.delivery, sent.failure) == (Delivery.FAILED, "withdrawn")
    assert row(reference).state == State.WITHDRAWN
    assert server.taken == []


@pytest.mark.django_db
def test_a_job_that_runs_twice_sends_once(server: MailServer) -> None:
    desk = Desk()
    notice = send(desk, approved(desk))
    deliver(desk, notice)
    with changing_nothing():
        deliver(desk, notice)
    assert len(server.taken) == 1


@pytest.mark.usefixtures("fresh_desk")
def test_two_workers_with_one_notice_send_once(server: MailServer) -> None:
    desk = Desk()
    notice = send(desk, approved(desk))
    start, acting = Barrier(2), desk.by(WORKER)

    def work(_: int) -> None:
        try:
            start.wait()
            notices.deliver(notice, last_attempt=False, acting=acting)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_without_a_current_sign_off_nothing_is_sent() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    with changing_nothing(), refused(NotSignedOff):
        send(desk, reference)
    desk.sign_off()
    with changing_nothing(), refused(TransportUnknown):
        notices.send(reference, "portal", acting=desk.by(ADA))
    desk.now += timedelta(days=301)
    with changing_nothing(), refused(NotSignedOff):
        send(desk, reference)


@pytest.mark.django_db
def test_a_platforms_own_sign_off_comes_before_the_one_for_any_site(server: MailServer) -> None:
    desk = Desk()
    desk.sign_off(contact="any@hub.example")
    desk.sign_off("youtube", "first@youtube.example")
    desk.sign_off("youtube", "reports@youtube.example")
    reference = desk.brought_to(State.APPROVED, address="https://youtu.be/dQw4w9WgXcQ")
    deliver(desk, send(desk, reference))
    assert [it[1] for it in server.taken] == [["reports@youtube.example"]]


@pytest.mark.django_db
def test_a_lapsed_sign_off_is_not_got_round_by_the_one_for_any_site() -> None:
    desk = Desk()
    platforms.sign_off(
        "youtube",
        transport=Transport.EMAIL,
        contact="reports@youtube.example",
        basis="s.77",
        review_on=desk.now.date() + timedelta(days=2),
        acting=desk.by(DEE),
    )
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED, address="https://youtu.be/dQw4w9WgXcQ")
    desk.now += timedelta(days=5)
    with changing_nothing(), refused(NotSignedOff):
        send(desk, reference)


@pytest.mark.django_db
def test_who_oversees_sends_and_reminds_nobody() -> None:
    desk = Desk()
    reference = approved(desk)
    acting = desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        notices.send(reference, "email", acting=acting)
    with changing_nothing(), refused(RoleMissing):
        notices.chase(reference, acting=acting)


@pytest.mark.django_db
def test_an_older_version_is_neither_sent_nor_chased() -> None:
    desk = Desk()
    reference = approved(desk)
    with changing_nothing(), refused(ChangedMeanwhile):
        notices.send(reference, "email", seen_version=1, acting=desk.by(ADA))
    with changing_nothing(), refused(ChangedMeanwhile):
        notices.chase(reference, seen_version=1, acting=desk.by(ADA))


@pytest.mark.django_db
def test_a_platform_is_reminded_when_its_time_is_over(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk)
    deliver(desk, send(desk, reference))
    due = row(reference).due_at
    assert due
    desk.now = due - timedelta(minutes=2)
    with changing_nothing(), refused(NoChaseYet):
        notices.chase(reference, acting=desk.by(ADA))
    deliver(desk, notices.chase(reference, acting=desk.by(ADA)))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.chases, read.last_message_at) == (1, desk.now)
    assert read.fact.state is State.SENT
    assert [it.kind for it in read.notices] == [NoticeKind.REFERRAL, NoticeKind.CHASE]
    assert b"Reminder number: 1" in server.taken[1][2]
    with changing_nothing(), refused(NoChaseYet):
        notices.chase(reference, acting=desk.by(ADA))


@pytest.mark.django_db
def test_a_reminder_that_does_not_arrive_leaves_the_referral_sent(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk)
    deliver(desk, send(desk, reference))
    desk.now += timedelta(days=99)
    server.to_data = "554 No"
    deliver(desk, notices.chase(reference, acting=desk.by(ADA)))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.fact.state, read.chases, read.fact.in_the_post) == (State.SENT, 0, False)


@pytest.mark.django_db
def test_a_reminder_on_its_way_does_not_leave_after_the_platform_has_answered(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = approved(desk)
    deliver(desk, send(desk, reference))
    desk.now += timedelta(days=99)
    notice = notices.chase(reference, acting=desk.by(ADA))
    desk.do(reference, "declined")
    deliver(desk, notice)
    assert row(reference).state == State.DECIDED
    [_first, reminder] = one_referral.one(reference, acting=as_reader(ADA)).notices
    assert (reminder.delivery, reminder.failure) == (Delivery.FAILED, "answered")
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_a_notice_that_fails_by_a_fault_of_ours_is_seen_as_undeliverable() -> None:
    desk = Desk()
    reference = approved(desk)
    notice = send(desk, reference)
    notices.give_up(notice, acting=desk.by(WORKER))
    assert (row(reference).state, row(reference).in_the_post) == (State.UNDELIVERABLE, False)
    assert only_notice(reference).failure == "fault"
    with changing_nothing():
        notices.give_up(notice, acting=desk.by(WORKER))
