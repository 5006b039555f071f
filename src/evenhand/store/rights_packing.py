"""Puts a pack together from what is stored of one person, column by column of the register."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext

from evenhand.rules.assessments import Kind
from evenhand.rules.people_roles import ROLE_WORDS, PersonRole
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.rights import Withheld
from evenhand.rules.rights_pack import (
    KNEW,
    SECTIONS,
    UNKNOWN,
    Pack,
    Piece,
    Told,
    told_of,
)
from evenhand.rules.rights_pack_about import ABOUT
from evenhand.rules.rights_pack_words import in_words
from evenhand.seal.record import RecordKey
from evenhand.store.days import day_in_words
from evenhand.store.fields import SealedField
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rights_packing_shared import COLUMN, LINK, told_in
from evenhand.store.rights_values import offence, plain
from evenhand.store.sealing import unsealed
from evenhand.store.sharing import DisclosureRow, released_of

LAW = {"person_link.offence"}
"""Columns whose codes are named by the law data of the installation, in English."""
ABOUT_THEM = {"name", "birth_date", "age_value", "contact", "their_reference"}
"""Sealed columns that hold no sentences of an officer."""
FIRST = {"name", "birth_date", "age_value", "contact", "text", "source", "basis", "basis_holder"}
"""Columns that stand before the others of their row: who it is about, and what is said."""
OF_A_LINK = "link_id"
"""A column that says as what somebody is on record, and in which referral."""
BEGAN = {
    "disclosure": "built_at",
    "notify_decision": "decided_at",
    "purpose_change": "asked_at",
}
"""By which column the rows of a table are in the order of time, where that is not ``at``."""


def pack_of(person: PersonRow, key: RecordKey, request: str, *, today: date) -> Pack:
    """Give everything that is held of one person, with nothing held back yet.

    Its words are in the language in force.
    """
    roles = person.links.filter(authorised_at__isnull=False, ended_at__isnull=True)
    return Pack(
        language=get_language() or settings.LANGUAGE_CODE,
        request=request,
        made_on=today.isoformat(),
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        reference=person.reference,
        roles={
            f"{LINK}/{it.pk}": gettext(ROLE_WORDS[PersonRole(it.role)])
            for it in roles.order_by("at")
        },
        recipients={
            f"{DisclosureRow._meta.db_table}/{it.pk}": it.agreement.recipient.name
            for it in released_of(person).select_related("agreement__recipient")
        },
        kept_until=person.max_on.isoformat(),
        reviewed_on=person.review_on.isoformat(),
        origin=KNEW if person.knows else UNKNOWN,
        pieces=[it for table in SECTIONS for it in _pieces(table, person, key)],
    )


def whole(person: PersonRow) -> str:
    """Name the piece that stands for the whole record."""
    return f"{PersonRow._meta.db_table}/{person.id}"


def is_whole(person: PersonRow, marks: dict[str, Withheld]) -> bool:
    """Say whether nothing of a record is given."""
    return marks.get(whole(person)) is Withheld.RESTRICTED_UNTOLD


def _pieces(table: str, person: PersonRow, key: RecordKey) -> Iterator[Piece]:
    for row in _rows(_model(table), person):
        kind = Kind(row.kind) if table == "person_statement" else None
        yield Piece(table, str(row.pk), list(_told(table, row, key)), kind=kind)


def _rows(model: type[models.Model], person: PersonRow) -> Sequence[Any]:
    if model is PersonRow:
        return [person]
    rows = model._default_manager.filter(person=person)
    return list(rows.order_by(BEGAN.get(model._meta.db_table, "at"), "pk"))


def _told(table: str, row: models.Model, key: RecordKey) -> Iterator[Told]:
    fields = {it.column: it for it in row._meta.local_concrete_fields}
    for line in sorted(told_of(table, REGISTER), key=lambda it: it.column not in FIRST):
        field = fields[line.column]
        value = _value(row, field, key)
        if value and isinstance(row, DisclosureRow) and line.column == COLUMN:
            yield from told_in(row, value)
        elif value:
            is_written = f"{table}.{line.column}" in LAW or (
                isinstance(field, SealedField) and field.name not in ABOUT_THEM
            )
            about = gettext(ABOUT[f"{table}.{line.column}"])
            repeats = f"{LINK}/{getattr(row, field.attname)}" if line.column == OF_A_LINK else ""
            yield Told(line.column, about, value, is_written, repeats)


def _value(row: models.Model, field: Any, key: RecordKey) -> str:
    """Give what a column holds, in words; nothing where it is empty."""
    if isinstance(field, SealedField):
        text = unsealed(row, key, field.name)
        return (
            day_in_words(date.fromisoformat(text)) if field.name == "birth_date" and text else text
        )
    value = getattr(row, field.name)
    if isinstance(value, PersonLinkRow):
        return f"{gettext(ROLE_WORDS[PersonRole(value.role)])}, {value.referral.reference}"
    if isinstance(value, ReferralRow):
        return value.reference
    if isinstance(value, str | list):
        return _of_codes(row._meta.db_table, field.column, value)
    return plain(value)


def _of_codes(table: str, column: str, value: str | list[Any]) -> str:
    named = f"{table}.{column}"
    codes = [str(it) for it in (value if isinstance(value, list) else [value]) if it]
    if named in LAW:
        return ", ".join(offence(it) for it in codes)
    return ", ".join(in_words(table, column, it, said=gettext) for it in codes)


def _model(table: str) -> type[models.Model]:
    found = (it for it in apps.get_app_config("store").get_models() if it._meta.db_table == table)
    return next(found)
