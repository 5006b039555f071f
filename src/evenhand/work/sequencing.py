"""The worker's sequencer: a thread that carries entries into the log's tree, second by second."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from django.conf import settings
from django.db import close_old_connections, connection

from evenhand.actions.sequencing import Sequencer

EVERY_SECONDS = 1
AFTER_A_FAULT_SECONDS = 10
log = logging.getLogger(__name__)


@contextmanager
def sequencing() -> Iterator[None]:
    """Have the sequencer at work for the block; at its end the step under way is finished."""
    stop = Event()
    thread = Thread(target=_run, args=(stop,), name="sequencer")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _run(stop: Event) -> None:
    sequencer = Sequencer(settings.LOG_FOLDER, settings.SIGNER)
    wait: float = 0
    while not stop.wait(wait):
        close_old_connections()
        try:
            sequencer.step(now=datetime.now(UTC))
        except Exception as error:
            # Acts go on without it. What is wrong stands on the pages of those who oversee.
            log.warning("The log does not go on: %s", error)
            wait = AFTER_A_FAULT_SECONDS
        else:
            wait = EVERY_SECONDS
    connection.close()
