"""Carries a change out once, whatever the network repeats, and answers with how things stand."""

import json
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from evenhand.actions import repeats
from evenhand.actions.repeats import Reply
from evenhand.api.door import Call
from evenhand.api.reading import JSON
from evenhand.api.replies import Summary
from evenhand.queries import summary
from evenhand.rules.officers import Acting

KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"


def changed(
    request: Call, reference: str, act: Callable[..., object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Do an act on a referral and give its summary, read in the same transaction."""

    def doing() -> str:
        act(acting=request.auth)
        return reference

    return done_once(request, doing, status=status)


def done_once(request: Call, doing: Callable[[], str], *, status: int) -> HttpResponse:
    """Do what gives a referral's reference, once a key; give the summary of that referral."""

    def answer() -> Reply:
        reference = doing()
        return Reply(status, _summary(reference, request.auth), about=(reference,))

    return answered_once(request, answer)


def answered_once(
    request: Call, answer: Callable[[], Reply], *, said: bytes | None = None
) -> HttpResponse:
    """Do what gives an answer, once a key of the officer's; give that answer.

    ``said`` tells the request from others where its body was read as it came.
    """
    acting = request.auth
    return once_for(acting.officer.ref, request, answer, said=said, now=acting.at)


def once_for(
    caller: UUID,
    request: HttpRequest,
    answer: Callable[[], Reply],
    *,
    said: bytes | None = None,
    now: datetime,
) -> HttpResponse:
    """Do what gives an answer, once a key of this caller's; give that answer."""
    key = request.headers.get(KEY)
    done: list[Reply] = []

    def doing() -> Reply:
        done.append(answer())
        return done[0]

    if key is None:
        with transaction.atomic():
            reply = doing()
    else:
        reply = repeats.once(key, said or _said(request), doing, officer=caller, now=now)
    response = HttpResponse(reply.body, status=reply.status, content_type=JSON)
    if not done:
        response[REPLAYED] = "true"
    if reply.status == HTTPStatus.CREATED:
        response["Location"] = f"{request.path}/{json.loads(reply.body)['reference']}"
    return response


def _said(request: HttpRequest) -> bytes:
    return f"{request.method} {request.get_full_path()}\n".encode() + request.body


def _summary(reference: str, acting: Acting) -> bytes:
    found = summary.in_brief(reference, officer=acting.officer)
    return Summary.model_validate(found).as_json()
