"""The words of closing, withdrawing and reopening."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting
from evenhand.web.held import who_holds
from evenhand.web.sheets import Sheet, standing

CLOSE = Sheet(
    title=_("Close this referral"),
    button=_("Close"),
    lines=(
        _("Nothing more is done with a closed referral, unless an approver reopens it."),
        _("If the platform puts the content back, that can still be recorded."),
    ),
)
WITHDRAW = Sheet(
    title=_("Withdraw this referral"),
    button=_("Withdraw"),
    lines=(
        _("Withdraw a referral when it should not go on, or should not have been made."),
        _("What was sent already stays on record. A message that is still waiting is not sent."),
    ),
    warning=_(
        "If the platform had the notice, it is told that the referral is withdrawn, and asked to"
        " put back what it restricted. It does not count as a removal any more."
    ),
)
REOPEN = Sheet(
    title=_("Reopen this referral"),
    button=_("Reopen"),
    lines=(_("It can then be assessed again, looked at again, or closed."),),
)


def shown_with(sheet: Sheet) -> Callable[[ReferralInFull, Acting], Mapping[str, object]]:
    """Show one of these pages with how the referral stands."""
    return lambda referral, _acting: {"sheet": sheet, "standing": standing(referral)}


def shown_withdrawing(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
    """Show the page of a withdrawal: how the referral stands, and who outside holds it."""
    beside = who_holds(referral.fact.reference, acting.officer)
    return {"sheet": WITHDRAW, "standing": standing(referral, beside)}
