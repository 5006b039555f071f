"""Reference pages about the commands, the settings and the API."""

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.cli.docs import table
from evenhand.cli.known_settings import PROFILE, SETTINGS
from evenhand.rules.profile import LIMITS

OPENAPI = "/api/v1/openapi.json"
OPENAPI_OF_PLATFORMS = "/platform/v1/openapi.json"
EXITS = "Exit status: 0 done; 1 refused or failed, with the reason on stderr; 2 wrong usage."


def commands() -> Iterator[str]:
    """Describe every command from its parser."""
    from evenhand.cli.main import build_parser

    yield "`--json` prints one JSON document on stdout and nothing else; messages go to stderr."
    yield EXITS
    yield ""
    for parser in _parsers(build_parser()):
        yield f"## {parser.prog}"
        yield ""
        yield parser.description or ""
        yield ""
        lines = [_argument(it) for it in parser._actions if _is_shown(it)]
        if lines:
            yield from table(["argument", "what it is"], lines)
        if parser.epilog:
            yield f"```\n{parser.epilog.partition(':')[2].strip()}\n```"
            yield ""


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Give the parsers of all commands that do something."""
    groups = [it for it in parser._actions if isinstance(it, argparse._SubParsersAction)]
    if not groups:
        yield parser
    for group in groups:
        for name in sorted(group.choices):
            yield from _parsers(group.choices[name])


def _is_shown(action: argparse.Action) -> bool:
    return action.help != argparse.SUPPRESS and action.dest not in {"help", "json"}


def _argument(action: argparse.Action) -> list[str]:
    name = action.option_strings[0] if action.option_strings else ""
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    return [f"`{f'{name} {value}'.strip()}`", action.help or ""]


def settings() -> Iterator[str]:
    """List what the environment and a profile may set."""
    yield "## From the environment"
    yield ""
    yield "A wrong or missing one is named at the start, all of them in one list."
    yield ""
    yield from table(
        ["name", "what it is", "default"],
        ([f"`{name}`", what, default] for name, (what, default) in SETTINGS.items()),
    )
    yield "## In a desk's profile"
    yield ""
    yield "A profile is a TOML file; it has every one of these, and nothing else."
    yield ""
    yield from table(
        ["name", "what it is", "limits"],
        ([f"`{name}`", what, _limits(name)] for name, what in PROFILE.items()),
    )


def _limits(name: str) -> str:
    least, most = LIMITS.get(name, ("", ""))
    return f"{least} to {most}" if name in LIMITS else ""


def api() -> Iterator[str]:
    """List the calls of the desk's API from its own description."""
    return _calls(OPENAPI)


def platform_api() -> Iterator[str]:
    """List the calls for platforms from their own description."""
    return _calls(OPENAPI_OF_PLATFORMS)


def _calls(place: str) -> Iterator[str]:
    document = _document(place)
    yield f"`Authorization: Bearer TOKEN`. The whole description is at `{place}`."
    yield "Errors are problems of RFC 9457 (`application/problem+json`) with the code of the rule."
    yield ""
    for path, methods in sorted(document["paths"].items()):
        for method, call in sorted(methods.items()):
            yield from _call(f"{method.upper()} {path}", call, document)


def _call(name: str, call: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield str(call.get("description") or call.get("summary", ""))
    yield ""
    asked = [it for it in call.get("parameters", ()) if it["in"] == "query"]
    if asked:
        yield from table(
            ["in the address", "type", "what it is"],
            ([f"`{it['name']}`", _type(it["schema"]), it.get("description", "")] for it in asked),
        )
    body = _body(call, document)
    if body:
        needed = body.get("required", ())
        yield from table(
            ["in the body", "type", "needed", "what it is"],
            (
                [f"`{key}`", _type(it), "yes" if key in needed else "", it.get("description", "")]
                for key, it in body["properties"].items()
            ),
        )
    yield f"Answers: {', '.join(sorted(call['responses']))}."
    yield ""


def _body(call: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    content = call.get("requestBody", {}).get("content", {})
    schemas: list[Mapping[str, Any]] = [it["schema"] for it in content.values()]
    schema = schemas[0] if schemas else {}
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema if "properties" in schema else {}


def _type(schema: Mapping[str, Any]) -> str:
    """Say what kind of value it is; that it may be null is not worth a word."""
    # A named kind stands by itself in “allOf” where words or a value of its own are beside it.
    if several := schema.get("anyOf", schema.get("allOf")):
        kinds = dict.fromkeys(_type(it) for it in several if it.get("type") != "null")
        return " or ".join(kinds)
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(str(it) for it in schema["enum"] if it)
    if "format" in schema:
        return str(schema["format"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    named = schema.get("type", "any")
    return str(next(it for it in named if it != "null") if isinstance(named, list) else named)


def _document(place: str) -> Mapping[str, Any]:
    """Ask this desk's own address for the description, without a server or a database."""
    from django.http import HttpRequest
    from django.urls import resolve

    request = HttpRequest()
    request.method, request.path = "GET", place
    found = resolve(place)
    document: Mapping[str, Any] = json.loads(found.func(request, **found.kwargs).content)
    return document
