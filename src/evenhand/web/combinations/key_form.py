"""By which one exact key somebody is looked for."""

from typing import Any

from django.utils.translation import gettext_lazy as later

from evenhand.rules.people_finding import Key
from evenhand.web.forms import DayField, HouseForm, LineField


class KeyForm(HouseForm):
    """One exact key: a whole name with the birth date, or the reference of a record."""

    name = LineField(
        label=later("Whole name"),
        required=False,
        hint=later(
            "Exactly as it is spelled, with the birth date. Nobody is found by a part of it."
        ),
        width="two-thirds",
        spellcheck=False,
        autocomplete="off",
    )
    birth_date = DayField(label=later("Birth date"), called=later("The birth date"), required=False)
    reference = LineField(
        label=later("Or the reference of the record"),
        called=later("The reference of the record"),
        required=False,
        hint=later("For example, P-7K3M9XQA"),
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )

    def key(self) -> Key:
        """Give the key as the rules see it."""
        said: dict[str, Any] = self.cleaned_data
        reference = said["reference"].upper()
        return Key(name=said["name"], birth_date=said["birth_date"], reference=reference)
