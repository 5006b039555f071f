"""Reads what a call sent: strictly, and either kept exactly or refused with every fault named."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.http import HttpRequest
from pydantic_core import ErrorDetails

from evenhand.api.problems import (
    FieldMissing,
    FieldUnknown,
    FieldWrong,
    MediaTypeWrong,
    Unreadable,
)
from evenhand.rules.content import check_readable
from evenhand.rules.exact_json import NotExact, read_exactly
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextUnreadable, check_given, check_reason
from evenhand.rules.words import words

JSON, PLAIN = "application/json", "text/plain; charset=utf-8"
MOST_FIELDS = 100
MOST_NAME = 100

WRONG: Mapping[str, str] = {
    "string_type": words("This must be a text."),
    "bool_type": words("This must be true or false."),
    "int_type": words("This must be a whole number."),
    "int_parsing": words("This must be a whole number."),
    "greater_than_equal": words("This must be a whole number from 1."),
    "list_type": words("This must be a list."),
    "too_long": words("This list is too long."),
    "too_short": words("This list is empty."),
    "dict_type": words("This must be an object."),
}

ABSENT: Mapping[str, Callable[[], object]] = {
    "url": partial(check_readable, ""),
    "description": partial(check_given, "", at="description"),
    "reason": partial(check_reason, ""),
    "reported_reference": partial(check_given, "", at="reported_reference"),
}
"""What is said of a field that is not there, where the rules have words for its being empty."""


def read_object(request: HttpRequest) -> dict[str, object]:
    """Read the JSON object of a call; no body at all is an empty object. Raises Unreadable."""
    if not request.body:
        return {}
    if request.content_type != JSON:
        raise MediaTypeWrong(
            words("The body of this call is not sent as application/json."),
            do=words("Send JSON, with the header Content-Type: application/json."),
        )
    return _read(request.body)


def read_said(header: str) -> dict[str, object]:
    """Read the JSON object in a header; none at all is an empty object. Raises Unreadable."""
    return _read(header.encode("ascii", "replace")) if header else {}


def _read(text: bytes) -> dict[str, object]:
    try:
        sent = read_exactly(text.decode("utf-8"))
    except NotExact as error:
        raise _unreadable(error.sentence) from error
    except ValueError as error:
        raise _unreadable(words("The body of this call is not JSON in UTF-8.")) from error
    return _checked(sent)


def refusals(errors: Iterable[ErrorDetails]) -> list[Refused]:
    """Turn what does not fit a call's document into refusals, each with its place in the body."""
    return [_refusal(error) for error in errors]


def field_missing(at: str) -> FieldMissing:
    """Refuse a call that lacks a field."""
    return FieldMissing(words("This field is missing."), do=words("Send it."), at=at)


def _refusal(error: ErrorDetails) -> Refused:
    at = "/".join(_escaped(str(part)) for part in error["loc"][1:])
    match error["type"]:
        case "refused":
            refused: Refused = error["ctx"]["refused"]
            refused.at = at
            return refused
        case "missing":
            return _said_of_absent(at)
        case "extra_forbidden":
            return FieldUnknown(
                words("This call has no field with this name."),
                do=words("Remove it, or look its name up in openapi.json."),
                at=at,
            )
        case "string_unicode":
            return TextUnreadable(
                words("This text holds half a character, which cannot be stored."),
                do=words("Send whole characters of Unicode."),
                at=at,
            )
        case kind:
            sentence = WRONG.get(kind, words("This is not what the field takes."))
            return FieldWrong(sentence, do=words("Look its type up in openapi.json."), at=at)


def _said_of_absent(at: str) -> Refused:
    try:
        ABSENT.get(at, str)()
    except Refused as refused:
        return refused
    return field_missing(at)


def _escaped(part: str) -> str:
    """Write one step of a JSON pointer (RFC 6901)."""
    return part[:MOST_NAME].replace("~", "~0").replace("/", "~1")


def _checked(sent: object) -> dict[str, object]:
    if not isinstance(sent, dict):
        raise FieldWrong(
            words("The body of this call is not an object."),
            do=words("Send one JSON object, in braces."),
        )
    if len(sent) > MOST_FIELDS:
        raise FieldUnknown(
            words("The body has more fields than any call takes."),
            do=words("Look their names up in openapi.json."),
        )
    return sent


def _unreadable(sentence: str) -> Unreadable:
    return Unreadable(sentence, do=words("Nothing was saved. Send it again in a form that is."))
