"""The APIs’ own descriptions as pages for people, made from the same documents."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from evenhand.api import document as documents
from evenhand.api.document import DESK, PLATFORMS, Schema, document

REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Value:
    """One parameter or field of a call."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Told:
    """One call as the page tells it."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    asked: list[Value]
    fields: list[Value]
    example: str
    answers: list[tuple[str, str]]


@csrf_exempt
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the document of the desk's API to anyone, as openapi.json is."""
    return _page(request, DESK, "api_document", _("Using this desk by program"))


@csrf_exempt
@require_safe
def platform_guide(request: HttpRequest) -> HttpResponse:
    """Show the document of the platforms' API to anyone."""
    return _page(request, PLATFORMS, "platform_document", _("Answering by program"))


@csrf_exempt
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead from the root of the API to its page."""
    return redirect(reverse("api_guide"))


@csrf_exempt
@require_safe
def platform_start(request: HttpRequest) -> HttpResponse:
    """Lead from the root of the platforms' API to its page."""
    return redirect(reverse("platform_guide"))


def _page(request: HttpRequest, api: documents.Told, place: str, title: str) -> HttpResponse:
    shown = {
        "title": title,
        "document": reverse(place),
        "about": api.about,
        "signing_in": api.signing_in,
        "calls": told(api),
    }
    return render(request, "evenhand/api/guide.html", shown)


@cache
def told(api: documents.Told = DESK) -> list[Told]:
    """Tell every call of a document, in its order; made once a process."""
    whole = json.loads(document(api))
    schemas: Schema = whole["components"]["schemas"]
    return [
        _told(method, path, call, schemas)
        for path, methods in whole["paths"].items()
        for method, call in methods.items()
    ]


def _told(method: str, path: str, call: Schema, schemas: Schema) -> Told:
    body = _body(call, schemas)
    example = body.get("example")
    return Told(
        anchor=call["operationId"],
        method=method.upper(),
        path=path,
        summary=call["summary"],
        about=_paragraph(call.get("description", "")),
        asked=[
            _value(it["name"], _schema(it) | _described(it), it.get("required", False), schemas)
            for it in call["parameters"]
        ],
        fields=list(_fields(body, schemas)),
        example=json.dumps(example, ensure_ascii=False, indent=2) if example else "",
        answers=[(code, it["description"]) for code, it in sorted(call["responses"].items())],
    )


def _schema(parameter: Schema) -> Schema:
    """Give what a parameter holds; one that holds JSON is told of field by field."""
    said: Schema = parameter.get("schema", {"type": "object"})
    return said


def _body(call: Schema, schemas: Schema) -> Schema:
    """Give what is said in the body, or in the header that says what file the body is."""
    if "requestBody" not in call:
        return {}
    in_header = [it["content"] for it in call["parameters"] if "content" in it]
    [said, *_file] = [*in_header, call["requestBody"]["content"]]
    [content] = said.values()
    return _followed(content["schema"], schemas)


def _fields(body: Schema, schemas: Schema) -> Iterator[Value]:
    needed = body.get("required", ())
    for name, schema in body.get("properties", {}).items():
        yield _value(name, schema, name in needed, schemas)


def _value(name: str, schema: Schema, needed: bool, schemas: Schema) -> Value:
    about = _paragraph(schema.get("description", ""))
    return Value(name=name, kind=_kind(schema, schemas), needed=needed, about=about)


def _described(parameter: Schema) -> Schema:
    return {"description": parameter["description"]} if "description" in parameter else {}


def _kind(schema: Schema, schemas: Schema) -> str:
    """Say what a value may be: one of a closed list, a list of something, or a type."""
    schema = _followed(schema, schemas)
    if "enum" in schema:
        return " | ".join("null" if it is None else str(it) or "“”" for it in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_kind(it, schemas) for it in schema["anyOf"])
    if "items" in schema:
        return f"[{_kind(schema['items'], schemas)}]"
    kinds = schema.get("type", "object")
    return kinds if isinstance(kinds, str) else " | ".join(kinds)


def _followed(schema: Schema, schemas: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = schemas[schema["$ref"].removeprefix(REF)]
    return found


def _paragraph(text: str) -> str:
    return " ".join(text.split())
