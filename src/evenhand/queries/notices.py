"""What would be sent to a platform now, word for word, and whether it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from evenhand.rules.notice_forms import PLAIN, ChosenForm, Rendering, check_form
from evenhand.rules.notices import NoticeKind, SignOff, Transport, contact_at
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.store import notices
from evenhand.store.proving import is_witnessed
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.transports.forms import rendering

NOT_YET = UUID(int=0)
"""Stands for the number of a notice that nobody has asked for yet."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as it would go out, to whom, and under which sign-off, if there is one.

    ``is_witnessed``: it then says one thing more, about the proof that goes with it or follows.
    """

    written: Rendering
    recipient: str
    sign_off: SignOff | None
    form_signed_off: bool = False
    is_witnessed: bool = False


def sign_offs_for(platform: str, *, officer: Officer) -> Sequence[SignOff]:
    """Give the sign-offs that cover a platform, one a channel, also those past their review."""
    check_may(officer, Permission.READ_PLATFORMS)
    return notices.sign_offs_for(platform)


def preview(
    reference: str, kind: NoticeKind, chosen: ChosenForm = PLAIN, *, officer: Officer, at: datetime
) -> Preview:
    """Give what the next message about an assessed referral would be. Stores and sends nothing.

    Raises what refuses the form that was chosen: see ``rules/notice_forms``.
    """
    check_may(officer, Permission.READ_WORDS)
    row = ReferralRow.objects.select_related("key").named(reference)
    key = open_record_key(row.key)
    if kind is NoticeKind.REFERRAL:
        facts, taken = notices.facts_of(row, key), notices.forms_taken(row.platform, chosen.form)
        check_form(chosen, facts, allowed=settings.DESK.notice_forms, taken=taken)
        written = rendering(facts, chosen, NOT_YET)
    elif kind is NoticeKind.WITHDRAWAL:
        written = Rendering(notices.withdrawal_notice(row, key, at=at))
    else:
        written = Rendering(notices.chase_notice(row, key, at=at))
    signed = {it.transport: it for it in notices.sign_offs_for(row.platform)}
    sign_off = signed.get(Transport.EMAIL) or signed.get(Transport.PORTAL)
    recipient = contact_at(sign_off.contact, row.platform) if sign_off else ""
    return Preview(
        written,
        recipient,
        sign_off,
        form_signed_off=Transport.PORTAL in signed,
        is_witnessed=is_witnessed(),
    )
