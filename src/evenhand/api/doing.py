"""Carries a change out once, whatever the network repeats, and answers with how things stand."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse

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
    """Do what gives an answer, once a key; give that answer.

    ``said`` tells the request from others where its body was read as it came.
    """
    acting, key = request.auth, request.headers.get(KEY)
    done: list[Reply] = []

    def doing() -> Reply:
        done.append(answer())
        return done[0]

    if key is None:
        with transaction.atomic():
            reply = doing()
    else:
        reply = repeats.once(
            key, said or _said(request), doing, officer=acting.officer.ref, now=acting.at
        )
    response = HttpResponse(reply.body, status=reply.status, content_type=JSON)
    if not done:
        response[REPLAYED] = "true"
    if reply.status == HTTPStatus.CREATED:
        response["Location"] = f"{request.path}/{json.loads(reply.body)['reference']}"
    return response


def _said(request: Call) -> bytes:
    return f"{request.method} {request.get_full_path()}\n".encode() + request.body


def _summary(reference: str, acting: Acting) -> bytes:
    found = summary.in_brief(reference, officer=acting.officer)
    return Summary.model_validate(found).as_json()
