"""Which month to count."""

from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext_lazy as later

from evenhand.queries.counts import known_since
from evenhand.rules.counting import Month, check_known_then, month_of, read_month
from evenhand.rules.refusals import Refused
from evenhand.web.dates import DayField
from evenhand.web.faults import RefusalError
from evenhand.web.forms import HouseForm, LineField, SelectField

MONTHS_OFFERED = 36


class AsAtForm(HouseForm):
    """The day as at whose end numbers are given; now, where none is named."""

    as_at = DayField(
        label=later("As this desk knew it at the end of (optional)"),
        called=later("The day"),
        hint=later("For example, 27 3 2026. Leave it empty for the numbers as they are now."),
        required=False,
    )


class CountsForm(AsAtForm):
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

    def clean_as_at(self) -> date | None:
        """Ask the rule as at which days there are numbers."""
        day: date | None = self.cleaned_data["as_at"]
        if day is None:
            return None
        since = known_since()
        try:
            check_known_then(day, since=since, today=self.today)
        except Refused as refused:
            raise RefusalError(refused) from refused
        return day


class MonthsForm(AsAtForm):
    """The months of the last three years, to choose from; an older one where it was asked for."""

    month = SelectField(label=later("Month"), required=False, options=())

    field_order = ("month", "as_at")

    def __init__(self, shown: Month, *, today: date, as_at: date | None = None) -> None:
        super().__init__(initial={"month": str(shown), "as_at": as_at})
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
