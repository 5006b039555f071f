"""Exports of referrals: which are asked for, allowed and taken; nothing of what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE
from evenhand.queries.summary import words_of
from evenhand.rules.agreements import named
from evenhand.rules.captures_formats import BY_FORMAT, Format, Told
from evenhand.rules.exports import Export
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.purposes import Purpose
from evenhand.rules.referrals import State
from evenhand.store.agreements import terms_of
from evenhand.store.captures import CaptureRow
from evenhand.store.exports import ExportRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key


@dataclass(frozen=True, slots=True)
class Line:
    """One export: of what, to whom, under what and for what, and how far it is."""

    id: UUID
    reference: str
    state: State
    fact: Export
    organisation: str
    recipient: str
    agreement: str
    purpose: Purpose
    captures: int
    asked_by: str
    asked_at: datetime
    answered_by: str
    dpo: str
    taken_at: datetime | None
    package_sha256: str

    @property
    def allowed(self) -> bool | None:
        """Whether everybody allowed it who must; None until the last of them has answered."""
        return self.fact.may_leave

    @property
    def child(self) -> bool:
        """Whether it is about a child, so that the data protection officer answers as well."""
        return self.fact.child


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A capture that may go with an export: what it is, and since when it is kept, by whom."""

    id: UUID
    told: Told
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ToExport:
    """A referral that may be exported: whether it is about a child, and its captures."""

    reference: str
    child: bool
    captures: Sequence[Exhibit]


@dataclass(frozen=True, slots=True)
class Opened:
    """An export with its captures and the words of its officers.

    The words are None for who neither shares nor approves.
    """

    line: Line
    captures: Sequence[Exhibit]
    reason: str | None
    answer: str | None
    dpo_why: str | None


def latest(*, officer: Officer) -> Sequence[Line]:
    """List the exports that were asked for last, the latest first."""
    check_may(officer, Permission.READ_DISCLOSURES)
    rows = ExportRow.objects.with_all()
    return [_line(it) for it in rows.order_by("-at", "-id")[:PAGE]]


def to_answer(most: int, *, officer: Officer) -> Sequence[Line]:
    """List the exports that wait for this officer's answer, a bounded number, the oldest first.

    What one asked for oneself waits for a colleague. E-EXP-01.
    """
    as_dpo = may(officer, Permission.APPROVE_CHILD_SHARE)
    check_may(officer, Permission.APPROVE_CHILD_SHARE if as_dpo else Permission.APPROVE_SHARE)
    waits = Q(allowed=None) & (Q(dpo_allowed=None) | Q(dpo_allowed=True))
    if as_dpo:
        waits = Q(child=True, dpo_allowed=None) & (Q(allowed=None) | Q(allowed=True))
    rows = ExportRow.objects.with_all().filter(waits).exclude(by=officer.ref)
    return [_line(it) for it in rows.order_by("at", "id")[:most]]


def taken_of(reference: str, *, officer: Officer) -> Sequence[Line]:
    """Give the exports of a referral that were taken: who out there holds it, the first first.

    For who works on it, and for who looks after how long it is kept.
    """
    keeps = Permission.LIST_KEPT
    check_may(officer, keeps if may(officer, keeps) else Permission.READ_REFERRAL)
    rows = ExportRow.objects.with_all().filter(
        referral__reference=reference, taken_at__isnull=False
    )
    return [_line(it) for it in rows.order_by("at", "id")]


def to_export(reference: str, *, acting: Acting) -> ToExport:
    """Give what of a referral may be exported, once the look at it is in the log. E-FIND-01."""
    check_may(acting.officer, Permission.SHARE)
    row = ReferralRow.objects.named(reference)
    consultations.at_referral(row, Permission.SHARE, acting=acting)
    return ToExport(row.reference, row.child, _exhibits(Q(referral=row, locked_at__isnull=True)))


def about(export: UUID) -> Sequence[str]:
    """Name the referral that an export is of, to forget with it what was written of both."""
    rows = ExportRow.objects.filter(id=export)
    return list(rows.values_list("referral__reference", flat=True))


def one(export: UUID, *, officer: Officer) -> Line:
    """Give one export, without its words. Raises NotFound."""
    check_may(officer, Permission.READ_DISCLOSURES)
    return _line(ExportRow.objects.named(export))


def opened(export: UUID, *, acting: Acting) -> Opened:
    """Give one export with why it is asked for, once the look at its referral is in the log."""
    check_may(acting.officer, Permission.READ_DISCLOSURES)
    row = ExportRow.objects.named(export)
    consultations.at_referral(row.referral, Permission.READ_DISCLOSURES, acting=acting)
    reading = [Permission.SHARE, Permission.APPROVE_SHARE]
    if row.child:
        reading.append(Permission.APPROVE_CHILD_SHARE)
    reads = any(may(acting.officer, it) for it in reading)
    key = open_record_key(row.referral.key) if reads else None
    return Opened(
        _line(row),
        _exhibits(Q(id__in=row.captures)),
        words_of(row, key, "reason"),
        words_of(row, key, "answer"),
        words_of(row, key, "dpo_why"),
    )


def _exhibits(which: Q) -> Sequence[Exhibit]:
    rows = CaptureRow.objects.select_related("by").filter(which).order_by("at", "id")
    return [Exhibit(it.id, BY_FORMAT[Format(it.format)], it.size, it.at, it.by.name) for it in rows]


def _line(row: ExportRow) -> Line:
    terms = terms_of(row.agreement)
    return Line(
        id=row.id,
        reference=row.referral.reference,
        state=State(row.referral.state),
        fact=row.as_fact(),
        organisation=terms.organisation,
        recipient=named(terms, row.recipient_person).name,
        agreement=row.agreement.reference,
        purpose=Purpose(row.purpose),
        captures=len(row.captures),
        asked_by=row.by.name,
        asked_at=row.at,
        answered_by=row.answered_by.name if row.answered_by else "",
        dpo=row.dpo_by.name if row.dpo_by else "",
        taken_at=row.taken_at,
        package_sha256=bytes(row.package_sha256 or b"").hex(),
    )
