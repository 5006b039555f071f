"""A statement of reasons for the DSA Transparency Database: asked for as JSON, shown in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evenhand.queries import schemas
from evenhand.rules.answers import LONGEST_STATEMENT
from evenhand.rules.exact_json import NotExact, read_exactly
from evenhand.web.fields import WordsField
from evenhand.web.words import Words, translated


class StatementField(WordsField):
    """Such a statement as whoever made it submits it, where there is one."""

    def __init__(self, *, label: Words, hint: Words) -> None:
        super().__init__(
            label=label,
            called=_("The statement"),
            hint=hint,
            required=False,
            longest=LONGEST_STATEMENT,
            rows=4,
            spellcheck=False,
        )

    def clean(self, value: object) -> Any:
        """Read the statement as an object; None where there is none."""
        text = super().clean(value).strip()
        return _object(text) if text else None


def in_words(said: object) -> str:
    """Write a part of a statement of reasons: text as it is, fields and codes each on a line."""
    if isinstance(said, str):
        return said
    if isinstance(said, Mapping):
        return "\n".join(_lines(said, schemas.names_of_codes()))
    return _as_json(said)


def _lines(said: Mapping[str, object], names: Mapping[str, str]) -> Iterator[str]:
    for field, value in said.items():
        name = str(field).replace("_", " ").capitalize()
        several = value if isinstance(value, list) else [value]
        yield f"{name}: {'; '.join(_value(it, names) for it in several)}"


def _value(value: object, names: Mapping[str, str]) -> str:
    """Write a code with what it means; anything that is no text as JSON."""
    if not isinstance(value, str):
        return _as_json(value)
    return f"{names[value]} ({value})" if value in names else value


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _object(text: str) -> dict[str, object]:
    try:
        read = read_exactly(text)
    except NotExact as error:
        raise ValidationError(translated(error.sentence)) from error
    except ValueError as error:
        raise ValidationError(_("The statement is not JSON")) from error
    if not isinstance(read, dict):
        raise ValidationError(_("The statement is not a JSON object"))
    return read
