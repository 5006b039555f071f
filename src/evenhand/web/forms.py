"""Forms of the house: every page's form is a HouseForm made of these fields."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import TypeVar, Unpack

from django import forms
from django.utils.functional import cached_property

from evenhand.rules.refusals import Refused
from evenhand.web.dates import DayField, MomentField
from evenhand.web.faults import RefusalError
from evenhand.web.fields import (
    LineField,
    Look,
    ManyField,
    NumberField,
    OneField,
    OneFileField,
    Option,
    SecretField,
    SelectField,
    TickField,
    WordsField,
    offer_only,
)
from evenhand.web.words import Words

__all__ = [
    "DayField",
    "HouseForm",
    "LineField",
    "ManyField",
    "MomentField",
    "NumberField",
    "OneField",
    "OneFileField",
    "Option",
    "SecretField",
    "SelectField",
    "TickField",
    "WordsField",
    "add_refusals",
    "asked_of_another",
    "offer_only",
]

Asked = TypeVar("Asked", DayField, LineField, OneField, WordsField)
ROW = re.compile(r"(_[0-9]+)+$")


class HouseForm(forms.Form):
    """A form that collects and decides nothing; its page makes one call with what it holds."""

    use_required_attribute = False
    asks = ""
    """The page under which the law data holds the guidance beside its questions."""

    @cached_property
    def first_asked(self) -> Mapping[str, str]:
        """Name the question of each field; of a question asked in numbered rows, only the first."""
        first: dict[str, str] = {}
        for field in self.fields:
            first.setdefault(ROW.sub("", field), field)
        return {field: question for question, field in first.items()}


def asked_of_another(
    form: type[HouseForm],
    name: str,
    kind: type[Asked],
    *,
    label: Words,
    missing: Words = "",
    **look: Unpack[Look],
) -> Asked:
    """Give a question of a form in the words of who answers it for somebody else.

    What may be answered stays as that form says.
    """
    field = deepcopy(form.base_fields[name])
    assert isinstance(field, kind)  # noqa: S101 - tells the type
    field.label = label
    field.error_messages |= {"required": missing} if missing else {}
    if "autocomplete" in field.look:
        field.look = {**field.look, "autocomplete": "off"}
    field.look = {**field.look, **look}
    return field


def add_refusals(
    form: forms.BaseForm, refused: Refused, *, instead: Mapping[str, str] = {}
) -> None:
    """Put each refusal at the field it is about, or at the form, in the reader's language.

    ``instead`` names the field that asks first where one answer is asked for in two fields.
    """
    form.is_valid()
    for one in refused.every:
        at = next((it for it in (instead.get(one.at), one.at) if it in form.fields), None)
        form.add_error(at, RefusalError(one))
