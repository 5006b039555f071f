"""Work asked of the worker, in the same transaction as the change that asks for it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.types import TimeDeltaParams

__all__ = [
    "AlreadyEnqueued",
    "ask_to_compare",
    "ask_to_prove",
    "ask_to_recall",
    "ask_to_send",
    "ask_to_send_foi_letter",
    "ask_to_send_rights",
    "ask_to_tell",
    "ask_to_tell_challenger",
    "ask_to_tell_reporter",
]


def ask_to_send(notice: UUID, *, after: timedelta | None = None) -> None:
    """Ask the worker to hand one notice to its transport. The job carries the reference only."""
    _task("send_notice", after).defer(notice=str(notice))


def ask_to_send_foi_letter(letter: UUID) -> None:
    """Ask the worker to send one letter about a request for information by e-mail."""
    _task("send_foi_letter").defer(letter=str(letter))


def ask_to_send_rights(letter: UUID) -> None:
    """Ask the worker to send one letter of the rights desk. The job carries the reference only."""
    _task("send_rights_letter").defer(letter=str(letter))


def ask_to_prove(notice: UUID, *, after: timedelta) -> None:
    """Ask the worker to send the proof of a notice that went out without it."""
    _task("send_proof", after).defer(notice=str(notice))


def ask_to_recall(recall: UUID) -> None:
    """Ask the worker to send one recall by e-mail. The job carries the reference only."""
    _task("send_recall").defer(recall=str(recall))


def ask_to_tell(note: UUID, officer: UUID) -> None:
    """Ask the worker to tell a mentioned officer by mail that there is a note, and not what."""
    _task("tell_of_note").defer(note=str(note), officer=str(officer))


def ask_to_tell_reporter(contact: UUID) -> bool:
    """Ask the worker to tell one reporter what became of a report; say whether it was not yet."""
    return _asked_once("tell_reporter", f"reporter {contact}", contact)


def ask_to_tell_challenger(contact: UUID) -> bool:
    """Ask the worker to tell one challenger that it was settled; say whether it was not yet."""
    return _asked_once("tell_challenger", f"challenger {contact}", contact)


def _asked_once(name: str, lock: str, contact: UUID) -> bool:
    task = app.configure_task(name, queue="notices", queueing_lock=lock)
    try:
        with transaction.atomic():
            task.defer(contact=str(contact))
    except AlreadyEnqueued:
        return False
    return True


def ask_to_compare(at: datetime) -> None:
    """Ask the worker to compare casework with the log. Raises AlreadyEnqueued."""
    name = "compare_with_log"
    with transaction.atomic():
        task = app.configure_task(name, queue="clocks", queueing_lock=name)
        task.defer(timestamp=int(at.timestamp()))


def _task(name: str, after: timedelta | None = None) -> JobDeferrer:
    wait: TimeDeltaParams | None = {"seconds": int(after.total_seconds())} if after else None
    return app.configure_task(name, queue="notices", schedule_in=wait)
