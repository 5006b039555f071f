"""Disposing of many people in one transaction: each as if alone, and nobody waits between two."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.actions import drafts, repeats
from evenhand.actions.disposal import certify, remove_whole
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import Reason
from evenhand.rules.officers import Acting
from evenhand.rules.retention import KeepingDecision, What, decide
from evenhand.store import disposing
from evenhand.store.people import PersonRow
from evenhand.store.records import holds_of
from evenhand.store.writing import Pen, writing_in_turn


def dispose_together(references: Sequence[str], *, acting: Acting) -> Collection[str]:
    """Dispose of people whom nobody released in time; give the references of those who are gone.

    Each has a certificate and an entry of their own, and their own key is destroyed. Who is held,
    or of whom anything was packed for others, stays: they are done alone.
    """
    today = timezone.localdate(acting.at)
    with writing_in_turn() as another:
        found = [it for it in disposing.never_packed(references) if _is_over(it, today)]
        for row in found:
            _dispose(row, another(), acting, today=today)
        gone = [row.reference for row in found]
        drafts.drop_everyones(*gone)
        repeats.forget(*gone)
    return gone


def _is_over(row: PersonRow, today: date) -> bool:
    # Who worked on it matters to who reviews it, and nobody does.
    verdict = decide(row.as_kept(holds_of(row), frozenset()), today=today)
    return verdict.decision is KeepingDecision.DESTROY


def _dispose(row: PersonRow, pen: Pen, acting: Acting, *, today: date) -> None:
    because, days = Reason.NOT_RELEASED, row.days()
    certify(row, What.RECORD, because, schedule=row.schedule, max_on=days.max_on, at=acting.at)
    remove_whole(row, _nothing_packed, day=today)
    pen.enter(about(row, Act.RECORD_DISPOSED, None, acting=acting, outcome=because))


def _nothing_packed(_person: UUID) -> None:
    """Leave the ledger of packages as it is: nothing in it is about this person."""
