"""The door itself: who calls, when, and the one way in which it says no."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NoReturn
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationErrorContext
from ninja.operation import Operation
from ninja.security import HttpBearer

from evenhand.actions.oversight import enter_attempt
from evenhand.api.problems import (
    PROBLEM,
    DatabaseAway,
    MethodUnknown,
    OurFault,
    Unreadable,
    problem,
)
from evenhand.api.reading import refusals
from evenhand.queries import officers
from evenhand.queries.opening import is_closed
from evenhand.rules.officers import Acting, NotSignedIn, Permission, check_may
from evenhand.rules.opening import desk_not_open
from evenhand.rules.public_doors import PROGRAMS
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.words import words

KEPT_HEADERS = ("Allow", "Retry-After")

logger = logging.getLogger(__name__)


class Call(HttpRequest):
    """A request whose token was known: ``auth`` says who acts, when and in which request."""

    auth: Acting


class Token(HttpBearer):
    """A token of one officer of this desk. The only clock of this door.

    A call that names its permission refuses other roles before it reads anything they sent.
    """

    def __init__(self, permission: Permission | None = None) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        """Say who acts and when, or None for a token that is unknown, expired or retired.

        Raises DeskNotOpen on a restored desk that nobody has opened yet.
        """
        now = datetime.now(UTC)
        officer = officers.of_token(token, now=now)
        if officer is None:
            return None
        acting = Acting(officer=officer, at=now, request=uuid4())
        # Known from here on, also to who enters what is refused next.
        request.auth = acting  # type: ignore[attr-defined]
        if is_closed():
            raise desk_not_open()
        if self.permission:
            check_may(officer, self.permission)
        return acting


NAMED = ("person", "reference", "challenge", "export")
"""Under which names an address may name the record that a call is about, or a part of it."""


class Door(NinjaAPI):
    """The framework's API, with the house's refusals for what does not fit its document."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> NoReturn:
        """Refuse, every fault named."""
        for context in error_contexts:
            raise_all(refusals(context.pydantic_validation_error.errors(include_url=False)))
        raise AssertionError("No fault in what does not fit.")

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name a call in the document as its function is named here."""
        return operation.view_func.__name__


api = Door(title="Evenhand", version="1", openapi_url=None, docs_url=None, auth=Token())


@api.exception_handler(Refused)
def refused_call(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer what a rule refuses. Everything that it refused is undone by now."""
    attempted(request, refused)
    return problem(refused)


def attempted(request: HttpRequest, refused: Refused) -> None:
    """Enter a refusal in the log, if it was an attempt."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    acting: Acting = request.auth  # type: ignore[attr-defined]
    reference = next((named[it] for it in NAMED if it in named), "")
    enter_attempt(refused, reference=str(reference), acting=acting)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer a call without a token that is known. It has no officer, and so no entry."""
    logger.warning("A call to %s carried no token that is known", place_of(request))
    return problem(
        NotSignedIn(
            words("This call carries no token that this desk knows."),
            do=words("Send Authorization: Bearer TOKEN. A token lasts 90 days."),
        )
    )


def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a call that the database could not keep."""
    logger.warning("%s on %s %s", type(error).__name__, request.method, request.path)
    return problem(_away())


def say_when_away(door: NinjaAPI) -> None:
    """Have a door answer what the database could not keep."""
    for fault in (OperationalError, InterfaceError):
        door.exception_handler(fault)(database_away)


say_when_away(api)


def place_of(request: HttpRequest) -> str:
    """Name a call as its function is named here: an address could hold words."""
    return (request.resolver_match.url_name if request.resolver_match else None) or ""


def nowhere(request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer an address that leads nowhere."""
    return problem(_nowhere())


nowhere.csrf_exempt = True  # type: ignore[attr-defined]


class EveryNoIsAProblem:
    """Writes as a problem what the framework refuses before or after a call's own code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and put a problem in place of any other no."""
        response = self.get_response(request)
        is_no = response.status_code >= HTTPStatus.BAD_REQUEST
        if not (request.path.startswith(PROGRAMS) and is_no):
            return response
        if response.headers.get("Content-Type") == PROBLEM:
            return response
        said = problem(_refusal(response.status_code), status=response.status_code)
        for name in KEPT_HEADERS:
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said


def _refusal(status: int) -> Refused:
    match status:
        case HTTPStatus.NOT_FOUND:
            return _nowhere()
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return MethodUnknown(
                words("This address does not answer this method."),
                do=words("Use one of those that the header Allow names."),
            )
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return _away()
        case _ if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unreadable(
                words("This request cannot be read: it is too big, or not for this host."),
                do=words("Nothing was saved. Send a smaller one, to the address of this desk."),
            )
        case _:
            return OurFault(
                words("Something went wrong on our side. It has been written down."),
                do=words("Look at the referral before you send it again."),
            )


def _nowhere() -> NotFound:
    return NotFound(
        words("There is nothing at this address."), do=words("Look it up in openapi.json.")
    )


def _away() -> DatabaseAway:
    return DatabaseAway(
        words("Nothing was saved. The service cannot reach its database."),
        do=words("Send it again in a moment, with the same idempotency key."),
    )
