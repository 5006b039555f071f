"""Forms of the house: every page's form is a HouseForm made of these fields."""

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
]


class HouseForm(forms.Form):
    """A form that collects and decides nothing; its page makes one call with what it holds."""

    use_required_attribute = False


def add_refusals(form: forms.BaseForm, refused: Refused) -> None:
    """Put each refusal at the field it is about, or at the form, in the reader's language."""
    form.is_valid()
    for one in refused.every:
        form.add_error(one.at if one.at in form.fields else None, RefusalError(one))
