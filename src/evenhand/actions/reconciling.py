"""Compares casework with the log, and keeps what was found for those who oversee."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from evenhand.actions.comparing import Comparison, compare
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.store.jobs import AlreadyEnqueued, ask_to_compare
from evenhand.store.machinery import LooksOfDayRow, ReconciliationRow

KEPT = timedelta(days=366)


def reconcile(
    clock: Callable[[], datetime],
    *,
    log: Path,
    progress: Callable[[int], None] = lambda _entries: None,
) -> Comparison:
    """Compare everything as it is now, and keep when and what was found, or that it failed.

    The comparison itself writes nothing and blocks nobody. ``log`` is the folder in which the log's
    tree is published. ``progress`` is called with the number of entries read since the last time.
    """
    began = clock()
    try:
        found = compare(log, progress=progress)
        with transaction.atomic():
            _keep(found, began, clock())
    except Exception as error:
        _keep_failure(error, began, clock())
        raise
    return found


def ask(*, acting: Acting) -> None:
    """Have the worker compare now. Whoever asks while it waits to begin has asked already."""
    check_may(acting.officer, Permission.OVERSEE)
    with suppress(AlreadyEnqueued):
        ask_to_compare(acting.at)


def _keep_failure(error: Exception, began: datetime, ended: datetime) -> None:
    """Keep that a comparison failed: what is altered so that it fails must not look untouched."""
    ReconciliationRow.objects.create(
        began_at=began,
        ended_at=ended,
        entries=0,
        rows=0,
        changes=0,
        found=0,
        differences=[],
        failure=type(error).__name__,
    )


def _keep(found: Comparison, began: datetime, ended: datetime) -> None:
    ReconciliationRow.objects.create(
        began_at=began,
        ended_at=ended,
        entries=found.entries,
        rows=found.rows,
        changes=found.changes,
        found=found.found,
        differences=[asdict(it) for it in found.differences],
        in_tree=found.in_tree,
    )
    ReconciliationRow.objects.filter(ended_at__lt=ended - KEPT).delete()
    LooksOfDayRow.objects.all().delete()
    LooksOfDayRow.objects.bulk_create(
        LooksOfDayRow(day=day, why=why, looks=looks, repeats=found.repeats[day, why])
        for (day, why), looks in found.looks.items()
    )
