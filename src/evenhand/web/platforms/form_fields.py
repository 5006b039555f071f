"""The fields of a platform's form, entered line by line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.platforms import LONGEST_FIELD, MOST_FIELDS
from evenhand.rules.texts import SHORT
from evenhand.web.forms import LineField, NumberField, Option, SelectField, TickField
from evenhand.web.labels import FILLS
from evenhand.web.platforms.forms import EditForm

SPARE_FIELDS = 4


class FormFieldsForm(EditForm):
    """The fields of a platform's form, a few lines more than there are now."""

    asks = "form"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        count: int,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.count = min(count + SPARE_FIELDS, MOST_FIELDS)
        for number in range(self.count):
            self.fields |= _line_of_form(number)
        self.fields["verified"] = TickField(label=_("I compared these fields with the form itself"))

    def lines(self) -> Iterator[Sequence[forms.BoundField]]:
        """Give the questions about each field of the form together."""
        for number in range(self.count):
            yield [self[f"{name}_{number}"] for name in ("place", "label", "fills", "longest")]

    def given(self) -> tuple[FormField, ...]:
        """Give the fields as entered, in their order on the form; a line without label is none."""
        told = self.cleaned_data
        kept = [it for it in range(self.count) if told[f"label_{it}"]]
        ordered = sorted(kept, key=lambda it: (told[f"place_{it}"] or it + 1, it))
        return tuple(
            FormField(
                label=told[f"label_{it}"],
                fills=Fill(told[f"fills_{it}"]),
                longest=told[f"longest_{it}"] or 0,
            )
            for it in ordered
        )

    def clean(self) -> dict[str, Any]:
        """Ask what fills each field that has a label."""
        for number in range(self.count):
            if self.cleaned_data.get(f"label_{number}") and not (
                self.cleaned_data.get(f"fills_{number}") or self.errors.get(f"fills_{number}")
            ):
                self.add_error(f"fills_{number}", now_("Select what goes into this field"))
        return self.cleaned_data


def _line_of_form(number: int) -> dict[str, forms.Field]:
    shown = {"number": number + 1}
    return {
        f"place_{number}": NumberField(
            label=now_("Place of field %(number)d") % shown,
            called=_("The place"),
            least=1,
            most=10 * MOST_FIELDS,
            required=False,
            initial=number + 1,
            width=3,
        ),
        f"label_{number}": LineField(
            label=now_("Label of field %(number)d on the form") % shown,
            called=_("The label"),
            longest=SHORT,
            required=False,
        ),
        f"fills_{number}": SelectField(
            label=now_("What goes into field %(number)d") % shown,
            options=[Option(it, FILLS[it]) for it in Fill],
            required=False,
        ),
        f"longest_{number}": NumberField(
            label=now_("Most characters that field %(number)d takes (optional)") % shown,
            called=_("The number of characters"),
            least=1,
            most=LONGEST_FIELD,
            required=False,
            width=5,
        ),
    }


def shown(fields: Sequence[FormField]) -> dict[str, object]:
    """Give what the form begins with."""
    answers: dict[str, object] = {}
    for number, field in enumerate(fields):
        answers[f"label_{number}"] = field.label
        answers[f"fills_{number}"] = field.fills
        answers[f"longest_{number}"] = field.longest or None
    return answers
