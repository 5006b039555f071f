"""Officers and their tokens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from evenhand.actions import officers
from evenhand.actions.officers import EmailWrong, PasswordWeak, UsernameTaken
from evenhand.ledger.acts import Act
from evenhand.queries import officers as known
from evenhand.rules.officers import (
    WORKER,
    Officer,
    Role,
    RoleMissing,
    RolesExclude,
    TokenUnknown,
)
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.store.log import EntryRow
from evenhand.store.officers import TokenRow
from tests.builders import ADA, CY, MAX, TODAY
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
GOOD = "three unrelated words"


def add(
    desk: Desk, username: str = "eve", *, roles: frozenset[Role] = ADA.roles, **said: str
) -> None:
    told = {"name": "Eve", "password": GOOD} | said
    officers.add(username, roles=roles, acting=desk.by(WORKER), **told)


def test_an_officer_who_was_added_can_sign_in_and_has_these_roles() -> None:
    add(Desk())
    account = User.objects.get(username="eve")
    assert account.check_password(GOOD)
    signed_in = known.signed_in(account.pk, today=TODAY)
    assert signed_in is not None
    assert signed_in.at_the_door is not None
    officer = signed_in.at_the_door.officer
    assert (officer.name, officer.may_decide) == ("Eve", True)
    assert officer.roles == {Role.OFFICER}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"username": ""}, Refused),
        ({"username": "a\0b"}, Refused),
        ({"username": "x" * 151}, Refused),
        ({"username": "ADA"}, UsernameTaken),
        ({"name": " "}, Refused),
        ({"password": "short"}, PasswordWeak),
        ({"password": "password1234"}, PasswordWeak),
        ({"username": "evelyn.thompson", "password": "evelyn.thompson"}, PasswordWeak),
    ],
)
def test_an_account_that_would_not_do_is_refused(said: dict[str, str], rule: type[Refused]) -> None:
    desk = Desk()
    desk.by(ADA)
    with changing_nothing(), refused(rule):
        add(desk, **said)  # type: ignore[arg-type]


def test_nobody_is_added_with_roles_of_two_families_or_none() -> None:
    desk = Desk()
    for roles in (frozenset[Role](), frozenset({Role.OFFICER, Role.DPO})):
        with changing_nothing(), refused(RolesExclude):
            add(desk, roles=roles)


@pytest.mark.parametrize("officer", [ADA, CY], ids=lambda it: it.name)
def test_only_an_administrator_or_the_desk_itself_manages_officers(officer: Officer) -> None:
    desk = Desk()
    by = desk.by(officer)
    with changing_nothing(), refused(RoleMissing):
        officers.add("eve", name="Eve", password=GOOD, roles=[Role.OFFICER], acting=by)
    with changing_nothing(), refused(RoleMissing):
        officers.retire("ada", acting=by)
    with changing_nothing(), refused(RoleMissing):
        officers.create_token("ada", may_decide=True, acting=by)
    officers.add("eve", name="Eve", password=GOOD, roles=[Role.OFFICER], acting=desk.by(MAX))


@pytest.mark.parametrize("address", ["bo", "bo@", "a b@desk.example", "\ud800@desk.example"])
def test_an_address_is_one_that_mail_can_be_sent_to(address: str) -> None:
    desk = Desk()
    with changing_nothing(), refused(EmailWrong):
        officers.add(
            "eve",
            name="Eve",
            password=GOOD,
            roles=[Role.OFFICER],
            email=address,
            acting=desk.by(WORKER),
        )


def test_a_retired_officer_signs_in_no_more_and_tokens_end() -> None:
    desk = Desk()
    add(desk)
    token = officers.create_token("eve", may_decide=False, acting=desk.by(WORKER))
    assert known.of_token(token, now=desk.now) is not None
    officers.retire("eve", acting=desk.by(WORKER))
    account = User.objects.get(username="eve")
    assert not account.is_active
    signed_in = known.signed_in(account.pk, today=TODAY)
    assert signed_in is not None
    assert signed_in.at_the_door is None
    assert known.of_token(token, now=desk.now) is None
    with changing_nothing(), refused(NotFound):
        officers.create_token("eve", may_decide=False, acting=desk.by(WORKER))
    with changing_nothing(), refused(NotFound):
        officers.retire("eve", acting=desk.by(WORKER))
    assert [it.retired_at is not None for it in known.everyone()] == [True]


@pytest.mark.parametrize("username", ["nobody", "a\0b", ""])
def test_an_officer_who_does_not_exist_is_said_not_to(username: str) -> None:
    desk = Desk()
    with changing_nothing(), refused(Refused):
        officers.retire(username, acting=desk.by(WORKER))


def test_a_token_is_its_officers_for_90_days_and_only_its_digest_is_kept() -> None:
    desk = Desk()
    add(desk)
    token = officers.create_token("eve", may_decide=True, acting=desk.by(WORKER))
    officer = known.of_token(token, now=desk.now)
    assert officer is not None
    assert (officer.name, officer.may_decide) == ("Eve", True)
    assert known.of_token(token, now=desk.now + timedelta(days=90)) is None
    assert known.of_token(token + "x", now=desk.now) is None
    assert known.of_token("\0\ud800", now=desk.now) is None
    stored = TokenRow.objects.get()
    assert token.encode() not in bytes(stored.digest)


def test_a_tokens_scope_is_its_own() -> None:
    desk = Desk()
    add(desk)
    token = officers.create_token("eve", may_decide=False, acting=desk.by(WORKER))
    officer = known.of_token(token, now=desk.now)
    assert officer is not None
    assert not officer.may_decide


def test_a_revoked_token_opens_nothing_and_leaves_an_entry() -> None:
    desk = Desk()
    add(desk)
    token = officers.create_token("eve", may_decide=False, acting=desk.by(WORKER))
    [line] = known.tokens(now=desk.now)
    assert (line.username, line.may_decide) == ("eve", False)
    with changing_nothing(), refused(RoleMissing):
        officers.revoke_token(line.id, acting=desk.by(CY))
    officers.revoke_token(line.id, acting=desk.by(MAX))
    assert known.of_token(token, now=desk.now) is None
    assert known.tokens(now=desk.now) == []
    assert Act.TOKEN_REVOKED.encode() in bytes(EntryRow.objects.latest("number").leaf)
    with changing_nothing(), refused(TokenUnknown):
        officers.revoke_token(line.id, acting=desk.by(MAX))
