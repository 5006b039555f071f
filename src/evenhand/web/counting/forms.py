"""Which month to count."""

from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext_lazy as later

from evenhand.rules.counting import Month, month_of, read_month
from evenhand.rules.refusals import Refused
from evenhand.web.faults import RefusalError
from evenhand.web.forms import HouseForm, LineField, SelectField

MONTHS_OFFERED = 36


class CountsForm(HouseForm):
    """One month, this one where none is named."""

    month = LineField(label=later("Month"), required=False, longest=40)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_month(self) -> Month:
        """Ask the rule which months there are."""
        try:
            return read_month(self.cleaned_data["month"], today=self.today)
        except Refused as refused:
            raise RefusalError(refused) from refused


class MonthsForm(HouseForm):
    """The months of the last three years, to choose from; an older one where it was asked for."""

    month = SelectField(label=later("Month"), required=False, options=())

    def __init__(self, shown: Month, *, today: date) -> None:
        super().__init__(initial={"month": str(shown)})
        months = [month_of(today)]
        while len(months) < MONTHS_OFFERED:
            months.append(months[-1].before)
        if shown not in months:
            months.append(shown)
        field = self.fields["month"]
        assert isinstance(field, SelectField)  # noqa: S101 - tells the type
        field.offer((str(it), named(it)) for it in months)


def named(month: Month) -> str:
    """Write a month as people do: “May 2026”."""
    return dateformat.format(month.first, "F Y")
