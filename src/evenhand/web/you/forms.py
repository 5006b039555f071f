"""What an officer may set for their own pages."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.consultations import MOST_LOOKS, MOST_MINUTES
from evenhand.web.forms import HouseForm, NumberField, TickField


class SettingsForm(HouseForm):
    """Reminders of a break, and keyboard shortcuts."""

    asks = "you"
    after_looks = NumberField(
        label=_("Remind me after how many referrals opened?"),
        called=_("The number of referrals"),
        hint=_("Leave it empty for no reminder."),
        least=1,
        most=MOST_LOOKS,
        required=False,
    )
    after_minutes = NumberField(
        label=_("Remind me after how many minutes?"),
        called=_("The number of minutes"),
        hint=_("Counted while you open referrals; a pause of ten minutes begins it anew."),
        least=1,
        most=MOST_MINUTES,
        required=False,
    )
    shortcuts = TickField(
        label=_("Use keyboard shortcuts"),
        hint=_("Press ? on any page to see them. Speech programs may use the same keys."),
    )
