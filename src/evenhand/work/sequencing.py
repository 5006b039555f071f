"""Threads beside the worker's queue: they carry the log on and have it cosigned."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from django.conf import settings
from django.db import close_old_connections, connection

from evenhand.actions.cosigning import have_cosigned
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.policies import parse_policy

TREE_SECONDS, WITNESS_SECONDS = 1, 10
AFTER_A_FAULT_SECONDS = 3
log = logging.getLogger(__name__)


@contextmanager
def sequencing() -> Iterator[None]:
    """Have the log carried on for the block; at its end the step under way is finished."""
    stop = Event()
    sequencer = Sequencer(settings.LOG_FOLDER, settings.SIGNER)
    threads = [_started(stop, TREE_SECONDS, lambda now: sequencer.step(now=now))]
    policy = parse_policy(settings.DESK.witness_policy.encode())
    if policy.witnesses:
        folder = settings.LOG_FOLDER
        threads.append(
            _started(stop, WITNESS_SECONDS, lambda now: have_cosigned(folder, policy, now=now))
        )
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _started(stop: Event, every: float, step: Callable[[datetime], object]) -> Thread:
    thread = Thread(target=_run, args=(stop, every, step))
    thread.start()
    return thread


def _run(stop: Event, every: float, step: Callable[[datetime], object]) -> None:
    wait, said = 0.0, ""
    while not stop.wait(wait):
        close_old_connections()
        try:
            step(datetime.now(UTC))
        except Exception as error:
            # Acts go on without it. What is wrong stands on the pages of those who oversee.
            if str(error) != said:
                log.warning("The log does not go on: %s", error)
            wait, said = AFTER_A_FAULT_SECONDS, str(error)
        else:
            wait, said = every, ""
    connection.close()
