"""What those who oversee ask the log for: a purpose, a period, a record."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.oversight import LogPurpose
from evenhand.web.forms import DayField, HouseForm, LineField, OneField
from evenhand.web.labels import LOG_PURPOSES

MONTH = timedelta(days=30)


class PurposeForm(HouseForm):
    """What the log is read for, when it is to say who did what."""

    purpose = OneField(
        label=later("What do you read the log for?"),
        hint=later(
            "The law allows these four purposes. That you read it, and what for, is an entry of"
            " the log too."
        ),
        options=[(it.value, LOG_PURPOSES[it]) for it in LogPurpose],
        missing=later("Select what you read the log for"),
    )


class FindForm(PurposeForm):
    """Which record, and what for."""

    reference = LineField(
        label=later("Reference of the referral, or of the person’s record"),
        hint=later("For example, 2026-000123 or P-7K3M9XQA"),
        missing=later("Enter the reference of the record"),
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )
    field_order = ("reference", "purpose")


class PeriodForm(HouseForm):
    """From which day to which looks are counted; the last 30 days where none is named."""

    since = DayField(label=later("From"), called=later("The first day"), required=False)
    until = DayField(label=later("To"), called=later("The last day"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        named = any(value for name, value in data.items() if name.startswith(("since_", "until_")))
        super().__init__(data if named else None, initial={"since": today - MONTH, "until": today})

    def clean(self) -> dict[str, Any]:
        """Ask for both days, in their order."""
        found = self.cleaned_data
        for name, sentence in (
            ("since", _("Enter the first day")),
            ("until", _("Enter the last day")),
        ):
            if name not in self.errors and found.get(name) is None:
                self.add_error(name, sentence)
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day must be the first day or later"))
        return found

    @property
    def period(self) -> tuple[date, date]:
        """Give the first and the last day."""
        chosen = self.cleaned_data if self.is_bound else self.initial
        return chosen["since"], chosen["until"]
