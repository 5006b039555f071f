"""A platform's statement of reasons in the form of the EU DSA Transparency Database."""

import json
from functools import cache
from typing import TYPE_CHECKING

from evenhand.rules.answers import StatementWrong
from evenhand.rules.words import words
from evenhand.transports.published import STATEMENT, schema

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

MOST_TOLD = 5


def check_statement(statement: object) -> None:
    """Refuse a statement that the database would not take. Raises StatementWrong."""
    faults = [
        f"{'.'.join(map(str, it.instance_path)) or '-'}: {it.message}"
        for it in _form().iter_errors(statement)
    ]
    if faults:
        raise StatementWrong(
            words("The statement is not in the form of the DSA Transparency Database: {faults}"),
            do=words("Correct it, or leave it out and say the reasons in words."),
            at="statement",
            faults="; ".join(it[:200] for it in faults[:MOST_TOLD]),
        )


@cache
def _form() -> "Draft202012Validator":
    # Not with the program: it takes eight megabytes, and few platforms give a statement.
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(json.loads(schema(STATEMENT) or ""), validate_formats=True)
