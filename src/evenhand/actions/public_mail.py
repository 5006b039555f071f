"""Hands a letter to whoever used a public door to the mail server, in the desk's own name."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from evenhand.rules.messages import Message
from evenhand.transports import email


def hand_over(letter: Message, to: str, *, reference: str, named: UUID, at: datetime) -> None:
    """Hand a letter over. ``reference`` is the same for everybody. Raises NotAccepted."""
    sender = settings.DESK.contact_email
    data = email.compose(
        letter,
        desk=settings.DESK.name,
        contact=sender,
        recipient=to,
        reference=reference,
        notice=named,
        at=at,
    )
    email.hand_over(data, sender=sender, recipient=to, server=settings.SMTP_URL)
