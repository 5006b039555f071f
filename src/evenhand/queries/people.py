"""One person's record, once the look and its reason are in the log. There is no list of people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from evenhand.queries import consultations
from evenhand.queries.summary import words_of
from evenhand.rules.assessments import Kind
from evenhand.rules.holds import Hold
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.people import (
    Person,
    PersonStanding,
    RestrictedBecause,
    check_look_reason,
    check_may_open,
    may_open,
)
from evenhand.rules.people_ages import Age
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.people_grounds import Ground
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Standing,
)
from evenhand.rules.purposes import OWN, Purpose, check_purpose
from evenhand.rules.retention import check_open
from evenhand.seal.record import RecordKey
from evenhand.store.combinations import joined_with
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.purposes import PurposeChangeRow, allowed_for
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.traces import TraceRow


@dataclass(frozen=True, slots=True)
class LinkShown:
    """What a person is, or was, or shall be in one referral. Words are None where withheld."""

    referral: str
    role: PersonRole
    offence: str | None
    grounds: Sequence[Ground]
    grounds_on: date | None
    grounds_words: str | None
    necessity: str | None
    welfare_reason: str | None
    best_interests: str | None
    by: str
    at: datetime
    authorised_by: str | None
    authorised_at: datetime | None
    ended_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Whether this is what they are now."""
        return self.authorised_at is not None and self.ended_at is None

    @property
    def waits(self) -> bool:
        """Whether it waits for a second officer."""
        return self.authorised_at is None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class StatementShown:
    """What one officer said of a person. Words are None where they are contested or restricted."""

    id: UUID
    kind: Kind
    referral: str
    text: str | None
    source: str | None
    basis: str | None
    basis_holder: str | None
    by: str
    at: datetime
    grade_of: GradeOf | None
    grade_source: Source | None
    grade_information: Information | None
    handling: Handling
    conditions: Sequence[Condition]
    verified_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class StepShown:
    """What was done with the record, by whom and why; ``letter``: what the person is to be told."""

    what: str
    about: str | None
    by: str
    at: datetime
    reason: str | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class PurposeShown:
    """For what else the record may be used, or was to be. ``approved`` is None while it waits."""

    purpose: Purpose
    law: str | None
    necessity: str | None
    proportionality: str | None
    asked_by: str
    asked_at: datetime
    approved: bool | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class PersonInFull:
    """What the desk holds on one person, as far as this officer may read it.

    ``facts`` and ``assessments`` are never one list. ``contact`` is never a reporter's.
    ``disposed_on``: somebody with this keyed hash was disposed of on that day, not long ago; said
    to who authorises, and nothing else is known of it. ``one_with``: the records that are joined
    with this one and that the officer may open too, by reference only. ``holds``: those in force
    that somebody placed, to who reads how records are kept.
    """

    fact: Person
    restricted_because: RestrictedBecause | None
    contested: Sequence[str]
    name: str | None
    age: Age | None
    contact: str | None
    has_reporter_contact: bool
    knows: bool
    proposed_by: str
    proposed_at: datetime
    schedule: str
    review_on: date
    max_on: date
    links: Sequence[LinkShown]
    facts: Sequence[StatementShown]
    assessments: Sequence[StatementShown]
    steps: Sequence[StepShown]
    withheld: bool
    disposed_on: date | None
    purposes: Sequence[PurposeShown]
    one_with: Sequence[str]
    holds: Sequence[Hold]


@dataclass(frozen=True, slots=True)
class PersonInBrief:
    """How a record stands: the answer to a change. It says nothing about who it is."""

    reference: str
    standing: PersonStanding
    version: int


def gave_reason(reference: str, *, acting: Acting) -> bool:
    """Say whether an officer who may look at a person gave a reason within ten minutes."""
    row = _to_open(reference, acting.officer)
    return consultations.is_looking_at(row.id, Permission.READ_PERSON, acting=acting)


def one(
    reference: str, reason: str = "", *, purpose: Purpose = OWN, acting: Acting
) -> PersonInFull:
    """Give one person's record, once the look is in the log with its reason. E-FIND-01.

    For another purpose than the desk's it is given where that was allowed. Raises OtherPurpose.

    Without a reason it goes on with a look of the last ten minutes whose reason was given; where
    there is none, LookReasonMissing is raised and nothing is shown.
    """
    row = _to_open(reference, acting.officer)
    check_purpose(purpose, allowed_for(row) if purpose is not OWN else (), acting.officer)
    key = open_record_key(row.key)
    _enter(row, key, Permission.READ_PERSON, reason, acting, purpose)
    return _in_full(row, key, acting)


def looked_at(reference: str, *, acting: Acting) -> UUID:
    """Give the id by which the log knows a record, once a look at it is in the log.

    It goes on with a look of the last ten minutes whose reason was given; else LookReasonMissing is
    raised. Raises NotFound, and Restricted for who may not read a restricted record.
    """
    row = _to_open(reference, acting.officer)
    closed = row.is_restricted(timezone.localdate(acting.at))
    check_open(row.reference, restricted=closed, officer=acting.officer)
    if not consultations.is_looking_at(row.id, Permission.READ_PERSON, acting=acting):
        check_look_reason("")
    consultations.at_one(row.id, Permission.READ_PERSON, acting=acting)
    return row.id


def reporter_contact(reference: str, reason: str, *, acting: Acting) -> str:
    """Give a reporter's contact out of its vault, for a reason of its own each time."""
    check_may(acting.officer, Permission.READ_REPORTER_CONTACT)
    check_look_reason(reason)
    row = PersonRow.objects.select_related("key").named(reference)
    closed = row.is_restricted(timezone.localdate(acting.at))
    check_open(row.reference, restricted=closed, officer=acting.officer)
    key = open_record_key(row.key)
    _enter(row, key, Permission.READ_REPORTER_CONTACT, reason, acting)
    return unsealed(row, key, "contact") if _is_reporter(row.links.all()) else ""


def in_brief(reference: str, *, acting: Acting) -> PersonInBrief:
    """Give how a record stands after a change by the same officer, whose entry says so."""
    fact = PersonRow.objects.named(reference).as_fact(at=acting.at)
    return PersonInBrief(fact.reference, fact.standing, fact.version)


def _to_open(reference: str, officer: Officer) -> PersonRow:
    check_may(officer, Permission.READ_PERSON)
    row = PersonRow.objects.select_related("key", "proposed_by").named(reference)
    check_may_open(officer, row.owners())
    return row


def _enter(
    row: PersonRow,
    key: RecordKey,
    why: Permission,
    reason: str,
    acting: Acting,
    purpose: Purpose = OWN,
) -> None:
    """Enter the look before anything is opened for reading."""
    if reason or purpose is not OWN:
        check_look_reason(reason)
        consultations.at_person(row, key, why, reason, purpose=purpose, acting=acting)
    elif consultations.is_looking_at(row.id, why, acting=acting):
        consultations.at_one(row.id, why, acting=acting)
    else:
        check_look_reason("")


def _in_full(row: PersonRow, key: RecordKey, acting: Acting) -> PersonInFull:
    officer = acting.officer
    because = row.closed_because(timezone.localdate(acting.at))
    reads_restricted = may(officer, Permission.READ_RESTRICTED)
    opened = None if because and not reads_restricted else key
    named = opened if may(officer, Permission.READ_IDENTITY) else None
    links = list(row.links.select_related("referral", "by", "authorised_by").order_by("at", "id"))
    reporter = _is_reporter(links)
    reads_contact = may(officer, Permission.READ_CONTACT) and not reporter
    statements = [_statement(it, opened, officer) for it in _statements(row)] if opened else []
    return PersonInFull(
        fact=row.as_fact(at=acting.at),
        restricted_because=because,
        contested=row.contested,
        name=words_of(row, named, "name"),
        age=row.age(named) if named and row.standing != PersonStanding.REFUSED else None,
        contact=words_of(row, named if reads_contact else None, "contact"),
        has_reporter_contact=reporter and row.contact is not None,
        knows=row.knows,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        schedule=row.schedule,
        review_on=row.review_on,
        max_on=row.max_on,
        links=[_link(it, opened) for it in links] if opened else [],
        facts=[it for it in statements if it.kind is Kind.FACT],
        assessments=[it for it in statements if it.kind is Kind.ASSESSMENT],
        steps=list(_steps(row, opened, officer, reporter=reporter)) if opened else [],
        withheld=opened is None,
        disposed_on=_disposed_on(row, acting),
        purposes=[_purpose(it, opened) for it in _purposes(row)] if opened else [],
        one_with=[it.reference for it in joined_with(row) if may_open(officer, it.owners())],
        holds=list(_holds(row, acting)) if may(officer, Permission.LIST_KEPT) else [],
    )


def _holds(row: PersonRow, acting: Acting) -> Iterator[Hold]:
    today = timezone.localdate(acting.at)
    for it in row.holdrows.order_by("at"):
        if it.as_fact().stands(today):
            yield it.as_fact()


def _purposes(row: PersonRow) -> Sequence[PurposeChangeRow]:
    rows = PurposeChangeRow.objects.filter(person=row).select_related("asked_by")
    return list(rows.order_by("asked_at", "id"))


def _purpose(row: PurposeChangeRow, key: RecordKey) -> PurposeShown:
    return PurposeShown(
        purpose=Purpose(row.purpose),
        law=words_of(row, key, "law"),
        necessity=words_of(row, key, "necessity"),
        proportionality=words_of(row, key, "proportionality"),
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        approved=row.approved,
        answer=words_of(row, key, "answer"),
    )


def _disposed_on(row: PersonRow, acting: Acting) -> date | None:
    """Give when who is proposed was disposed of, to the second officer. E-DISP-24."""
    if not may(acting.officer, Permission.AUTHORISE_PERSON):
        return None
    return TraceRow.objects.last_day_of(row.trace, today=timezone.localdate(acting.at))


def _statements(row: PersonRow) -> Sequence[StatementRow]:
    return list(row.statements.select_related("by", "link__referral").order_by("at", "id"))


def _steps(
    row: PersonRow, key: RecordKey, officer: Officer, *, reporter: bool
) -> Iterator[StepShown]:
    # What is kept as evidence only is the old, wrong value; a reporter's contact stays in a vault.
    closed = [] if may(officer, Permission.READ_RESTRICTED) else ["keep_as_evidence"]
    vault = reporter and not may(officer, Permission.READ_REPORTER_CONTACT)
    for it in row.steps.select_related("by").order_by("at", "id"):
        in_vault = vault and (it.what, it.about) == ("keep_as_evidence", IdentityPart.CONTACT)
        hidden = it.what in closed or in_vault
        reason = words_of(it, None if hidden else key, "reason")
        letter = words_of(it, key, "letter")
        yield StepShown(it.what, it.about, it.by.name, it.at, reason, letter)


def _is_reporter(links: Iterable[PersonLinkRow]) -> bool:
    return any(it.role == PersonRole.REPORTER for it in links)


def _link(row: PersonLinkRow, key: RecordKey | None) -> LinkShown:
    return LinkShown(
        referral=row.referral.reference,
        role=PersonRole(row.role),
        offence=row.offence,
        grounds=[Ground(it) for it in row.grounds],
        grounds_on=row.grounds_on,
        grounds_words=words_of(row, key, "grounds_words"),
        necessity=words_of(row, key, "necessity"),
        welfare_reason=words_of(row, key, "welfare_reason"),
        best_interests=words_of(row, key, "best_interests"),
        by=row.by.name,
        at=row.at,
        authorised_by=row.authorised_by.name if row.authorised_by else None,
        authorised_at=row.authorised_at,
        ended_at=row.ended_at,
    )


def _statement(row: StatementRow, key: RecordKey | None, officer: Officer) -> StatementShown:
    standing = Standing(row.standing)
    opened = key if _may_read(standing, officer) else None
    return StatementShown(
        id=row.id,
        kind=Kind(row.kind),
        referral=row.link.referral.reference,
        text=words_of(row, opened, "text"),
        source=words_of(row, opened, "source"),
        basis=words_of(row, opened, "basis"),
        basis_holder=words_of(row, opened, "basis_holder"),
        by=row.by.name,
        at=row.at,
        grade_of=GradeOf(row.grade_of) if row.grade_of else None,
        grade_source=Source(row.grade_source) if row.grade_source else None,
        grade_information=Information(row.grade_information) if row.grade_information else None,
        handling=Handling(row.handling),
        conditions=[Condition(it) for it in row.handling_conditions],
        verified_at=row.verified_at,
        standing=standing,
    )


def _may_read(standing: Standing, officer: Officer) -> bool:
    """Say whether a statement that stands so is shown: what may be wrong, to who settles it."""
    match standing:
        case Standing.STANDING:
            return True
        case Standing.CONTESTED:
            return may(officer, Permission.CORRECT_PERSON) or may(
                officer, Permission.READ_RESTRICTED
            )
        case _:
            return may(officer, Permission.READ_RESTRICTED)
