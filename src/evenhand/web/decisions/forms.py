"""What a second officer decides, and why."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from evenhand.rules.referrals import Decision
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.forms import OneField, Option, offer_only


class DecideForm(ActForm):
    """Approve, return or refuse, for a reason in own words."""

    asks = "decide"
    decision = OneField(
        label=_("What do you decide?"),
        missing=_("Select what you decide"),
        options=[
            Option(Decision.APPROVE, _("Approve"), _("It may be sent to the platform.")),
            Option(
                Decision.RETURN,
                _("Return for more work"),
                _("Say what is missing or wrong; whoever assessed it can mend it."),
            ),
            Option(Decision.REFUSE, _("Refuse"), _("It is not referred. The refusal is counted.")),
        ],
    )
    reason = ReasonField(
        label=_("Why? In your own words"),
        needed=_("Enter why you decide so"),
        hint=_("Say what convinced you, not that you agree. The platform is not told this."),
    )

    def offer_only(self, decisions: Iterable[Decision]) -> None:
        """Show only the decisions that this officer can take."""
        offer_only(self.fields["decision"], decisions)
