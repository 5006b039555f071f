"""Forms of the house: every page's form is a HouseForm made of these fields."""

from collections.abc import Mapping

from django import forms

from evenhand.rules.refusals import Refused
from evenhand.web.dates import DayField, MomentField
from evenhand.web.faults import RefusalError
from evenhand.web.fields import (
    LineField,
    ManyField,
    NumberField,
    OneField,
    Option,
    SecretField,
    SelectField,
    TickField,
    WordsField,
    offer_only,
)

__all__ = [
    "DayField",
    "HouseForm",
    "LineField",
    "ManyField",
    "MomentField",
    "NumberField",
    "OneField",
    "Option",
    "SecretField",
    "SelectField",
    "TickField",
    "WordsField",
    "add_refusals",
    "offer_only",
]


class HouseForm(forms.Form):
    """A form that collects and decides nothing; its page makes one call with what it holds."""

    use_required_attribute = False
    asks = ""
    """The page under which the law data holds the guidance beside its questions."""


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
