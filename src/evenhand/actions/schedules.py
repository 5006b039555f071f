"""Changing the figures of the retention schedule: proposed by one officer, approved by another."""

from uuid import UUID, uuid4

from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.holds import check_other_officer
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.retention import Figures, check_figures
from evenhand.rules.reviews import no_figures_wait
from evenhand.rules.texts import check_reason
from evenhand.store.keys import RecordKeyRow
from evenhand.store.schedules import ScheduleVersionRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing


def propose(code: str, figures: Figures, reason: str, *, acting: Acting) -> None:
    """Propose figures of a schedule, in place of any that wait. What ended already keeps its days.

    They come into force once somebody else approved them.
    """
    check_may(acting.officer, Permission.PROPOSE_SCHEDULE)
    check_figures(code, figures)
    check_reason(reason)
    with writing() as pen:
        _withdraw(code)
        row = ScheduleVersionRow(
            id=uuid4(),
            schedule=code,
            review_months=figures.review,
            max_months=figures.most,
            child_review_months=figures.child_review,
            child_max_months=figures.child_most,
            proposed_by_id=acting.officer.ref,
            proposed_at=acting.at,
        )
        key = new_record_key(row.id)
        row.key_id = row.id
        seal_into(row, key, reason=reason)
        row.save(force_insert=True)
        told = committed(key, reason)
        pen.enter(_entry(row, Act.SCHEDULE_PROPOSED, Permission.PROPOSE_SCHEDULE, acting, told))


def approve(code: str, *, seen: UUID, acting: Acting) -> None:
    """Approve the figures that wait; records that end from now on fall under them.

    ``seen``: the proposal that the second person looked at. One that took its place is not it.
    """
    check_may(acting.officer, Permission.APPROVE_SCHEDULE)
    with writing() as pen:
        waiting = ScheduleVersionRow.objects.select_for_update()
        row = waiting.filter(id=seen, schedule=code, approved_at=None).first()
        if row is None:
            raise no_figures_wait(code)
        check_other_officer(OfficerRef(row.proposed_by_id), acting.officer.ref)
        row.approved_by_id, row.approved_at = acting.officer.ref, acting.at
        row.save()
        pen.enter(_entry(row, Act.SCHEDULE_APPROVED, Permission.APPROVE_SCHEDULE, acting))


def _withdraw(code: str) -> None:
    """Take back figures that wait, with the key of their reason."""
    waiting = ScheduleVersionRow.objects.filter(schedule=code, approved_at=None)
    keys = list(waiting.values_list("key", flat=True))
    waiting.delete()
    RecordKeyRow.objects.filter(id__in=keys).delete()


def _entry(
    row: ScheduleVersionRow,
    act: Act,
    permission: Permission,
    acting: Acting,
    reason: Commitment | None = None,
) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        outcome=Code(row.schedule.lower()),
        reason=reason,
    )
