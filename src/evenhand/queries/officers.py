"""Who is at the door, and who is on the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from evenhand.rules.consultations import BreakWish, Preferences
from evenhand.rules.handover import Absence
from evenhand.rules.officers import (
    MATRIX,
    Officer,
    OfficerRef,
    Permission,
    Role,
    check_may,
)
from evenhand.store.machinery import PreferenceRow
from evenhand.store.officers import AbsenceRow, OfficerRow, TokenRow


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer as listed."""

    username: str
    name: str
    roles: Sequence[Role]
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenLine:
    """An API token as listed: whose, until when; never the token itself."""

    id: UUID
    username: str
    may_decide: bool
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A signed-in officer, and what they set for their own pages."""

    officer: Officer
    preferences: Preferences


def of_account(account: int) -> AtTheDoor | None:
    """Give the officer of a signed-in account with their preferences, in one query; or None."""
    theirs = PreferenceRow.objects.filter(officer=OuterRef("id")).values(
        found=JSONObject(
            shortcuts="shortcuts", looks="break_after_looks", minutes="break_after_minutes"
        )
    )
    row = (
        OfficerRow.objects.annotate(preferences=Subquery(theirs))
        .filter(account_id=account, retired_at__isnull=True)
        .first()
    )
    if row is None:
        return None
    found = row.preferences
    if not found:
        return AtTheDoor(row.as_fact(), Preferences())
    breaks = BreakWish(found["looks"], found["minutes"])
    return AtTheDoor(row.as_fact(), Preferences(found["shortcuts"], breaks))


def of_token(token: str, *, now: datetime) -> Officer | None:
    """Give the officer whose unexpired token this is, or None."""
    row = (
        TokenRow.objects.select_related("officer")
        .filter(digest=TokenRow.digest_of(token), expires_at__gt=now)
        .filter(officer__retired_at__isnull=True)
        .first()
    )
    return row.officer.as_fact(may_decide=row.may_decide) if row else None


def everyone() -> list[OfficerLine]:
    """List the officers of the desk, by name; the retired last."""
    last = F("retired_at").asc(nulls_first=True)
    rows = OfficerRow.objects.select_related("account").order_by(last, "name")
    return [
        OfficerLine(
            username=row.account.username,
            name=row.name,
            roles=[Role(role) for role in row.roles],
            retired_at=row.retired_at,
        )
        for row in rows
    ]


def tokens(*, now: datetime) -> list[TokenLine]:
    """List the tokens that open the door now, by user name, the newest first."""
    rows = (
        TokenRow.objects.select_related("officer__account")
        .filter(expires_at__gt=now, officer__retired_at__isnull=True)
        .order_by("officer__account__username", "-made_at", "id")
    )
    return [
        TokenLine(
            id=row.id,
            username=row.officer.account.username,
            may_decide=row.may_decide,
            made_at=row.made_at,
            expires_at=row.expires_at,
        )
        for row in rows
    ]


def colleagues(officer: Officer) -> Mapping[str, str]:
    """Give the names of the desk's officers by user name, in order; those who left come last."""
    check_may(officer, Permission.LIST_REFERRALS)
    last = F("retired_at").asc(nulls_first=True)
    rows = OfficerRow.objects.order_by(last, "name").values_list("account__username", "name")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer who works on referrals, and whether they are away today."""

    ref: OfficerRef
    username: str
    name: str
    away_until: date | None = None
    stand_in: str = ""


def team(*, today: date) -> list[Colleague]:
    """List who works on referrals here, by name, with who is away and who stands in for them."""
    workers = sorted(MATRIX[Permission.ASSESS])
    rows = OfficerRow.objects.filter(retired_at__isnull=True, roles__overlap=workers)
    away = {row.officer_id: row for row in _away(today).select_related("stand_in")}
    return [
        Colleague(
            ref=OfficerRef(row.id),
            username=row.account.username,
            name=row.name,
            away_until=away[row.id].last_day if row.id in away else None,
            stand_in=_stand_in(away.get(row.id)),
        )
        for row in rows.select_related("account").order_by("name", "id")
    ]


def covered_by(officer: Officer, *, today: date) -> list[Colleague]:
    """List the absent colleagues for whom an officer stands in today."""
    rows = _away(today).filter(stand_in=officer.ref).select_related("officer__account")
    return [
        Colleague(
            ref=OfficerRef(row.officer_id),
            username=row.officer.account.username,
            name=row.officer.name,
            away_until=row.last_day,
            stand_in=officer.name,
        )
        for row in rows.order_by("officer__name")
    ]


def stood_in_for(absence: Absence) -> list[str]:
    """Name the colleagues whose absence, entered already, counts on somebody who is away then."""
    rows = AbsenceRow.objects.filter(
        stand_in=absence.officer,
        ended_at__isnull=True,
        first_day__lte=absence.last_day,
        last_day__gte=absence.first_day,
        officer__retired_at__isnull=True,
    )
    return list(rows.order_by("officer__name").values_list("officer__name", flat=True))


def absence_of(officer: OfficerRef) -> Absence | None:
    """Give what was entered last of an officer's absence, unless it was ended."""
    row = AbsenceRow.objects.filter(officer=officer, ended_at__isnull=True).first()
    return row.as_fact() if row else None


def _away(today: date) -> QuerySet[AbsenceRow]:
    return AbsenceRow.objects.filter(
        ended_at__isnull=True,
        first_day__lte=today,
        last_day__gte=today,
        officer__retired_at__isnull=True,
    )


def _stand_in(absence: AbsenceRow | None) -> str:
    """Name who stands in; nobody does who has left the desk since."""
    stand_in = absence.stand_in if absence else None
    return stand_in.name if stand_in and stand_in.retired_at is None else ""


def names(refs: set[UUID]) -> Mapping[OfficerRef, str]:
    """Give the names of these officers."""
    rows = OfficerRow.objects.filter(id__in=refs).values_list("id", "name")
    return {OfficerRef(ref): name for ref, name in rows}
