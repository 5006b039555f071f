"""Puts a pack together from what is stored of one person, column by column of the register."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

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
    said_of,
    told_of,
)
from evenhand.rules.rights_pack_words import in_words
from evenhand.seal.record import RecordKey
from evenhand.store.fields import SealedField
from evenhand.store.lawbook import lawbook
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import unsealed
from evenhand.store.sharing import recipients_of

YES, NO = "yes", "no"
DAY = "%-d %B %Y"


def pack_of(person: PersonRow, key: RecordKey, request: str, *, today: date) -> Pack:
    """Give everything that is held of one person, with nothing held back yet."""
    roles = person.links.filter(authorised_at__isnull=False, ended_at__isnull=True)
    return Pack(
        request=request,
        made_on=today.isoformat(),
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        reference=person.reference,
        roles=[ROLE_WORDS[PersonRole(it.role)] for it in roles.order_by("at")],
        recipients=recipients_of(person),
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
    return list(rows.order_by("pk"))


def _told(table: str, row: models.Model, key: RecordKey) -> Iterator[Told]:
    fields = {it.column: it for it in row._meta.local_concrete_fields}
    for line in told_of(table, REGISTER):
        if value := _value(row, fields[line.column], key):
            yield Told(line.column, said_of(line), value)


def _value(row: models.Model, field: Any, key: RecordKey) -> str:
    """Give what a column holds, in words; nothing where it is empty."""
    if isinstance(field, SealedField):
        text = unsealed(row, key, field.name)
        return _plain(date.fromisoformat(text)) if field.name == "birth_date" and text else text
    value = getattr(row, field.name)
    if isinstance(value, PersonLinkRow):
        return f"{ROLE_WORDS[PersonRole(value.role)]}, {value.referral.reference}"
    if isinstance(value, ReferralRow):
        return value.reference
    if field.column == "offence" and value:
        offence = lawbook().provisions.get(value)
        return offence.title if offence else str(value)
    if isinstance(value, str | list):
        codes = value if isinstance(value, list) else [value]
        return ", ".join(in_words(row._meta.db_table, field.column, str(it)) for it in codes if it)
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):{DAY}, %H:%M}"
    if isinstance(value, date):
        return f"{value:{DAY}}"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def _model(table: str) -> type[models.Model]:
    found = (it for it in apps.get_app_config("store").get_models() if it._meta.db_table == table)
    return next(found)
