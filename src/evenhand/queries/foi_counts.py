"""The numbers that a part of a request for information can be answered with."""

from collections.abc import Mapping

from evenhand.rules.questions import Meaning
from evenhand.rules.questions_library import LIBRARY


def library() -> Mapping[str, Meaning]:
    """Give every number that can be asked for, by its code."""
    return LIBRARY
