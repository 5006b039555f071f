"""Officers and their tokens: adding, retiring, and knowing who is at the door."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from evenhand.actions import handover, saved_lists
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.handover import WorkLeftBehind
from evenhand.rules.officers import (
    WORKER,
    Acting,
    OfficerRef,
    Permission,
    Role,
    TokenUnknown,
    check_may,
    check_roles,
    check_token_scope,
)
from evenhand.rules.opening import check_nobody_gets
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_given
from evenhand.rules.words import words
from evenhand.store.machinery import PreferenceRow
from evenhand.store.officers import OfficerRow, TokenRow
from evenhand.store.opening import is_closed
from evenhand.store.writing import writing

LEFT_THE_DESK = words("The officer has left the desk.")
TOKEN_LIFE = timedelta(days=90)
LONGEST_USERNAME = 150


class UsernameTaken(Refused):
    """One person has one account."""

    code = "E-OFF-01"
    kind = Kind.CONFLICT


class EmailWrong(Refused):
    """An officer’s e-mail address is one that mail can be sent to."""

    code = "E-OFF-03"


class PasswordWeak(Refused):
    """A password is long and not a common one."""

    code = "E-OFF-02"
    clause = words("DPA 2018 s.66: security")


def add(
    username: str,
    *,
    name: str,
    password: str,
    roles: Iterable[Role],
    email: str = "",
    acting: Acting,
) -> OfficerRef:
    """Add an officer with an account, a name for colleagues and roles of one family.

    ``email``, where there is one, is told of mentions in notes and nothing else.
    """
    _check_may_manage(acting)
    held = frozenset(roles)
    check_roles(held)
    check_given(username, at="username", most=LONGEST_USERNAME)
    check_given(name, at="name", most=SHORT)
    _check_email(email)
    try:
        password_validation.validate_password(password, User(username=username, first_name=name))
    except ValidationError as error:
        raise PasswordWeak(" ".join(error.messages), at="password") from error
    with writing() as pen:
        if User.objects.filter(username__iexact=username).exists():
            raise UsernameTaken(
                words("There is an account with this user name."),
                do=words("Choose another one."),
                at="username",
            )
        account = User.objects.create_user(username, email, password=password)
        row = OfficerRow.objects.create(
            account=account, name=name, roles=sorted(held), added_at=acting.at
        )
        pen.enter(
            Entry(act=Act.OFFICER_ADDED, at=acting.at, who=acting.officer.ref, obj=row.id, ver=1)
        )
    return OfficerRef(row.id)


@transaction.atomic
def retire(username: str, *, hand_over_to: str = "", acting: Acting) -> int:
    """Retire an officer: the account stops working at once, and its tokens with it.

    Their open referrals go to the colleague named, each with its entry; give how many. Where
    there are some and nobody is named, it is refused. E-HAND-04. On a restored desk that is not
    open yet nothing is handed over: what they leave behind is everyone's once it is open. Their
    saved lists and what they preferred are forgotten.
    """
    _check_may_manage(acting)
    row = named(username)
    given = _hand_over_all(row, hand_over_to, acting)
    with writing() as pen:
        row.retired_at = acting.at
        row.save(update_fields=["retired_at"])
        User.objects.filter(pk=row.account_id).update(is_active=False)
        saved_lists.forget_all(row.id)
        PreferenceRow.objects.filter(officer=row.id).delete()
        pen.enter(Entry(act=Act.OFFICER_RETIRED, at=acting.at, who=acting.officer.ref, obj=row.id))
    return given


def _hand_over_all(leaving: OfficerRow, to: str, acting: Acting) -> int:
    """Give away whatever waits for an officer who leaves."""
    waiting = handover.open_referrals_of(OfficerRef(leaving.id))
    if waiting and is_closed():
        check_nobody_gets(to)
        return 0
    if waiting and not to:
        raise WorkLeftBehind(
            words("{name} still has {count} open referrals."),
            do=words("Name the colleague who gets them: --hand-over-to USERNAME."),
            name=leaving.name,
            count=str(len(waiting)),
        )
    if not waiting:
        return 0
    receiver = handover.colleague_named(to)
    for reference in waiting:
        handover.give(reference, receiver, LEFT_THE_DESK, acting=acting)
    return len(waiting)


def create_token(username: str, *, may_decide: bool, acting: Acting) -> str:
    """Make an API token for one officer and give it, this once. It lasts 90 days."""
    _check_may_manage(acting)
    check_token_scope(may_decide, settings.DESK)
    token = secrets.token_urlsafe(32)
    with writing() as pen:
        row = named(username)
        TokenRow.objects.create(
            officer=row,
            digest=TokenRow.digest_of(token),
            may_decide=may_decide,
            made_at=acting.at,
            expires_at=acting.at + TOKEN_LIFE,
        )
        pen.enter(Entry(act=Act.TOKEN_CREATED, at=acting.at, who=acting.officer.ref, obj=row.id))
    return token


def revoke_token(token: UUID, *, acting: Acting) -> None:
    """End an API token at once. Raises TokenUnknown where none in force has this number."""
    _check_may_manage(acting)
    with writing() as pen:
        in_force = TokenRow.objects.select_for_update().filter(id=token, expires_at__gt=acting.at)
        row = in_force.first()
        if row is None:
            raise TokenUnknown(
                words("No token in force has this number."),
                do=words("List the tokens to see those in force."),
                at="token",
            )
        row.expires_at = acting.at
        row.save(update_fields=["expires_at"])
        pen.enter(
            Entry(act=Act.TOKEN_REVOKED, at=acting.at, who=acting.officer.ref, obj=row.officer_id)
        )


def _check_email(email: str) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise EmailWrong(
            words("This is not an e-mail address."),
            do=words("Write it as ada@desk.example, or leave it out."),
            at="email",
        ) from error


def _check_may_manage(acting: Acting) -> None:
    """Let an administrator in, and the desk itself: whoever may run its command line."""
    if acting.officer != WORKER:
        check_may(acting.officer, Permission.MANAGE_OFFICERS)


def named(username: str) -> OfficerRow:
    """Give an officer on the desk by user name, locked. Raises NotFound."""
    check_given(username, at="username", most=LONGEST_USERNAME)
    row = (
        OfficerRow.objects.select_for_update(of=("self",))
        .filter(account__username=username, retired_at__isnull=True)
        .first()
    )
    if row is None:
        raise NotFound(
            words("No officer has this user name."), do=words("List the officers to see them.")
        )
    return row
