"""Work asked of the worker, in the same transaction as the change that asks for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

__all__ = ["AlreadyEnqueued", "ask_to_compare", "ask_to_send", "ask_to_tell"]


def ask_to_send(notice: UUID) -> None:
    """Ask the worker to hand one notice to its transport. The job carries the reference only."""
    app.configure_task("send_notice", queue="notices").defer(notice=str(notice))


def ask_to_tell(note: UUID, officer: UUID) -> None:
    """Ask the worker to tell a mentioned officer by mail that there is a note, and not what."""
    app.configure_task("tell_of_note", queue="notices").defer(note=str(note), officer=str(officer))


def ask_to_compare(at: datetime) -> None:
    """Ask the worker to compare casework with the log. Raises AlreadyEnqueued."""
    name = "compare_with_log"
    with transaction.atomic():
        task = app.configure_task(name, queue="clocks", queueing_lock=name)
        task.defer(timestamp=int(at.timestamp()))
