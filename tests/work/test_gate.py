"""A worker that waits for witnesses uses up no attempt, and a killed one loses no message."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import notices
from evenhand.actions.cosigning import have_cosigned
from evenhand.ledger.policies import Policy, parse_policy
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.gate import Proof
from evenhand.rules.referrals import State
from evenhand.store.casework import NoticeRow
from evenhand.store.sequencing import own_policy
from evenhand.work import tasks
from tests.actions.test_cosigning import Log
from tests.builders import ADA
from tests.desks import FreshDesk
from tests.gates import receipt_in
from tests.journeys import Desk
from tests.mail import mail_server
from tests.work.test_tasks import run_worker

DEMO = Path("src/evenhand/config/profiles/demo.toml")
KILLED = (
    "UPDATE procrastinate_jobs SET status = 'doing', attempts = 1,"
    " worker_id = (SELECT max(id) FROM procrastinate_workers) WHERE id = %s"
)


def waiting() -> list[tuple[str, int]]:
    rows = ProcrastinateJob.objects.filter(task_name="send_notice", status="todo")
    return [(it.task_name, it.attempts) for it in rows]


def make_due(desk: FreshDesk) -> None:
    with psycopg.connect(desk.database_url) as run:
        run.execute("UPDATE machinery.procrastinate_jobs SET scheduled_at = NULL")


@contextmanager
def witnessed(
    desk: FreshDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Policy]]:
    """Have this desk and its workers ask for two witnesses; give what has them cosign."""
    with ExitStack() as running:
        log = Log(folder, running)
        policy = log.policy(east=log.up("east"), west=log.up("west"))
        lines = [f"witness {name} {it.key}" for name, it in policy.witnesses.items()]
        text = "\n".join([*lines, "group both all east west", "quorum both"])
        monkeypatch.setattr(settings, "DESK", replace(settings.DESK, witness_policy=text))
        profile = DEMO.read_text().replace('"quorum none"', f'"""{text}"""')
        (folder / "profile.toml").write_text(profile)
        monkeypatch.setitem(desk.env, "EVENHAND_PROFILE", str(folder / "profile.toml"))
        monkeypatch.setitem(desk.env, "EVENHAND_HOME", str(folder))

        def cosign() -> Policy:
            log.sequencer.step(now=datetime.now(UTC))
            have_cosigned(log.folder, policy, now=datetime.now(UTC))
            return parse_policy(own_policy(text))

        yield cosign


def sent(desk: Desk) -> UUID:
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    return notices.send(reference, "email", acting=desk.by(ADA))


def test_a_message_waits_through_a_kill_and_goes_out_once_with_its_proof(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with witnessed(fresh_desk, tmp_path, monkeypatch) as cosign, mail_server() as server:
        # The worker's clock is the real one: the message is asked for a minute or two before now.
        desk = Desk(now=datetime.now(UTC) - timedelta(minutes=10))
        notice = sent(desk)
        assert timedelta() < datetime.now(UTC) - desk.now < timedelta(minutes=9)
        first = ProcrastinateJob.objects.get(task_name="send_notice")

        run_worker(fresh_desk, mail=server.address)
        assert waiting() == [("send_notice", 0)]
        # Killed after the next job was committed, before its own was finished: it comes back.
        with psycopg.connect(fresh_desk.database_url) as run:
            run.execute("SET search_path = machinery, public")
            run.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '1 hour')"
            )
            run.execute(KILLED, [first.id])
        app.configure_task("rescue", queue="clocks").defer(timestamp=0)
        run_worker(fresh_desk, mail=server.address)
        make_due(fresh_desk)
        run_worker(fresh_desk, mail=server.address)
        assert len(waiting()) == 2
        assert not server.taken

        policy = cosign()
        make_due(fresh_desk)
        run_worker(fresh_desk, mail=server.address)
        [taken] = server.taken
        parse_receipt(receipt_in(taken)).check(policy)
    assert NoticeRow.objects.get(id=notice).proof == Proof.ENCLOSED
    assert not waiting()


def test_a_worker_sends_the_proof_of_what_it_sent_before_a_witness_came(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with witnessed(fresh_desk, tmp_path, monkeypatch) as cosign, mail_server() as server:
        # Asked for long before the worker's clock: ten minutes are over.
        notice = sent(Desk())
        run_worker(fresh_desk, mail=server.address)
        assert len(server.taken) == 1
        policy = cosign()
        make_due(fresh_desk)
        run_worker(fresh_desk, mail=server.address)
        parse_receipt(receipt_in(server.taken[1])).check(policy)
    assert NoticeRow.objects.get(id=notice).proof == Proof.FOLLOWED
    assert not ProcrastinateJob.objects.filter(status="todo").exists()


def test_the_worker_knows_how_to_send_a_proof() -> None:
    assert app.tasks["send_proof"].retry_strategy is tasks.SEND_RETRIES
