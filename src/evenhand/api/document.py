"""The APIs’ own descriptions, OpenAPI 3.1: complete, and true of every call."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from ninja import NinjaAPI

from evenhand.api import (
    acts,
    assurance,
    batches,
    breaches,
    calls,
    captures,
    challenges,
    combinations,
    corrections,
    desk,
    disposal,
    door,
    exports,
    foi,
    histories,
    mail,
    notification,
    order_reviews,
    people,
    platform_calls,
    platform_door,
    questions,
    reports,
    rights,
    rights_reviews,
    schedules,
    scrutiny,
    sharing,
    training,
)
from evenhand.api.captures import FILE
from evenhand.api.doing import KEY, REPLAYED
from evenhand.api.exports import ZIP
from evenhand.api.problems import HEADERS, PROBLEM, STATUS
from evenhand.api.reading import PLAIN
from evenhand.api.replies import Problem
from evenhand.api.values import SAID
from evenhand.rules.refusals import Kind

CALLS = (
    batches,
    calls,
    acts,
    captures,
    challenges,
    order_reviews,
    people,
    desk,
    disposal,
    exports,
    foi,
    histories,
    schedules,
    assurance,
    breaches,
    scrutiny,
    training,
    combinations,
    notification,
    sharing,
    exports,
    reports,
    rights,
    rights_reviews,
    mail,
    questions,
    corrections,
    platform_calls,
)
"""Imported so that the APIs know all calls before they tell of them or give their addresses."""
DESCRIPTION = (
    "Casework of a police online-harm referral unit. Every error is a problem of RFC 9457 whose"
    " `rule` is listed on the public page of rules. Times are UTC. Whoever may not read words"
    " gets null in their place."
)
SIGNING_IN = "A token of one officer, made with `evenhand token create`; it lasts 90 days."
FOR_PLATFORMS = (
    "How a platform’s own program sees the requests to it and answers them, as the page at the link"
    " of a notice does. It sees what the notices said and what it answered itself, nothing of the"
    " desk’s inside. Every error is a problem of RFC 9457 whose `rule` is listed on the public page"
    " of rules. Times are UTC."
)
SIGNING_IN_OF_PLATFORMS = (
    "A token of one platform, which the desk gives it. It lasts a year; two can be in force while"
    " one takes the other’s place. It may be shown 600 times an hour."
)
ALWAYS = (Kind.NOT_SIGNED_IN, Kind.INVALID, Kind.UNAVAILABLE)
SAYS = {
    Kind.INVALID: "A rule refuses it; each fault is named",
    Kind.CONFLICT: "It does not fit how things stand now: state, version, same content, used key",
    Kind.FORBIDDEN: "The officer’s roles do not allow it",
    Kind.NOT_FOUND: "There is no such record",
    Kind.NOT_SIGNED_IN: "No token, or one that is not known",
    Kind.MALFORMED: "The body or the cursor cannot be read",
    Kind.TOO_MANY: "Too many calls within an hour, or answers to one request within a day",
    Kind.UNAVAILABLE: "The database is away; nothing was saved",
}
EXAMPLE = {
    "type": "https://desk.example/public/rules#E-TWO-01",
    "title": "Whoever approves a referral neither logged nor assessed it.",
    "status": 403,
    "detail": "You logged or assessed this referral. Ask a second officer.",
    "rule": "E-TWO-01",
    "clause": "Rule of this desk: a second officer decides",
    "errors": [
        {
            "pointer": "",
            "rule": "E-TWO-01",
            "detail": "You logged or assessed this referral. Ask a second officer.",
        }
    ],
}
KEY_PARAMETER = {
    "in": "header",
    "name": KEY,
    "required": False,
    "description": "A fresh random key: the same request with it is done once and answered alike",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}

Schema = dict[str, Any]
BYTES: Schema = {"schema": {"type": "string", "format": "binary"}}


@dataclass(frozen=True, slots=True)
class Told:
    """One API and what its document says of all of it; ``always`` are refusals of every call."""

    api: NinjaAPI
    prefix: str
    about: str
    signing_in: str
    scheme: str
    tags: Collection[str]
    always: Collection[Kind]
    parameters: Collection[str] = ()


DESK = Told(
    door.api,
    "/api/v1/",
    DESCRIPTION,
    SIGNING_IN,
    "Token",
    ("looks", "changes", "people"),
    (*ALWAYS, Kind.FORBIDDEN),
    ("Asked", "DueStep"),
)
PLATFORMS = Told(
    platform_door.api,
    "/platform/v1/",
    FOR_PLATFORMS,
    SIGNING_IN_OF_PLATFORMS,
    "PlatformToken",
    ("looks", "answers"),
    (*ALWAYS, Kind.TOO_MANY),
)


@cache
def document(told: Told = DESK) -> bytes:
    """Give the document of an API as JSON, made once a process."""
    made: Schema = told.api.get_openapi_schema(path_prefix=told.prefix)
    made["info"]["description"] = told.about
    made["servers"] = [{"url": "/", "description": "This desk"}]
    made["tags"] = [{"name": it} for it in told.tags]
    made["components"]["securitySchemes"][told.scheme]["description"] = told.signing_in
    schemas = made["components"]["schemas"]
    for name in told.parameters:
        del schemas[name]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem | {"example": EXAMPLE}
    for path, methods in made["paths"].items():
        for call in methods.values():
            _finish(path, call, told.always)
    return json.dumps(made, ensure_ascii=False).encode()


def openapi_of(told: Told) -> Callable[[HttpRequest], HttpResponse]:
    """Make the page that answers a document itself, to anyone."""

    def openapi(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return HttpResponse(document(told), content_type="application/json")

    openapi.csrf_exempt = True  # type: ignore[attr-defined]
    return openapi


FILES_GIVEN = {
    "/captures/{capture}/openings": {200: {"description": "The file", "content": {FILE: BYTES}}},
    "/exports/{export}/takings": {200: {"description": "The bag", "content": {ZIP: BYTES}}},
}
"""What the calls answer with that give a file."""


def _finish(path: str, call: Schema, always: Collection[Kind]) -> None:
    """Add to a call what the framework does not know: its refusals, its key, its headers."""
    if "requestBody" in call:
        call["parameters"].append(KEY_PARAMETER)
        for reply in call["responses"].values():
            reply["headers"] = {REPLAYED: _header("true, where this answer was given before")}
    if path.endswith("/referrals/{reference}/captures") and "requestBody" in call:
        _take_a_file(call)
    given = next((it for ends, it in FILES_GIVEN.items() if path.endswith(ends)), None)
    call["responses"].update(given or {})
    if "201" in map(str, call["responses"]):
        call["responses"][201]["headers"]["Location"] = _header("The address of what was made")
    if path.endswith("/receipt"):
        call["responses"][200]["content"] = {PLAIN: {"schema": {"type": "string"}}}
    for kind in _kinds(path, call, always):
        call["responses"][int(STATUS[kind])] = _refusal(kind)


def _take_a_file(call: Schema) -> None:
    """Say that the body is a file, and that a header says in JSON what it is."""
    said = call["requestBody"]["content"]
    call["requestBody"] = {"required": True, "content": {FILE: BYTES}}
    header = {"in": "header", "name": SAID, "required": True, "content": said}
    call["parameters"].append(header | {"description": "A JSON object in ASCII"})


def _kinds(path: str, call: Schema, always: Collection[Kind]) -> list[Kind]:
    kinds = list(always)
    if "{" in path:
        kinds.append(Kind.NOT_FOUND)
    if "requestBody" in call:
        kinds += [Kind.CONFLICT, Kind.MALFORMED]
    if path.endswith(("/forms", "/sheet", "/receipt", "/file")):
        kinds.append(Kind.CONFLICT)
    if any(it["name"] == "cursor" for it in call["parameters"]):
        kinds.append(Kind.MALFORMED)
    return kinds


def _refusal(kind: Kind) -> Schema:
    said: Schema = {
        "description": SAYS[kind],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if STATUS[kind] in HEADERS:
        name, value = HEADERS[STATUS[kind]]
        said["headers"] = {name: _header(value)}
    return said


def _header(description: str) -> Schema:
    return {"description": description, "schema": {"type": "string"}}
