"""Figures: given with a receipt, published once, and corrected openly by two people."""

import hashlib
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.canonical import canonical
from evenhand.ledger.entries import Commitment, Entry
from evenhand.rules.figures import (
    check_correction,
    check_may_answer,
    check_may_publish,
    check_may_withdraw,
    check_was_over,
)
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import Question
from evenhand.rules.texts import check_own_words, check_text
from evenhand.store import foi_counting, people_series
from evenhand.store.answering import answered, asked, document_of
from evenhand.store.figures import ErratumRow, FigureRow
from evenhand.store.publishing import one_at_a_time, published_of, read
from evenhand.store.writing import writing


def give(question: Question, *, acting: Acting) -> UUID:
    """Answer a question, and enter that the answer was given; give the figure's id.

    The entry commits to the file of the answer, question and value. Raises QuestionWrong,
    CountsDoNotBalance.
    """
    check_may(acting.officer, Permission.ASK_QUESTIONS)
    found = answered(question, today=timezone.localdate(acting.at))
    file = document_of(found, desk=settings.DESK.name)
    with writing() as pen:
        row = FigureRow(
            id=uuid4(),
            code=question.code,
            as_at=question.as_at,
            question_sha256=hashlib.sha256(canonical(asked(question))).digest(),
            value_sha256=found.digest,
            document=file.decode(),
            document_sha256=hashlib.sha256(file).digest(),
            by_id=acting.officer.ref,
            at=acting.at,
            entry=pen.number,
        )
        row.save(force_insert=True)
        pen.enter(_entry(Act.QUESTION_ANSWERED, row, Permission.ASK_QUESTIONS, acting))
    return row.id


def publish(figure: UUID, *, acting: Acting) -> None:
    """Publish what may be published of a figure. Raises FigureDiffers, DayNotOver."""
    check_may(acting.officer, Permission.PUBLISH_FIGURES)
    with writing() as pen:
        one_at_a_time()
        row = FigureRow.objects.one(figure)
        others = FigureRow.objects.standing().exclude(id=row.id)
        stands = others.filter(question_sha256=row.question_sha256).first()
        check_may_publish(row.as_fact(), stands.as_fact() if stands else None)
        _publish(row, acting)
        pen.enter(_entry(Act.FIGURE_PUBLISHED, row, Permission.PUBLISH_FIGURES, acting))


def correct(wrong: UUID, right: UUID, why: str, *, acting: Acting) -> UUID:
    """Write that a published figure is wrong and another is right; give the correction's id.

    It is published once a second person confirms it. Raises CorrectionWrong, DayNotOver.
    """
    check_may(acting.officer, Permission.PUBLISH_FIGURES)
    check_text(why, at="why")
    with writing() as pen:
        one_at_a_time()
        first, second = (FigureRow.objects.one(it) for it in (wrong, right))
        is_corrected = ErratumRow.objects.standing().filter(wrong=first).exists()
        check_correction(first.as_fact(), second.as_fact(), why, is_corrected=is_corrected)
        erratum = ErratumRow(
            id=uuid4(), wrong=first, right=second, why=why, by_id=acting.officer.ref, at=acting.at
        )
        erratum.save(force_insert=True)
        pen.enter(_entry(Act.CORRECTION_WRITTEN, first, Permission.PUBLISH_FIGURES, acting))
    return erratum.id


def confirm(erratum: UUID, *, acting: Acting) -> None:
    """Confirm a correction as its second person: it and the right figure are published.

    Raises CorrectionWrong, OwnCorrection, DayNotOver.
    """
    check_may(acting.officer, Permission.CONFIRM_CORRECTION)
    with writing() as pen:
        one_at_a_time()
        row = ErratumRow.objects.locked(erratum)
        check_may_answer(row.as_fact(), acting.officer.ref)
        check_was_over(row.right.as_fact())
        row.confirmed_by_id, row.confirmed_at = acting.officer.ref, acting.at
        row.save()
        _publish(row.right, acting, corrects=read(row.wrong.published or ""))
        pen.enter(_entry(Act.FIGURE_CORRECTED, row.right, Permission.CONFIRM_CORRECTION, acting))


def decline(erratum: UUID, why: str, *, acting: Acting) -> None:
    """Decline a correction as its second person: the figure stands, and nothing is published.

    The correction stays with the desk, with why it was declined. Raises CorrectionWrong,
    OwnCorrection.
    """
    check_may(acting.officer, Permission.CONFIRM_CORRECTION)
    check_own_words(why, at="why")
    with writing() as pen:
        one_at_a_time()
        row = ErratumRow.objects.locked(erratum)
        check_may_answer(row.as_fact(), acting.officer.ref)
        row.declined_by_id, row.declined_at, row.declined_why = acting.officer.ref, acting.at, why
        row.save()
        permission = Permission.CONFIRM_CORRECTION
        pen.enter(_entry(Act.CORRECTION_DECLINED, row.right, permission, acting))


def withdraw(erratum: UUID, *, acting: Acting) -> None:
    """Take back, as its author, a correction that nobody answered. It stays with the desk.

    Raises CorrectionWrong.
    """
    check_may(acting.officer, Permission.PUBLISH_FIGURES)
    with writing() as pen:
        one_at_a_time()
        row = ErratumRow.objects.locked(erratum)
        check_may_withdraw(row.as_fact(), acting.officer.ref)
        row.withdrawn_at = acting.at
        row.save()
        permission = Permission.PUBLISH_FIGURES
        pen.enter(_entry(Act.CORRECTION_WITHDRAWN, row.right, permission, acting))


def _publish(row: FigureRow, acting: Acting, *, corrects: Published | None = None) -> None:
    beside = [*people_series.published(), *foi_counting.told()]
    row.published = published_of(row, beside=beside, corrects=corrects)
    row.published_by_id, row.published_at = acting.officer.ref, acting.at
    row.save()


def _entry(act: Act, row: FigureRow, permission: Permission, acting: Acting) -> Entry:
    # A figure is written once: what is done with it later makes no other version of it.
    ver = 1 if act is Act.QUESTION_ANSWERED else None
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=ver,
        package=Commitment(bytes(row.document_sha256)),
    )
