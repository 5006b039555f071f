"""Agreements, the closed kinds of recipients, and what of both anyone may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from evenhand.queries.referrals import PAGE
from evenhand.rules.agreements import CLOSED, Agreement, RecipientKind
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import SHORT, check_text
from evenhand.rules.words import words
from evenhand.store.agreements import agreement_of
from evenhand.store.sharing import AgreementRow, OpenedKindRow

MOST_VERSIONS = 20
SIGNED = Q(signed_at__isnull=False, over_at__isnull=True)


class Stands(StrEnum):
    """How a version of an agreement stands on a day."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    PAST_REVIEW = "past_review"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an agreement, with who proposed and who signed it."""

    agreement: Agreement
    proposed_by: str
    proposed_at: datetime
    signed_by: str
    signed_at: datetime | None
    over_at: datetime | None

    def stands(self, today: date) -> Stands:
        """Say how it stands."""
        if self.over_at is not None:
            return Stands.OVER
        if self.signed_at is None:
            return Stands.PROPOSED
        return Stands.IN_FORCE if self.agreement.in_date(today) else Stands.PAST_REVIEW


@dataclass(frozen=True, slots=True)
class AgreementsPage:
    """A page of versions that are in force or wait to be signed, and where the next one begins."""

    lines: Sequence[Version]
    next: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A closed kind of recipient, and the leave for it that is asked for or given."""

    kind: RecipientKind
    enactment: str = ""
    asked_by: str = ""
    approved_by: str = ""
    expires_on: date | None = None


def current(after: str = "", *, officer: Officer) -> AgreementsPage:
    """List what is in force and what waits to be signed, by reference, a page at a time."""
    check_may(officer, Permission.READ_AGREEMENTS)
    check_text(after, at="after", most=SHORT)
    rows = _rows().filter(over_at__isnull=True, reference__gt=after)
    found = list(rows.order_by("reference", "number")[: PAGE + 1])
    shown, over = found[:PAGE], found[PAGE:]
    # The version in force and the one that waits stand on one page.
    shown = [it for it in shown if not over or it.reference != over[0].reference]
    following = shown[-1].reference if over else None
    return AgreementsPage([_version(it) for it in shown], following)


def to_sign(most: int, *, officer: Officer) -> Sequence[Version]:
    """Give the versions that this officer may sign, the one proposed first at the top."""
    check_may(officer, Permission.SIGN_AGREEMENT)
    rows = _rows().filter(signed_at__isnull=True, over_at__isnull=True)
    rows = rows.exclude(proposed_by=officer.ref).order_by("proposed_at", "id")
    return [_version(it) for it in rows[:most]]


def in_date(*, today: date, officer: Officer) -> Sequence[Agreement]:
    """Give the agreements under which something may leave on a day."""
    check_may(officer, Permission.SHARE)
    return published(today=today)


def published(*, today: date) -> Sequence[Agreement]:
    """Give the agreements in date, for anyone: what they say is public, whom they name is not."""
    rows = _rows().filter(SIGNED, review_on__gte=today).order_by("reference")
    return [agreement_of(it) for it in rows[:PAGE]]


def versions(reference: str, *, officer: Officer) -> Sequence[Version]:
    """Give the newest versions of one agreement, the newest first. Raises NotFound."""
    check_may(officer, Permission.READ_AGREEMENTS)
    rows = _rows().filter(reference=reference.replace("\0", "")).order_by("-number")
    found = [_version(it) for it in rows[:MOST_VERSIONS]]
    if not found:
        raise NotFound(
            words("There is no such agreement."), do=words("Look at the list of agreements.")
        )
    return found


def kinds(*, officer: Officer) -> Sequence[Kind]:
    """Give the closed kinds, each with the leave that is asked for or given."""
    check_may(officer, Permission.READ_AGREEMENTS)
    rows = OpenedKindRow.objects.select_related("asked_by", "approved_by")
    found = {
        it.kind: Kind(
            RecipientKind(it.kind),
            enactment=it.enactment,
            asked_by=it.asked_by.name,
            approved_by=it.approved_by.name if it.approved_by else "",
            expires_on=it.expires_on,
        )
        for it in rows.filter(ended_at__isnull=True)[: len(CLOSED)]
    }
    return [found.get(it, Kind(it)) for it in sorted(CLOSED)]


def _rows() -> QuerySet[AgreementRow]:
    return AgreementRow.objects.select_related("key", "recipient", "proposed_by", "signed_by")


def _version(row: AgreementRow) -> Version:
    return Version(
        agreement=agreement_of(row),
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        signed_by=row.signed_by.name if row.signed_by else "",
        signed_at=row.signed_at,
        over_at=row.over_at,
    )
