"""Work asked of the worker, in the same transaction as the change that asks for it."""

from uuid import UUID

from procrastinate.contrib.django import app


def ask_to_send(notice: UUID) -> None:
    """Ask the worker to hand one notice to its transport. The job carries the reference only."""
    app.configure_task("send_notice", queue="notices").defer(notice=str(notice))


def ask_to_tell(note: UUID, officer: UUID) -> None:
    """Ask the worker to tell a mentioned officer by mail that there is a note, and not what."""
    app.configure_task("tell_of_note", queue="notices").defer(note=str(note), officer=str(officer))
