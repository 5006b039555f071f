"""What is entered about the training of an officer."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.queries.officers import OfficerLine
from evenhand.rules.training import RECORDED
from evenhand.web.fields import OneField
from evenhand.web.forms import DayField, HouseForm, Option, SelectField
from evenhand.web.training.present import COURSES

CHOOSE = Option("", _("Choose an officer"))


class RecordForm(HouseForm):
    """Who was trained in what, when, and until when it counts."""

    username = SelectField(
        label=_("Who was trained?"), missing=_("Choose an officer"), options=[CHOOSE]
    )
    course = OneField(
        label=_("In what?"),
        missing=_("Select what the training was in"),
        options=[(it, COURSES[it]) for it in RECORDED],
    )
    done_on = DayField(
        label=_("On which day?"),
        called=_("The day of the training"),
        missing=_("Enter the day of the training"),
    )
    valid_until = DayField(
        label=_("Until when does it count?"),
        called=_("The last day"),
        missing=_("Enter until when it counts"),
        hint=_("At most two years for children’s cases, and one year for data protection."),
    )

    def __init__(self, data: Any, *, officers: Sequence[OfficerLine]) -> None:
        super().__init__(data)
        field = self.fields["username"]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        field.offer([CHOOSE, *(Option(it.username, it.name) for it in officers)])
