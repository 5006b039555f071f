"""Who is at the door, and who is on the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from evenhand.rules.officers import Officer, OfficerRef, Permission, Role, check_may
from evenhand.store.officers import OfficerRow, TokenRow


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


def of_account(account: int) -> Officer | None:
    """Give the officer of a signed-in account, or None."""
    row = OfficerRow.objects.filter(account_id=account, retired_at__isnull=True).first()
    return row.as_fact() if row else None


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


def names(refs: set[UUID]) -> Mapping[OfficerRef, str]:
    """Give the names of these officers."""
    rows = OfficerRow.objects.filter(id__in=refs).values_list("id", "name")
    return {OfficerRef(ref): name for ref, name in rows}
