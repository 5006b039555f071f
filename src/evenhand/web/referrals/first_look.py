"""What the first look left, in words: a look counted, a signpost, an emergency."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.queries.platforms import signposts
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.intake import Source
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.referrals.part import Part
from evenhand.web.sheets import row, words_row


def about_the_look(referral: ReferralInFull) -> Iterator[Params]:
    """Say whether logging it counted as a look at an account, and under which authorisation."""
    yield row(_("Look at an account"), _look(referral))
    if referral.first_look.authorisation:
        yield words_row(_("Authorisation held elsewhere"), referral.first_look.authorisation)


def open_emergency(referral: ReferralInFull) -> list[str]:
    """Say that the record of an emergency is missing."""
    since = referral.first_look.emergency_since
    if since is None:
        return []
    text = _("A life is at risk, since %(moment)s. Nobody has recorded yet what was done.")
    return [text % {"moment": times.moment(since)}]


def signpost(referral: ReferralInFull) -> list[Part]:
    """Say who deals with it instead, and what to tell whoever reported it."""
    found = signposts().get(referral.first_look.signpost or "")
    if found is None:
        return []
    rows = [
        row(_("It deals with"), _(found.deals_with)),
        row(_("Tell the reporter"), _(found.tell)),
        row(_("Checked at the source"), _("Yes") if found.verified else _("Not verified yet")),
    ]
    return [Part(_(found.title), {"rows": rows})]


def _look(referral: ReferralInFull) -> str:
    if referral.first_look.counted_look:
        return _("Counted in the view ledger")
    if referral.source is not Source.OFFICER_FOUND:
        return _("Not counted: it was reported to this desk")
    return _("Not counted: its address names no account, or that day’s look was counted before")
