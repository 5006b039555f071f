"""The page of a referral's notes in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting
from evenhand.web.referrals.happened import parts
from evenhand.web.sheets import Sheet, standing

NOTES = Sheet(
    title=later("Notes to colleagues"),
    button=later("Add the note"),
    lines=(
        later("Whoever works on referrals here can read them. No platform gets them."),
        later("A note cannot be changed or taken back. Name nobody whom it need not name."),
    ),
)


def shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    """Show the latest notes, the oldest of them first."""
    return {
        "sheet": NOTES,
        "standing": standing(referral),
        "notes": parts(referral.notes),
        "older_steps": referral.older_steps,
    }
