"""Reporters are told once what became of their reports, by the worker alone, and then forgotten."""

import ast
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import public_reports, reporters
from evenhand.queries import public_reports as known
from evenhand.rules.officers import WORKER
from evenhand.rules.public_reports import ReportCount
from evenhand.store.keys import RecordKeyRow
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from evenhand.store.referrals import ReferralRow
from evenhand.transports.email import NotAccepted
from tests.actions.reporting import (
    anyone,
    contact_of,
    logged_from,
    opened,
    received,
    reported,
)
from tests.actions.test_disposal import dispose_of
from tests.builders import ADA, LEE, RON
from tests.journeys import Desk
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
SRC = Path(reporters.__file__).parents[1]


def ask(desk: Desk) -> int:
    return reporters.ask_to_tell(acting=desk.by(WORKER))


def tell(desk: Desk, report: UUID, *, last: bool = False) -> None:
    contact = ReporterContactRow.objects.get(report=report)
    reporters.deliver(contact.id, last_attempt=last, acting=desk.by(WORKER))


def mail_of(server: MailServer) -> EmailMessage:
    [(_sender, recipients, data)] = server.taken
    assert recipients == ["quilla@mailbox.example"]
    return message_from_bytes(data, _class=EmailMessage, policy=policy.default)


def is_forgotten(report: UUID) -> bool:
    kept = RecordKeyRow.objects.exclude(id=report).exists()
    return not ReporterContactRow.objects.exists() and not kept


def counted() -> dict[ReportCount, int]:
    return dict(known.counts(officer=ADA))


def test_whoever_is_set_aside_is_told_who_can_help_and_forgotten(server: MailServer) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    assert ask(desk) == 0
    public_reports.set_aside(report, "A secret reason.", signpost="ofcom", acting=desk.by(ADA))
    assert ask(desk) == 1
    assert ask(desk) == 0  # it is asked for already
    assert ProcrastinateJob.objects.filter(task_name="tell_reporter").count() == 1
    tell(desk, report)
    mail = mail_of(server)
    said = mail.get_content()
    assert "not something that this desk deals with" in said
    assert "Ofcom does not decide about single posts" in said
    assert mail["Reply-To"].split("@")[0].endswith("+reports")
    for word in ("secret", "corner shop", "http", "quilla", str(report)):
        assert word not in said + mail["Subject"]
    assert is_forgotten(report)
    assert counted()[ReportCount.TOLD] == 1


def test_whoever_was_taken_up_is_told_when_the_work_is_over(server: MailServer) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    reference = logged_from(desk, report)
    assert ask(desk) == 0
    tell(desk, report)
    assert server.taken == []
    desk.do(reference, "withdraw")
    assert ask(desk) == 1
    tell(desk, report)
    assert "has come to an end" in mail_of(server).get_content()
    assert reference not in mail_of(server).get_content()
    assert ReporterContactRow.objects.count() == 0


def test_a_referral_that_was_disposed_of_is_over_too(server: MailServer) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    reference = desk.do(logged_from(desk, report), "withdraw")
    for officer in (RON, LEE):
        desk.by(officer)
    for _content_then_record in range(2):
        dispose_of(desk, reference)
    assert not ReferralRow.objects.exists()
    assert ask(desk) == 1
    tell(desk, report)
    assert "has come to an end" in mail_of(server).get_content()


def test_after_three_months_a_reporter_is_told_what_there_is_and_forgotten(
    server: MailServer,
) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    logged_from(desk, report)
    desk.now += timedelta(days=93)
    assert ask(desk) == 1
    tell(desk, report)
    assert "The work on it goes on" in mail_of(server).get_content()
    assert not ReporterContactRow.objects.exists()


def test_whoever_nobody_read_is_told_so_in_their_own_language(server: MailServer) -> None:
    desk = Desk()
    report = reported(desk, language="cy")
    desk.now += timedelta(days=31)
    public_reports.lapse_old(acting=anyone(desk))
    assert ask(desk) == 1
    tell(desk, report)
    said = mail_of(server)
    assert said["Subject"] == "Beth a ddaeth o’ch adroddiad"
    assert "Mae’n ddrwg gennym" in said.get_content()
    assert "Tachwedd" in said.get_content()
    assert "sorry" not in said.get_content()


def test_what_may_pass_is_tried_again_and_nobody_is_forgotten_meanwhile(
    server: MailServer,
) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    public_reports.set_aside(report, "Private.", acting=desk.by(ADA))
    server.to_recipient = "450 4.2.0 Later"
    with pytest.raises(NotAccepted):
        tell(desk, report)
    assert contact_of(report).email
    server.to_recipient = "250 Yes"
    tell(desk, report)
    assert counted()[ReportCount.TOLD] == 1


@pytest.mark.parametrize(("says", "last"), [("550 5.1.1 Nobody", False), ("450 4.2.0 Later", True)])
def test_whoever_cannot_be_told_is_forgotten_and_counted(
    server: MailServer, says: str, last: bool
) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    public_reports.set_aside(report, "Private.", acting=desk.by(ADA))
    server.to_recipient = says
    tell(desk, report, last=last)
    assert is_forgotten(report)
    assert counted()[ReportCount.NOT_TOLD] == 1


def test_a_fault_of_the_desks_own_keeps_nobody(server: MailServer) -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    public_reports.set_aside(report, "Private.", acting=desk.by(ADA))
    contact = contact_of(report).id
    reporters.give_up(contact, acting=desk.by(WORKER))
    assert is_forgotten(report)
    for again in (reporters.give_up, reporters.deliver):
        more = {} if again is reporters.give_up else {"last_attempt": True}
        again(contact, **more, acting=desk.by(WORKER))
        again(uuid4(), **more, acting=desk.by(WORKER))
    assert (server.taken, counted()[ReportCount.NOT_TOLD]) == ([], 1)


def test_a_line_is_forgotten_only_after_its_reporter(server: MailServer) -> None:
    desk = Desk()
    received(desk)
    [report] = PublicReportRow.objects.values_list("id", flat=True)
    desk.now += timedelta(days=190)
    public_reports.lapse_old(acting=anyone(desk))
    assert public_reports.forget_old(acting=anyone(desk)) == 0
    tell(desk, report)
    assert public_reports.forget_old(acting=anyone(desk)) == 1
    assert not PublicReportRow.objects.exists()


def test_no_page_no_call_and_no_question_asks_how_a_reporter_is_reached() -> None:
    using = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        for it in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(it, ast.Name) and it.id == "ReporterContactRow"
    }
    assert using == {
        "actions/erasing_again.py",
        "actions/public_reports_receiving.py",
        "actions/reporters.py",
    }
    acting = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        for it in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(it, ast.Name) and it.id == "reporters"
    }
    assert acting == {"actions/erasing_again.py", "work/tasks.py"}
