"""What is asked when a referral ends or begins again: why."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.act_forms import ActForm, ReasonField


class CloseForm(ActForm):
    """Why it is closed."""

    asks = "close"
    reason = ReasonField(label=_("Why do you close it?"), needed=_("Enter why you close it"))


class WithdrawForm(ActForm):
    """Why it is withdrawn."""

    asks = "withdraw"
    reason = ReasonField(label=_("Why do you withdraw it?"), needed=_("Enter why you withdraw it"))


class ReopenForm(ActForm):
    """Why it is reopened."""

    asks = "reopen"
    reason = ReasonField(label=_("Why do you reopen it?"), needed=_("Enter why you reopen it"))
