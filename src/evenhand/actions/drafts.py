"""Answers kept between pages, sealed. Machinery, not casework: a draft is not yet a record."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from evenhand.rules.officers import OfficerRef
from evenhand.store.machinery import DraftRow, RepeatRow
from evenhand.store.sealing import open_alone, seal_alone
from evenhand.store.trips import send

PLACE = "draft"
LIFE = timedelta(days=30)
REPEAT_LIFE = timedelta(days=2)

Answers = Mapping[str, list[str]]


def save(
    form: str,
    answers: Answers,
    *,
    about: str | tuple[str, ...] = (),
    officer: OfficerRef | None,
    now: datetime,
) -> UUID:
    """Keep the answers of a form, about any referrals; an officer has one draft a form.

    Gives its id.
    """
    if officer is not None:
        drop(form, officer=officer)
    ref, wrapped, sealed = seal_alone(json.dumps(dict(answers)).encode(), place=PLACE)
    DraftRow.objects.create(
        id=ref,
        officer=officer,
        form=form,
        about=[about] if isinstance(about, str) else list(about),
        wrapped_key=wrapped,
        answers=sealed,
        saved_at=now,
    )
    return ref


def load(form: str, *, officer: OfficerRef) -> dict[str, list[str]]:
    """Give the officer's kept answers of a form, or none."""
    row = DraftRow.objects.filter(form=form, officer=officer).order_by("saved_at").last()
    return _opened(row) if row else {}


def load_all(first: str, *, officer: OfficerRef) -> dict[str, dict[str, list[str]]]:
    """Give the officer's kept answers of every form whose name begins so, by its name."""
    rows = DraftRow.objects.filter(form__startswith=first, officer=officer).order_by("form")
    return {row.form: _opened(row) for row in rows}


def names(first: str, *, officer: OfficerRef) -> list[str]:
    """Name the officer's kept forms whose name begins so."""
    rows = DraftRow.objects.filter(form__startswith=first, officer=officer).order_by("form")
    return list(rows.values_list("form", flat=True))


def concerned(first: str) -> tuple[str, ...]:
    """Name the referrals that anyone's kept answers to forms with such a name are about."""
    rows = DraftRow.objects.filter(form__startswith=first).values_list("about", flat=True)
    return tuple(sorted({reference for about in rows for reference in about or ()}))


def claim(ref: UUID, form: str) -> dict[str, list[str]]:
    """Take the answers kept for somebody whose session had ended; they are given once."""
    row = DraftRow.objects.filter(id=ref, form=form, officer=None).first()
    if row is None:
        return {}
    row.delete()
    return _opened(row, ref)


def drop(form: str, *, officer: OfficerRef) -> None:
    """Forget the officer's kept answers of a form."""
    DraftRow.objects.filter(form=form, officer=officer).delete()


def drop_all(first: str, *, officer: OfficerRef) -> None:
    """Forget the officer's kept answers of every form whose name begins so."""
    DraftRow.objects.filter(form__startswith=first, officer=officer).delete()


def drop_everyones(*about: str) -> None:
    """Forget what anyone kept about records: their words must not be written down at all. A77."""
    send("DELETE FROM machinery.draft WHERE about && %s::text[]", [list(about)])


def tidy(*, now: datetime) -> None:
    """Delete drafts and answers to repeated requests that are past their time."""
    DraftRow.objects.filter(saved_at__lt=now - LIFE).delete()
    RepeatRow.objects.filter(made_at__lt=now - REPEAT_LIFE).delete()


def _opened(row: DraftRow, ref: UUID | None = None) -> dict[str, list[str]]:
    opened = open_alone(ref or row.id, bytes(row.wrapped_key), bytes(row.answers), place=PLACE)
    answers: dict[str, list[str]] = json.loads(opened)
    return answers
