"""Canonical JSON, RFC 8785, without floats: one value, one spelling."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
LARGEST_INTEGER = 2**53 - 1
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: Json) -> bytes:
    """Write a value in its one spelling.

    Raises ValueError for floats, for integers that others could not read exactly, and for text
    that is not text (half of a pair of surrogates).
    """
    return _write(_ordered(value)).encode()


def _ordered(value: Json) -> Json:
    match value:
        case bool() | None | str():
            return value
        case int() if abs(value) <= LARGEST_INTEGER:
            return value
        case list() | tuple():
            # Without a call for each text: most of what is written is lists of texts.
            return [it if type(it) is str else _ordered(it) for it in value]
        case Mapping():
            # RFC 8785 section 3.2.3: by UTF-16 code units, not by code points.
            keys = sorted(value, key=lambda it: it.encode("utf-16-be"))
            return {key: _ordered(value[key]) for key in keys}
        case _:
            raise ValueError("canonical JSON has no floats and no integers above 2^53 - 1")
