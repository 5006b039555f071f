"""Threads beside the worker's queue: they carry the log on, have it cosigned, and take mail in."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from django.conf import settings
from django.db import close_old_connections, connection

from evenhand.actions import mail
from evenhand.actions.cosigning import have_cosigned
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.policies import parse_policy
from evenhand.queries.opening import is_closed
from evenhand.rules.officers import WORKER, Acting

TREE_SECONDS, WITNESS_SECONDS = 1, 10
MAILBOX_SECONDS, FOLDER_SECONDS = 60, 3
"""How long until a mailbox is looked into again; a folder on this machine costs nobody anything."""
AFTER_A_FAULT_SECONDS = 3
END_OF_MAIL_SECONDS = 2
"""So long mail under way is waited for at the end. What it leaves undone is done the next time."""
log = logging.getLogger(__name__)


@contextmanager
def sequencing() -> Iterator[None]:
    """Have the log carried on for the block, and mail taken in; then end the steps under way."""
    stop = Event()
    sequencer = Sequencer(settings.LOG_FOLDER, settings.SIGNER)
    threads = [_started(stop, "The log", TREE_SECONDS, lambda now: sequencer.step(now=now))]
    policy = parse_policy(settings.DESK.witness_policy.encode())
    if policy.witnesses:
        folder = settings.LOG_FOLDER
        threads.append(
            _started(
                stop, "The log", WITNESS_SECONDS, lambda now: have_cosigned(folder, policy, now=now)
            )
        )
    post = _taking_mail_in(stop) if settings.MAIL_IN else None
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        if post is not None:
            post.join(END_OF_MAIL_SECONDS)


def _taking_mail_in(stop: Event) -> Thread:
    """Take mail in. A mail server may be slow, and is waited for by nothing else."""
    every = FOLDER_SECONDS if settings.MAIL_IN_IS_FOLDER else MAILBOX_SECONDS

    def step(now: datetime) -> None:
        if not is_closed():
            mail.take_in(acting=Acting(officer=WORKER, at=now))

    return _started(stop, "Mail", every, step, daemon=True)


def _started(
    stop: Event,
    what: str,
    every: float,
    step: Callable[[datetime], object],
    *,
    daemon: bool = False,
) -> Thread:
    thread = Thread(target=_run, args=(stop, what, every, step), daemon=daemon)
    thread.start()
    return thread


def _run(stop: Event, what: str, every: float, step: Callable[[datetime], object]) -> None:
    wait, said = 0.0, ""
    while not stop.wait(wait):
        close_old_connections()
        try:
            step(datetime.now(UTC))
        except Exception as error:
            # Acts go on without it. What is wrong stands on the pages of those who oversee.
            if str(error) != said:
                log.warning("%s does not go on: %s", what, error)
            wait, said = AFTER_A_FAULT_SECONDS, str(error)
        else:
            wait, said = every, ""
    connection.close()
