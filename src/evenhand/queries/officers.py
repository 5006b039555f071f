"""Who is at the door, and who is on the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from evenhand.rules.consultations import Preferences
from evenhand.rules.handover import Absence
from evenhand.rules.officers import (
    MATRIX,
    Officer,
    OfficerRef,
    Permission,
    Role,
    check_may,
)
from evenhand.rules.training import Known, as_known
from evenhand.store.asking import Table, ask
from evenhand.store.machinery import PreferenceRow
from evenhand.store.officers import AbsenceRow, OfficerRow, TokenRow

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
COLLEAGUES = (
    "SELECT username, name FROM officer JOIN auth_user ON auth_user.id = account_id"
    " ORDER BY retired_at NULLS FIRST, name"
)
COVERED = """
    SELECT officer.id, username, name, last_day FROM absence JOIN officer ON officer.id = officer_id
    JOIN auth_user ON auth_user.id = account_id
    WHERE stand_in_id = %(stand_in)s AND ended_at IS NULL AND retired_at IS NULL
        AND %(today)s BETWEEN first_day AND last_day
    ORDER BY name
"""
KNOWN = """
    (SELECT valid_until FROM training WHERE officer_id = officer.id AND course = 'children'
        ORDER BY at DESC, id DESC LIMIT 1),
    (SELECT in_force_from FROM document_version WHERE kind = 'instructions' AND stage = 'in_force'),
    (SELECT valid_until FROM training
        JOIN document_version AS read ON read.id = document_id AND read.stage = 'in_force'
        WHERE officer_id = officer.id AND course = 'instructions'
        ORDER BY at DESC, training.id DESC LIMIT 1)
"""
"""What the register of training knows of who is at the door, in the order of its fact."""
ACCOUNT, OFFICER, PREFERENCE = Table(User), Table(OfficerRow), Table(PreferenceRow)


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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account, and the officer it belongs to; None if it is of nobody who is on the desk."""

    account: User
    at_the_door: AtTheDoor | None


def session(key: str, *, now: datetime) -> str | None:
    """Give what a session holds, as the framework signed it, or None once it is over."""
    if "\0" in key:
        return None
    [rows] = ask((SESSION, [key, now]))
    return str(rows[0][0]) if rows else None


def signed_in(account: int, *, today: date) -> SignedIn | None:
    """Give an account with its officer and their preferences, in one question; or None.

    The officer has the roles that the register of training allows today.
    """
    [rows] = ask((_account(), [account]))
    if not rows:
        return None
    [values] = rows
    end = ACCOUNT.width + OFFICER.width
    officer, preferred = values[ACCOUNT.width : end], values[end : end + PREFERENCE.width]
    known = Known(*values[end + PREFERENCE.width :])
    theirs = PREFERENCE.row(preferred).as_fact() if preferred[0] else Preferences()
    account_row = ACCOUNT.row(values[: ACCOUNT.width])
    if not officer[0]:
        return SignedIn(account_row, None)
    fact = as_known(OFFICER.row(officer).as_fact(), known, today=today)
    return SignedIn(account_row, AtTheDoor(fact, theirs))


def of_token(token: str, *, now: datetime) -> Officer | None:
    """Give the officer whose unexpired token this is, or None; with roles as at ``signed_in``."""
    [rows] = ask((_token(), [TokenRow.digest_of(token), now]))
    if not rows:
        return None
    [values] = rows
    may_decide, *known = values[OFFICER.width :]
    fact = OFFICER.row(values[: OFFICER.width]).as_fact(may_decide=may_decide)
    return as_known(fact, Known(*known), today=timezone.localdate(now))


@cache
def _account() -> str:
    return (
        f"SELECT {ACCOUNT.columns}, {OFFICER.columns}, {PREFERENCE.columns}, {KNOWN}"  # noqa: S608
        f" FROM {ACCOUNT.table}"
        f" LEFT JOIN officer ON account_id = {ACCOUNT.table}.id AND retired_at IS NULL"
        f" LEFT JOIN {PREFERENCE.table} ON {PREFERENCE.table}.officer = officer.id"
        f" WHERE {ACCOUNT.table}.id = %s"
    )


@cache
def _token() -> str:
    return (
        f"SELECT {OFFICER.columns}, may_decide, {KNOWN} FROM token"  # noqa: S608
        " JOIN officer ON officer.id = token.officer_id"
        " WHERE digest = %s AND expires_at > %s AND retired_at IS NULL"
    )


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
    [rows] = ask((COLLEAGUES, []))
    return dict(rows)


class Ahead(NamedTuple):
    """An absence that is yet to begin, and who will stand in."""

    first_day: date
    last_day: date
    stand_in: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer who works on referrals, and whether they are away today, or will be."""

    ref: OfficerRef
    username: str
    name: str
    away_until: date | None = None
    stand_in: str = ""
    ahead: Ahead | None = None


def team(*, today: date) -> list[Colleague]:
    """List who works on referrals here, by name, with who is away and who stands in for them."""
    workers = sorted(MATRIX[Permission.ASSESS])
    rows = OfficerRow.objects.filter(retired_at__isnull=True, roles__overlap=workers)
    entered = AbsenceRow.objects.filter(ended_at__isnull=True, last_day__gte=today)
    away = {row.officer_id: row for row in entered.select_related("stand_in")}
    return [
        _member(row, away.get(row.id), today)
        for row in rows.select_related("account").order_by("name", "id")
    ]


def _member(row: OfficerRow, absence: AbsenceRow | None, today: date) -> Colleague:
    colleague = Colleague(ref=OfficerRef(row.id), username=row.account.username, name=row.name)
    if absence is None:
        return colleague
    first, last, stand_in = absence.first_day, absence.last_day, _stand_in(absence)
    if first > today:
        return replace(colleague, ahead=Ahead(first, last, stand_in))
    return replace(colleague, away_until=last, stand_in=stand_in)


def covered_by(officer: Officer, *, today: date) -> list[Colleague]:
    """List the absent colleagues for whom an officer stands in today."""
    [rows] = ask((COVERED, {"stand_in": officer.ref, "today": today}))
    return [
        Colleague(OfficerRef(ref), username, name, away_until=last_day, stand_in=officer.name)
        for ref, username, name, last_day in rows
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


def _stand_in(absence: AbsenceRow) -> str:
    """Name who stands in; nobody does who has left the desk since."""
    stand_in = absence.stand_in
    return stand_in.name if stand_in and stand_in.retired_at is None else ""


def names(refs: set[UUID]) -> Mapping[OfficerRef, str]:
    """Give the names of these officers."""
    rows = OfficerRow.objects.filter(id__in=refs).values_list("id", "name")
    return {OfficerRef(ref): name for ref, name in rows}
