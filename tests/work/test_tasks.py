"""The worker: its queue, its clock, and what it does with a notice."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DataError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import drafts, notes, notices, public_reports, sharing, superseded
from evenhand.actions.knocking import knock
from evenhand.queries import recalls
from evenhand.queries import referral as one_referral
from evenhand.rules.public_doors import Door
from evenhand.rules.referrals import State
from evenhand.seal.keys import KeyFile
from evenhand.store.casework import NoticeRow
from evenhand.store.challenges import AskingRow
from evenhand.store.log import EntryRow
from evenhand.store.machinery import ConsultationRow, DraftRow, KnockRow, ReconciliationRow
from evenhand.store.public_reports import ReporterContactRow
from evenhand.work import tasks
from tests.actions.people import known_person, person
from tests.actions.reporting import opened, reported, the_report
from tests.actions.sharing import in_force, released
from tests.builders import ADA, BO, OLA, SID, adult, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk, asked, row
from tests.mail import mail_server


def run_worker(desk: FreshDesk, *, mail: str, key: Path | None = None) -> None:
    """Have a worker in a process of its own do what is due, and stop."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"],
        env=desk.environment()
        | {"EVENHAND_SMTP_URL": mail, "PYTHONPATH": "src"}
        | ({"EVENHAND_DESK_KEY": str(key)} if key else {}),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_worker_sends_what_was_asked_for(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    notices.send(reference, "email", acting=desk.by(ADA))
    package = released(desk, known_person(desk), in_force(desk))
    sharing.recall_one(package, "It was about another person.", acting=desk.by(SID))
    with mail_server() as server:
        run_worker(fresh_desk, mail=server.address)
        assert len(server.taken) == 2
    assert ProcrastinateJob.objects.get(task_name="send_recall").status == "succeeded"
    assert recalls.waiting(officer=OLA).lines[0].fact.sent_at is not None
    assert row(reference).state == State.SENT
    assert ProcrastinateJob.objects.get(task_name="send_notice").status == "succeeded"


def test_a_worker_tells_who_is_mentioned_in_a_note(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(BO)
    User.objects.filter(username="bo").update(email="bo@desk.example")
    notes.write(desk.log(), "Look at this.", ["bo"], acting=desk.by(ADA))
    with mail_server() as server:
        run_worker(fresh_desk, mail=server.address)
        assert [recipients for _sender, recipients, _mail in server.taken] == [["bo@desk.example"]]


def test_a_worker_tells_a_reporter_what_became_of_the_report(fresh_desk: FreshDesk) -> None:
    desk = Desk(now=datetime.now(UTC) - timedelta(hours=1))
    report = opened(desk, reported(desk))
    public_reports.set_aside(report, "Private.", acting=desk.by(ADA))
    knock(Door.REPORT, "192.0.2.1", at=desk.now - timedelta(hours=2))
    tasks.keep_public_doors(timestamp=0)
    assert not KnockRow.objects.exists()
    with mail_server() as server:
        run_worker(fresh_desk, mail=server.address)
        assert [to for _sender, to, _mail in server.taken] == [["quilla@mailbox.example"]]
    assert not ReporterContactRow.objects.exists()


def test_whoever_asked_at_the_posters_door_is_answered_and_forgotten_in_time(
    fresh_desk: FreshDesk,
) -> None:
    assert fresh_desk.name
    desk = Desk(now=datetime.now(UTC) - timedelta(days=7))
    asked(desk, "https://site.example/asked/lately")
    asked(Desk(now=datetime.now(UTC)), "https://site.example/asked/today")
    asked(Desk(now=datetime.now(UTC) - timedelta(days=200)), "https://site.example/asked/once")
    tasks.keep_public_doors(timestamp=0)
    assert AskingRow.objects.filter(told="cannot_say").count() == 2
    tasks.tidy(timestamp=0)
    assert AskingRow.objects.count() == 2


def test_what_is_past_its_time_at_the_public_doors_goes_at_night(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.name
    desk = Desk(now=datetime.now(UTC) - timedelta(days=40))
    report = reported(desk)
    tasks.tidy(timestamp=0)
    assert the_report(report).standing == "lapsed"


def test_what_fails_at_night_keeps_nothing_else_and_is_seen(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert fresh_desk.name
    asked(Desk(now=datetime.now(UTC) - timedelta(days=200)), "https://site.example/asked/once")

    def fails(**_given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr(superseded, "forget_old", fails)
    with pytest.raises(ExceptionGroup) as told:
        tasks.tidy(timestamp=0)
    assert [type(it) for it in told.value.exceptions] == [DataError]
    assert "was not deleted" in caplog.text
    assert not AskingRow.objects.exists()


def test_a_worker_tries_again_later_where_the_server_is_busy(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    notices.send(reference, "email", acting=desk.by(ADA))
    with mail_server() as server:
        server.to_recipient = "450 Later"
        run_worker(fresh_desk, mail=server.address)
    job = ProcrastinateJob.objects.get(task_name="send_notice")
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None
    assert NoticeRow.objects.get().delivery == "queued"
    assert row(reference).state == State.APPROVED


def test_a_fault_of_ours_is_shown_to_an_officer_after_the_last_attempt(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    notices.send(reference, "email", acting=desk.by(ADA))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [tasks.MOST_ATTEMPTS - 1])
    another = tmp_path / "another.key"
    KeyFile.create(another)
    with mail_server() as server:
        run_worker(fresh_desk, mail=server.address, key=another)
    assert not server.taken
    assert NoticeRow.objects.get().failure == "fault"
    assert row(reference).state == State.UNDELIVERABLE


def test_sending_is_tried_for_hours_and_then_given_up() -> None:
    waits = [4**attempt for attempt in range(1, tasks.MOST_ATTEMPTS)]
    assert tasks.SEND_RETRIES.max_attempts == tasks.MOST_ATTEMPTS == 8
    assert tasks.SEND_RETRIES.exponential_wait == 4
    assert timedelta(hours=6) < timedelta(seconds=sum(waits)) < timedelta(hours=7)


def test_every_task_of_the_house_is_known_to_the_queue() -> None:
    known = {"send_notice", "tell_of_note", "note_silence", "count_consultations", "tidy", "rescue"}
    known |= {"restrict_undecided"}
    assert known <= set(app.tasks)


@pytest.mark.usefixtures("fresh_desk")
def test_the_worker_restricts_what_nobody_decided_on() -> None:
    desk = Desk(now=datetime(2026, 1, 5, tzinfo=UTC))
    reference = known_person(desk, said=proposal(age=adult(as_at=desk.now.date())))
    tasks.restrict_undecided(0)
    assert person(reference).restricted_because == "not_decided_to_tell"


@pytest.mark.usefixtures("fresh_desk")
def test_the_clocks_count_and_forget_looks() -> None:
    desk = Desk(now=datetime(2024, 1, 1, tzinfo=UTC))
    reference = desk.log()
    for _ in range(2):
        one_referral.one(reference, acting=desk.by(ADA))
    tasks.count_consultations(0)
    tasks.tidy(0)
    assert not ConsultationRow.objects.exists()
    latest = EntryRow.objects.latest("number")
    assert b"consultation.repeat" in bytes(latest.leaf)


@pytest.mark.usefixtures("fresh_desk")
def test_the_clocks_tidy_note_silence_and_compare_casework_with_the_log() -> None:
    drafts.save("old", {}, officer=ADA.ref, now=datetime(2020, 1, 1, tzinfo=UTC))
    tasks.tidy(0)
    assert not DraftRow.objects.exists()
    desk = Desk(now=datetime(2024, 1, 1, tzinfo=UTC))
    reference = desk.brought_to(State.SENT)
    for _ in range(settings.DESK.chases_before_silence):
        desk.do(reference, "chase")
    tasks.note_silence(0)
    assert row(reference).state == State.NO_RESPONSE
    tasks.add_up_days(0)
    tasks.compare_with_log(0)
    compared = ReconciliationRow.objects.get()
    assert (compared.found, compared.entries > 0) == (0, True)


def test_a_job_of_a_worker_that_died_goes_back_to_the_queue(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    notices.send(reference, "email", acting=desk.by(ADA))
    with psycopg.connect(fresh_desk.database_url) as run:
        run.execute("SET search_path = machinery, public")
        run.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        )
        run.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = 1,"
            " worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )
    app.configure_task("rescue", queue="clocks").defer(timestamp=0)
    with mail_server() as server:
        run_worker(fresh_desk, mail=server.address)
        run_worker(fresh_desk, mail=server.address)
        assert len(server.taken) == 1
    assert row(reference).state == State.SENT
