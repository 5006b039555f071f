"""What is asked of a message that waits: which referral it belongs to, or why to none."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.act_forms import ReasonField
from evenhand.web.forms import HouseForm, LineField


class AttachForm(HouseForm):
    """The referral, and how the officer knows."""

    reference = LineField(
        label=_("Reference of the referral"),
        called=_("The reference"),
        hint=_("For example 2026-000123"),
        missing=_("Enter the reference of the referral"),
        width=20,
    )
    reason = ReasonField(
        label=_("How do you know that it belongs there?"),
        needed=_("Say how you know that it belongs there"),
        rows=3,
    )


class SetAsideForm(HouseForm):
    """Why a message belongs to no referral."""

    reason = ReasonField(
        label=_("Why does it belong to no referral?"),
        needed=_("Say why it belongs to no referral"),
        rows=3,
    )
