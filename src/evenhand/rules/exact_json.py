"""Reads JSON that can be kept exactly as it was sent, and no other. RFC 8259; RFC 7493 (I-JSON)."""

import json
from collections.abc import Iterable
from decimal import Decimal
from math import isfinite
from typing import NoReturn

from evenhand.rules.words import words

MOST_DEPTH = 32
MOST_DIGITS = 100


class NotExact(ValueError):
    """JSON that could not be given back as it was sent. ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_exactly(text: str) -> object:
    """Read JSON. Raises NotExact, and ValueError for what is no JSON at all."""
    try:
        read: object = json.loads(
            text,
            object_pairs_hook=_names_once,
            parse_float=_exactly,
            parse_constant=_no_number,
        )
    except RecursionError as error:
        raise _too_deep() from error
    _check_depth(read)
    return read


def _check_depth(read: object) -> None:
    level = [read]
    for _depth in range(MOST_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise _too_deep()


def _inside(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _too_deep() -> NotExact:
    return NotExact(words("This JSON is nested too deeply."))


def _names_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotExact(words("An object in this JSON has the same name twice."))
    return found


def _exactly(digits: str) -> float:
    number = float(digits)
    try:
        same = len(digits) <= MOST_DIGITS and Decimal(repr(number)) == Decimal(digits)
    except ArithmeticError:
        same = False
    if not (same and isfinite(number)):
        raise NotExact(words("A number in this JSON cannot be kept exactly. Send it as a text."))
    return number


def _no_number(_name: str) -> NoReturn:
    raise NotExact(words("NaN and Infinity are not numbers in JSON."))
