"""Notices by e-mail: the exact bytes, and handing them to a mail server over SMTP."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit
from uuid import UUID

from evenhand.rules.messages import Message
from evenhand.rules.notice_forms import Enclosure

TIMEOUT_SECONDS = 20
RECEIPT = "receipt.tlog-proof"


class NotAccepted(Exception):
    """The mail server did not take the message. ``code`` is its SMTP status, or ``unreachable``."""

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


def compose(  # noqa: PLR0913 - the parts of an e-mail, each by name
    message: Message,
    *,
    desk: str,
    contact: str,
    recipient: str,
    reference: str,
    notice: UUID,
    at: datetime,
    follows: UUID | None = None,
    enclosed: Sequence[Enclosure] = (),
) -> bytes:
    """Give the exact bytes of an e-mail. Answers come back to an address of this one referral.

    ``follows`` is the notice that the mail belongs to, so that programs show them together. Files
    that make a report of it (``message/…``) are enclosed as RFC 6522 says, others as attachments.
    """
    local, _, host = parseaddr(contact)[1].rpartition("@")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=desk, username=local, domain=host)
    mail["To"] = recipient
    mail["Reply-To"] = f"{local}+{reference}@{host}"
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{notice}@{host}>"
    if follows is not None:
        mail["In-Reply-To"] = mail["References"] = f"<{follows}@{host}>"
    mail["Auto-Submitted"] = "no"
    mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
    if enclosed:
        _enclose(mail, enclosed)
    return mail.as_bytes()


def _enclose(mail: EmailMessage, files: Sequence[Enclosure]) -> None:
    mail.make_mixed()
    report = ""
    for file in files:
        maintype, _, subtype = file.kind.partition("/")
        if maintype != "message":
            mail.add_attachment(file.data, maintype=maintype, subtype=subtype, filename=file.name)
            continue
        report = subtype
        part = EmailMessage(policy=SMTP)
        part["Content-Type"] = file.kind
        part.set_payload(file.data.decode("ascii"))
        mail.attach(part)
    if report:
        mail.set_type("multipart/report")
        mail.set_param("report-type", report)


def enclosing(mail: bytes, said: str, receipt: str | None = None) -> bytes:
    """Give the bytes of a mail that says one thing more, and has a receipt with it if one is given.

    Whatever the mail said before stays as it is.
    """
    message = message_from_bytes(mail, _class=EmailMessage, policy=SMTP)
    text = message.get_body(("plain",))
    assert text is not None  # noqa: S101 - every mail of the desk has a text
    text.set_content(f"{text.get_content()}\n{said}\n", charset="utf-8", cte="quoted-printable")
    if receipt is not None:
        # In base64 no mail server on the way changes the ends of its lines.
        message.add_attachment(
            receipt.encode(),
            maintype="text",
            subtype="plain",
            filename=RECEIPT,
            params={"charset": "utf-8"},
        )
    return message.as_bytes()


def hand_over(message: bytes, *, sender: str, recipient: str, server: str) -> None:
    """Hand the bytes to the mail server at ``server`` (smtp, smtp+starttls or smtps address).

    Where the server can report, it is asked to say if the mail does not arrive, or late.
    Raises NotAccepted: for good where the server refuses sender, recipient or message with a 5xx
    answer, for now on anything else.
    """
    try:
        with _connection(server) as smtp:
            smtp.ehlo_or_helo_if_needed()
            about, to = _report_wanted(message, recipient) if smtp.has_extn("dsn") else ((), ())
            smtp.sendmail(sender, [recipient], message, about, to)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise NotAccepted(str(code), for_good=code >= 500) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise NotAccepted(str(error.smtp_code), for_good=error.smtp_code >= 500) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotAccepted("unreachable", for_good=False) from error


def _report_wanted(message: bytes, recipient: str) -> tuple[Sequence[str], Sequence[str]]:
    """Ask to be told if a mail does not arrive, or late, and which one it was. RFC 3461."""
    named = message_from_bytes(message)["Message-ID"].strip("<>")
    about = ["RET=HDRS", f"ENVID={_xtext(named)}"]
    return about, ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(recipient)}"]


def _xtext(text: str) -> str:
    """Write a text as RFC 3461 wants it: what is no plain sign of a word, by its number."""
    return "".join(it if "!" <= it <= "~" and it not in "+=" else f"+{ord(it):02X}" for it in text)


@contextmanager
def _connection(server: str) -> Iterator[smtplib.SMTP]:
    at = urlsplit(server)
    host = at.hostname or "127.0.0.1"
    smtp: smtplib.SMTP
    if at.scheme == "smtps":
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(host, at.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, at.port or 25, timeout=TIMEOUT_SECONDS)
    try:
        if at.scheme == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
        if at.username:
            smtp.login(unquote(at.username), unquote(at.password or ""))
        yield smtp
        # The message is taken by now; a server that is rude at the end changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()
