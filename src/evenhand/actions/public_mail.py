"""Hands a letter to whoever used a public door to the mail server, in the desk's own name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from evenhand.rules.messages import Message
from evenhand.rules.notice_forms import Enclosure
from evenhand.transports import email


def hand_over(  # noqa: PLR0913 - what a letter is made of, each by name
    letter: Message,
    to: str,
    *,
    reference: str,
    named: UUID,
    at: datetime,
    last_attempt: bool,
    enclosed: Sequence[Enclosure] = (),
) -> str:
    """Hand a letter over; give the code with which it was refused for good, or nothing.

    ``reference`` is what answers go to. Raises NotAccepted for a failure that may pass, while this
    is not the last attempt.
    """
    sender = settings.DESK.contact_email
    data = email.compose(
        letter,
        desk=settings.DESK.name,
        contact=sender,
        recipient=to,
        reference=reference,
        notice=named,
        at=at,
        enclosed=enclosed,
    )
    try:
        email.hand_over(data, sender=sender, recipient=to, server=settings.SMTP_URL)
    except email.NotAccepted as refusal:
        if refusal.for_good or last_attempt:
            return refusal.code
        raise
    return ""
