"""The JSON Schemas of files that the desk sends and takes, as anyone may have them."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

STATEMENT = "statement"
ENDING = ".schema.json"


def schema(name: str) -> str | None:
    """Give the schema of a name, such as ``notice-1``; None where there is none."""
    found = files("evenhand.transports").joinpath("schemas", f"{name}{ENDING}")
    return found.read_text(encoding="utf-8") if found.is_file() else None


@cache
def names_of_codes() -> Mapping[str, str]:
    """Give what each code of a statement of reasons means, in the words of its schema."""
    return dict(_codes(json.loads(schema(STATEMENT) or "{}")))


def _codes(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if "const" in node and "title" in node:
            yield node["const"], node["title"]
        for inner in node.values():
            yield from _codes(inner)
    if isinstance(node, list):
        for inner in node:
            yield from _codes(inner)
