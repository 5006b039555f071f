"""What could leave of one person, packages on their way, and the ledger of what left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evenhand.queries import consultations
from evenhand.queries.agreements import in_date
from evenhand.queries.all_steps import cursor_at, place_of
from evenhand.queries.referrals import PAGE
from evenhand.rules.agreements import Agreement, Field, named
from evenhand.rules.assessments import Kind
from evenhand.rules.assurance import check_people_open
from evenhand.rules.gate import check_may_be_taken
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, check_may, may
from evenhand.rules.people import PersonStanding, check_look_reason, check_standing
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Standing as StatementStanding
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import check_open
from evenhand.rules.sharing import (
    Carrier,
    Disclosure,
    Standing,
    check_stands,
    faults_of,
    left_out,
)
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store import packages
from evenhand.store.agreements import terms_of
from evenhand.store.assurance import assured
from evenhand.store.packing import item_of
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.sealing import place_of as sealed_at
from evenhand.store.sharing import DisclosureRow, standing_recalls
from evenhand.store.sharing_gate import passage
from evenhand.store.whole import NOW, Moment

MOST_STATEMENTS = 100
ON_THE_WAY = (Standing.BUILT.value, Standing.PROPOSED.value, Standing.APPROVED.value)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that a person has in one referral."""

    link: UUID
    role: PersonRole
    referral: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that could leave, or what keeps it from leaving now.

    Only of one that stands are there words: what is contested, restricted or replaced has none.
    """

    ref: UUID
    link: UUID
    kind: Kind
    text: str | None
    verified_at: datetime
    faults: Sequence[Refused]


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer chooses from, of one person and under one agreement."""

    reference: str
    child: bool
    agreement: Agreement
    roles: Sequence[RoleHeld]
    said: Sequence[Said]
    more: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A disclosure without a word of what it holds: who told whom, under what, and when."""

    fact: Disclosure
    carrier: Carrier
    organisation: str
    recipient: str
    agreement: str
    version: int
    fields: Sequence[Field]
    statements: int
    built_by: str
    approved_by: str
    dpo_by: str
    released_at: datetime | None
    package_sha256: str
    recalled: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page of what left, the latest first, and the cursor of the next one."""

    lines: Sequence[Line]
    next: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A package opened to be read: exactly what leaves, and what stays."""

    line: Line
    contents: Mapping[str, Any]
    sha256: str
    reason: str
    compelling: str
    consent: str
    left_out: Mapping[Field, bool]
    unsaid: Sequence[Said]


def choice(person: str, agreement: str, reason: str, *, acting: Acting) -> Choice:
    """Give what could leave of one person, once the look and its reason are in the log."""
    check_may(acting.officer, Permission.SHARE)
    check_people_open(assured())
    check_look_reason(reason)
    today = timezone.localdate(acting.at)
    known = {it.reference: it for it in in_date(today=today, officer=acting.officer)}
    if agreement not in known:
        raise NotFound(words("There is no such agreement in date."), do=words("Choose another."))
    row = PersonRow.objects.select_related("key").named(person)
    _check_open(row, acting)
    check_standing(row.as_fact(at=acting.at), PersonStanding.HELD)
    key = open_record_key(row.key)
    consultations.at_person(row, key, Permission.SHARE, reason, acting=acting)
    links = row.links.filter(authorised_at__isnull=False, ended_at__isnull=True)
    roles = [
        RoleHeld(it.id, PersonRole(it.role), it.referral.reference)
        for it in links.select_related("referral").order_by("at")
    ]
    said = _said(row, key, now=acting.at)
    return Choice(
        reference=row.reference,
        child=row.child,
        agreement=known[agreement],
        roles=roles,
        said=said[:MOST_STATEMENTS],
        more=len(said) > MOST_STATEMENTS,
    )


def one(reference: str, *, officer: Officer) -> Line:
    """Give one disclosure without its words. Raises NotFound."""
    _check_may_see(officer)
    return _line(_named(reference))


def record_of(reference: str, *, officer: Officer) -> UUID:
    """Give the id by which the log knows a disclosure. Raises NotFound."""
    _check_may_see(officer)
    return _named(reference).id


def about(reference: str) -> Sequence[str]:
    """Name the record of whom a package is about, to forget with it what was written of both."""
    rows = DisclosureRow.objects.filter(reference=reference.replace("\0", ""), person__isnull=False)
    return list(rows.values_list("person__reference", flat=True))


def opened(reference: str, reason: str, *, acting: Acting) -> Opened:
    """Open a package to be read, once the look and its reason are in the log.

    Whoever built it gave the reason in building it. What is closed on the record is closed here:
    words of a restricted person, and words that were recalled or do not stand.
    """
    _check_may_open(acting.officer)
    row, person = _of_somebody(reference)
    _check_open(person, acting)
    if not may(acting.officer, Permission.READ_RESTRICTED):
        doubted = _is_doubted(row, person) and not may(acting.officer, Permission.CORRECT_PERSON)
        check_stands(row.as_fact(), recalled=_is_recalled(row), doubted=doubted)
    key = open_record_key(person.key)
    own = OfficerRef(row.built_by_id) == acting.officer.ref
    why = reason or (unsealed(row, key, "reason") if own else "")
    check_look_reason(why)
    consultations.at_person(person, key, _as(acting.officer), why, acting=acting)
    contents = read_package(unsealed(row, key, "document").encode())
    return Opened(
        line=_line(row),
        contents=contents,
        sha256=bytes(row.digest).hex(),
        reason=unsealed(row, key, "reason"),
        compelling=unsealed(row, key, "compelling"),
        consent=unsealed(row, key, "consent"),
        left_out=left_out([Field(it) for it in row.fields], terms_of(row.agreement)),
        unsaid=[it for it in _said(person, key, now=acting.at) if it.ref not in row.statements],
    )


def handed_over(reference: str, *, acting: Acting) -> bytes:
    """Give the exact bytes of a released package, to hand them over; taking them is a look.

    What was recalled or contested since, or is about a record that is closed, is given to nobody.
    They wait for witnesses where any are asked. Raises PackageWaits, NotFound.
    """
    check_may(acting.officer, Permission.SHARE)
    check_people_open(assured())
    row, person = _of_somebody(reference)
    if row.package is None:
        raise no_such_package()
    _check_open(person, acting)
    doubted = bool(person.contested) or _is_doubted(row, person)
    check_stands(row.as_fact(), recalled=_is_recalled(row), doubted=doubted)
    check_may_be_taken(passage(row, now=acting.at).proof)
    key = open_record_key(person.key)
    why = unsealed(row, key, "reason")
    consultations.at_person(person, key, Permission.SHARE, why, acting=acting)
    return key.open_bytes(sealed_at(DisclosureRow, "package", row.id), bytes(row.package))


def ledger(cursor: str = "", *, officer: Officer) -> Ledger:
    """List what left the desk, the latest first, without a word of what it held."""
    check_may(officer, Permission.READ_DISCLOSURES)
    at, which = place_of(cursor, NOW)
    before = Q(released_at__lt=at) | Q(released_at=at, id__lt=which)
    rows = list(
        _rows()
        .filter(before, released_at__isnull=False)
        .order_by("-released_at", "-id")[: PAGE + 1]
    )
    shown = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    following = cursor_at(Moment(last.released_at or NOW.at, last.id)) if last else None
    return Ledger([_line(it) for it in shown], following)


def on_the_way(*, officer: Officer) -> Sequence[Line]:
    """List packages that are built and have not left, the oldest first."""
    _check_may_open(officer)
    rows = _rows().filter(standing__in=ON_THE_WAY).order_by("built_at")
    if may(officer, Permission.APPROVE_CHILD_SHARE):
        rows = rows.filter(child=True)
    return [_line(it) for it in rows[:PAGE]]


def read_package(data: bytes) -> Mapping[str, Any]:
    """Give what a package says, part by part, from its exact bytes."""
    return packages.read(data).model_dump(exclude_none=True)


def schema() -> Mapping[str, Any]:
    """Give the JSON Schema of a package, for anyone."""
    return packages.schema()


def no_such_package() -> NotFound:
    """Refuse a reference that no package has, or one whose person was erased."""
    return NotFound(
        words("There is no such package, or what it was about was erased."),
        do=words("Look at the list of disclosures."),
    )


def _said(person: PersonRow, key: RecordKey, *, now: datetime) -> Sequence[Said]:
    rows = person.statements.order_by("at", "id")[: MOST_STATEMENTS + 1]
    return [
        Said(
            ref=it.id,
            link=it.link_id,
            kind=Kind(it.kind),
            text=unsealed(it, key, "text") if it.standing == StatementStanding.STANDING else None,
            verified_at=it.verified_at,
            # Whether the originator consents is asked on the same page.
            faults=list(faults_of(item_of(it, consented=True), now=now)),
        )
        for it in rows
    ]


def _check_open(person: PersonRow, acting: Acting) -> None:
    """Refuse a closed record, whether or not the worker has come by. Raises Restricted."""
    restricted = person.is_restricted(timezone.localdate(acting.at))
    check_open(person.reference, restricted=restricted, officer=acting.officer)


def _is_recalled(row: DisclosureRow) -> bool:
    recalled: bool = vars(row)["recalled"]
    return recalled


def _is_doubted(row: DisclosureRow, person: PersonRow) -> bool:
    """Say whether a statement of a package is contested, restricted, replaced or gone by now."""
    standing = person.statements.filter(id__in=row.statements, standing=StatementStanding.STANDING)
    return standing.count() < len(row.statements)


def _check_may_open(officer: Officer) -> None:
    check_may(officer, _as(officer))


def _check_may_see(officer: Officer) -> None:
    if not may(officer, Permission.READ_DISCLOSURES):
        _check_may_open(officer)


def _as(officer: Officer) -> Permission:
    """Say as what an officer opens a package: to share, to approve, or as the DPO for a child."""
    wanted = (Permission.SHARE, Permission.APPROVE_SHARE, Permission.APPROVE_CHILD_SHARE)
    return next((it for it in wanted if may(officer, it)), Permission.SHARE)


def _rows() -> QuerySet[DisclosureRow]:
    return DisclosureRow.objects.select_related(
        "person__key", "agreement__key", "agreement__recipient",
        "built_by", "approved_by", "dpo_by",
    ).annotate(recalled=Exists(standing_recalls().filter(disclosure=OuterRef("id"))))  # fmt: skip


def _named(reference: str) -> DisclosureRow:
    row = _rows().filter(reference=reference.replace("\0", "")).first()
    if row is None:
        raise no_such_package()
    return row


def _of_somebody(reference: str) -> tuple[DisclosureRow, PersonRow]:
    """Give a disclosure with its person. Raises NotFound once they are erased."""
    row = _named(reference)
    if row.person is None:
        raise no_such_package()
    return row, row.person


def _line(row: DisclosureRow) -> Line:
    terms = terms_of(row.agreement)
    return Line(
        fact=row.as_fact(),
        carrier=Carrier(row.carrier),
        organisation=terms.organisation,
        recipient=named(terms, row.recipient_person).name,
        agreement=row.agreement.reference,
        version=row.agreement.number,
        fields=[Field(it) for it in row.fields],
        statements=len(row.statements),
        built_by=row.built_by.name,
        approved_by=row.approved_by.name if row.approved_by else "",
        dpo_by=row.dpo_by.name if row.dpo_by else "",
        released_at=row.released_at,
        package_sha256=bytes(row.package_sha256).hex() if row.package_sha256 else "",
        recalled=_is_recalled(row),
    )
