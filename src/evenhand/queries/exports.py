"""Exports of referrals: which are asked for, allowed and taken; nothing of what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE
from evenhand.queries.summary import words_of
from evenhand.rules.agreements import named
from evenhand.rules.exports import Export
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.purposes import Purpose
from evenhand.rules.referrals import State
from evenhand.store.agreements import terms_of
from evenhand.store.exports import ExportRow
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
    taken_at: datetime | None
    package_sha256: str

    @property
    def allowed(self) -> bool | None:
        """Whether a second officer allowed it; None until one has answered."""
        return self.fact.allowed


@dataclass(frozen=True, slots=True)
class Opened:
    """An export with the words of both officers; None for who neither shares nor approves."""

    line: Line
    reason: str | None
    answer: str | None


def latest(*, officer: Officer) -> Sequence[Line]:
    """List the exports that were asked for last, the latest first."""
    check_may(officer, Permission.READ_DISCLOSURES)
    rows = ExportRow.objects.with_all()
    return [_line(it) for it in rows.order_by("-at", "-id")[:PAGE]]


def to_answer(most: int, *, officer: Officer) -> Sequence[Line]:
    """List the exports that wait for this officer's answer, a bounded number, the oldest first.

    What one asked for oneself waits for a colleague. E-EXP-01.
    """
    check_may(officer, Permission.APPROVE_SHARE)
    rows = ExportRow.objects.with_all().filter(allowed__isnull=True).exclude(by=officer.ref)
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
    reads = any(may(acting.officer, it) for it in (Permission.SHARE, Permission.APPROVE_SHARE))
    key = open_record_key(row.referral.key) if reads else None
    return Opened(_line(row), words_of(row, key, "reason"), words_of(row, key, "answer"))


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
        taken_at=row.taken_at,
        package_sha256=bytes(row.package_sha256 or b"").hex(),
    )
