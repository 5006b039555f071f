"""The worker's tasks. Their arguments are references only; words stay sealed in the tables."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate import App, RetryStrategy

from evenhand.rules.officers import WORKER, Acting

MOST_ATTEMPTS = 8
SEND_RETRIES = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4)


def register(app: App) -> None:
    """Give the worker its tasks. Called once, when the application is ready."""
    app.task(name="send_notice", queue="notices", retry=SEND_RETRIES, pass_context=True)(
        _send_notice
    )
    app.periodic(cron="*/5 * * * *")(
        app.task(name="note_silence", queue="clocks", queueing_lock="note_silence")(_note_silence)
    )
    app.periodic(cron="17 3 * * *")(
        app.task(name="tidy", queue="clocks", queueing_lock="tidy")(_tidy)
    )


def _acting() -> Acting:
    return Acting(officer=WORKER, at=datetime.now(UTC))


def _send_notice(context: object, *, notice: str) -> None:
    """Hand one notice to its transport. A failure that may pass is raised, so that it is retried."""
    from evenhand.actions import notices  # noqa: PLC0415 - models load after this module

    job = getattr(context, "job")  # noqa: B009
    notices.deliver(UUID(notice), last_attempt=job.attempts + 1 >= MOST_ATTEMPTS, acting=_acting())


def _note_silence(timestamp: int) -> None:
    from evenhand.actions import answers  # noqa: PLC0415 - models load after this module

    answers.note_silences(acting=_acting())


def _tidy(timestamp: int) -> None:
    from evenhand.actions import drafts  # noqa: PLC0415 - models load after this module

    drafts.tidy(now=datetime.now(UTC))
