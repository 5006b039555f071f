"""The worker's tasks. Their arguments are references only; words stay sealed in the tables."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from procrastinate import App, JobContext, RetryStrategy

from evenhand.actions import (
    adding_up,
    answers,
    breaches_forgetting,
    captures,
    captures_time,
    challengers,
    consultations,
    drafts,
    equality_forgetting,
    foi_ending,
    foi_sending,
    imports,
    knocking,
    leavers,
    looks,
    mail,
    notes,
    notices,
    notification,
    people_series,
    posters,
    proofs,
    public_reports,
    recalls,
    reconciling,
    reporters,
    retention,
    rights_forgetting,
    rights_sending,
    sharing_past,
    superseded,
    traces,
)
from evenhand.queries.opening import is_closed
from evenhand.rules.officers import WORKER, Acting, OfficerRef

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
SEND_RETRIES = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4)
"""A message that is not accepted is tried again after 4, 16, 64 … seconds, for about six hours."""


def register(app: App) -> None:
    """Give the worker its tasks and its clock. Called once, when the application is ready."""
    send = app.task(name="send_notice", queue="notices", retry=SEND_RETRIES, pass_context=True)
    send(send_notice)
    prove = app.task(name="send_proof", queue="notices", retry=SEND_RETRIES, pass_context=True)
    prove(send_proof)
    recall = app.task(name="send_recall", queue="notices", retry=SEND_RETRIES, pass_context=True)
    recall(send_recall)
    word = app.task(name="tell_reporter", queue="notices", retry=SEND_RETRIES, pass_context=True)
    word(tell_reporter)
    back = app.task(name="tell_challenger", queue="notices", retry=SEND_RETRIES, pass_context=True)
    back(tell_challenger)
    for name, letter in (
        ("send_foi_letter", send_foi_letter),
        ("send_rights_letter", send_rights_letter),
    ):
        app.task(name=name, queue="notices", retry=SEND_RETRIES, pass_context=True)(letter)
    tell = app.task(name="tell_of_note", queue="notices", retry=SEND_RETRIES, pass_context=True)
    tell(tell_of_note)
    for cron, task in (
        ("*/5 * * * *", note_silence),
        ("*/5 * * * *", count_consultations),
        ("*/5 * * * *", keep_public_doors),
        ("*/5 * * * *", sweep_captures),
        ("*/5 * * * *", settle_quarters),
        ("* * * * *", stamp_captures),
        ("29 * * * *", add_up_days),
        ("0 2 * * *", keep_to_schedule),
        ("0 2 * * *", restrict_undecided),
        ("17 3 * * *", tidy),
        ("47 3 * * *", compare_with_log),
    ):
        clock = app.task(name=task.__name__, queue="clocks", queueing_lock=task.__name__)
        app.periodic(cron=cron)(clock(task))
    rescue = app.task(name="rescue", queue="clocks", queueing_lock="rescue", pass_context=True)
    app.periodic(cron="* * * * *")(rescue(rescue_stalled))


def send_notice(context: JobContext, *, notice: str) -> None:
    """Hand one notice to its transport. A failure that may pass is raised, and so retried.

    A fault of the desk's own is tried again too; after the last time the notice counts as failed,
    so that an officer sees it on the worklist.
    """
    _attempt(context, UUID(notice), notices.deliver, notices.give_up)


def send_proof(context: JobContext, *, notice: str) -> None:
    """Send the proof of a notice that went out without it, in the same way as a notice."""
    _attempt(context, UUID(notice), proofs.follow, proofs.give_up)


def send_recall(context: JobContext, *, recall: str) -> None:
    """Send one recall by e-mail, in the same way as a notice."""
    _attempt(context, UUID(recall), recalls.deliver, recalls.give_up)


def send_rights_letter(context: JobContext, *, letter: str) -> None:
    """Send one letter of the rights desk by e-mail, in the same way as a notice."""
    _attempt(context, UUID(letter), rights_sending.deliver, rights_sending.give_up)


def tell_reporter(context: JobContext, *, contact: str) -> None:
    """Tell one reporter what became of the report, in the same way as a notice is sent."""
    _attempt(context, UUID(contact), reporters.deliver, reporters.give_up)


def tell_challenger(context: JobContext, *, contact: str) -> None:
    """Tell one challenger that it was settled, in the same way as a notice is sent."""
    _attempt(context, UUID(contact), challengers.deliver, challengers.give_up)


def send_foi_letter(context: JobContext, *, letter: str) -> None:
    """Send one letter about a request for information, in the same way as a notice is sent."""
    _attempt(context, UUID(letter), foi_sending.deliver, foi_sending.give_up)


def _attempt(
    context: JobContext, notice: UUID, act: Callable[..., None], give_up: Callable[..., None]
) -> None:
    close_old_connections()
    last_attempt = context.job.attempts + 1 >= MOST_ATTEMPTS
    try:
        act(notice, last_attempt=last_attempt, acting=_acting())
    except Exception:
        if last_attempt:
            close_old_connections()
            give_up(notice, acting=_acting())
        raise


def tell_of_note(context: JobContext, *, note: str, officer: str) -> None:
    """Mail a mentioned officer that there is a note. A failure that may pass is tried again."""
    close_old_connections()
    last_attempt = context.job.attempts + 1 >= MOST_ATTEMPTS
    at = datetime.now(UTC)
    notes.tell(UUID(note), OfficerRef(UUID(officer)), last_attempt=last_attempt, at=at)


def count_consultations(timestamp: int) -> None:
    """Enter how often looks were repeated, once they are over."""
    close_old_connections()
    consultations.enter_repeats(now=datetime.now(UTC))


def keep_public_doors(timestamp: int) -> None:
    """Forget who used a public door, answer posters, and have the public told what became of it."""
    close_old_connections()
    posters.answer_due(acting=_acting())
    knocking.forget_knocks(now=datetime.now(UTC))
    reporters.ask_to_tell(acting=_acting())
    challengers.ask_to_tell(acting=_acting())


def note_silence(timestamp: int) -> None:
    """Mark what the platform left unanswered after every chase."""
    close_old_connections()
    answers.note_silences(acting=_acting())


def sweep_captures(timestamp: int) -> None:
    """Remove the files of captures that were disposed of or never finished."""
    close_old_connections()
    captures.sweep(now=datetime.now(UTC))


def stamp_captures(timestamp: int) -> None:
    """Have captures timestamped by the authority that the desk names, if it names one."""
    close_old_connections()
    if not is_closed():
        captures_time.stamp_all(acting=_acting())


def add_up_days(timestamp: int) -> None:
    """Add up the counts of days that are over by months."""
    close_old_connections()
    adding_up.add_up()


def settle_quarters(timestamp: int) -> None:
    """Settle what is published of people in each quarter of which every day is closed."""
    close_old_connections()
    if not is_closed():
        people_series.settle(acting=_acting())


def keep_to_schedule(timestamp: int) -> None:
    """Date, close and destroy what is due, where that needs nobody's decision."""
    close_old_connections()
    retention.run(acting=_acting())


def restrict_undecided(timestamp: int) -> None:
    """Restrict the records of people of whom nobody decided in time whether they are told."""
    close_old_connections()
    while notification.restrict_undecided(acting=_acting()):
        pass


def tidy(timestamp: int) -> None:
    """Delete what is past its time: drafts, looks, traces, quarantine, leavers, reports, mail, FOI.

    Where one of them fails the others are done all the same. What failed is logged as it fails, and
    raised together at the end, so that the task counts as failed. Raises ExceptionGroup.
    """
    close_old_connections()
    now, failed = datetime.now(UTC), list[Exception]()
    steps: tuple[Callable[[], object], ...] = (
        lambda: drafts.tidy(now=now),
        lambda: consultations.tidy(now=now),
        lambda: looks.forget_old(acting=_acting()),
        lambda: traces.forget_old(acting=_acting()),
        lambda: leavers.forget_old(acting=_acting()),
        lambda: sharing_past.forget_old(acting=_acting()),
        lambda: superseded.forget_old(acting=_acting()),
        lambda: mail.forget_old(acting=_acting()),
        lambda: imports.end_old(acting=_acting()),
        lambda: public_reports.lapse_old(acting=_acting()),
        lambda: public_reports.forget_old(acting=_acting()),
        lambda: posters.forget_old(acting=_acting()),
        lambda: foi_ending.end_holds(acting=_acting()),
        lambda: foi_ending.forget_old(acting=_acting()),
        lambda: rights_forgetting.forget_old(acting=_acting()),
        lambda: breaches_forgetting.forget_old(acting=_acting()),
        lambda: equality_forgetting.forget_old(acting=_acting()),
    )
    for step in steps:
        try:
            step()
        except Exception as error:
            log.exception("Something that is past its time was not deleted.")
            failed.append(error)
            close_old_connections()
    if failed:
        raise ExceptionGroup("Not all that is past its time was deleted.", failed)


def compare_with_log(timestamp: int) -> None:
    """Compare casework, the log and its tree; those who oversee see what was found."""
    close_old_connections()
    reconciling.reconcile(lambda: datetime.now(UTC), log=settings.LOG_FOLDER)


async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that died back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


def _acting() -> Acting:
    return Acting(officer=WORKER, at=datetime.now(UTC))
