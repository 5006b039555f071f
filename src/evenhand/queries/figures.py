"""Figures that were given: one in full, the newest, and what was published wrong and corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import JSONField, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from evenhand.queries import receipts
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import Answer
from evenhand.rules.receipts import OF_A_PACKAGE
from evenhand.store.figures import Errata, ErratumRow, FigureRow
from evenhand.store.publishing import answer_of, read

MOST = 50


@dataclass(frozen=True, slots=True)
class Correction:
    """That a figure was wrong. ``was`` and ``is_now`` are what readers have of both.

    One with a ``declined_at`` was declined, one with a ``withdrawn_at`` was taken back by who wrote
    it: nobody outside the desk has either.
    """

    ref: UUID
    wrong: UUID
    right: UUID
    code: str
    as_at: date
    why: str
    by: str
    at: datetime
    confirmed_at: datetime | None
    declined_by: str
    declined_at: datetime | None
    declined_why: str
    withdrawn_at: datetime | None
    was: Published
    is_now: Published | None
    exact_was: int
    exact_now: int


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as it was given: the answer, its file, its entry of the log, and how it stands.

    ``beside`` is the figure that is published for the same question and day, if another is.
    ``ended`` are corrections by it or of it that were declined or withdrawn. ``may_withdraw``:
    whether who looks wrote the correction, which waits.
    """

    ref: UUID
    answer: Answer
    file: str
    entry: int
    by: str
    at: datetime
    published_at: datetime | None
    published: Published | None
    correction: Correction | None
    ended: Sequence[Correction]
    may_withdraw: bool
    beside: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the list: its question’s code, its day and its number, without the rest."""

    ref: UUID
    code: str
    as_at: date
    exact: int
    at_least: int | None


def one(ref: UUID, *, officer: Officer) -> Given:
    """Give one figure in full. Raises NotFound."""
    check_may(officer, Permission.ASK_QUESTIONS)
    row = FigureRow.objects.one(ref)
    errata = list(_errata().filter(Q(wrong=row) | Q(right=row)).order_by("at", "id"))
    ended = [it for it in errata if it.declined_at or it.withdrawn_at]
    standing = next((it for it in errata if it not in ended), None)
    others = FigureRow.objects.standing().exclude(id=row.id)
    beside = others.filter(question_sha256=row.question_sha256).first()
    return Given(
        ref=row.id,
        answer=answer_of(row),
        file=row.document,
        entry=row.entry,
        by=row.by.name,
        at=row.at,
        published_at=row.published_at,
        published=read(row.published) if row.published else None,
        correction=_correction(standing) if standing else None,
        ended=[_correction(it) for it in ended],
        may_withdraw=standing is not None
        and standing.confirmed_at is None
        and standing.by_id == officer.ref,
        beside=beside.id if beside else None,
    )


def newest(*, officer: Officer) -> Sequence[Line]:
    """List the figures that were given last, the newest first."""
    check_may(officer, Permission.ASK_QUESTIONS)
    kept = Cast("document", JSONField())
    numbers = {it: KeyTransform(it, kept) for it in ("exact", "at_least")}
    rows = FigureRow.objects.order_by("-at", "-id").annotate(**numbers)
    return [Line(*it) for it in rows.values_list("id", "code", "as_at", *numbers)[:MOST]]


def correction(ref: UUID, *, officer: Officer) -> Correction:
    """Give one correction to whoever answers them, and to who wrote it. Raises NotFound."""
    row = _errata().filter(id=ref, by_id=officer.ref).first()
    if row is None:
        check_may(officer, Permission.CONFIRM_CORRECTION)
    return _correction(row or _errata().one(ref))


def waiting(*, officer: Officer) -> Sequence[Correction]:
    """List the corrections that wait for a second person."""
    return [_correction(it) for it in _waiting(officer)]


def to_confirm(*, officer: Officer) -> Sequence[Correction]:
    """List those that wait and that an officer did not write, so that they may answer them."""
    return [_correction(it) for it in _waiting(officer).exclude(by_id=officer.ref)[:MOST]]


def declined(*, officer: Officer) -> Sequence[Correction]:
    """List the corrections that were declined, the newest first."""
    check_may(officer, Permission.CONFIRM_CORRECTION)
    rows = _errata().filter(declined_at__isnull=False).order_by("-declined_at", "-id")
    return [_correction(it) for it in rows[:MOST]]


def corrections() -> Sequence[Correction]:
    """List every correction of a published figure, the newest first, for everybody."""
    confirmed = _errata().filter(confirmed_at__isnull=False)
    return [_correction(it) for it in confirmed.order_by("-confirmed_at")]


def receipt(ref: UUID, *, log: Path, acting: Acting) -> str:
    """Give the receipt of the answer: that the log has it, and the SHA-256 of its file.

    Raises ReceiptNotYet, ReceiptFalse, NotFound.
    """
    found = one(ref, officer=acting.officer)
    return receipts.of_record(found.ref, found.entry, log, OF_A_PACKAGE)


def _waiting(officer: Officer) -> Errata:
    check_may(officer, Permission.CONFIRM_CORRECTION)
    return _errata().standing().filter(confirmed_at__isnull=True).order_by("at", "id")


def _errata() -> Errata:
    return ErratumRow.objects.select_related("wrong", "right", "by", "declined_by")


def _correction(row: ErratumRow) -> Correction:
    return Correction(
        ref=row.id,
        wrong=row.wrong_id,
        right=row.right_id,
        code=row.wrong.code,
        as_at=row.wrong.as_at,
        why=row.why,
        by=row.by.name,
        at=row.at,
        confirmed_at=row.confirmed_at,
        declined_by=row.declined_by.name if row.declined_by else "",
        declined_at=row.declined_at,
        declined_why=row.declined_why,
        withdrawn_at=row.withdrawn_at,
        was=read(row.wrong.published or ""),
        is_now=read(row.right.published) if row.right.published else None,
        exact_was=answer_of(row.wrong).exact,
        exact_now=answer_of(row.right).exact,
    )
