"""What a platform writes by a link or by program, as the message that its mail would have been."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

BY_LINK = "By the link of our notice"
BY_PROGRAM = "By the platform’s program"


def letter(
    subject: str, text: str, *, contact: str, reference: str, at: datetime, way: str
) -> bytes:
    """Give the bytes of a message about one referral. It was written here and sent by nobody."""
    local, _, host = contact.rpartition("@")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(way, username=local, domain=host)
    mail["To"] = f"{local}+{reference}@{host}"
    mail["Subject"] = f"[{reference}] {subject}"
    mail["Date"] = format_datetime(at)
    mail.set_content(text + "\n", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()
