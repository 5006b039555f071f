"""What a second officer sees before deciding: everything, and what to test it against."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from evenhand.queries.platforms import lawbook, lawbook_for
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting
from evenhand.rules.referrals import Decision, check_may_decide
from evenhand.rules.refusals import Refused
from evenhand.web.assessments.present import not_verified
from evenhand.web.guidance import about_harm
from evenhand.web.referrals import record
from evenhand.web.sheets import Sheet
from evenhand.web.words import Said, Words

DECIDE = Sheet(
    title=_("Decide as second officer"),
    button=_("Save the decision"),
    lines=(_("Look at the content yourself where you need to. What you decide is yours alone."),),
)
TESTS: Sequence[Words] = (
    _("Is the content itself the harm, or only the opinion about whoever made it?"),
    _("Would you say the same if somebody else had posted it, in another style or language?"),
    _("Is what supports the opposite taken seriously?"),
    _("Would something less than this do?"),
)


def shown(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
    """Show everything that the desk holds on the referral, and who may approve it."""
    return {
        **record.shown(referral, acting),
        "sheet": DECIDE,
        "notes": list(_notes(referral)),
        "about_harm": _about_harm(referral),
        "cannot_approve": _cannot_approve(referral, acting),
        "tests": TESTS,
    }


def _notes(referral: ReferralInFull) -> Iterator[str]:
    made = referral.assessments[-1].answers if referral.assessments else None
    if made is None:
        return
    yield from not_verified(made, referral.fact.platform, lawbook_for(referral.fact.platform))


def _about_harm(referral: ReferralInFull) -> str:
    made = referral.assessments[-1].answers if referral.assessments else None
    book = lawbook()
    return about_harm(book.harm(made.harm), book) if made else ""


def _cannot_approve(referral: ReferralInFull, acting: Acting) -> Said | None:
    """Say why this officer may return or refuse it, but not approve it."""
    try:
        check_may_decide(referral.fact, acting.officer, Decision.APPROVE)
    except Refused as refused:
        return Said(refused)
    return None
