"""The desk's documents: those in force, for everybody, and their versions, for who keeps them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from evenhand.ledger.canonical import canonical
from evenhand.rules.assurance import (
    Assured,
    Claim,
    Document,
    DocumentKind,
    Part,
    Said,
    Stage,
    untrue,
)
from evenhand.rules.conditions import Condition, are_stated, relied_on
from evenhand.rules.equality_assessments import EiaDue, why_due
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store import assurance as stored
from evenhand.store.assurance import DocumentRow, DocumentWordRow, named
from evenhand.store.lawbook import conditions as known_conditions
from evenhand.store.lawbook import lawbook
from evenhand.store.sealing import open_record_key, unsealed

MOST = 100
"""So many versions of a document are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class SaidOfIt:
    """Advice or a correction. ``place`` counts the corrections of a version from 1."""

    what: Said
    text: str
    by: str
    at: datetime
    published_at: datetime | None
    place: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document, with who wrote and approved it."""

    fact: Document
    written_by: str
    written_at: datetime
    approved_by: str
    ico_advised_on: date | None


@dataclass(frozen=True, slots=True)
class VersionInFull(Version):
    """A version with its text, what was said of it, and what it claims that is not so today."""

    parts: Mapping[Part, str]
    said: Sequence[SaidOfIt]
    untrue: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document in force as anybody may read it: no officer is named."""

    fact: Document
    parts: Mapping[Part, str]
    errata: Sequence[SaidOfIt]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its text, part by part, as compact JSON with sorted keys."""
        return hashlib.sha256(
            canonical({str(it): text for it, text in self.parts.items()})
        ).hexdigest()


def place(kind: str) -> int:
    """Say where a kind of document stands in a list."""
    return list(DocumentKind).index(DocumentKind(kind))


def assured() -> Assured:
    """Give which documents are in force, for the rules of the rooms that need them."""
    return stored.assured()


def published() -> Sequence[PublicDocument]:
    """Give the documents in force, for everybody."""
    rows = _to_read().filter(stage=Stage.IN_FORCE)
    return [_public(row) for row in sorted(rows, key=lambda it: place(it.kind))]


def in_force_now(kind: DocumentKind) -> PublicDocument | None:
    """Give the version of a document that is in force, or None."""
    row = _to_read().filter(kind=kind, stage=Stage.IN_FORCE).first()
    return _public(row) if row else None


def in_force_on(day: date) -> Sequence[PublicDocument]:
    """Give the documents that were in force at the end of a day, for everybody. FOI R1Q1."""
    rows = _to_read().filter(in_force_from__lte=day).order_by("kind", "-approved_at")
    return [_public(row) for row in sorted(rows.distinct("kind"), key=lambda it: place(it.kind))]


def past(kind: DocumentKind) -> Sequence[Document]:
    """Give every version of a document that is or was in force, the newest first."""
    rows = DocumentRow.objects.filter(kind=kind, in_force_from__isnull=False).defer(*Part)
    return [it.as_fact() for it in rows.order_by("-number")]


def published_version(kind: DocumentKind, number: int) -> PublicDocument:
    """Give one version that is or was in force, for everybody. Raises NotFound."""
    row = named(kind, number)
    if row.in_force_from is None:
        raise NotFound(
            words("There is no such version of this document."), do=words("Look at the list.")
        )
    return _public(row)


def eia_due(*, today: date) -> Sequence[EiaDue]:
    """Say why the equality impact assessment is to be looked at anew; nothing where it stands."""
    rows = DocumentRow.objects.filter(stage=Stage.IN_FORCE).defer(*Part)
    found = {it.kind: it for it in (row.as_fact() for row in rows)}
    eia, dpia = found.get(DocumentKind.EIA), found.get(DocumentKind.DPIA)
    return list(why_due(eia, dpia, lawbook().harms, today=today))


def conditions() -> Mapping[str, Condition]:
    """Give the conditions of Schedule 8 of the law data, by paragraph."""
    return known_conditions()


def conditions_of(fact: Document) -> Sequence[Condition]:
    """Give the conditions that a document states; none on a desk that is not asked for any."""
    asked = are_stated(fact.kind, settings.DESK.regime)
    return relied_on(fact.conditions if asked else (), known_conditions())


def versions(*, officer: Officer) -> Sequence[Version]:
    """List the versions of all documents, the newest of each first."""
    check_may(officer, Permission.READ_DOCUMENTS)
    rows = DocumentRow.objects.select_related("written_by", "approved_by").defer(*Part)
    newest = rows.order_by("-written_at", "-number")[:MOST]
    return [_version(row) for row in sorted(newest, key=lambda it: place(it.kind))]


def to_advise(*, officer: Officer) -> Sequence[Version]:
    """Give the impact assessments that the data protection officer has not advised on yet."""
    check_may(officer, Permission.ADVISE_DOCUMENT)
    waiting = {Stage.WRITTEN, Stage.AWAITING_ICO}
    return [
        it
        for it in versions(officer=officer)
        if it.fact.stage in waiting and it.fact.kind is DocumentKind.DPIA and not it.fact.is_advised
    ]


def to_put_in_force(*, officer: Officer) -> Sequence[Version]:
    """Give the versions that this officer may put in force: advised on, where that is needed."""
    check_may(officer, Permission.APPROVE_DOCUMENT)
    return [
        it
        for it in versions(officer=officer)
        if it.fact.stage is Stage.WRITTEN
        and it.fact.written_by != officer.ref
        and (it.fact.is_advised or it.fact.kind is not DocumentKind.DPIA)
    ]


def newest(kind: DocumentKind, *, officer: Officer) -> int | None:
    """Give the number of the newest version of a document, or None."""
    check_may(officer, Permission.READ_DOCUMENTS)
    numbers = DocumentRow.objects.filter(kind=kind).order_by("-number")
    return numbers.values_list("number", flat=True).first()


def one(kind: DocumentKind, number: int, *, officer: Officer) -> VersionInFull:
    """Give one version in full. Raises NotFound."""
    check_may(officer, Permission.READ_DOCUMENTS)
    row = named(kind, number)
    brief = _version(row)
    return VersionInFull(
        fact=brief.fact,
        written_by=brief.written_by,
        written_at=brief.written_at,
        approved_by=brief.approved_by,
        ico_advised_on=brief.ico_advised_on,
        parts=row.parts(),
        said=_said(row),
        untrue=untrue(brief.fact.claims, stored.true_here()) if _claims(brief.fact) else (),
    )


def _to_read() -> QuerySet[DocumentRow]:
    """Read the key of each version and what was said of it too, however many there are."""
    return DocumentRow.objects.select_related("key").prefetch_related("said__by")


def _claims(fact: Document) -> bool:
    return fact.kind is DocumentKind.DPIA and fact.stage is not Stage.REPLACED


def _version(row: DocumentRow) -> Version:
    return Version(
        fact=row.as_fact(),
        written_by=row.written_by.name,
        written_at=row.written_at,
        approved_by=row.approved_by.name if row.approved_by else "",
        ico_advised_on=row.ico_advised_on,
    )


def _public(row: DocumentRow) -> PublicDocument:
    errata = [it for it in _said(row) if it.what is Said.ERRATUM and it.published_at]
    return PublicDocument(row.as_fact(), row.parts(), errata)


def _said(row: DocumentRow) -> list[SaidOfIt]:
    key = open_record_key(row.key)
    said = sorted(row.said.all(), key=lambda it: (it.at, it.id))
    errata = [it.id for it in said if it.what == Said.ERRATUM]

    def told(it: DocumentWordRow) -> SaidOfIt:
        place = errata.index(it.id) + 1 if it.id in errata else 0
        text = unsealed(it, key, "text")
        return SaidOfIt(Said(it.what), text, it.by.name, it.at, it.published_at, place)

    return [told(it) for it in said]
