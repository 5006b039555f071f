"""A referral in the form of notice that was chosen."""

from typing import assert_never
from uuid import UUID

from evenhand.rules.messages import NoticeFacts, referral_message
from evenhand.rules.notice_forms import ChosenForm, NoticeForm, Rendering
from evenhand.transports import article_16, weapons, xarf


def rendering(facts: NoticeFacts, chosen: ChosenForm, notice: UUID) -> Rendering:
    """Write a referral in a form that ``rules/notice_forms`` checked; files name ``notice``."""
    form, report_kind = chosen
    match form:
        case NoticeForm.PLAIN:
            return Rendering(referral_message(facts))
        case NoticeForm.ARTICLE_16:
            return article_16.render(facts, notice)
        case NoticeForm.WEAPONS:
            return weapons.render(facts)
        case NoticeForm.XARF:
            assert report_kind is not None  # noqa: S101 - the form was checked
            return xarf.render(facts, notice, report_kind)
        case _:
            assert_never(form)
