"""The API’s own description, OpenAPI 3.1: complete, and true of every call."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from evenhand.api import (
    acts,
    assurance,
    batches,
    calls,
    captures,
    challenges,
    combinations,
    desk,
    disposal,
    histories,
    mail,
    notification,
    people,
    reports,
    schedules,
    sharing,
)
from evenhand.api.captures import FILE
from evenhand.api.doing import KEY, REPLAYED
from evenhand.api.door import api
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
    people,
    desk,
    disposal,
    histories,
    schedules,
    assurance,
    combinations,
    notification,
    sharing,
    reports,
    mail,
)
"""Imported so that the API knows all its calls before it tells of them or gives their addresses."""
PREFIX = "/api/v1/"
DESCRIPTION = (
    "Casework of a police online-harm referral unit. Every error is a problem of RFC 9457 whose"
    " `rule` is listed on the public page of rules. Times are UTC. Whoever may not read words"
    " gets null in their place."
)
SIGNING_IN = "A token of one officer, made with `evenhand token create`; it lasts 90 days."
ALWAYS = (Kind.NOT_SIGNED_IN, Kind.FORBIDDEN, Kind.INVALID, Kind.UNAVAILABLE)
SAYS = {
    Kind.INVALID: "A rule refuses it; each fault is named",
    Kind.CONFLICT: "It does not fit how things stand now: state, version, same content, used key",
    Kind.FORBIDDEN: "The officer’s roles do not allow it",
    Kind.NOT_FOUND: "There is no such record",
    Kind.NOT_SIGNED_IN: "No token, or one that is not known",
    Kind.MALFORMED: "The body or the cursor cannot be read",
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


@cache
def document() -> bytes:
    """Give the document as JSON, made once a process."""
    made: Schema = api.get_openapi_schema(path_prefix=PREFIX)
    made["info"]["description"] = DESCRIPTION
    made["servers"] = [{"url": "/", "description": "This desk"}]
    made["tags"] = [{"name": "looks"}, {"name": "changes"}, {"name": "people"}]
    made["components"]["securitySchemes"]["Token"]["description"] = SIGNING_IN
    schemas = made["components"]["schemas"]
    del schemas["Asked"], schemas["DueStep"]  # they are parameters
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem | {"example": EXAMPLE}
    for path, methods in made["paths"].items():
        for call in methods.values():
            _finish(path, call)
    return json.dumps(made, ensure_ascii=False).encode()


def openapi(request: HttpRequest) -> HttpResponse:
    """Answer the document itself, to anyone."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return HttpResponse(document(), content_type="application/json")


openapi.csrf_exempt = True  # type: ignore[attr-defined]


def _finish(path: str, call: Schema) -> None:
    """Add to a call what the framework does not know: its refusals, its key, its headers."""
    if "requestBody" in call:
        call["parameters"].append(KEY_PARAMETER)
        for reply in call["responses"].values():
            reply["headers"] = {REPLAYED: _header("true, where this answer was given before")}
    if path.endswith("/referrals/{reference}/captures") and "requestBody" in call:
        _take_a_file(call)
    if path.endswith("/captures/{capture}/openings"):
        call["responses"][200] = {"description": "The file", "content": {FILE: BYTES}}
    if "201" in map(str, call["responses"]):
        call["responses"][201]["headers"]["Location"] = _header("The address of what was made")
    if path.endswith("/receipt"):
        call["responses"][200]["content"] = {PLAIN: {"schema": {"type": "string"}}}
    for kind in _kinds(path, call):
        call["responses"][int(STATUS[kind])] = _refusal(kind)


def _take_a_file(call: Schema) -> None:
    """Say that the body is a file, and that a header says in JSON what it is."""
    said = call["requestBody"]["content"]
    call["requestBody"] = {"required": True, "content": {FILE: BYTES}}
    header = {"in": "header", "name": SAID, "required": True, "content": said}
    call["parameters"].append(header | {"description": "A JSON object in ASCII"})


def _kinds(path: str, call: Schema) -> list[Kind]:
    kinds = list(ALWAYS)
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
