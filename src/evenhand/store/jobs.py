"""Work asked of the worker, in the same transaction as the change that asks for it."""

from uuid import UUID

from procrastinate.contrib.django import app


def ask_to_send(notice: UUID) -> None:
    """Ask the worker to hand one notice to its transport. The job carries the reference only."""
    app.configure_task("send_notice", queue="notices").defer(notice=str(notice))
