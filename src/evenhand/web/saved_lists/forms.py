"""What an officer enters about a saved list."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.saved_lists import LONGEST_NAME
from evenhand.web.forms import HouseForm, LineField


class NameForm(HouseForm):
    """The name of a saved list."""

    asks = "list"
    name = LineField(
        label=_("Name of the list"),
        called=_("The name"),
        missing=_("Enter a name for the list"),
        hint=_("Only you see it. Do not name anyone."),
        longest=LONGEST_NAME,
        width="two-thirds",
        autocomplete="off",
    )
