"""Has mail come in, without a mailbox."""

import hashlib
from uuid import UUID

from django.conf import settings

from evenhand.actions import mail
from evenhand.rules.officers import Acting
from evenhand.store.mail import MailboxRow, MailRow
from evenhand.transports.mailbox import Arrived

MAILBOX = "imaps://desk@mail.example/INBOX"


def have_come(data: bytes, *, acting: Acting) -> UUID:
    """Have the worker keep a message; give its id."""
    begin = {"numbering": 1, "last": 0, "read_at": acting.at}
    box = MailboxRow.objects.get_or_create(mailbox=MAILBOX, defaults=begin)[0]
    mail.keep(Arrived(1, "1", data, len(data), True), box.id, 1, acting=acting)
    return MailRow.objects.get(message_sha256=hashlib.sha256(data).digest()).id


def reply_address(reference: str) -> str:
    """Give the address of this desk for answers about one referral."""
    local, _, host = settings.DESK.contact_email.partition("@")
    return f"{local}+{reference}@{host}"
