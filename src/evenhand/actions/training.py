"""The register of training: recorded by a colleague; the instructions everybody accepts."""

from uuid import UUID, uuid4

from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.actions.officers import named
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules import training
from evenhand.rules.assurance import DocumentKind, Stage
from evenhand.rules.officers import WORKER, Acting, OfficerRef, Permission, check_may
from evenhand.rules.training import Course, Training
from evenhand.store.assurance import DocumentRow
from evenhand.store.training import TrainingRow
from evenhand.store.writing import writing


def record(username: str, course: Course, done: Training, *, acting: Acting) -> None:
    """Record that an officer was trained, and until when it counts. The newest line counts.

    An administrator does, a senior owner, and the desk itself: whoever may run its command line.
    """
    if acting.officer != WORKER:
        check_may(acting.officer, Permission.RECORD_TRAINING)
    training.check_training(course, done, today=timezone.localdate(acting.at))
    with writing() as pen:
        officer = named(username)
        training.check_may_record(course, OfficerRef(officer.id), acting.officer.ref)
        row = _row(officer.id, course, done, acting)
        if acting.officer != WORKER:
            row.by_id = acting.officer.ref
        row.save(force_insert=True)
        pen.enter(_entry(row, Act.TRAINING_RECORDED, Permission.RECORD_TRAINING, acting))


def accept(number: int, *, acting: Acting) -> None:
    """Accept the instructions in force, of that version, for a year."""
    check_may(acting.officer, Permission.ACCEPT_INSTRUCTIONS)
    with writing() as pen:
        of_kind = DocumentRow.objects.filter(kind=DocumentKind.INSTRUCTIONS)
        in_force = of_kind.filter(stage=Stage.IN_FORCE).select_for_update().first()
        training.check_in_force(in_force.number if in_force else None, number)
        done = training.accepting(timezone.localdate(acting.at))
        row = _row(acting.officer.ref, Course.INSTRUCTIONS, done, acting)
        row.by_id, row.document = acting.officer.ref, in_force
        row.save(force_insert=True)
        pen.enter(_entry(row, Act.INSTRUCTIONS_ACCEPTED, Permission.ACCEPT_INSTRUCTIONS, acting))


def _row(officer: UUID, course: Course, done: Training, acting: Acting) -> TrainingRow:
    return TrainingRow(
        id=uuid4(),
        officer_id=officer,
        course=course,
        done_on=done.done_on,
        valid_until=done.valid_until,
        at=acting.at,
    )


def _entry(row: TrainingRow, act: Act, permission: Permission, acting: Acting) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.officer_id,
        outcome=Code(row.course),
    )
