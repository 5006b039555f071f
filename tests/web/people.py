"""The cast at the desk of a web test: stored officers, signed-in clients, and cases they made."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.test import Client

from evenhand.actions import officers, referrals, training
from evenhand.queries import officers as known
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.rules.training import Course, Training
from tests.builders import intake

NUMBERS = count(1)


def now() -> datetime:
    return datetime.now(UTC)


def acting(officer: Officer) -> Acting:
    return Acting(officer=officer, at=now())


def stored(name: str, *roles: Role) -> Officer:
    """An officer with an account of the same name in lower case."""
    username = name.lower()
    # The password is never used: hashing it well would take longer than the test.
    with patch("django.contrib.auth.models.make_password", lambda _word, *_: "!"):
        officers.add(
            username,
            name=name,
            password="correct horse battery staple",
            roles=roles,
            acting=Acting(officer=WORKER, at=now()),
        )
    if Role.CHILD_APPROVER in roles:
        trained_for_children(username)
    found = known.signed_in(User.objects.get(username=username).pk, today=now().date())
    assert found is not None
    assert found.at_the_door is not None
    return found.at_the_door.officer


def trained_for_children(username: str) -> None:
    """Have the desk record that an officer was trained for children's cases."""
    done = Training(now().date(), now().date() + timedelta(days=700))
    training.record(username, Course.CHILDREN, done, acting=Acting(officer=WORKER, at=now()))


def signed_in(officer: Officer) -> Client:
    client = Client()
    account = User.objects.get(username=officer.name.lower())
    client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")
    return client


def called(officer: Officer, path: str, body: object) -> Any:
    """Call the API as an officer."""
    setting_up = Acting(officer=WORKER, at=now())
    token = officers.create_token(officer.name.lower(), may_decide=True, acting=setting_up)
    return Client().generic(
        "POST" if body is not None else "GET",
        f"/api/v1{path}",
        b"" if body is None else json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def logged(officer: Officer, address: str = "", **changes: Any) -> str:
    """Log content, of its own where no address is given; its reference."""
    address = address or f"https://youtu.be/{next(NUMBERS):011d}"
    said = intake(observed_at=now() - timedelta(minutes=1), **changes)
    content = referrals.admit(address, said, acting=acting(officer))
    return referrals.log(content, address, said, acting=acting(officer))


def text_of(response: Any) -> str:
    return str(response.content.decode())


def queries_of(ask: Callable[[], object]) -> int:
    """How many queries something takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as taken:
        ask()
    return len(taken)
