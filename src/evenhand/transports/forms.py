"""A referral in the form of notice that was chosen."""

from uuid import UUID

from evenhand.rules.messages import NoticeFacts, referral_message
from evenhand.rules.notice_forms import ChosenForm, NoticeForm, Rendering
from evenhand.transports import article_16, weapons, xarf


def rendering(facts: NoticeFacts, chosen: ChosenForm, notice: UUID) -> Rendering:
    """Write a referral in a form that ``rules/notice_forms`` checked; files name ``notice``."""
    form, report_kind = chosen
    if form is NoticeForm.ARTICLE_16:
        return article_16.render(facts, notice)
    if form is NoticeForm.WEAPONS:
        return weapons.render(facts)
    if report_kind:
        return xarf.render(facts, notice, report_kind)
    return Rendering(referral_message(facts))
