"""How the API says no: every refusal of the house as a problem of RFC 9457."""

import json
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from evenhand.queries.platforms import with_names
from evenhand.rules.intake import SameContent
from evenhand.rules.public_doors import WINDOW
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

PROBLEM = "application/problem+json"
MOST_ERRORS = 50
STATUS = {
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Kind.MALFORMED: HTTPStatus.BAD_REQUEST,
    Kind.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
HEADERS = {
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate", 'Bearer realm="evenhand"'),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After", str(int(WINDOW.total_seconds()))),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After", "10"),
}


class Unreadable(Refused):
    """The body of a call is one JSON object in UTF-8 that can be kept exactly as it was sent."""

    code = "E-API-01"
    clause = words("RFC 8259")
    kind = Kind.MALFORMED


class MediaTypeWrong(Refused):
    """The body of a call is sent as application/json."""

    code = "E-API-02"
    clause = words("RFC 9110 section 8.3")
    kind = Kind.MALFORMED


class FieldUnknown(Refused):
    """A call carries only the fields that the API’s document names."""

    code = "E-API-03"


class FieldMissing(Refused):
    """A call carries every field that it needs."""

    code = "E-API-04"


class FieldWrong(Refused):
    """A field of a call is of the type that the API’s document gives it."""

    code = "E-API-05"


class MethodUnknown(Refused):
    """An address of the API answers only the methods that its document names."""

    code = "E-API-06"
    clause = words("RFC 9110 section 15.5.6")


class DatabaseAway(Refused):
    """What cannot be written down is not done."""

    code = "E-API-07"
    clause = words("DPA 2018 s.62: every act is logged")
    kind = Kind.UNAVAILABLE


class OurFault(Refused):
    """A fault of the software is written down and said to be one."""

    code = "E-API-08"


def problem(refused: Refused, *, status: int | None = None) -> HttpResponse:
    """Write a refusal as a problem, in the reader's language, with all that came with it."""
    status = status or STATUS[refused.kind]
    response = HttpResponse(
        json.dumps(told(refused, status=status)), status=status, content_type=PROBLEM
    )
    if status in HEADERS:
        name, value = HEADERS[HTTPStatus(status)]
        response[name] = value
    return response


def told(refused: Refused, *, status: int | None = None) -> dict[str, object]:
    """Tell a refusal as the members of a problem."""
    status = status or STATUS[refused.kind]
    body: dict[str, object] = {
        "type": f"{settings.PUBLIC_URL}/public/rules#{refused.code}",
        "title": _(refused.rule()),
        "status": int(status),
        "detail": _detail(refused),
        "rule": refused.code,
        "clause": _(refused.clause),
        "errors": [
            {"pointer": f"/{one.at}" if one.at else "", "rule": one.code, "detail": _detail(one)}
            for one in refused.every[:MOST_ERRORS]
        ],
    }
    if isinstance(refused, SameContent):
        body["same_content"] = refused.values["references"].split(", ")
    if "platform" in refused.values:
        body["platform"] = refused.values["platform"]
    return body


def _detail(refused: Refused) -> str:
    values = with_names(refused.values)
    said = (_(text).format_map(values) for text in (refused.sentence, refused.do) if text)
    return " ".join(said)
