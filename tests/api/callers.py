"""People who use the API: officers of a test's desk, each with a token."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client, override_settings

from evenhand.actions import officers, platforms, training
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.rules.training import Course, Training

V1 = "/api/v1"
PASSWORD = "correct horse battery staple"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Nobody signs in with these passwords: a strong hash would only take time."""
NUMBERS = count(1)
APPROVES = (Role.APPROVER, Role.SENIOR_APPROVER, Role.CHILD_APPROVER)


def now() -> datetime:
    return datetime.now(UTC)


def intake(**changes: object) -> dict[str, Any]:
    """A body that logs an address nobody logged before."""
    plain: dict[str, Any] = {
        "url": f"https://www.youtube.com/watch?v=dQw4{next(NUMBERS):07d}",
        "source": "officer_found",
        "source_detail": "Seen on the public page.",
        "public_without_login": True,
        "content_type": "video",
        "language": "en",
        "description": "A person threatens a named shop with a knife.",
    }
    return plain | changes


def assessment(**changes: object) -> dict[str, Any]:
    """A body that assesses completely, on both grounds."""
    plain: dict[str, Any] = {
        "harm": "V1",
        "ground": "both",
        "provision": "Offences against the Person Act 1861 s.16",
        "provision_why": "A named person is told that he will be killed.",
        "policy_clause": "Do not threaten.",
        "policy_version": "1 March 2026",
        "policy_why": "It threatens.",
        "evidence_inside": "At 0:42 the speaker says so.",
        "evidence_outside": "Nothing.",
        "supports_opposite": "It could be fiction.",
        "expression": [],
        "expression_weighing": "",
        "less_intrusive": "Doing nothing would not protect him.",
        "necessity": "The threat is public.",
        "child": "no",
        "child_interests": "",
    }
    return plain | changes


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call was answered with."""

    status: int
    body: Any
    headers: dict[str, str]
    raw: bytes

    @property
    def pointers(self) -> list[str]:
        return [error["pointer"] for error in self.body["errors"]]

    @property
    def rules(self) -> list[str]:
        return [error["rule"] for error in self.body["errors"]]


class Caller:
    """An officer of this desk who calls the API."""

    def __init__(self, name: str, *roles: Role, may_decide: bool = True) -> None:
        setting_up = Acting(officer=WORKER, at=now())
        with override_settings(PASSWORD_HASHERS=QUICK):
            ref = officers.add(
                name, name=name.title(), password=PASSWORD, roles=roles, acting=setting_up
            )
        if Role.CHILD_APPROVER in roles:
            done = Training(now().date(), now().date() + timedelta(days=700))
            training.record(name, Course.CHILDREN, done, acting=setting_up)
        self.officer = Officer(ref=ref, roles=frozenset(roles), name=name.title())
        self.token = officers.create_token(name, may_decide=may_decide, acting=setting_up)

    def call(
        self, method: str, path: str, body: object = None, *, key: str | None = None
    ) -> Answered:
        """Call with a JSON body, or with none."""
        sent = b"" if body is None else json.dumps(body).encode()
        return self.send(method, path, sent, key=key)

    def send(
        self,
        method: str,
        path: str,
        sent: bytes,
        *,
        key: str | None = None,
        content_type: str = "application/json",
    ) -> Answered:
        """Call with exactly these bytes."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return answered(method, path, sent, headers=headers, content_type=content_type)

    def get(self, path: str) -> Answered:
        return self.call("GET", path)

    def post(self, path: str, body: object = None, *, key: str | None = None) -> Answered:
        return self.call("POST", path, body, key=key)

    def put(self, path: str, body: object = None, *, key: str | None = None) -> Answered:
        return self.call("PUT", path, body, key=key)

    def logged(self, **changes: object) -> str:
        """Log a referral and give its address in the API."""
        logged = self.post("/referrals", intake(**changes))
        assert logged.status == 201, logged.body
        return f"/referrals/{logged.body['reference']}"


def answered(
    method: str,
    path: str,
    sent: bytes = b"",
    *,
    headers: dict[str, str] | None = None,
    content_type: str = "application/json",
) -> Answered:
    """Call as anybody."""
    response = Client().generic(
        method, f"{V1}{path}", sent, content_type=content_type, headers=headers or {}
    )
    is_json = "json" in response.headers.get("Content-Type", "")
    body = json.loads(response.content) if is_json and response.content else None
    return Answered(response.status_code, body, dict(response.headers), response.content)


def sign_off(platform: str = "youtube") -> None:
    """Let notices go to a platform."""
    dpo = Caller("dee", Role.DPO)
    platforms.sign_off(
        platform,
        transport=Transport.EMAIL,
        contact="reports@youtube.example",
        basis="s.77, strictly necessary in the particular case.",
        review_on=now().date() + timedelta(days=90),
        acting=Acting(officer=dpo.officer, at=now()),
    )
