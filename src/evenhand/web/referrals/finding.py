"""What officers enter to find referrals: codes and a day for the list, anything for a search."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import lawbook
from evenhand.queries.referrals import Filter
from evenhand.rules.referrals import State
from evenhand.rules.texts import SHORT
from evenhand.web import labels
from evenhand.web.forms import DayField, HouseForm, LineField, OneField, Option, SelectField


class ListForm(HouseForm):
    """Which referrals to list. Codes and a day only: the address bar never holds words."""

    state = SelectField(
        label=later("State on this desk"),
        required=False,
        options=[("", later("Any")), *((it.value, tag.text) for it, tag in labels.STATES.items())],
    )
    platform = SelectField(label=later("Platform"), required=False, options=[("", later("Any"))])
    harm = SelectField(label=later("Harm"), required=False, options=[("", later("Any"))])
    since = DayField(
        label=later("Logged since"),
        called=later("The day"),
        hint=later("For example, 27 3 2026"),
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        law = lawbook()
        self._offer("platform", [(code, it.name) for code, it in law.platforms.items()])
        self._offer("harm", [(code, f"{code} {_(it.title)}") for code, it in law.harms.items()])

    def _offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        field.options = [*field.options, *(Option(*it) for it in options)]
        field.choices = [(it.value, it.text) for it in field.options]

    def filter(self, cursor: str) -> Filter:
        """Give the answers as the query asks them."""
        said = self.cleaned_data
        return Filter(
            state=State(said["state"]) if said["state"] else None,
            platform=said["platform"],
            harm=said["harm"],
            since=said["since"],
            cursor=cursor,
        )


class FindForm(HouseForm):
    """What to look for. It is sent as a form, never in an address."""

    q = LineField(
        label=later("Find a referral"),
        called=later("What you look for"),
        hint=later("A reference, an address in any spelling, or whole words."),
        missing=later("Enter a reference, an address or words"),
        longest=4 * SHORT,
        width="two-thirds",
        spellcheck=False,
        autocomplete="off",
    )
